//! Who gets in: everything that begins, ends or rules out logins and API tokens of a user.
//!
//! Each is one transaction that holds the user's row. A log-in looks at the password, hashes
//! for a while, and only then begins; a change in between must not leave it standing. So what
//! was looked at is looked at again under the lock, and a change and what it ends come
//! together or not at all.

use sea_orm::{DatabaseTransaction, EntityTrait as _, QuerySelect as _, sea_query::LockType};

use super::{
    api_tokens::{self, NewApiToken},
    database::Database,
    entity::user,
    external_identities, mail_tokens,
    sessions::{self, NewSession},
    users,
};
use crate::{
    domain::{
        api_token::ApiToken,
        audit::AuditAction,
        id::{SessionId, UserId},
        mail::MailPurpose,
        openid::ExternalIdentity,
        timestamp::Timestamp,
    },
    error::{Error, Result},
};

/// Tokens of one user at once.
const MAX_TOKENS: u64 = 50;

/// A change to somebody's account that somebody else makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// Out of use, or back.
    Disabled(bool),
    /// A server admin, or no more.
    Admin(bool),
}

impl AccountChange {
    /// What is remembered of it.
    pub const fn action(self) -> AuditAction {
        match self {
            Self::Disabled(true) => AuditAction::UserDisabled,
            Self::Disabled(false) => AuditAction::UserEnabled,
            Self::Admin(true) => AuditAction::AdminGranted,
            Self::Admin(false) => AuditAction::AdminRevoked,
        }
    }
}

/// Begins a login whose password was found to be the one behind `verified_hash`. False when
/// it is no more, or the account is out of use by now.
pub async fn begin_session(db: &Database, new: NewSession, verified_hash: &str) -> Result<bool> {
    let transaction = db.begin().await?;
    let user = lock(&transaction, new.user_id).await?;
    let may = |user: &user::Model| user.password_hash == verified_hash && is_usable(user);
    if !user.is_some_and(|user| may(&user)) {
        return Ok(false);
    }
    sessions::insert(&transaction, new).await?;
    transaction.commit().await?;
    Ok(true)
}

/// How beginning a login by an external identity ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Begun,
    /// The account is out of use.
    Disabled,
    /// The identity is no longer the user's.
    Unknown,
}

/// Begins a login of the user whom an OpenID Connect provider vouched for.
pub async fn begin_external_session(
    db: &Database,
    new: NewSession,
    identity: &ExternalIdentity,
) -> Result<Entry> {
    let transaction = db.begin().await?;
    let Some(user) = lock(&transaction, new.user_id).await? else { return Ok(Entry::Unknown) };
    if !is_usable(&user) {
        return Ok(Entry::Disabled);
    }
    let owner = external_identities::owner_on(&transaction, identity).await?;
    if owner != Some(new.user_id) {
        return Ok(Entry::Unknown);
    }
    sessions::insert(&transaction, new).await?;
    transaction.commit().await?;
    Ok(Entry::Begun)
}

/// Stores a token for the login that asks for it. `unauthenticated` when that has ended
/// meanwhile, `conflict` when its user has [`MAX_TOKENS`].
pub async fn add_token(db: &Database, new: NewApiToken, session_id: SessionId) -> Result<ApiToken> {
    let transaction = db.begin().await?;
    let now = new.created_at;
    lock(&transaction, new.user_id).await?;
    if !sessions::is_active_on(&transaction, session_id, new.user_id, now).await? {
        return Err(Error::unauthenticated("The login has ended. Log in again."));
    }
    if api_tokens::count(&transaction, new.user_id, now).await? >= MAX_TOKENS {
        return Err(Error::conflict("You have 50 tokens: revoke one first."));
    }
    let token = api_tokens::insert(&transaction, new).await?;
    transaction.commit().await?;
    Ok(token)
}

/// Changes a password. Ends all of the user's logins but `kept`, and all API tokens: whoever
/// knew the old one may have begun them. Returns what it ended; nothing when the password is
/// no longer the one behind `verified_hash`, where one had to be known.
pub async fn set_password(
    db: &Database,
    user_id: UserId,
    verified_hash: Option<&str>,
    new_hash: String,
    kept: Option<SessionId>,
    now: Timestamp,
) -> Result<Option<Vec<SessionId>>> {
    let transaction = db.begin().await?;
    let user = lock(&transaction, user_id).await?;
    let is_known = |user: &user::Model| verified_hash.is_none_or(|hash| user.password_hash == hash);
    if !user.is_some_and(|user| is_known(&user)) {
        return Ok(None);
    }
    users::set_password(&transaction, user_id, new_hash).await?;
    mail_tokens::forget(&transaction, user_id, MailPurpose::Reset).await?;
    let ended = end_all(&transaction, user_id, kept, now).await?;
    transaction.commit().await?;
    Ok(Some(ended))
}

/// Keeps what a mail to a user carries. False when the account is out of use.
pub async fn add_mail_token(
    db: &Database,
    user_id: UserId,
    purpose: MailPurpose,
    secret_hash: Vec<u8>,
    expires_at: Timestamp,
) -> Result<bool> {
    let transaction = db.begin().await?;
    let user = lock(&transaction, user_id).await?;
    if !user.is_some_and(|user| is_usable(&user)) {
        return Ok(false);
    }
    mail_tokens::replace(&transaction, user_id, purpose, secret_hash, expires_at).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Uses up what a mail carried to set a password, as [`set_password`] does without knowing
/// the old one. Nothing when it doesn't count any more, or the account is out of use.
pub async fn reset_password(
    db: &Database,
    user_id: UserId,
    secret_hash: &[u8],
    new_hash: String,
    now: Timestamp,
) -> Result<Option<Vec<SessionId>>> {
    let transaction = db.begin().await?;
    let user = lock(&transaction, user_id).await?;
    if !user.is_some_and(|user| is_usable(&user))
        || !mail_tokens::take(&transaction, MailPurpose::Reset, secret_hash, now).await?
    {
        return Ok(None);
    }
    users::set_password(&transaction, user_id, new_hash).await?;
    let ended = end_all(&transaction, user_id, None, now).await?;
    transaction.commit().await?;
    Ok(Some(ended))
}

/// Uses up what a mail carried to show that its reader has the address. False when it doesn't
/// count any more, or the account is out of use.
pub async fn verify_email(
    db: &Database,
    user_id: UserId,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<bool> {
    let transaction = db.begin().await?;
    let user = lock(&transaction, user_id).await?;
    if !user.is_some_and(|user| is_usable(&user))
        || !mail_tokens::take(&transaction, MailPurpose::Verify, secret_hash, now).await?
    {
        return Ok(false);
    }
    users::set_email_verified(&transaction, user_id, now).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Changes somebody's account and ends what is not to go on: putting an account back into use
/// does not put its logins and API tokens back. Returns what it ended.
///
/// `asker` is looked at under a lock as well, so that of two admins who take each other's
/// power at once one is late; nothing stands for the operator. Nothing comes back when the
/// asker is no admin any more.
pub async fn change_account(
    db: &Database,
    asker: Option<UserId>,
    user_id: UserId,
    change: AccountChange,
    now: Timestamp,
) -> Result<Option<Vec<SessionId>>> {
    let transaction = db.begin().await?;
    // In the order of ids, so that two who change each other don't wait for each other.
    let mut ids: Vec<_> = asker.into_iter().chain([user_id]).collect();
    ids.sort_unstable();
    for id in ids {
        let user = lock(&transaction, id).await?;
        let is_admin = user.is_some_and(|user| user.is_admin && is_usable(&user));
        if asker == Some(id) && !is_admin {
            return Ok(None);
        }
    }
    let mut ended = Vec::new();
    match change {
        AccountChange::Admin(is_admin) => {
            users::set_admin(&transaction, user_id, is_admin).await?;
        }
        AccountChange::Disabled(is_disabled) => {
            users::set_disabled(&transaction, user_id, is_disabled.then_some(now)).await?;
            if is_disabled {
                ended = end_all(&transaction, user_id, None, now).await?;
            }
        }
    }
    transaction.commit().await?;
    Ok(Some(ended))
}

async fn end_all(
    transaction: &DatabaseTransaction,
    user_id: UserId,
    kept: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let mut ended = sessions::revoke_all(transaction, user_id, kept, now).await?;
    let tokens = api_tokens::revoke(transaction, user_id, None, now).await?;
    ended.extend(tokens.into_iter().map(SessionId));
    Ok(ended)
}

/// The user, who stays as they are until the transaction ends. On SQLite the transaction
/// itself is the lock.
pub(super) async fn lock(
    transaction: &DatabaseTransaction,
    id: UserId,
) -> Result<Option<user::Model>> {
    let user = user::Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate);
    Ok(user.one(transaction).await?)
}

pub(super) fn is_usable(user: &user::Model) -> bool {
    user.disabled_at.is_none()
}
