//! What server admins may do: see all accounts, take them out of use and put them back, hand on
//! their own power, give somebody a new password.
//!
//! They have no power over rooms they are not in, and read no messages.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom as _, SystemRandom};

use super::{
    Chat, now,
    page::{Page, place},
};
use crate::{
    auth::password::PasswordHasher,
    domain::{
        audit::{Actor, AuditAction},
        id::UserId,
        password::Password,
        user::Account,
        username,
    },
    error::{Error, Result},
    store::{database::Database, users},
};

/// 128 bits.
const TEMPORARY_PASSWORD_BYTES: usize = 16;

/// What is given is changed, the rest stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountPatch {
    pub is_disabled: Option<bool>,
    pub is_admin: Option<bool>,
}

impl Chat {
    /// Refuses everybody but server admins.
    pub(super) async fn require_admin(&self, user_id: UserId) -> Result<()> {
        let user = self.user(user_id).await?;
        if user.is_admin {
            Ok(())
        } else {
            Err(Error::forbidden("Only server admins may do this."))
        }
    }

    /// All accounts, ordered by username.
    pub async fn accounts(
        &self,
        asker: UserId,
        query: &str,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Account>> {
        self.require_admin(asker).await?;
        let after = cursor.map(place).transpose()?;
        let found = users::accounts(&self.db, query, after.as_deref(), limit + 1).await?;
        Ok(Page::of(found, limit, |account| username::key(&account.user.username)))
    }

    /// Changes somebody else's account. `conflict` for one's own, so that nobody ends their own
    /// power by a slip, and the last admin stays one.
    pub async fn update_account(
        &self,
        asker: UserId,
        user_id: UserId,
        patch: AccountPatch,
        address: &str,
    ) -> Result<Account> {
        self.require_admin(asker).await?;
        let before = self.account(user_id).await?;
        if asker == user_id {
            return Err(Error::conflict("Ask another server admin to change your own account."));
        }
        let actor = Actor::user(asker, address);
        let change = |wish: Option<bool>, is: bool| wish.filter(|wish| *wish != is);
        if let Some(is_admin) = change(patch.is_admin, before.user.is_admin) {
            users::set_admin(&self.db, user_id, is_admin).await?;
            let (granted, revoked) = (AuditAction::AdminGranted, AuditAction::AdminRevoked);
            let action = if is_admin { granted } else { revoked };
            self.record(action, actor, Some(user_id)).await;
        }
        match change(patch.is_disabled, before.disabled_at.is_some()) {
            Some(true) => {
                users::set_disabled(&self.db, user_id, Some(now())).await?;
                self.hub.account_disabled(user_id);
                // Putting the account back must not put its logins back.
                self.end_sessions(user_id, None).await?;
                self.record(AuditAction::UserDisabled, actor, Some(user_id)).await;
            }
            Some(false) => {
                users::set_disabled(&self.db, user_id, None).await?;
                self.record(AuditAction::UserEnabled, actor, Some(user_id)).await;
            }
            None => {}
        }
        self.account(user_id).await
    }

    /// Gives somebody a password made up here, and ends their logins and tokens. Returns it: it is shown
    /// once, to be told to them.
    pub async fn give_password(
        &self,
        asker: UserId,
        user_id: UserId,
        address: &str,
    ) -> Result<String> {
        self.require_admin(asker).await?;
        self.account(user_id).await?;
        let password = give_password(&self.db, &self.passwords, user_id).await?;
        self.end_sessions(user_id, None).await?;
        self.revoke_api_tokens(user_id, None).await?;
        self.record(AuditAction::PasswordReset, Actor::user(asker, address), Some(user_id)).await;
        Ok(password)
    }

    async fn account(&self, user_id: UserId) -> Result<Account> {
        users::account(&self.db, user_id).await?.ok_or_else(|| Error::not_found("user"))
    }
}

/// Makes up a password and stores it as the user's.
pub async fn give_password(
    db: &Database,
    passwords: &PasswordHasher,
    user_id: UserId,
) -> Result<String> {
    let password = made_up_password()?;
    let hash = passwords.hash(Password::from(password.as_str())).await?;
    users::set_password(db, user_id, hash).await?;
    Ok(password)
}

/// A password nobody can guess.
pub fn made_up_password() -> Result<String> {
    let mut bytes = [0; TEMPORARY_PASSWORD_BYTES];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| Error::internal(anyhow::anyhow!("the system has no randomness")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
