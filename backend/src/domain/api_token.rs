//! A token for scripts and bots, as its owner sees it.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{scope::Scope, timestamp::Timestamp};

/// What its owner calls a token: 1–80 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(transparent)]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 80, example = "deploy bot")]
pub struct TokenName(#[garde(length(chars, min = 1, max = 80), custom(rule))] String);

impl TokenName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn rule(name: &str, (): &()) -> garde::Result {
    if name.chars().any(char::is_control) || name.trim().is_empty() {
        Err(garde::Error::new("A name has something to read and no control characters."))
    } else {
        Ok(())
    }
}

/// An API token, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApiToken {
    pub id: Uuid,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// To the minute; null when it never was.
    pub last_used_at: Option<Timestamp>,
}
