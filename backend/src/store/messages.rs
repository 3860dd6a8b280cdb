//! Messages, each with its author and its reactions, as they stood at one moment.
//!
//! One statement reads all of it. Were reactions read by another one, somebody might react
//! between the two, and a message would be shown with one revision's number and the next
//! one's reactions.

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait as _, JoinType, QueryResult, QuerySelect as _,
    QueryTrait as _, Select, TryGetable, sea_query::SelectStatement,
};
use uuid::Uuid;

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
    let statement = statement_of(chosen, connection.get_database_backend());
    let rows = connection.query_all(&statement).await?;
    rows.iter().map(|row| Cells::of(row).message()).collect()
}

/// The statement that reads the chosen messages, with what [`Cells::message`] needs.
pub(super) fn statement_of(chosen: Select<message::Entity>, backend: DbBackend) -> SelectStatement {
    let author = message::Entity::belongs_to(user::Entity)
        .from(message::Column::AuthorId)
        .to(user::Column::Id)
        .into();
    chosen
        .select_only()
        .columns(COLUMNS)
        .join(JoinType::InnerJoin, author)
        .columns(AUTHOR_COLUMNS)
        .expr_as(reactions::of_message(backend), "reactions")
        .into_query()
}

/// In the order that [`Cells::message`] takes them in: by place, since a page looks at hundreds
/// of cells, and looking each up by its name took as long as reading it.
const COLUMNS: [message::Column; 11] = [
    message::Column::Id,
    message::Column::RoomId,
    message::Column::Seq,
    message::Column::Revision,
    message::Column::AuthorId,
    message::Column::Body,
    message::Column::ReplyTo,
    message::Column::CreatedAt,
    message::Column::EditedAt,
    message::Column::DeletedAt,
    message::Column::ClientId,
];
const AUTHOR_COLUMNS: [user::Column; 3] =
    [user::Column::Username, user::Column::FirstName, user::Column::LastName];

/// A row's cells, from left to right.
pub(super) struct Cells<'a> {
    row: &'a QueryResult,
    place: usize,
}

impl<'a> Cells<'a> {
    pub fn of(row: &'a QueryResult) -> Self {
        Self { row, place: 0 }
    }

    pub fn next<T: TryGetable>(&mut self) -> Result<T> {
        let cell = self.row.try_get_by_index(self.place)?;
        self.place += 1;
        Ok(cell)
    }

    pub fn message(&mut self) -> Result<Message> {
        let id = MessageId(self.next()?);
        self.message_with(id)
    }

    /// The rest of a message, after its id.
    pub fn message_with(&mut self, id: MessageId) -> Result<Message> {
        let (room_id, seq, revision) = (RoomId(self.next()?), self.next()?, self.next()?);
        let author_id = UserId(self.next()?);
        let (body, reply_to) = (self.next()?, self.next::<Option<Uuid>>()?.map(MessageId));
        let created_at = Timestamp::from_unix_ms(self.next()?);
        let (edited_at, deleted_at): (Option<i64>, Option<i64>) = (self.next()?, self.next()?);
        let client_id = Some(ClientId::from_stored(self.next()?));
        let username = self.next()?;
        let display_name = display_name(&self.next::<String>()?, &self.next::<String>()?);
        let reactions: Option<String> = self.next()?;
        Ok(Message {
            id,
            room_id,
            seq,
            revision,
            author: UserSummary { id: author_id, username, display_name },
            body,
            reply_to,
            reactions: reactions::parse(reactions.as_deref().unwrap_or_default())?,
            created_at,
            edited_at: edited_at.map(Timestamp::from_unix_ms),
            deleted_at: deleted_at.map(Timestamp::from_unix_ms),
            client_id,
        })
    }
}
