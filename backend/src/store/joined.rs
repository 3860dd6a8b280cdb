//! A user's rooms: their place in each, and what they have not read yet.
//!
//! Unread are messages of others after the read mark, and mentions. Counted when asked, from
//! the log itself, so that no counter can drift. Bounded at [`MAX_COUNT`] a room: nobody reads
//! "4,711 unread" as anything but "many".

use sea_orm::{ConnectionTrait as _, Statement};
use uuid::Uuid;

use super::{database::Database, members};
use crate::{
    domain::{
        id::{RoomId, UserId},
        room::JoinedRoom,
    },
    error::Result,
};

pub const MAX_COUNT: i64 = 100;
/// How far before a room's head is looked: somebody's own messages don't count and may be
/// without number.
const MAX_LOOKED_AT: i64 = 1_000;

/// SQL: a membership `m`'s unread messages, beside its room's head `h`.
///
/// Raw, here and below, for a feature the query builder has no word for: a bounded count per row.
pub(super) fn unread_messages() -> String {
    format!(
        "(SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM messages x
            WHERE x.room_id = m.room_id AND x.author_id <> m.user_id AND x.deleted_at IS NULL
              AND x.seq > CASE WHEN m.read_seq > h.head_seq - {MAX_LOOKED_AT}
                          THEN m.read_seq ELSE h.head_seq - {MAX_LOOKED_AT} END
            LIMIT {MAX_COUNT}) AS bounded)"
    )
}

/// SQL: a membership `m`'s unread mentions.
pub(super) fn unread_mentions() -> String {
    format!(
        "(SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM mentions x
            WHERE x.room_id = m.room_id AND x.user_id = m.user_id AND x.seq > m.read_seq
            LIMIT {MAX_COUNT}) AS bounded)"
    )
}

/// Every room the user is in, by id. Asked for at each `hello`, so in one statement.
pub async fn of_user(db: &Database, user_id: UserId) -> Result<Vec<JoinedRoom>> {
    let sql = format!(
        "SELECT m.room_id, m.role, m.read_seq, h.head_seq, {} AS messages, {} AS mentions
         FROM room_members m JOIN room_heads h ON h.room_id = m.room_id
         WHERE m.user_id = $1 ORDER BY m.room_id",
        unread_messages(),
        unread_mentions(),
    );
    let backend = db.reader.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [user_id.0.into()]);
    let rows = db.reader.query_all_raw(statement).await?;
    let rooms = rows.iter().map(|row| {
        Ok(JoinedRoom {
            room_id: RoomId(row.try_get::<Uuid>("", "room_id")?),
            head: row.try_get("", "head_seq")?,
            read_seq: row.try_get("", "read_seq")?,
            role: members::parse_role(&row.try_get::<String>("", "role")?)?,
            unread_count: row.try_get("", "messages")?,
            mention_count: row.try_get("", "mentions")?,
        })
    });
    rooms.collect()
}
