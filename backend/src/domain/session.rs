//! A login, as its owner sees it.

use super::{id::SessionId, timestamp::Timestamp};

/// A login that still counts.
#[derive(Clone, Debug)]
pub struct ActiveSession {
    pub id: SessionId,
    /// What the browser or program called itself.
    pub user_agent: String,
    pub created_at: Timestamp,
    /// Its last refresh: it was in use a few minutes after this, at most.
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}
