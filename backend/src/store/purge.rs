//! Erasing what is no longer needed: logs of deleted rooms, sessions that ended long ago, links
//! of mails that count no more.
//!
//! Deleting a room is one event; erasing a million messages isn't, so it happens afterwards
//! and in pieces. Doing it twice, or on several instances at once, does no harm.

use std::time::Duration;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, Statement,
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{invitation, mail_token, room, room_head, session},
};
use crate::{domain::timestamp::Timestamp, error::Result};

/// Rows erased in one statement, about: some tens of milliseconds of the writer's time.
const CHUNK: u32 = 2_000;
/// Readers that were connected when the room was deleted have this long to learn it.
const GRACE: Duration = Duration::from_secs(60);
const KEEP_SESSIONS: Duration = Duration::from_secs(30 * 24 * 3600);

/// One round of erasing. What fails is tried again in the next one.
pub async fn run(db: &Database, now: Timestamp) -> Result<()> {
    let before = |age: Duration| now.unix_ms() - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(before(KEEP_SESSIONS)))
        .exec(&db.writer)
        .await?;
    mail_token::Entity::delete_many()
        .filter(mail_token::Column::ExpiresAt.lt(now.unix_ms()))
        .exec(&db.writer)
        .await?;
    invitation::Entity::delete_many()
        .filter(invitation::Column::ExpiresAt.lt(now.unix_ms()))
        .exec(&db.writer)
        .await?;
    let deleted = room::Entity::find()
        .filter(room::COLUMN.deleted_at.lt(before(GRACE)))
        .all(&db.reader)
        .await?;
    for room in deleted {
        if let Err(error) = erase(db, room.id).await {
            tracing::warn!(error = ?error, room.id = %room.id, "a deleted room could not be erased");
        }
    }
    Ok(())
}

/// Erases events first: a reader that finds none takes the room for gone.
async fn erase(db: &Database, room_id: Uuid) -> Result<()> {
    for table in ["room_events", "mentions", "messages"] {
        while delete_some(db, table, room_id).await? == u64::from(CHUNK) {}
    }
    room_head::Entity::delete_by_id(room_id).exec(&db.writer).await?;
    room::Entity::delete_by_id(room_id).exec(&db.writer).await?;
    Ok(())
}

/// Deletes the rows of the room's next places, as many as fit into a chunk. How many went.
///
/// Raw SQL for a feature the query builder has no word for: deleting a bounded number.
async fn delete_some(db: &Database, table: &str, room_id: Uuid) -> Result<u64> {
    let sql = format!(
        "DELETE FROM {table} WHERE room_id = $1 AND seq < (
           SELECT COALESCE(MAX(seq), 0) + 1 FROM (
             SELECT seq FROM {table} WHERE room_id = $1 ORDER BY seq LIMIT {CHUNK}) AS next_places)"
    );
    let backend = db.writer.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [room_id.into()]);
    let deleted = db.writer.execute_raw(statement).await?.rows_affected();
    Ok(deleted.min(u64::from(CHUNK)))
}
