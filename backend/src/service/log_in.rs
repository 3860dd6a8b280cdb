//! Logging in with a password.

use uuid::Uuid;

use super::{
    Chat,
    accounts::{Login, SESSION_LIFETIME},
    now,
};
use crate::{
    auth::{password, refresh_token::Claim},
    domain::{
        audit::{Actor, AuditAction},
        id::{SessionId, UserId},
        password::Password,
    },
    error::{Error, Result},
    store::{access, sessions::NewSession, users},
};

const MAX_USER_AGENT_CHARS: usize = 250;

/// A session that begins now, in the program that calls itself `user_agent`.
pub(super) fn new_session(user_id: UserId, user_agent: &str) -> NewSession {
    let created_at = now();
    NewSession {
        id: SessionId(Uuid::now_v7()),
        user_id,
        user_agent: user_agent.chars().take(MAX_USER_AGENT_CHARS).collect(),
        created_at,
        expires_at: created_at.plus(SESSION_LIFETIME),
    }
}

impl Chat {
    /// Logs in by username or email, and a code where the account has a second factor. One
    /// answer for an unknown user and a wrong password, and equally slow.
    pub async fn log_in(
        &self,
        login: &str,
        password: Password,
        code: Option<&str>,
        user_agent: &str,
        client_address: &str,
    ) -> Result<Login> {
        self.passwords.require_room()?;
        let credentials = users::find_by_login(&self.db, login).await?;
        // By id, so that name and address of an account don't count apart.
        let account = match &credentials {
            Some(credentials) => credentials.user.id.to_string(),
            None => login.trim().to_lowercase(),
        };
        let attempt = self.admit_attempt(&account, client_address).await?;
        let stored = credentials.as_ref().map(|credentials| credentials.password_hash.clone());
        let is_match = self.passwords.verify(password.clone(), stored).await?;
        let refused = || Error::unauthenticated("Username or password is wrong.");
        let Some(credentials) = credentials else { return Err(refused()) };
        let user_id = credentials.user.id;
        if !is_match {
            let stranger = Actor::stranger(client_address);
            self.record(AuditAction::LoginRefused, stranger, Some(user_id)).await;
            return Err(refused());
        }
        if credentials.is_disabled {
            self.forgive(attempt).await;
            return Err(Error::account_disabled());
        }
        match self.passes_second_factor(user_id, code, client_address).await {
            Ok(true) => self.forgive(attempt).await,
            Ok(false) => {
                let stranger = Actor::stranger(client_address);
                self.record(AuditAction::LoginRefused, stranger, Some(user_id)).await;
                return Err(Error::unauthenticated("The code is wrong, or was used before."));
            }
            // No code was given, so none was guessed.
            Err(error) => {
                self.forgive(attempt).await;
                return Err(error);
            }
        }
        let session = new_session(user_id, user_agent);
        let session_id = session.id;
        if !self.begin_session(session, password, credentials.password_hash).await? {
            return Err(refused());
        }
        let actor = Actor::user(user_id, client_address);
        self.record(AuditAction::LoggedIn, actor, Some(user_id)).await;
        self.tokens(credentials.user, Claim { session_id, generation: 0 })
    }

    /// False when the password was changed while it was verified, or the account disabled. What
    /// looks like a change may be a log-in beside this one that hashed the same password anew.
    async fn begin_session(
        &self,
        session: NewSession,
        password: Password,
        verified_hash: String,
    ) -> Result<bool> {
        let user_id = session.user_id;
        if access::begin_session(&self.db, session.clone(), &verified_hash).await? {
            self.renew_hash(user_id, password, &verified_hash).await;
            return Ok(true);
        }
        let stored = users::password_hash(&self.db, user_id).await?;
        let Some(stored) = stored.filter(|stored| *stored != verified_hash) else {
            return Ok(false);
        };
        let is_match = self.passwords.verify(password, Some(stored.clone())).await?;
        Ok(is_match && access::begin_session(&self.db, session, &stored).await?)
    }

    /// Hashes a password anew whose hash is weaker than those that are made now. Worth no
    /// failure: the next log-in tries again.
    async fn renew_hash(&self, user_id: UserId, password: Password, hash: &str) {
        if !password::is_weak(hash) {
            return;
        }
        let renewed = async {
            let new = self.passwords.hash(password).await?;
            users::renew_hash(&self.db, user_id, hash, new).await
        };
        if let Err(error) = renewed.await {
            tracing::warn!(error = ?error, user.id = %user_id, "a weak hash of a password stays");
        }
    }
}
