//! Memberships: reading them, and moving read marks. They change through the ledger.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, IntoCondition as _},
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{room, room_member, user},
    users,
};
use crate::{
    domain::{
        id::{RoomId, Seq, UserId},
        policy::Standing,
        role::Role,
        room::{Member, Visibility},
        timestamp::Timestamp,
    },
    error::{Error, Result},
};

/// Users asked for in one query.
const CHUNK: usize = 1_000;

/// How a user stands to a room; nothing when there is no such room.
pub async fn standing(db: &Database, room_id: RoomId, user_id: UserId) -> Result<Option<Standing>> {
    let membership = room::Entity::belongs_to(room_member::Entity)
        .from(room::Column::Id)
        .to(room_member::Column::RoomId)
        .on_condition(move |_, member| {
            Expr::col((member, room_member::Column::UserId)).eq(user_id.0).into_condition()
        })
        .into();
    let found = room::Entity::find_by_id(room_id.0)
        .select_also(room_member::Entity)
        .join(JoinType::LeftJoin, membership)
        .filter(room::COLUMN.deleted_at.is_null())
        .one(&db.reader)
        .await?;
    found.map(|(room, member)| standing_of(&room, member.as_ref())).transpose()
}

pub(super) async fn live_room<C: ConnectionTrait>(
    connection: &C,
    room_id: RoomId,
) -> Result<Option<room::Model>> {
    let room = room::Entity::find_by_id(room_id.0).filter(room::COLUMN.deleted_at.is_null());
    Ok(room.one(connection).await?)
}

pub(super) fn standing_of(
    room: &room::Model,
    member: Option<&room_member::Model>,
) -> Result<Standing> {
    Ok(Standing {
        visibility: visibility_of(room)?,
        is_archived: room.archived_at.is_some(),
        is_slow: room.slow_mode,
        role: member.map(role_of).transpose()?,
    })
}

pub(super) fn visibility_of(room: &room::Model) -> Result<Visibility> {
    room.visibility.parse().map_err(|words: String| Error::internal(anyhow::anyhow!(words)))
}

pub(super) fn role_of(member: &room_member::Model) -> Result<Role> {
    parse_role(&member.role)
}

pub(super) fn parse_role(name: &str) -> Result<Role> {
    name.parse().map_err(|words: String| Error::internal(anyhow::anyhow!(words)))
}

/// Members in the order in which they were given ids, after `after`; those whose name or username
/// contains `query`, where one is given.
pub async fn list(
    db: &Database,
    room_id: RoomId,
    query: Option<&str>,
    after: Option<UserId>,
    limit: u64,
) -> Result<Vec<Member>> {
    let mut rows = room_member::Entity::find()
        .filter(room_member::COLUMN.room_id.eq(room_id.0))
        .order_by_asc(room_member::Column::UserId)
        .limit(limit);
    if let Some(after) = after {
        rows = rows.filter(room_member::COLUMN.user_id.gt(after.0));
    }
    if let Some(query) = query {
        let of_user = room_member::Entity::belongs_to(user::Entity)
            .from(room_member::Column::UserId)
            .to(user::Column::Id)
            .into();
        rows = rows.join(JoinType::InnerJoin, of_user).filter(users::is_called(query));
    }
    members_of(db, rows.all(&db.reader).await?).await
}

pub async fn find(db: &Database, room_id: RoomId, user_id: UserId) -> Result<Option<Member>> {
    let row = room_member::Entity::find_by_id((room_id.0, user_id.0)).one(&db.reader).await?;
    Ok(members_of(db, row.into_iter().collect()).await?.pop())
}

async fn members_of(db: &Database, rows: Vec<room_member::Model>) -> Result<Vec<Member>> {
    let mut people = users::summaries(&db.reader, rows.iter().map(|row| row.user_id)).await?;
    let members = rows.iter().filter_map(|row| {
        let user = people.remove(&UserId(row.user_id))?;
        Some(role_of(row).map(|role| Member {
            user,
            role,
            joined_at: Timestamp::from_unix_ms(row.joined_at),
        }))
    });
    members.collect()
}

/// The rooms each of the users is in.
pub async fn rooms_of(db: &Database, users: &[UserId]) -> Result<HashMap<UserId, HashSet<RoomId>>> {
    let mut rooms: HashMap<UserId, HashSet<RoomId>> = HashMap::new();
    for chunk in users.chunks(CHUNK) {
        let rows: Vec<(Uuid, Uuid)> = room_member::Entity::find()
            .select_only()
            .column(room_member::Column::UserId)
            .column(room_member::Column::RoomId)
            .filter(room_member::Column::UserId.is_in(chunk.iter().map(|user| user.0)))
            .into_tuple()
            .all(&db.reader)
            .await?;
        for (user_id, room_id) in rows {
            rooms.entry(UserId(user_id)).or_default().insert(RoomId(room_id));
        }
    }
    Ok(rooms)
}

/// The members of those of the rooms that have at most `max`.
pub async fn of_small_rooms(
    db: &Database,
    rooms: &[RoomId],
    max: usize,
) -> Result<HashMap<RoomId, HashSet<UserId>>> {
    let mut members: HashMap<RoomId, HashSet<UserId>> = HashMap::new();
    for chunk in rooms.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|room| room.0).collect();
        let counts = counts(db, &ids).await?;
        let is_small = |room: &&RoomId| {
            counts.get(room).is_none_or(|count| usize::try_from(*count).is_ok_and(|n| n <= max))
        };
        let small: Vec<Uuid> = chunk.iter().filter(is_small).map(|room| room.0).collect();
        members.extend(small.iter().map(|room| (RoomId(*room), HashSet::new())));
        let rows: Vec<(Uuid, Uuid)> = room_member::Entity::find()
            .select_only()
            .column(room_member::Column::RoomId)
            .column(room_member::Column::UserId)
            .filter(room_member::Column::RoomId.is_in(small))
            .into_tuple()
            .all(&db.reader)
            .await?;
        for (room_id, user_id) in rows {
            members.entry(RoomId(room_id)).or_default().insert(UserId(user_id));
        }
    }
    Ok(members)
}

/// How many members each of the rooms has.
async fn counts(db: &Database, rooms: &[Uuid]) -> Result<HashMap<RoomId, i64>> {
    let rows: Vec<(Uuid, i64)> = room_member::Entity::find()
        .select_only()
        .column(room_member::Column::RoomId)
        .column_as(room_member::Column::UserId.count(), "members")
        .filter(room_member::Column::RoomId.is_in(rooms.iter().copied()))
        .group_by(room_member::Column::RoomId)
        .into_tuple()
        .all(&db.reader)
        .await?;
    Ok(rows.into_iter().map(|(room, members)| (RoomId(room), members)).collect())
}

/// Moves a read mark forward to `seq`. False when it already stood there or further.
pub async fn mark_read(db: &Database, room_id: RoomId, user_id: UserId, seq: Seq) -> Result<bool> {
    let outcome = room_member::Entity::update_many()
        .col_expr(room_member::Column::ReadSeq, Expr::val(seq))
        .filter(room_member::Column::RoomId.eq(room_id.0))
        .filter(room_member::Column::UserId.eq(user_id.0))
        .filter(room_member::Column::ReadSeq.lt(seq))
        .exec(&db.writer)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Puts a read mark at `seq`, back or forward. False when it stood there already.
pub async fn place_mark(db: &Database, room_id: RoomId, user_id: UserId, seq: Seq) -> Result<bool> {
    let outcome = room_member::Entity::update_many()
        .col_expr(room_member::Column::ReadSeq, Expr::val(seq))
        .filter(room_member::Column::RoomId.eq(room_id.0))
        .filter(room_member::Column::UserId.eq(user_id.0))
        .filter(room_member::Column::ReadSeq.ne(seq))
        .exec(&db.writer)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// How many owners the room has.
pub(super) async fn owners<C: ConnectionTrait>(connection: &C, room_id: RoomId) -> Result<u64> {
    let owners = room_member::Entity::find()
        .filter(room_member::COLUMN.room_id.eq(room_id.0))
        .filter(room_member::COLUMN.role.eq(Role::Owner.as_str()));
    Ok(owners.count(connection).await?)
}
