//! Signing in with an OpenID Connect provider.
//!
//! Nothing is kept here while somebody is at the provider: their browser keeps it, sealed, so
//! that any instance can go on and no other browser can. The provider vouches for a person, and
//! is answerable for second factors; this server's own are not asked for.

use std::time::Duration;

use uuid::Uuid;

use super::{Chat, log_in::new_session, now};
use crate::{
    auth::refresh_token::Claim,
    domain::{
        audit::{Actor, AuditAction},
        email::Email,
        id::UserId,
        openid::{ExternalIdentity, PendingSignIn, Profile, Refusal, local_path},
        signup::Signup,
        username::Username,
    },
    error::{Error, ErrorCode},
    openid::Provider,
    rate_limit::Limit,
    store::{
        access::{self, Entry},
        external_identities::{self, Link},
        users,
    },
};

/// Who begins has this long to come back.
pub const PENDING_LIFETIME: Duration = Duration::from_secs(600);
/// Two who come at once may be in each other's way so often.
const ATTEMPTS: u32 = 3;
/// After so many usernames that are taken, one with a random end.
const NUMBERED_USERNAMES: u32 = 9;

/// Where to send a browser, and what it keeps until it comes back.
pub struct Begun {
    pub location: String,
    pub sealed: String,
}

/// What the provider sent back with the browser.
pub struct Answer {
    pub code: Option<String>,
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Who sent it, where that is said.
    pub issuer: Option<String>,
}

/// A login.
pub struct SignedIn {
    pub refresh_token: String,
    /// A page of ours.
    pub return_to: String,
}

impl Chat {
    /// The provider, or `not_found`.
    pub fn openid_provider(&self) -> Result<&Provider, Error> {
        self.openid.as_ref().ok_or_else(|| Error::not_found("OpenID Connect provider"))
    }

    /// Begins a sign-in that ends at `return_to`, if that is a page of ours.
    pub async fn begin_openid(
        &self,
        return_to: Option<&str>,
        client_address: &str,
    ) -> Result<Begun, Refusal> {
        let provider = self.openid_provider().map_err(refusal)?;
        self.limit(Limit::Requests, client_address).await.map_err(refusal)?;
        let departure = provider.depart().await.map_err(failed)?;
        let pending = PendingSignIn {
            state: departure.state,
            nonce: departure.nonce,
            verifier: departure.verifier,
            return_to: return_to.and_then(local_path).unwrap_or("/").to_owned(),
            expires_at_ms: now().plus(PENDING_LIFETIME).unix_ms(),
        };
        let text = serde_json::to_vec(&pending).map_err(|error| failed(error.into()))?;
        let sealed = self.seal.seal(&text).map_err(refusal)?;
        Ok(Begun { location: departure.location, sealed })
    }

    /// What this browser began, if the answer is to it.
    pub fn pending_openid(&self, sealed: Option<&str>, answer: &Answer) -> Option<PendingSignIn> {
        let pending: PendingSignIn = serde_json::from_slice(&self.seal.open(sealed?)?).ok()?;
        let is_it = answer.state.as_ref() == Some(&pending.state);
        (is_it && pending.is_fresh(now())).then_some(pending)
    }

    /// Ends a sign-in with a login, of an account that may have to be made first.
    pub async fn finish_openid(
        &self,
        pending: PendingSignIn,
        answer: Answer,
        user_agent: &str,
        client_address: &str,
    ) -> Result<SignedIn, Refusal> {
        let provider = self.openid_provider().map_err(refusal)?;
        if answer.issuer.is_some_and(|issuer| !provider.is_issuer(&issuer)) {
            return Err(failed(anyhow::anyhow!("another issuer answered")));
        }
        let code = answer.code.filter(|_| answer.error.is_none()).ok_or(Refusal::Denied)?;
        let limit = Limit::LoginAddress;
        self.limit(limit, client_address).await.map_err(refusal)?;
        let identified = provider.identify(code, pending.verifier, pending.nonce).await;
        let (identity, profile) = identified.map_err(failed)?;
        self.limiter.give_back(limit, client_address).await;

        for _ in 0..ATTEMPTS {
            let owner = external_identities::owner(&self.db, &identity).await.map_err(refusal)?;
            let settled = match owner {
                Some(user_id) => Some(user_id),
                None => self.settle(&identity, &profile, client_address).await?,
            };
            // Another request settled the same person, or took the address.
            let Some(user_id) = settled else { continue };
            let refresh_token =
                self.begin_openid_session(user_id, &identity, user_agent, client_address).await?;
            return Ok(SignedIn { refresh_token, return_to: pending.return_to });
        }
        Err(Refusal::Failed)
    }

    async fn begin_openid_session(
        &self,
        user_id: UserId,
        identity: &ExternalIdentity,
        user_agent: &str,
        client_address: &str,
    ) -> Result<String, Refusal> {
        let session = new_session(user_id, user_agent);
        let session_id = session.id;
        let entry = access::begin_external_session(&self.db, session, identity).await;
        match entry.map_err(refusal)? {
            Entry::Begun => {}
            Entry::Disabled => return Err(Refusal::Disabled),
            Entry::Unknown => return Err(Refusal::Failed),
        }
        let actor = Actor::user(user_id, client_address);
        self.record(AuditAction::LoggedIn, actor, Some(user_id)).await;
        Ok(self.refresh_tokens.issue(Claim { session_id, generation: 0 }))
    }

    /// An account for somebody who comes for the first time: the one with their address, if
    /// both sides have seen that it is theirs, or a new one. Nothing when somebody else was
    /// faster.
    async fn settle(
        &self,
        identity: &ExternalIdentity,
        profile: &Profile,
        client_address: &str,
    ) -> Result<Option<UserId>, Refusal> {
        let email = profile.verified_email().ok_or(Refusal::Unverified)?;
        let owner = users::find_by_email(&self.db, &email).await.map_err(refusal)?;
        let Some(user_id) = owner else {
            return self.make_account(identity, profile, email, client_address).await;
        };
        match external_identities::link(&self.db, user_id, &email, identity, now()).await {
            Ok(Link::Made) => {
                let actor = Actor::user(user_id, client_address);
                self.record(AuditAction::IdentityLinked, actor, Some(user_id)).await;
                Ok(Some(user_id))
            }
            Ok(Link::Disabled) => Err(Refusal::Disabled),
            Ok(Link::Refused) => Err(Refusal::Exists),
            Err(error) if error.code == ErrorCode::Conflict => Ok(None),
            Err(error) => Err(refusal(error)),
        }
    }

    async fn make_account(
        &self,
        identity: &ExternalIdentity,
        profile: &Profile,
        email: Email,
        client_address: &str,
    ) -> Result<Option<UserId>, Refusal> {
        if self.signup.signup != Signup::Open {
            return Err(Refusal::Closed);
        }
        if !self.signup.admits(&email) {
            return Err(Refusal::Domain);
        }
        self.limit(Limit::Signup, client_address).await.map_err(refusal)?;
        // Nobody ever knows it, so no password logs in until one is set by mail.
        let (_, password_hash) = self.passwords.make_up().await.map_err(refusal)?;
        let is_admin = self.is_first_admin && users::is_empty(&self.db).await.map_err(refusal)?;
        let (first_name, last_name) = profile.names();
        for number in 1..=NUMBERED_USERNAMES + 1 {
            let new = users::NewUser {
                id: UserId(Uuid::now_v7()),
                username: username(&profile.username(), number),
                email: email.clone(),
                first_name: first_name.clone(),
                last_name: last_name.clone(),
                password_hash: password_hash.clone(),
                created_at: now(),
                is_admin,
            };
            match external_identities::create_account(&self.db, new, identity).await {
                Ok(user) => {
                    let actor = Actor::user(user.id, client_address);
                    self.record(AuditAction::SignedUp, actor, Some(user.id)).await;
                    return Ok(Some(user.id));
                }
                Err(error) if error.fields.iter().any(|wrong| wrong.field == "username") => {}
                Err(error) if error.code == ErrorCode::Conflict => return Ok(None),
                Err(error) => return Err(refusal(error)),
            }
        }
        Err(Refusal::Failed)
    }
}

/// `ada`, `ada-2` … `ada-9`, and then one that nobody has.
fn username(base: &str, number: u32) -> Username {
    Username::from(match number {
        1 => base.to_owned(),
        2..=NUMBERED_USERNAMES => format!("{base}-{number}"),
        _ => {
            let random = Uuid::new_v4().simple().to_string();
            format!("{base}-{}", &random[..8])
        }
    })
}

fn refusal(error: Error) -> Refusal {
    match error.code {
        ErrorCode::RateLimited | ErrorCode::Overloaded => Refusal::Limited,
        _ => {
            let cause = anyhow::Error::from(error);
            tracing::error!(cause = format!("{cause:#}"), "a sign-in with OpenID Connect failed");
            Refusal::Failed
        }
    }
}

/// What the provider or somebody's browser did wrong.
fn failed(cause: anyhow::Error) -> Refusal {
    tracing::warn!(cause = format!("{cause:#}"), "a sign-in with OpenID Connect is refused");
    Refusal::Failed
}
