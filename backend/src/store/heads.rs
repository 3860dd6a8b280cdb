//! The rooms' heads, as the database has them: what the sweep compares with.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{database::Database, entity::room_head};
use crate::{
    domain::id::{RoomId, Seq},
    error::Result,
};

/// Rooms asked for in one query.
const CHUNK: usize = 1_000;

/// The head of one room; nothing when there is no such room.
pub async fn of(db: &Database, room_id: RoomId) -> Result<Option<Seq>> {
    let row = room_head::Entity::find_by_id(room_id.0).one(&db.reader).await?;
    Ok(row.map(|row| row.head_seq))
}

/// The heads of those rooms that exist.
pub async fn of_all(db: &Database, rooms: &[RoomId]) -> Result<HashMap<RoomId, Seq>> {
    let mut heads = HashMap::with_capacity(rooms.len());
    for chunk in rooms.chunks(CHUNK) {
        let rows = room_head::Entity::find()
            .filter(room_head::Column::RoomId.is_in(chunk.iter().map(|room| room.0)))
            .all(&db.reader)
            .await?;
        heads.extend(rows.into_iter().map(|row| (RoomId(row.room_id), row.head_seq)));
    }
    Ok(heads)
}
