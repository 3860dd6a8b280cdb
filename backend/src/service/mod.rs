//! What people can do, for both doors alike: one file a subject, all on [`Chat`].
//!
//! A method checks limits and permission, then lets the ledger write or the store read. How a
//! request looks on the wire is the doors' business.

pub mod accounts;
pub mod admin;
pub mod api_tokens;
mod attempts;
pub mod audit;
pub mod events;
pub mod follow;
pub mod health;
mod invitations;
mod log_in;
pub mod mail;
pub mod members;
pub mod messages;
pub mod openid;
pub mod page;
pub mod profile;
mod readers;
pub mod rooms;
pub mod sessions;
pub mod two_factor;

use std::sync::Arc;

use crate::{
    auth::{
        access_token::AccessTokens, password::PasswordHasher, refresh_token::RefreshTokens,
        sealed::Seal,
    },
    domain::{
        id::{Epoch, RoomId, UserId},
        policy::{self, Action},
        signup::SignupPolicy,
        timestamp::Timestamp,
    },
    error::{Error, LimitState, Result},
    feed::hub::Hub,
    openid::Provider,
    rate_limit::{self, Decision, Limit, RateLimiter},
    relay::Relay,
    store::{database::Database, ledger::Ledger, members as memberships},
};

/// The use cases, and everything they need.
pub struct Chat {
    pub db: Database,
    pub ledger: Ledger,
    pub hub: Arc<Hub>,
    pub relay: Arc<dyn Relay>,
    pub limiter: Arc<dyn RateLimiter>,
    pub passwords: PasswordHasher,
    pub access_tokens: AccessTokens,
    pub refresh_tokens: RefreshTokens,
    /// Whether the first account made administers the server: it is for one's own machine.
    pub is_first_admin: bool,
    pub signup: SignupPolicy,
    pub post: mail::Post,
    /// Where people may sign in with OpenID Connect.
    pub openid: Option<Provider>,
    /// Closes what their browsers keep meanwhile.
    pub seal: Seal,
}

impl Chat {
    /// Refuses unless `user_id` may do this in the room. For reading; what changes a room is
    /// decided by the ledger, under the room's lock.
    async fn require(&self, user_id: UserId, room_id: RoomId, action: Action) -> Result<()> {
        let standing = memberships::standing(&self.db, room_id, user_id).await?;
        let standing = standing.ok_or_else(|| Error::not_found("room"))?;
        Ok(policy::authorize(standing, action)?)
    }

    /// The identity of the history served now.
    pub fn epoch(&self) -> Epoch {
        self.hub.epoch()
    }

    /// Refuses what is too often.
    pub async fn limit(&self, limit: Limit, key: &str) -> Result<()> {
        let decision = self.limiter.check(limit, key).await;
        if decision.is_allowed {
            return Ok(());
        }
        metrics::counter!("devschat_rate_limited_total", "limit" => limit.name()).increment(1);
        let refusal = Error::rate_limited("Too many requests; slow down.", decision.retry_after);
        Err(Error { limit: self.limit_state(limit, decision).map(Box::new), ..refusal })
    }

    /// What to tell about a decision.
    pub fn limit_state(&self, limit: Limit, decision: Decision) -> Option<LimitState> {
        rate_limit::state(limit, self.limiter.quota(limit), decision)
    }
}

/// This moment. The domain reads no clock: moments come in from here.
pub fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}
