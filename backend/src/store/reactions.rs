//! Reactions to messages. They change through the ledger.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::entity::reaction;
use crate::{
    domain::{
        id::{MessageId, UserId},
        message::Reaction,
    },
    error::Result,
};

/// The reactions to each message, in the order in which each emoji first came.
pub(super) async fn of_messages<C: ConnectionTrait>(
    connection: &C,
    messages: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<MessageId, Vec<Reaction>>> {
    let rows = reaction::Entity::find()
        .filter(reaction::Column::MessageId.is_in(messages))
        .order_by_asc(reaction::Column::Seq)
        .all(connection)
        .await?;
    let mut reactions: HashMap<MessageId, Vec<Reaction>> = HashMap::new();
    for row in rows {
        let of_message = reactions.entry(MessageId(row.message_id)).or_default();
        let user_id = UserId(row.user_id);
        match of_message.iter_mut().find(|reaction| reaction.emoji == row.emoji) {
            Some(reaction) => {
                reaction.count += 1;
                reaction.user_ids.push(user_id);
            }
            None => {
                of_message.push(Reaction { emoji: row.emoji, count: 1, user_ids: vec![user_id] })
            }
        }
    }
    Ok(reactions)
}
