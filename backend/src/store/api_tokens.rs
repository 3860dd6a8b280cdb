//! API tokens. One counts until it is revoked or expires, or its user is disabled.

use std::collections::HashSet;

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait,
    EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{api_token, user},
};
use crate::{
    domain::{api_token::ApiToken, id::UserId, scope::Scopes, timestamp::Timestamp},
    error::Result,
};

/// Tokens asked for in one query.
const CHUNK: usize = 1_000;

pub struct NewApiToken {
    pub id: Uuid,
    pub user_id: UserId,
    pub name: String,
    pub scopes: Scopes,
    pub secret_hash: Vec<u8>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Whom a token speaks for.
pub struct Bearer {
    pub id: Uuid,
    pub user_id: UserId,
    pub scopes: Scopes,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

pub(super) async fn insert<C: ConnectionTrait>(
    connection: &C,
    new: NewApiToken,
) -> Result<ApiToken> {
    let row = api_token::ActiveModel {
        id: Set(new.id),
        user_id: Set(new.user_id.0),
        name: Set(new.name),
        scopes: Set(new.scopes.names()),
        secret_hash: Set(new.secret_hash),
        created_at: Set(new.created_at.unix_ms()),
        expires_at: Set(new.expires_at.unix_ms()),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    Ok(token_of(row.insert(connection).await?))
}

/// The tokens of a user that still count, newest first, older than `before`.
pub async fn list(
    db: &Database,
    user_id: UserId,
    before: Option<Uuid>,
    limit: u64,
    now: Timestamp,
) -> Result<Vec<ApiToken>> {
    let mut rows = of_user(user_id, now).order_by_desc(api_token::Column::Id).limit(limit);
    if let Some(before) = before {
        rows = rows.filter(api_token::Column::Id.lt(before));
    }
    Ok(rows.all(&db.reader).await?.into_iter().map(token_of).collect())
}

/// How many tokens of a user still count.
pub(super) async fn count<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    now: Timestamp,
) -> Result<u64> {
    Ok(of_user(user_id, now).count(connection).await?)
}

fn of_user(user_id: UserId, now: Timestamp) -> Select<api_token::Entity> {
    api_token::Entity::find().filter(counts(now)).filter(api_token::Column::UserId.eq(user_id.0))
}

/// The token with this hash, if it counts.
pub async fn find(db: &Database, secret_hash: Vec<u8>, now: Timestamp) -> Result<Option<Bearer>> {
    let row =
        usable(now).filter(api_token::Column::SecretHash.eq(secret_hash)).one(&db.reader).await?;
    Ok(row.map(|row| Bearer {
        id: row.id,
        user_id: UserId(row.user_id),
        scopes: Scopes::named(&row.scopes),
        expires_at: Timestamp::from_unix_ms(row.expires_at),
        last_used_at: row.last_used_at.map(Timestamp::from_unix_ms),
    }))
}

/// Those of the given tokens that count.
pub async fn usable_among(db: &Database, ids: &[Uuid], now: Timestamp) -> Result<HashSet<Uuid>> {
    let mut found = HashSet::new();
    for chunk in ids.chunks(CHUNK) {
        let chunk = usable(now)
            .select_only()
            .column(api_token::Column::Id)
            .filter(api_token::Column::Id.is_in(chunk.iter().copied()))
            .into_tuple::<Uuid>();
        found.extend(chunk.all(&db.reader).await?);
    }
    Ok(found)
}

fn counts(now: Timestamp) -> Condition {
    Condition::all()
        .add(api_token::Column::RevokedAt.is_null())
        .add(api_token::Column::ExpiresAt.gt(now.unix_ms()))
}

/// Those that count, of users who may use their accounts.
fn usable(now: Timestamp) -> Select<api_token::Entity> {
    let of_user = api_token::Entity::belongs_to(user::Entity)
        .from(api_token::Column::UserId)
        .to(user::Column::Id)
        .into();
    api_token::Entity::find()
        .join(JoinType::InnerJoin, of_user)
        .filter(user::COLUMN.disabled_at.is_null())
        .filter(counts(now))
}

pub async fn set_used(db: &Database, id: Uuid, now: Timestamp) -> Result<()> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::val(now.unix_ms()))
        .filter(api_token::Column::Id.eq(id))
        .exec(&db.writer)
        .await?;
    Ok(())
}

/// Revokes one of a user's tokens. False when it counted no more.
pub async fn revoke_one(db: &Database, user_id: UserId, id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(!revoke(&db.writer, user_id, Some(id), now).await?.is_empty())
}

/// Revokes a user's token, or all of them; returns those that it revoked.
pub(super) async fn revoke<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    id: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    let mut revoking = api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::val(now.unix_ms()))
        .filter(api_token::Column::UserId.eq(user_id.0))
        .filter(counts(now));
    if let Some(id) = id {
        revoking = revoking.filter(api_token::Column::Id.eq(id));
    }
    let revoked = revoking.exec_with_returning(connection).await?;
    Ok(revoked.into_iter().map(|row| row.id).collect())
}

fn token_of(row: api_token::Model) -> ApiToken {
    ApiToken {
        id: row.id,
        name: row.name,
        scopes: Scopes::named(&row.scopes).list(),
        created_at: Timestamp::from_unix_ms(row.created_at),
        expires_at: Timestamp::from_unix_ms(row.expires_at),
        last_used_at: row.last_used_at.map(Timestamp::from_unix_ms),
    }
}
