//! Rooms, as one user sees them. They change through the ledger.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{room, room_member},
    heads, joined, members, users,
};
use crate::{
    domain::{
        id::{RoomId, UserId},
        room::{Room, Visibility},
        timestamp::Timestamp,
    },
    error::Result,
};

/// Which rooms to list.
#[derive(Default)]
pub struct RoomFilter<'a> {
    /// Part of the name.
    pub query: Option<&'a str>,
    /// Only those the user is in, or only those they are not in.
    pub joined: Option<bool>,
    /// Only those whose key comes after this one.
    pub after_key: Option<&'a str>,
}

/// Rooms `viewer` may see, ordered by name.
pub async fn list(
    db: &Database,
    viewer: UserId,
    filter: RoomFilter<'_>,
    limit: u64,
) -> Result<Vec<Room>> {
    let mine = Query::select()
        .column(room_member::Column::RoomId)
        .from(room_member::Entity)
        .and_where(Expr::col(room_member::Column::UserId).eq(viewer.0))
        .to_owned();
    let is_mine = room::Column::Id.in_subquery(mine.clone());
    let visible = match filter.joined {
        Some(true) => Condition::all().add(is_mine),
        Some(false) => Condition::all()
            .add(room::Column::Visibility.eq(Visibility::Public.as_str()))
            .add(room::Column::Id.not_in_subquery(mine)),
        None => Condition::any()
            .add(room::Column::Visibility.eq(Visibility::Public.as_str()))
            .add(is_mine),
    };
    let mut rows = room::Entity::find()
        .filter(room::COLUMN.deleted_at.is_null())
        .filter(visible)
        .order_by_asc(room::Column::NameKey)
        .limit(limit);
    if let Some(query) = filter.query {
        let pattern = users::contains(&query.to_ascii_lowercase());
        rows = rows.filter(Expr::col(room::Column::NameKey).like(pattern));
    }
    if let Some(key) = filter.after_key {
        rows = rows.filter(room::Column::NameKey.gt(key));
    }
    let rows = rows.all(&db.reader).await?;
    seen_by(db, viewer, rows).await
}

/// One room as `viewer` sees it; nothing when there is no such room. Whether they may see it
/// is the caller's question.
pub async fn find(db: &Database, viewer: UserId, room_id: RoomId) -> Result<Option<Room>> {
    let row = members::live_room(&db.reader, room_id).await?;
    Ok(seen_by(db, viewer, row.into_iter().collect()).await?.pop())
}

async fn seen_by(db: &Database, viewer: UserId, rows: Vec<room::Model>) -> Result<Vec<Room>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let room_ids: Vec<RoomId> = ids.iter().copied().map(RoomId).collect();
    let heads = heads::of_all(db, &room_ids).await?;
    let counts = members::counts(db, &ids).await?;
    let joined = joined::of_user(db, viewer).await?;
    let joined: HashMap<RoomId, _> =
        joined.into_iter().map(|joined| (joined.room_id, joined)).collect();
    let rooms = rows.into_iter().map(|row| {
        let id = RoomId(row.id);
        let joined = joined.get(&id);
        Ok(Room {
            id,
            visibility: members::visibility_of(&row)?,
            name: row.name,
            topic: row.topic,
            archived_at: row.archived_at.map(Timestamp::from_unix_ms),
            slow_mode: row.slow_mode,
            created_at: Timestamp::from_unix_ms(row.created_at),
            head: heads.get(&id).copied().unwrap_or(0),
            member_count: counts.get(&id).copied().unwrap_or(0),
            role: joined.map(|joined| joined.role),
            read_seq: joined.map(|joined| joined.read_seq),
            unread_count: joined.map_or(0, |joined| joined.unread_count),
            mention_count: joined.map_or(0, |joined| joined.mention_count),
        })
    });
    rooms.collect()
}
