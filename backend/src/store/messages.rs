//! From rows to messages: with authors and reactions, as they stood at one moment.
//!
//! A message and its reactions are read in two statements, between which somebody may react.
//! A message shown with one revision's number and the next one's reactions would differ from
//! what others are shown at that revision. So reactions come with the revision they go with,
//! and a row that is another one's is read again. In a transaction that holds the room's lock
//! that can't happen.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    entity::message,
    reactions::{self, Reacted},
    users,
};
use crate::{
    domain::{
        id::{MessageId, RoomId, UserId},
        message::{ClientId, Message, Reaction},
        timestamp::Timestamp,
        user::UserSummary,
    },
    error::{Error, ErrorCode, Result},
};

/// A message that changes between two statements that often is being flooded with reactions.
const MAX_READS: usize = 20;

/// Rows as messages, in the rows' order and each at one revision, which may be later than the
/// row's. A message that is gone meanwhile, with its room, is left out.
pub(super) async fn assemble<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<message::Model>,
) -> Result<Vec<Message>> {
    let order: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut author_ids: Vec<_> = rows.iter().map(|row| row.author_id).collect();
    author_ids.sort_unstable();
    author_ids.dedup();
    if author_ids.is_empty() {
        return Ok(Vec::new());
    }
    let authors = users::summaries(connection, author_ids).await?;
    let mut whole = HashMap::with_capacity(order.len());
    let mut pending = rows;
    for _ in 0..MAX_READS {
        let ids: Vec<_> = pending.iter().map(|row| row.id).collect();
        let mut reacted = reactions::of_messages(connection, &ids).await?;
        let mut moved = Vec::new();
        for row in pending {
            match reacted.remove(&row.id) {
                Some(Reacted { revision, reactions }) if revision == row.revision => {
                    let author = authors.get(&UserId(row.author_id)).cloned();
                    whole.insert(row.id, message_of(row, author, reactions)?);
                }
                Some(_) => moved.push(row.id),
                None => {}
            }
        }
        if moved.is_empty() {
            return Ok(order.iter().filter_map(|id| whole.remove(id)).collect());
        }
        pending = by_ids(connection, moved).await?;
    }
    Err(Error::new(ErrorCode::Unavailable, "The messages change too fast to be read."))
}

async fn by_ids<C: ConnectionTrait>(connection: &C, ids: Vec<Uuid>) -> Result<Vec<message::Model>> {
    let found = message::Entity::find().filter(message::Column::Id.is_in(ids));
    Ok(found.all(connection).await?)
}

fn message_of(
    row: message::Model,
    author: Option<UserSummary>,
    reactions: Vec<Reaction>,
) -> Result<Message> {
    let author = author
        .ok_or_else(|| Error::internal(anyhow::anyhow!("message {} has no author", row.id)))?;
    Ok(Message {
        id: MessageId(row.id),
        room_id: RoomId(row.room_id),
        seq: row.seq,
        revision: row.revision,
        author,
        body: row.body,
        reply_to: row.reply_to.map(MessageId),
        reactions,
        created_at: Timestamp::from_unix_ms(row.created_at),
        edited_at: row.edited_at.map(Timestamp::from_unix_ms),
        deleted_at: row.deleted_at.map(Timestamp::from_unix_ms),
        client_id: Some(ClientId::from_stored(row.client_id)),
    })
}
