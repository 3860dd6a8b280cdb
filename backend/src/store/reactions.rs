//! Reactions to messages. They change through the ledger.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::entity::{message, reaction};
use crate::{
    domain::{
        id::{Seq, UserId},
        message::Reaction,
    },
    error::Result,
};

/// A message's reactions, and its revision with which they go.
#[derive(Debug, Default)]
pub(super) struct Reacted {
    pub revision: Seq,
    pub reactions: Vec<Reaction>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    revision: Seq,
    emoji: Option<String>,
    user_id: Option<Uuid>,
}

/// The reactions to each message that exists, in the order in which each emoji first came.
/// One statement, so that they are those of the revision beside them.
pub(super) async fn of_messages<C: ConnectionTrait>(
    connection: &C,
    messages: &[Uuid],
) -> Result<HashMap<Uuid, Reacted>> {
    let to_message = message::Entity::belongs_to(reaction::Entity)
        .from(message::Column::Id)
        .to(reaction::Column::MessageId)
        .into();
    let rows = message::Entity::find()
        .select_only()
        .columns([message::Column::Id, message::Column::Revision])
        .columns([reaction::Column::Emoji, reaction::Column::UserId])
        .join(JoinType::LeftJoin, to_message)
        .filter(message::Column::Id.is_in(messages.iter().copied()))
        .order_by_asc(reaction::Column::Seq)
        .into_model::<Row>()
        .all(connection)
        .await?;
    let mut by_message: HashMap<Uuid, Reacted> = HashMap::with_capacity(messages.len());
    for Row { id, revision, emoji, user_id } in rows {
        let reacted = by_message.entry(id).or_default();
        reacted.revision = revision;
        if let Some((emoji, user_id)) = emoji.zip(user_id) {
            reacted.add(emoji, UserId(user_id));
        }
    }
    Ok(by_message)
}

impl Reacted {
    fn add(&mut self, emoji: String, user_id: UserId) {
        match self.reactions.iter_mut().find(|reaction| reaction.emoji == emoji) {
            Some(reaction) => {
                reaction.count += 1;
                reaction.user_ids.push(user_id);
            }
            None => self.reactions.push(Reaction { emoji, count: 1, user_ids: vec![user_id] }),
        }
    }
}
