//! The name people log in with and are mentioned by.

use garde::Validate;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

pub const MAX_CHARS: usize = 150;

/// 1–150 of letters, digits and `@ . + - _`; in Unicode's compatibility form (NFKC), so that
/// names which look the same are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(from = "String", into = "String")]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 150, example = "ada")]
pub struct Username(#[garde(custom(rule))] String);

impl Username {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What must be unique: the name without regard to case.
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// The form in which names are compared.
pub fn key(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

pub fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || "@.+-_".contains(character)
}

impl From<String> for Username {
    fn from(name: String) -> Self {
        Self(name.nfkc().collect())
    }
}

impl From<Username> for String {
    fn from(name: Username) -> Self {
        name.0
    }
}

fn rule(name: &str, (): &()) -> garde::Result {
    if name.is_empty() {
        return Err(garde::Error::new("Choose a username."));
    }
    if name.chars().count() > MAX_CHARS {
        return Err(garde::Error::new("A username has at most 150 characters."));
    }
    if !name.chars().all(is_allowed) {
        return Err(garde::Error::new(
            "Usernames can only contain letters, numbers, and @ . + - _",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_valid(name: &str) -> bool {
        Username::from(name.to_owned()).validate().is_ok()
    }

    #[test]
    fn takes_letters_digits_and_five_signs() {
        assert!(is_valid("ada.l+1@x_y-z"));
        assert!(is_valid("Łukasz"));
        assert!(is_valid(&"a".repeat(150)));
        for bad in ["", "ada lovelace", "ada/x", "ada\n", "<b>", "a\u{202e}b", &"a".repeat(151)] {
            assert!(!is_valid(bad), "{bad:?}");
        }
    }

    #[test]
    fn names_that_look_alike_have_one_key() {
        assert_eq!(Username::from("ＡＤＡ".to_owned()).key(), "ada");
        assert_eq!(Username::from("Ada".to_owned()).key(), "ada");
    }
}
