//! Messages, each with its author and its reactions, as they stood at one moment.
//!
//! One statement reads all of it. Were reactions read by another one, somebody might react
//! between the two, and a message would be shown with one revision's number and the next
//! one's reactions.

use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryResult,
    QuerySelect as _, Select,
};

use super::{
    entity::{message, user},
    reactions,
};
use crate::{
    domain::{
        id::{MessageId, RoomId, UserId},
        message::{ClientId, Message},
        timestamp::Timestamp,
        user::{UserSummary, display_name},
    },
    error::Result,
};

/// The chosen messages, in the order that was chosen.
pub(super) async fn read<C: ConnectionTrait>(
    connection: &C,
    chosen: Select<message::Entity>,
) -> Result<Vec<Message>> {
    let author = message::Entity::belongs_to(user::Entity)
        .from(message::Column::AuthorId)
        .to(user::Column::Id)
        .into();
    let rows = chosen
        .join(JoinType::InnerJoin, author)
        .columns([user::Column::Username, user::Column::FirstName, user::Column::LastName])
        .expr_as(reactions::of_message(connection.get_database_backend()), "reactions")
        .into_model::<Row>()
        .all(connection)
        .await?;
    rows.into_iter().map(message_of).collect()
}

struct Row {
    message: message::Model,
    username: String,
    first_name: String,
    last_name: String,
    reactions: Option<String>,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> std::result::Result<Self, DbErr> {
        Ok(Self {
            message: message::Model::from_query_result(row, prefix)?,
            username: row.try_get(prefix, "username")?,
            first_name: row.try_get(prefix, "first_name")?,
            last_name: row.try_get(prefix, "last_name")?,
            reactions: row.try_get(prefix, "reactions")?,
        })
    }
}

fn message_of(row: Row) -> Result<Message> {
    let Row { message, username, first_name, last_name, reactions } = row;
    let author = UserSummary {
        id: UserId(message.author_id),
        username,
        display_name: display_name(&first_name, &last_name),
    };
    Ok(Message {
        id: MessageId(message.id),
        room_id: RoomId(message.room_id),
        seq: message.seq,
        revision: message.revision,
        author,
        body: message.body,
        reply_to: message.reply_to.map(MessageId),
        reactions: reactions::parse(reactions.as_deref().unwrap_or_default())?,
        created_at: Timestamp::from_unix_ms(message.created_at),
        edited_at: message.edited_at.map(Timestamp::from_unix_ms),
        deleted_at: message.deleted_at.map(Timestamp::from_unix_ms),
        client_id: Some(ClientId::from_stored(message.client_id)),
    })
}
