//! The second factor of log-ins. Each code counts once, however many log-ins bring it at once.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    DatabaseTransaction, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Condition, Expr},
};

use super::{
    access,
    database::Database,
    entity::{recovery_code, totp_secret},
};
use crate::{
    domain::{id::UserId, timestamp::Timestamp},
    error::{Error, Result},
};

pub struct TotpSecret {
    pub secret: Vec<u8>,
    /// Whether log-ins need it.
    pub is_confirmed: bool,
}

pub async fn find(db: &Database, user_id: UserId) -> Result<Option<TotpSecret>> {
    let row = totp_secret::Entity::find_by_id(user_id.0).one(&db.reader).await?;
    Ok(row.map(|row| TotpSecret { secret: row.secret, is_confirmed: row.confirmed_at.is_some() }))
}

/// Keeps a secret that its user has not confirmed yet, instead of one they had not confirmed.
/// `conflict` when they have confirmed one.
pub async fn begin(db: &Database, user_id: UserId, secret: Vec<u8>) -> Result<()> {
    let transaction = begin_change(db, user_id).await?;
    totp_secret::Entity::delete_by_id(user_id.0)
        .filter(totp_secret::COLUMN.confirmed_at.is_null())
        .exec(&transaction)
        .await?;
    let is_confirmed = totp_secret::Entity::find_by_id(user_id.0).one(&transaction).await?;
    if is_confirmed.is_some() {
        return Err(Error::conflict("Two-factor log-in is on: turn it off first."));
    }
    let row = totp_secret::ActiveModel {
        user_id: Set(user_id.0),
        secret: Set(secret),
        confirmed_at: Set(None),
        last_step: Set(None),
    };
    row.insert(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// Log-ins need codes of this secret from now on. False when it is not the one begun last, or
/// confirmed already.
pub async fn confirm(
    db: &Database,
    user_id: UserId,
    secret: &[u8],
    step: i64,
    code_hashes: Vec<Vec<u8>>,
    now: Timestamp,
) -> Result<bool> {
    let transaction = begin_change(db, user_id).await?;
    let confirmed = totp_secret::Entity::update_many()
        .col_expr(totp_secret::Column::ConfirmedAt, Expr::val(now.unix_ms()))
        .col_expr(totp_secret::Column::LastStep, Expr::val(step))
        .filter(totp_secret::COLUMN.user_id.eq(user_id.0))
        .filter(totp_secret::COLUMN.secret.eq(secret))
        .filter(totp_secret::COLUMN.confirmed_at.is_null())
        .exec(&transaction)
        .await?;
    if confirmed.rows_affected == 0 {
        return Ok(false);
    }
    replace_codes(&transaction, user_id, code_hashes).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Whether the code of this time step may count: not when it or a later one has.
pub async fn use_step(db: &Database, user_id: UserId, step: i64) -> Result<bool> {
    let is_new = Condition::any()
        .add(totp_secret::COLUMN.last_step.is_null())
        .add(totp_secret::COLUMN.last_step.lt(step));
    let used = totp_secret::Entity::update_many()
        .col_expr(totp_secret::Column::LastStep, Expr::val(step))
        .filter(totp_secret::COLUMN.user_id.eq(user_id.0))
        .filter(totp_secret::COLUMN.confirmed_at.is_not_null())
        .filter(is_new)
        .exec(&db.writer)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Whether this is a recovery code of theirs; it counts no more.
pub async fn use_recovery_code(db: &Database, user_id: UserId, hash: Vec<u8>) -> Result<bool> {
    let used = recovery_code::Entity::delete_many()
        .filter(recovery_code::COLUMN.user_id.eq(user_id.0))
        .filter(recovery_code::COLUMN.code_hash.eq(hash))
        .exec(&db.writer)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many recovery codes are left.
pub async fn count_codes(db: &Database, user_id: UserId) -> Result<u64> {
    let codes = recovery_code::Entity::find().filter(recovery_code::COLUMN.user_id.eq(user_id.0));
    Ok(codes.count(&db.reader).await?)
}

/// Puts these recovery codes in place of those there are. False where there is no second factor.
pub async fn renew_codes(db: &Database, user_id: UserId, hashes: Vec<Vec<u8>>) -> Result<bool> {
    let transaction = begin_change(db, user_id).await?;
    let secret = totp_secret::Entity::find_by_id(user_id.0)
        .filter(totp_secret::COLUMN.confirmed_at.is_not_null());
    if secret.one(&transaction).await?.is_none() {
        return Ok(false);
    }
    replace_codes(&transaction, user_id, hashes).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Log-ins need no code any more. Says whether they did.
pub async fn remove(db: &Database, user_id: UserId) -> Result<bool> {
    let transaction = begin_change(db, user_id).await?;
    let secret = totp_secret::Entity::delete_by_id(user_id.0).exec(&transaction).await?;
    replace_codes(&transaction, user_id, Vec::new()).await?;
    transaction.commit().await?;
    Ok(secret.rows_affected == 1)
}

/// Changes of one user's second factor come one after the other, on whatever instance.
async fn begin_change(db: &Database, user_id: UserId) -> Result<DatabaseTransaction> {
    let transaction = db.begin().await?;
    access::lock(&transaction, user_id).await?;
    Ok(transaction)
}

async fn replace_codes(
    transaction: &DatabaseTransaction,
    user_id: UserId,
    hashes: Vec<Vec<u8>>,
) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::COLUMN.user_id.eq(user_id.0))
        .exec(transaction)
        .await?;
    let rows = hashes
        .into_iter()
        .map(|hash| recovery_code::ActiveModel { user_id: Set(user_id.0), code_hash: Set(hash) });
    recovery_code::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}
