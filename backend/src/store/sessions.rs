//! Logins. A session is active until it is revoked or expires.

use std::collections::HashSet;

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{session, user},
    users,
};
use crate::{
    domain::{
        id::{SessionId, UserId},
        session::ActiveSession,
        timestamp::Timestamp,
        user::User,
    },
    error::Result,
};

/// Sessions asked for in one query.
const CHUNK: usize = 1_000;

pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    /// How often it was refreshed.
    pub generation: i64,
    pub refreshed_at: Timestamp,
    expires_at: Timestamp,
    is_revoked: bool,
}

impl Session {
    pub fn is_active(&self, now: Timestamp) -> bool {
        !self.is_revoked && now < self.expires_at
    }
}

#[derive(Clone)]
pub struct NewSession {
    pub id: SessionId,
    pub user_id: UserId,
    pub user_agent: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(super) async fn insert<C: ConnectionTrait>(connection: &C, new: NewSession) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(new.id.0),
        user_id: Set(new.user_id.0),
        generation: Set(0),
        user_agent: Set(new.user_agent),
        created_at: Set(new.created_at.unix_ms()),
        refreshed_at: Set(new.created_at.unix_ms()),
        expires_at: Set(new.expires_at.unix_ms()),
        revoked_at: Set(None),
    };
    row.insert(connection).await?;
    Ok(())
}

pub async fn find(db: &Database, id: SessionId) -> Result<Option<Session>> {
    let row = session::Entity::find_by_id(id.0).one(&db.reader).await?;
    Ok(row.map(|row| Session {
        id: SessionId(row.id),
        user_id: UserId(row.user_id),
        generation: row.generation,
        refreshed_at: Timestamp::from_unix_ms(row.refreshed_at),
        expires_at: Timestamp::from_unix_ms(row.expires_at),
        is_revoked: row.revoked_at.is_some(),
    }))
}

/// The logins of a user that still count, newest first, older than `before`.
pub async fn active(
    db: &Database,
    user_id: UserId,
    before: Option<SessionId>,
    limit: u64,
    now: Timestamp,
) -> Result<Vec<ActiveSession>> {
    let mut rows = session::Entity::find()
        .filter(session::COLUMN.user_id.eq(user_id.0))
        .filter(session::COLUMN.revoked_at.is_null())
        .filter(session::COLUMN.expires_at.gt(now.unix_ms()))
        .order_by_desc(session::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        rows = rows.filter(session::COLUMN.id.lt(before.0));
    }
    let rows = rows.all(&db.reader).await?;
    let sessions = rows.into_iter().map(|row| ActiveSession {
        id: SessionId(row.id),
        user_agent: row.user_agent,
        created_at: Timestamp::from_unix_ms(row.created_at),
        last_used_at: Timestamp::from_unix_ms(row.refreshed_at),
        expires_at: Timestamp::from_unix_ms(row.expires_at),
    });
    Ok(sessions.collect())
}

/// Ends all of a user's logins but one; returns those that it ended.
pub async fn revoke_others(
    db: &Database,
    user_id: UserId,
    kept: SessionId,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    revoke_all(&db.writer, user_id, Some(kept), now).await
}

/// Ends a user's logins, all but one where one is kept; returns those that it ended.
pub(super) async fn revoke_all<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    kept: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let mut ending = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::val(now.unix_ms()))
        .filter(session::Column::UserId.eq(user_id.0))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(kept) = kept {
        ending = ending.filter(session::Column::Id.ne(kept.0));
    }
    let ended = ending.exec_with_returning(connection).await?;
    Ok(ended.into_iter().map(|row| SessionId(row.id)).collect())
}

/// Whether this login of this user still counts: not revoked, not expired, user not disabled.
pub async fn is_active(
    db: &Database,
    id: SessionId,
    user_id: UserId,
    now: Timestamp,
) -> Result<bool> {
    is_active_on(&db.reader, id, user_id, now).await
}

/// The same, as the connection sees it.
pub(super) async fn is_active_on<C: ConnectionTrait>(
    connection: &C,
    id: SessionId,
    user_id: UserId,
    now: Timestamp,
) -> Result<bool> {
    let active = active_of(id, user_id, now).select_only().column(session::Column::Id);
    Ok(active.into_tuple::<Uuid>().one(connection).await?.is_some())
}

/// The user of a login that still counts.
pub async fn active_user(
    db: &Database,
    id: SessionId,
    user_id: UserId,
    now: Timestamp,
) -> Result<Option<User>> {
    let found = active_of(id, user_id, now).select_also(user::Entity).one(&db.reader).await?;
    Ok(found.and_then(|(_, user)| user).map(users::user_of))
}

/// This login of this user, where it still counts.
fn active_of(id: SessionId, user_id: UserId, now: Timestamp) -> Select<session::Entity> {
    let of_user = session::Entity::belongs_to(user::Entity)
        .from(session::Column::UserId)
        .to(user::Column::Id)
        .into();
    session::Entity::find_by_id(id.0)
        .join(JoinType::InnerJoin, of_user)
        .filter(session::COLUMN.user_id.eq(user_id.0))
        .filter(session::COLUMN.revoked_at.is_null())
        .filter(session::COLUMN.expires_at.gt(now.unix_ms()))
        .filter(user::COLUMN.disabled_at.is_null())
}

/// Those of the given sessions that no longer count.
pub async fn ended(db: &Database, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>> {
    let mut ended = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let active: HashSet<Uuid> = session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(session::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(session::Column::RevokedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.unix_ms()))
            .into_tuple::<Uuid>()
            .all(&db.reader)
            .await?
            .into_iter()
            .collect();
        ended.extend(chunk.iter().filter(|id| !active.contains(&id.0)));
    }
    Ok(ended)
}

/// Moves to the next generation, if the session is active and at `generation`. Of several at
/// once exactly one succeeds.
pub async fn rotate(
    db: &Database,
    id: SessionId,
    generation: i64,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool> {
    let outcome = session::Entity::update_many()
        .col_expr(session::Column::Generation, Expr::col(session::Column::Generation).add(1))
        .col_expr(session::Column::RefreshedAt, Expr::val(now.unix_ms()))
        .col_expr(session::Column::ExpiresAt, Expr::val(expires_at.unix_ms()))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::Generation.eq(generation))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now.unix_ms()))
        .exec(&db.writer)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends the session. Ending it again changes nothing.
pub async fn revoke(db: &Database, id: SessionId, now: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::val(now.unix_ms()))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::RevokedAt.is_null())
        .exec(&db.writer)
        .await?;
    Ok(())
}
