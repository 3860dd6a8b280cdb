//! Who users are for an OpenID Connect provider. Of one provider a user is one subject.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::{
    access, broken_uniqueness,
    database::Database,
    entity::external_identity,
    users::{self, NewUser},
};
use crate::{
    domain::{
        email::Email, id::UserId, openid::ExternalIdentity, timestamp::Timestamp, user::User,
    },
    error::{Error, Result},
};

/// How linking an identity to an account that was there before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Made,
    /// The account is out of use.
    Disabled,
    /// The account's owner has not shown to read its mail, or is another subject already.
    Refused,
}

/// Whose identity this is.
pub async fn owner(db: &Database, identity: &ExternalIdentity) -> Result<Option<UserId>> {
    owner_on(&db.reader, identity).await
}

pub(super) async fn owner_on<C: ConnectionTrait>(
    connection: &C,
    identity: &ExternalIdentity,
) -> Result<Option<UserId>> {
    let id = (identity.issuer.clone(), identity.subject.clone());
    let found = external_identity::Entity::find_by_id(id).one(connection).await?;
    Ok(found.map(|row| UserId(row.user_id)))
}

/// Creates an account for an identity, its address verified by the provider. `conflict` at the
/// field when name or address are taken, and without a field when the identity is.
pub async fn create_account(
    db: &Database,
    new: NewUser,
    identity: &ExternalIdentity,
) -> Result<User> {
    let transaction = db.begin().await?;
    let created_at = new.created_at;
    let user = users::insert_on(&transaction, new).await?;
    users::set_email_verified(&transaction, user.id, created_at).await?;
    insert(&transaction, identity, user.id, created_at).await?;
    transaction.commit().await?;
    Ok(User { email_verified: true, ..user })
}

/// Links an identity to the account that has its address, under the account's lock: only an
/// owner who has shown to read the mail of the address may be taken for the same person.
/// `conflict` when the identity was linked meanwhile.
pub async fn link(
    db: &Database,
    user_id: UserId,
    email: &Email,
    identity: &ExternalIdentity,
    now: Timestamp,
) -> Result<Link> {
    let transaction = db.begin().await?;
    let Some(user) = access::lock(&transaction, user_id).await? else { return Ok(Link::Refused) };
    if !access::is_usable(&user) {
        return Ok(Link::Disabled);
    }
    let is_shown = user.email_key == email.key() && user.email_verified_at.is_some();
    let other = external_identity::Entity::find()
        .filter(external_identity::COLUMN.user_id.eq(user_id.0))
        .filter(external_identity::COLUMN.issuer.eq(identity.issuer.as_str()))
        .one(&transaction)
        .await?;
    if !is_shown || other.is_some() {
        return Ok(Link::Refused);
    }
    insert(&transaction, identity, user_id, now).await?;
    transaction.commit().await?;
    Ok(Link::Made)
}

async fn insert<C: ConnectionTrait>(
    connection: &C,
    identity: &ExternalIdentity,
    user_id: UserId,
    created_at: Timestamp,
) -> Result<()> {
    let row = external_identity::ActiveModel {
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        user_id: Set(user_id.0),
        created_at: Set(created_at.unix_ms()),
    };
    row.insert(connection).await.map(drop).map_err(|error| match broken_uniqueness(&error) {
        Some(_) => Error::conflict("This identity is linked."),
        None => error.into(),
    })
}
