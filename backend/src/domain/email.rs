//! An address that mail can be sent to.

use garde::{Validate, rules::email::Email as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// RFC 5321, 4.5.3.1.3 less the angle brackets.
pub const MAX_CHARS: usize = 254;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(from = "String", into = "String")]
#[garde(transparent)]
#[schema(value_type = String, format = Email, max_length = 254, example = "ada@example.org")]
pub struct Email(#[garde(custom(rule))] String);

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What must be unique: the address without regard to case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl From<String> for Email {
    fn from(address: String) -> Self {
        Self(address.trim().to_owned())
    }
}

impl From<Email> for String {
    fn from(address: Email) -> Self {
        address.0
    }
}

/// Mail addresses stay out of logs.
impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(…)")
    }
}

fn rule(address: &str, (): &()) -> garde::Result {
    let is_valid = address.len() <= MAX_CHARS
        && address.validate_email().is_ok()
        && address.rsplit('@').next().is_some_and(|domain| domain.contains('.'));
    if is_valid { Ok(()) } else { Err(garde::Error::new("Enter a valid email address.")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn must_be_an_address() {
        for good in ["ada@example.org", " ada+chat@mail.example.org "] {
            assert!(Email::from(good.to_owned()).validate().is_ok(), "{good}");
        }
        for bad in ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org"] {
            assert!(Email::from(bad.to_owned()).validate().is_err(), "{bad}");
        }
    }
}
