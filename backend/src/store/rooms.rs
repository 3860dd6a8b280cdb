//! Rooms, as one user sees them. They change through the ledger.

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{room, room_member},
    heads, members, unread, users,
};
use crate::{
    domain::{
        id::{RoomId, UserId},
        room::{JoinedRoom, Room, Visibility},
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
    let mine = members::of_user(db, viewer, Some(&ids)).await?;
    let unread =
        if mine.is_empty() { Default::default() } else { unread::of_user(db, viewer).await? };
    let rooms = rows.into_iter().map(|row| {
        let id = RoomId(row.id);
        let membership = mine.get(&id);
        let unread = membership.and_then(|_| unread.get(&id)).copied().unwrap_or_default();
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
            role: membership.map(|membership| membership.role),
            read_seq: membership.map(|membership| membership.read_seq),
            unread_count: unread.messages,
            mention_count: unread.mentions,
        })
    });
    rooms.collect()
}

/// Every room the user is in, with their place in it.
pub async fn joined(db: &Database, user_id: UserId) -> Result<Vec<JoinedRoom>> {
    let mine = members::of_user(db, user_id, None).await?;
    let ids: Vec<RoomId> = mine.keys().copied().collect();
    let heads = heads::of_all(db, &ids).await?;
    let unread = unread::of_user(db, user_id).await?;
    let mut rooms: Vec<JoinedRoom> = mine
        .into_iter()
        .map(|(room_id, membership)| {
            let unread = unread.get(&room_id).copied().unwrap_or_default();
            JoinedRoom {
                room_id,
                head: heads.get(&room_id).copied().unwrap_or(0),
                read_seq: membership.read_seq,
                role: membership.role,
                unread_count: unread.messages,
                mention_count: unread.mentions,
            }
        })
        .collect();
    rooms.sort_by_key(|room| room.room_id);
    Ok(rooms)
}
