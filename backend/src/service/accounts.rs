//! Signing up, logging in and out, and staying logged in.

use std::time::Duration;

use uuid::Uuid;

use super::{
    Chat, now,
    page::{Page, place},
};
use crate::{
    auth::{access_token::Identity, api_token, link_token, refresh_token::Claim},
    domain::{
        audit::{Actor, AuditAction},
        email::Email,
        id::{SessionId, UserId},
        password::Password,
        person_name::PersonName,
        rotation::{self, Rotated, Verdict},
        scope::Rights,
        signup::Signup,
        user::{User, UserSummary},
        username::Username,
    },
    error::{Error, Result},
    rate_limit::Limit,
    store::{api_tokens, invitations, sessions, users, users::NewUser},
};

/// A login that isn't used ends after this long.
pub const SESSION_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

pub struct NewAccount {
    pub username: Username,
    pub email: Email,
    pub password: Password,
    pub first_name: PersonName,
    pub last_name: PersonName,
    /// What an invitation's link carries.
    pub invitation: Option<String>,
}

/// What a login gives.
pub struct Login {
    pub access_token: String,
    /// How long the access token is valid.
    pub expires_in: Duration,
    pub refresh_token: String,
    pub user: User,
}

impl Chat {
    /// Creates an account. `conflict` when the name or the address is taken, `forbidden` when
    /// nobody signs up here, or only those with an invitation.
    pub async fn sign_up(&self, account: NewAccount, client_address: &str) -> Result<User> {
        self.limit(Limit::Signup, client_address).await?;
        let invitation = self.invitation_for(account.invitation.as_deref()).await?;
        if !self.signup.admits(&account.email) {
            let domains = self.signup.mail_domains.join(" or ");
            let rule = format!("Only addresses of {domains} sign up here.");
            return Err(Error::wrong("email", rule));
        }
        let password_hash = self.passwords.hash(account.password).await?;
        let new = NewUser {
            id: UserId(Uuid::now_v7()),
            username: account.username,
            email: account.email,
            first_name: account.first_name,
            last_name: account.last_name,
            password_hash,
            created_at: now(),
            is_admin: self.is_first_admin && users::is_empty(&self.db).await?,
        };
        let user = match invitation {
            Some(secret) => {
                let accepted = invitations::accept(&self.db, &secret, new, now()).await?;
                accepted.ok_or_else(spent_invitation)?
            }
            None => users::insert(&self.db, new).await?,
        };
        let actor = Actor::user(user.id, client_address);
        self.record(AuditAction::SignedUp, actor, Some(user.id)).await;
        Ok(user)
    }

    /// The hash of the invitation that signing up takes here; nothing where it takes none. Looked
    /// for before a password is hashed for a stranger.
    async fn invitation_for(&self, given: Option<&str>) -> Result<Option<Vec<u8>>> {
        match (self.signup.signup, given) {
            (Signup::Open, _) => Ok(None),
            (Signup::Closed, _) => {
                Err(Error::forbidden("Nobody signs up here: ask who runs the server."))
            }
            (Signup::Invite, None) => {
                let words = "One signs up here with an invitation: ask who runs the server.";
                Err(Error::forbidden(words))
            }
            (Signup::Invite, Some(secret)) => {
                let hash = link_token::hash(secret);
                let found = invitations::find(&self.db, &hash, now()).await?;
                Ok(Some(found.map(|_| hash).ok_or_else(spent_invitation)?))
            }
        }
    }

    /// Changes a refresh token for a new one and an access token, if [`rotation`] says that it
    /// is worth them. A stolen one ends the session.
    pub async fn refresh(&self, refresh_token: &str, client_address: &str) -> Result<Login> {
        let claim = self.refresh_tokens.read(refresh_token).ok_or_else(login_ended)?;
        let at = now();
        let expires_at = at.plus(SESSION_LIFETIME);
        let has_moved =
            sessions::rotate(&self.db, claim.session_id, claim.generation, at, expires_at).await?;
        let session = sessions::find(&self.db, claim.session_id).await?.ok_or_else(login_ended)?;
        let rotated = Rotated {
            generation: session.generation,
            refreshed_at: session.refreshed_at,
            is_active: session.is_active(at),
        };
        match rotation::judge(claim.generation, has_moved, rotated, at) {
            Verdict::Current => {}
            Verdict::Ended => return Err(self.why_ended(session.user_id).await?),
            Verdict::Stolen => {
                tracing::warn!(user.id = %session.user_id, session.id = %session.id, "an old refresh token was used: the session ends");
                self.end_session(session.user_id, session.id).await?;
                let stranger = Actor::stranger(client_address);
                let reused = AuditAction::RefreshTokenReused;
                self.record(reused, stranger, Some(session.user_id)).await;
                return Err(login_ended());
            }
        }
        let Some(user) = self.active_user(session.user_id, session.id).await? else {
            return Err(self.why_ended(session.user_id).await?);
        };
        self.tokens(user, Claim { session_id: session.id, generation: session.generation })
    }

    /// Ends the session a refresh token belongs to. A token that isn't ours ends nothing.
    pub async fn log_out(&self, refresh_token: &str) -> Result<()> {
        let Some(claim) = self.refresh_tokens.read(refresh_token) else {
            return Ok(());
        };
        match sessions::find(&self.db, claim.session_id).await? {
            Some(session) => self.end_session(session.user_id, session.id).await,
            None => Ok(()),
        }
    }

    /// Ends a login and closes its sockets.
    pub async fn end_session(&self, user_id: UserId, session_id: SessionId) -> Result<()> {
        sessions::revoke(&self.db, session_id, now()).await?;
        self.hub.session_ended(user_id, session_id);
        Ok(())
    }

    /// Whom an access token or an API token speaks for, if their login or the token counts.
    pub async fn authenticate(&self, access_token: &str) -> Result<Identity> {
        if api_token::is_one(access_token) {
            return self.token_bearer(access_token).await;
        }
        let at = now();
        let identity = self.access_tokens.verify(access_token, at)?;
        let (session_id, user_id) = (identity.session_id, identity.user_id);
        let is_active = sessions::is_active(&self.db, session_id, user_id, at).await?;
        if is_active { Ok(identity) } else { Err(login_ended()) }
    }

    /// The same, with the user, in one question.
    pub async fn authenticate_user(&self, access_token: &str) -> Result<(Identity, User)> {
        if api_token::is_one(access_token) {
            let identity = self.token_bearer(access_token).await?;
            return Ok((identity, self.user(identity.user_id).await?));
        }
        let identity = self.access_tokens.verify(access_token, now())?;
        let user = self.active_user(identity.user_id, identity.session_id).await?;
        Ok((identity, user.ok_or_else(login_ended)?))
    }

    /// Whether the login behind a token that was valid still counts.
    pub async fn is_logged_in(&self, identity: Identity) -> Result<bool> {
        let (SessionId(id), at) = (identity.session_id, now());
        match identity.rights {
            Rights::Login => {
                sessions::is_active(&self.db, identity.session_id, identity.user_id, at).await
            }
            Rights::Token(_) => {
                Ok(!api_tokens::usable_among(&self.db, &[id], at).await?.is_empty())
            }
        }
    }

    pub async fn user(&self, user_id: UserId) -> Result<User> {
        users::find(&self.db, user_id).await?.ok_or_else(|| Error::not_found("user"))
    }

    /// People whose name contains `query`.
    pub async fn search_users(
        &self,
        query: &str,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<UserSummary>> {
        let after = cursor.map(place).transpose()?;
        let found = users::search(&self.db, query, after.as_deref(), limit + 1).await?;
        Ok(Page::of(found, limit, |user| crate::domain::username::key(&user.username)))
    }

    /// What to tell whoever has a token of a login that counts no more.
    async fn why_ended(&self, user_id: UserId) -> Result<Error> {
        let disabled = users::disabled_among(&self.db, &[user_id]).await?;
        Ok(if disabled.is_empty() { login_ended() } else { Error::account_disabled() })
    }

    async fn active_user(&self, user_id: UserId, session_id: SessionId) -> Result<Option<User>> {
        sessions::active_user(&self.db, session_id, user_id, now()).await
    }

    pub(super) fn tokens(&self, user: User, claim: Claim) -> Result<Login> {
        Ok(Login {
            expires_in: self.access_tokens.lifetime,
            access_token: self.access_tokens.issue(user.id, claim.session_id, now())?,
            refresh_token: self.refresh_tokens.issue(claim),
            user,
        })
    }
}

fn login_ended() -> Error {
    Error::unauthenticated("The login has ended. Log in again.")
}

fn spent_invitation() -> Error {
    Error::wrong(
        "invitation",
        "This invitation does not count, or not any more: ask for a new one.",
    )
}
