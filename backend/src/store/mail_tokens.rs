//! What the links in mails carry. Of each kind a user has one: a newer one takes the place of
//! the one before, and using one removes it.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait,
    EntityTrait as _, QueryFilter as _,
};

use super::{database::Database, entity::mail_token};
use crate::{
    domain::{id::UserId, mail::MailPurpose, timestamp::Timestamp},
    error::Result,
};

/// Keeps a token instead of the user's earlier one of the kind.
pub(super) async fn replace<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    purpose: MailPurpose,
    secret_hash: Vec<u8>,
    expires_at: Timestamp,
) -> Result<()> {
    mail_token::Entity::delete_by_id((user_id.0, purpose.as_str().to_owned()))
        .exec(connection)
        .await?;
    let row = mail_token::ActiveModel {
        user_id: Set(user_id.0),
        purpose: Set(purpose.as_str().to_owned()),
        secret_hash: Set(secret_hash),
        expires_at: Set(expires_at.unix_ms()),
    };
    row.insert(connection).await?;
    Ok(())
}

/// Whose token this is, if it counts.
pub async fn find(
    db: &Database,
    purpose: MailPurpose,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<Option<UserId>> {
    let found = mail_token::Entity::find().filter(counts(purpose, secret_hash, now));
    Ok(found.one(&db.reader).await?.map(|row| UserId(row.user_id)))
}

/// Uses a token up. False when it doesn't count any more.
pub(super) async fn take<C: ConnectionTrait>(
    connection: &C,
    purpose: MailPurpose,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<bool> {
    let taken = mail_token::Entity::delete_many().filter(counts(purpose, secret_hash, now));
    Ok(taken.exec(connection).await?.rows_affected > 0)
}

/// Forgets a token that was not used.
pub(super) async fn forget<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    purpose: MailPurpose,
) -> Result<()> {
    let id = (user_id.0, purpose.as_str().to_owned());
    mail_token::Entity::delete_by_id(id).exec(connection).await?;
    Ok(())
}

fn counts(purpose: MailPurpose, secret_hash: &[u8], now: Timestamp) -> Condition {
    Condition::all()
        .add(mail_token::Column::SecretHash.eq(secret_hash))
        .add(mail_token::Column::Purpose.eq(purpose.as_str()))
        .add(mail_token::Column::ExpiresAt.gt(now.unix_ms()))
}
