//! Rooms, as one user sees them, and all of them from outside. They change through the ledger.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, ExprTrait as _, FromQueryResult as _,
    JoinType, QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _, QueryTrait as _,
    Select,
    sea_query::{Expr, IntoCondition as _},
};

use super::{
    database::Database,
    entity::{room, room_head, room_member},
    joined, members, users,
};
use crate::{
    domain::{
        id::{RoomId, UserId},
        room::{Room, Visibility},
        timestamp::Timestamp,
    },
    error::Result,
};

/// The names that [`joined`] counts by.
const MEMBERSHIP: &str = "m";
const HEAD: &str = "h";

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
    let is_public = || room::COLUMN.visibility.eq(Visibility::Public.as_str());
    let is_mine = || Expr::col((MEMBERSHIP, room_member::Column::UserId)).eq(viewer.0);
    let is_not_mine = Expr::col((MEMBERSHIP, room_member::Column::UserId)).is_null();
    let visible = match filter.joined {
        Some(true) => is_mine(),
        Some(false) => is_public().and(is_not_mine),
        None => is_public().or(is_mine()),
    };
    let chosen = by_name(filter.query, filter.after_key, limit).filter(visible);
    seen_by(db, viewer, chosen).await
}

/// All rooms, private ones too, ordered by name, as `viewer` sees them if they are in. Who may
/// know of them is the caller's question.
pub async fn list_all(
    db: &Database,
    viewer: UserId,
    query: Option<&str>,
    after_key: Option<&str>,
    limit: u64,
) -> Result<Vec<Room>> {
    seen_by(db, viewer, by_name(query, after_key, limit)).await
}

fn by_name(query: Option<&str>, after_key: Option<&str>, limit: u64) -> Select<room::Entity> {
    let mut chosen = room::Entity::find().order_by_asc(room::Column::NameKey).limit(limit);
    if let Some(query) = query {
        let pattern = users::contains(&query.to_ascii_lowercase());
        chosen = chosen.filter(Expr::col(room::Column::NameKey).like(pattern));
    }
    if let Some(key) = after_key {
        chosen = chosen.filter(room::Column::NameKey.gt(key));
    }
    chosen
}

/// One room as `viewer` sees it; nothing when there is no such room. Whether they may see it
/// is the caller's question.
pub async fn find(db: &Database, viewer: UserId, room_id: RoomId) -> Result<Option<Room>> {
    Ok(seen_by(db, viewer, room::Entity::find_by_id(room_id.0)).await?.pop())
}

/// One statement, since a list is asked for often: rooms that are there, each with its head, its
/// members' number and the viewer's membership.
async fn seen_by(db: &Database, viewer: UserId, chosen: Select<room::Entity>) -> Result<Vec<Room>> {
    let membership = room::Entity::belongs_to(room_member::Entity)
        .from(room::Column::Id)
        .to(room_member::Column::RoomId)
        .on_condition(move |_, member| {
            Expr::col((member, room_member::Column::UserId)).eq(viewer.0).into_condition()
        })
        .into();
    let head = room::Entity::belongs_to(room_head::Entity)
        .from(room::Column::Id)
        .to(room_head::Column::RoomId)
        .into();
    let statement = chosen
        .filter(room::COLUMN.deleted_at.is_null())
        .join_as(JoinType::LeftJoin, membership, MEMBERSHIP)
        .join_as(JoinType::InnerJoin, head, HEAD)
        .expr(Expr::col((HEAD, room_head::Column::HeadSeq)))
        .expr(Expr::col((MEMBERSHIP, room_member::Column::Role)))
        .expr(Expr::col((MEMBERSHIP, room_member::Column::ReadSeq)))
        .expr_as(
            Expr::cust("(SELECT COUNT(*) FROM room_members o WHERE o.room_id = rooms.id)"),
            "member_count",
        )
        .expr_as(Expr::cust(joined::unread_messages()), "unread_count")
        .expr_as(Expr::cust(joined::unread_mentions()), "mention_count")
        .into_query();
    let rows = db.reader.query_all(&statement).await?;
    rows.iter().map(room_of).collect()
}

fn room_of(row: &QueryResult) -> Result<Room> {
    let room = room::Model::from_query_result(row, "")?;
    let role: Option<String> = row.try_get("", "role")?;
    Ok(Room {
        id: RoomId(room.id),
        visibility: members::visibility_of(&room)?,
        name: room.name,
        topic: room.topic,
        archived_at: room.archived_at.map(Timestamp::from_unix_ms),
        slow_mode: room.slow_mode,
        created_at: Timestamp::from_unix_ms(room.created_at),
        head: row.try_get("", "head_seq")?,
        member_count: row.try_get("", "member_count")?,
        role: role.as_deref().map(members::parse_role).transpose()?,
        read_seq: row.try_get("", "read_seq")?,
        unread_count: row.try_get("", "unread_count")?,
        mention_count: row.try_get("", "mention_count")?,
    })
}
