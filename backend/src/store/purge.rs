//! Erasing what is no longer needed: logs of deleted rooms, sessions that ended long ago.
//!
//! Deleting a room is one event; erasing a million messages isn't, so it happens afterwards
//! and in pieces. Doing it twice, or on several instances at once, does no harm.

use std::time::Duration;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, Statement,
};

use super::{
    database::Database,
    entity::{mention, room, room_event, room_head, session},
};
use crate::{domain::timestamp::Timestamp, error::Result};

/// Messages erased in one statement: some tens of milliseconds of the writer's time.
const CHUNK: u32 = 2_000;
/// Readers that were connected when the room was deleted have this long to learn it.
const GRACE: Duration = Duration::from_secs(60);
const KEEP_SESSIONS: Duration = Duration::from_secs(30 * 24 * 3600);

/// One round of erasing.
pub async fn run(db: &Database, now: Timestamp) -> Result<()> {
    let before = |age: Duration| now.unix_ms() - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    let deleted = room::Entity::find()
        .filter(room::COLUMN.deleted_at.lt(before(GRACE)))
        .all(&db.reader)
        .await?;
    for room in deleted {
        erase(db, room.id).await?;
    }
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(before(KEEP_SESSIONS)))
        .exec(&db.writer)
        .await?;
    Ok(())
}

/// Raw SQL for a feature the query builder has no word for: deleting a bounded number.
async fn erase(db: &Database, room_id: uuid::Uuid) -> Result<()> {
    let sql = format!(
        "DELETE FROM messages WHERE id IN
           (SELECT id FROM messages WHERE room_id = $1 ORDER BY seq LIMIT {CHUNK})"
    );
    let backend = db.writer.get_database_backend();
    loop {
        let statement = Statement::from_sql_and_values(backend, &sql, [room_id.into()]);
        if db.writer.execute_raw(statement).await?.rows_affected() < u64::from(CHUNK) {
            break;
        }
    }
    mention::Entity::delete_many()
        .filter(mention::Column::RoomId.eq(room_id))
        .exec(&db.writer)
        .await?;
    room_event::Entity::delete_many()
        .filter(room_event::Column::RoomId.eq(room_id))
        .exec(&db.writer)
        .await?;
    room_head::Entity::delete_by_id(room_id).exec(&db.writer).await?;
    room::Entity::delete_by_id(room_id).exec(&db.writer).await?;
    Ok(())
}
