//! One's own account: name, password, and whether one shares what one has read.

use super::{Chat, now};
use crate::{
    auth::access_token::Identity,
    domain::{
        audit::{Actor, AuditAction},
        id::UserId,
        password::Password,
        user::{Profile, ProfilePatch},
    },
    error::{Error, Result},
    store::{access, users},
};

impl Chat {
    pub async fn profile(&self, user_id: UserId) -> Result<Profile> {
        users::profile(&self.db, user_id).await?.ok_or_else(|| Error::not_found("user"))
    }

    /// Changes what is given.
    pub async fn update_profile(&self, user_id: UserId, patch: ProfilePatch) -> Result<Profile> {
        let updated = users::update_profile(&self.db, user_id, patch).await?;
        updated.ok_or_else(|| Error::not_found("user"))
    }

    /// Changes one's password, which has to be known, and ends all other logins and API tokens.
    pub async fn change_password(
        &self,
        identity: Identity,
        current: Password,
        new: Password,
        client_address: &str,
    ) -> Result<()> {
        let user_id = identity.user_id;
        let field = "current_password";
        let stored = self.verify_own_password(user_id, field, current, client_address).await?;
        let user = self.user(user_id).await?;
        new.unlike(user.about()).map_err(|why| Error::wrong("new_password", why))?;
        let hash = self.passwords.hash(new).await?;
        let kept = Some(identity.session_id);
        let ended =
            access::set_password(&self.db, user_id, Some(&stored), hash, kept, now()).await?;
        self.close_sockets(user_id, ended.ok_or_else(|| not_your_password(field))?);
        let actor = Actor::user(user_id, client_address);
        self.record(AuditAction::PasswordChanged, actor, Some(user_id)).await;
        Ok(())
    }

    /// Demands somebody's own password, at this field of their request. Returns the hash it
    /// was verified against.
    pub(super) async fn verify_own_password(
        &self,
        user_id: UserId,
        field: &'static str,
        password: Password,
        client_address: &str,
    ) -> Result<String> {
        let attempt = self.admit_attempt(&user_id.to_string(), client_address).await?;
        let stored = users::password_hash(&self.db, user_id).await?;
        let is_match = self.passwords.verify(password, stored.clone()).await?;
        let stored = stored.filter(|_| is_match).ok_or_else(|| not_your_password(field))?;
        self.forgive(attempt).await;
        Ok(stored)
    }
}

fn not_your_password(field: &'static str) -> Error {
    Error::wrong(field, "This is not your password.")
}
