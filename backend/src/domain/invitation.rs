//! Links that let people make an account where nobody signs up uninvited.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{id::UserId, timestamp::Timestamp};

/// An invitation as server admins see it; what its link carries was shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Invitation {
    pub id: Uuid,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// Accounts that may be made with it, and how many were.
    pub max_uses: i64,
    pub uses: i64,
}
