//! Rooms, as one user sees them, and all of them from outside. They change through the ledger.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
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
        room::{Room, RoomOutline, Visibility},
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
    let rows = by_name(filter.query, filter.after_key, limit).filter(visible);
    seen_by(db, viewer, rows.all(&db.reader).await?).await
}

/// All rooms, private ones too, ordered by name. Who may know of them is the caller's question.
pub async fn outlines(
    db: &Database,
    query: Option<&str>,
    after_key: Option<&str>,
    limit: u64,
) -> Result<Vec<RoomOutline>> {
    let rows = by_name(query, after_key, limit).all(&db.reader).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let room_ids: Vec<RoomId> = ids.iter().copied().map(RoomId).collect();
    let heads = heads::of_all(db, &room_ids).await?;
    let counts = members::counts(db, &ids).await?;
    let outlines = rows.into_iter().map(|row| {
        let id = RoomId(row.id);
        Ok(RoomOutline {
            id,
            visibility: members::visibility_of(&row)?,
            name: row.name,
            member_count: counts.get(&id).copied().unwrap_or(0),
            head: heads.get(&id).copied().unwrap_or(0),
            created_at: Timestamp::from_unix_ms(row.created_at),
            archived_at: row.archived_at.map(Timestamp::from_unix_ms),
        })
    });
    outlines.collect()
}

/// Rooms whose name has `query` in it and comes after `after_key`.
fn by_name(query: Option<&str>, after_key: Option<&str>, limit: u64) -> Select<room::Entity> {
    let rows = room::Entity::find()
        .filter(room::COLUMN.deleted_at.is_null())
        .order_by_asc(room::Column::NameKey)
        .limit(limit);
    let rows = match query.map(|query| users::contains(&query.to_ascii_lowercase())) {
        Some(pattern) => rows.filter(Expr::col(room::Column::NameKey).like(pattern)),
        None => rows,
    };
    match after_key {
        Some(key) => rows.filter(room::Column::NameKey.gt(key)),
        None => rows,
    }
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
