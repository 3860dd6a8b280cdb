//! A user, as others and as they themselves see them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id::UserId, password::About, person_name::PersonName, timestamp::Timestamp};

/// One's own account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct User {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub created_at: Timestamp,
    /// Whether one administers the server; absent when not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub is_admin: bool,
    /// Whether one has shown to read the mail of this address.
    pub email_verified: bool,
}

/// One's own account, with what is nobody else's business.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Profile {
    #[serde(flatten)]
    pub user: User,
    /// Whether others may see what one has read.
    pub shares_reads: bool,
}

/// An account, as server admins see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    #[serde(flatten)]
    pub user: User,
    /// Null while it may be used.
    pub disabled_at: Option<Timestamp>,
}

/// What is given is changed, the rest stays.
#[derive(Clone, Debug, Default)]
pub struct ProfilePatch {
    pub first_name: Option<PersonName>,
    pub last_name: Option<PersonName>,
    pub shares_reads: Option<bool>,
}

/// What everybody may know about a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UserSummary {
    pub id: UserId,
    pub username: String,
    pub display_name: String,
}

impl User {
    /// What their password must not be like.
    pub fn about(&self) -> About<'_> {
        About {
            username: &self.username,
            email: &self.email,
            first_name: &self.first_name,
            last_name: &self.last_name,
        }
    }

    pub fn summary(&self) -> UserSummary {
        UserSummary {
            id: self.id,
            username: self.username.clone(),
            display_name: self.display_name.clone(),
        }
    }
}

/// "First Last", as shown beside a message.
pub fn display_name(first_name: &str, last_name: &str) -> String {
    format!("{first_name} {last_name}")
}
