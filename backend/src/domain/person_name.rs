//! A first or a last name, as its owner writes it.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const MAX_CHARS: usize = 150;

/// 1–150 characters after trimming, none of them a control character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(from = "String", into = "String")]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 150, example = "Ada")]
pub struct PersonName(#[garde(custom(rule))] String);

impl PersonName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PersonName {
    fn from(name: String) -> Self {
        Self(name.trim().to_owned())
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

fn rule(name: &str, (): &()) -> garde::Result {
    if name.is_empty() {
        return Err(garde::Error::new("This field is required."));
    }
    if name.chars().count() > MAX_CHARS {
        return Err(garde::Error::new("A name has at most 150 characters."));
    }
    if name.chars().any(char::is_control) {
        return Err(garde::Error::new("A name contains no control characters."));
    }
    Ok(())
}
