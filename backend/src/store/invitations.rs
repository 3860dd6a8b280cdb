//! Invitations, and the accounts that are made with them.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, TransactionTrait as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{
        invitation::{ActiveModel, Column, Entity, Model},
        user,
    },
    users::{self, NewUser},
};
use crate::{
    domain::{id::UserId, invitation::Invitation, timestamp::Timestamp, user::User},
    error::Result,
};

pub async fn insert(db: &Database, invitation: &Invitation, secret_hash: Vec<u8>) -> Result<()> {
    let row = ActiveModel {
        id: Set(invitation.id),
        secret_hash: Set(secret_hash),
        created_by: Set(invitation.created_by.0),
        created_at: Set(invitation.created_at.unix_ms()),
        expires_at: Set(invitation.expires_at.unix_ms()),
        max_uses: Set(invitation.max_uses),
        uses: Set(invitation.uses),
    };
    row.insert(&db.writer).await?;
    Ok(())
}

/// Those that still count, newest first.
pub async fn list(
    db: &Database,
    before: Option<Uuid>,
    limit: u64,
    now: Timestamp,
) -> Result<Vec<Invitation>> {
    let mut chosen = Entity::find().filter(counts(now)).order_by_desc(Column::Id).limit(limit);
    if let Some(id) = before {
        chosen = chosen.filter(Column::Id.lt(id));
    }
    Ok(chosen.all(&db.reader).await?.into_iter().map(invitation_of).collect())
}

/// Nothing when there is no such invitation, or it is spent.
pub async fn find(db: &Database, secret_hash: &[u8], now: Timestamp) -> Result<Option<Invitation>> {
    let chosen = Entity::find().filter(counts(now)).filter(Column::SecretHash.eq(secret_hash));
    Ok(chosen.one(&db.reader).await?.map(invitation_of))
}

/// False when there is none.
pub async fn delete(db: &Database, id: Uuid) -> Result<bool> {
    Ok(Entity::delete_by_id(id).exec(&db.writer).await?.rows_affected > 0)
}

/// Makes an account and counts it at the invitation, both or neither; nothing when the
/// invitation is spent. `conflict` at the field when name or address are taken.
pub async fn accept(
    db: &Database,
    secret_hash: &[u8],
    new: NewUser,
    now: Timestamp,
) -> Result<Option<User>> {
    let transaction = db.writer.begin().await?;
    let counted = Entity::update_many()
        .col_expr(Column::Uses, Expr::col(Column::Uses).add(1))
        .filter(counts(now))
        .filter(Column::SecretHash.eq(secret_hash))
        .exec(&transaction)
        .await?;
    if counted.rows_affected == 0 {
        return Ok(None);
    }
    let user = users::insert_on(&transaction, new).await?;
    transaction.commit().await?;
    Ok(Some(user))
}

/// Not expired, not used up, and of somebody who is still a server admin.
fn counts(now: Timestamp) -> Expr {
    let admins = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(user::COLUMN.is_admin.eq(true))
        .and_where(user::COLUMN.disabled_at.is_null())
        .to_owned();
    Column::ExpiresAt
        .gt(now.unix_ms())
        .and(Expr::col(Column::Uses).lt(Expr::col(Column::MaxUses)))
        .and(Column::CreatedBy.in_subquery(admins))
}

fn invitation_of(row: Model) -> Invitation {
    Invitation {
        id: row.id,
        created_by: UserId(row.created_by),
        created_at: Timestamp::from_unix_ms(row.created_at),
        expires_at: Timestamp::from_unix_ms(row.expires_at),
        max_uses: row.max_uses,
        uses: row.uses,
    }
}
