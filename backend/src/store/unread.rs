//! What a user has not read yet: messages of others after the read mark, and mentions.
//!
//! Counted when asked, from the log itself, so that no counter can drift. Bounded at
//! [`MAX_COUNT`] a room: nobody reads "4,711 unread" as anything but "many".

use std::collections::HashMap;

use sea_orm::{ConnectionTrait as _, Statement};
use uuid::Uuid;

use super::database::Database;
use crate::{
    domain::id::{RoomId, UserId},
    error::Result,
};

pub const MAX_COUNT: i64 = 100;
/// Messages looked at in a room, its newest: somebody's own don't count and may be without
/// number.
const MAX_LOOKED_AT: i64 = 1_000;

#[derive(Clone, Copy, Debug, Default)]
pub struct Unread {
    pub messages: i64,
    pub mentions: i64,
}

/// By room of which the user is a member.
///
/// Raw SQL for a feature the query builder has no word for: a bounded count per row.
pub async fn of_user(db: &Database, user_id: UserId) -> Result<HashMap<RoomId, Unread>> {
    let sql = format!(
        "SELECT m.room_id,
           (SELECT COUNT(*) FROM (
              SELECT 1 AS one FROM (
                SELECT x.author_id, x.deleted_at FROM messages x
                WHERE x.room_id = m.room_id AND x.seq > m.read_seq
                ORDER BY x.seq DESC LIMIT {MAX_LOOKED_AT}) AS newest
              WHERE newest.author_id <> m.user_id AND newest.deleted_at IS NULL
              LIMIT {MAX_COUNT}) AS bounded) AS messages,
           (SELECT COUNT(*) FROM (
              SELECT 1 AS one FROM mentions x
              WHERE x.room_id = m.room_id AND x.user_id = m.user_id AND x.seq > m.read_seq
              LIMIT {MAX_COUNT}) AS bounded) AS mentions
         FROM room_members m WHERE m.user_id = $1"
    );
    let backend = db.reader.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [user_id.0.into()]);
    let rows = db.reader.query_all_raw(statement).await?;
    let counted = rows.iter().map(|row| {
        let room: Uuid = row.try_get("", "room_id")?;
        let unread = Unread {
            messages: row.try_get("", "messages")?,
            mentions: row.try_get("", "mentions")?,
        };
        Ok((RoomId(room), unread))
    });
    counted.collect()
}
