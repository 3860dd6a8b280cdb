//! Tokens for scripts and bots: making them, and being asked by one.

use std::time::Duration;

use uuid::Uuid;

use super::{
    Chat, now,
    page::{Page, place_id},
};
use crate::{
    auth::{access_token::Identity, api_token},
    domain::{
        api_token::{ApiToken, TokenName},
        audit::{Actor, AuditAction},
        id::{SessionId, UserId},
        scope::{Rights, Scope},
        timestamp::Timestamp,
    },
    error::{Error, ErrorCode, Result},
    store::{
        access,
        api_tokens::{self, NewApiToken},
    },
};

/// The longest that a token may count.
pub const MAX_LIFETIME: Duration = Duration::from_secs(366 * 24 * 3600);
/// When a token was used is remembered this precisely.
const USED_PRECISION: Duration = Duration::from_secs(60);

impl Chat {
    /// Makes a token, and returns it with its secret, which nobody learns a second time.
    pub async fn create_api_token(
        &self,
        asker: Identity,
        name: TokenName,
        scopes: Vec<Scope>,
        expires_at: Timestamp,
        address: &str,
    ) -> Result<(ApiToken, String)> {
        let created_at = now();
        if expires_at <= created_at || expires_at > created_at.plus(MAX_LIFETIME) {
            let message = "A token expires in the future, within a year.";
            return Err(Error::wrong("expires_at", message));
        }
        let user_id = asker.user_id;
        let secret = api_token::make()?;
        let new = NewApiToken {
            id: Uuid::now_v7(),
            user_id,
            name: name.as_str().to_owned(),
            scopes: scopes.into_iter().collect(),
            secret_hash: api_token::hash(&secret),
            created_at,
            expires_at,
        };
        let token = access::add_token(&self.db, new, asker.session_id).await?;
        let actor = Actor::user(user_id, address);
        self.record(AuditAction::TokenCreated, actor, Some(user_id)).await;
        Ok((token, secret))
    }

    /// The tokens of a user that still count, newest first.
    pub async fn api_tokens(
        &self,
        user_id: UserId,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<ApiToken>> {
        let before = cursor.map(place_id).transpose()?;
        let found = api_tokens::list(&self.db, user_id, before, limit + 1, now()).await?;
        Ok(Page::of(found, limit, |token| token.id.to_string()))
    }

    /// Revokes one of one's own tokens and closes its sockets. `not_found` when there is none.
    pub async fn revoke_api_token(&self, user_id: UserId, id: Uuid, address: &str) -> Result<()> {
        if !api_tokens::revoke_one(&self.db, user_id, id, now()).await? {
            return Err(Error::not_found("token"));
        }
        self.hub.session_ended(user_id, SessionId(id));
        let actor = Actor::user(user_id, address);
        self.record(AuditAction::TokenRevoked, actor, Some(user_id)).await;
        Ok(())
    }

    /// Whom an API token speaks for, if it counts.
    pub(super) async fn token_bearer(&self, token: &str) -> Result<Identity> {
        let at = now();
        let found = api_tokens::find(&self.db, api_token::hash(token), at).await?;
        let bearer = found
            .ok_or_else(|| Error::unauthenticated("This API token doesn't count any more."))?;
        if bearer.last_used_at.is_none_or(|used| at.since(used) >= USED_PRECISION) {
            // Worth no failure: the next use remembers it.
            if let Err(error) = api_tokens::set_used(&self.db, bearer.id, at).await {
                tracing::warn!(error = ?error, "that a token was used is not remembered");
            }
        }
        Ok(Identity {
            user_id: bearer.user_id,
            session_id: SessionId(bearer.id),
            expires_at: bearer.expires_at,
            rights: Rights::Token(bearer.scopes),
        })
    }

    /// Refuses what a token was not made for.
    pub fn require_scope(&self, identity: Identity, scope: Scope) -> Result<()> {
        if identity.rights.include(scope) {
            return Ok(());
        }
        let detail = format!("This token has no scope {}.", scope.as_str());
        Err(Error::new(ErrorCode::Forbidden, detail))
    }

    /// Refuses every API token: this is for people.
    pub fn require_login(&self, identity: Identity) -> Result<()> {
        match identity.rights {
            Rights::Login => Ok(()),
            Rights::Token(_) => Err(Error::forbidden("This needs a login, not an API token.")),
        }
    }
}
