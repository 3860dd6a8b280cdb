//! What makes a password acceptable.
//!
//! Hashing is `auth::password`. Absent on purpose: rules about capital letters and signs,
//! which make passwords harder to remember and not harder to guess (NIST SP 800-63B, 5.1.1.2).

use garde::Validate;
use serde::Deserialize;
use utoipa::ToSchema;

pub const MIN_CHARS: usize = 8;
pub const MAX_CHARS: usize = 128;

/// How much a password may resemble a name before it is refused (0 none, 1 the same).
/// The figure of Django's `UserAttributeSimilarityValidator`.
const MAX_RESEMBLANCE: f64 = 0.7;

/// The most common passwords, sorted; origin in docs/dependencies.md.
static COMMON: &str = include_str!("common_passwords.txt");

/// A password in clear text, on its way to be hashed. It can't be printed.
#[derive(Clone, Deserialize, Validate, ToSchema)]
#[serde(transparent)]
#[garde(transparent)]
#[schema(value_type = String, format = Password, min_length = 8, max_length = 128, example = "correct horse battery staple")]
pub struct Password(#[garde(custom(rule))] String);

impl Password {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Refuses what is much like something about the person it is for, with the reason.
    pub fn unlike(&self, person: About<'_>) -> Result<(), &'static str> {
        let attributes = [
            (person.username, "The password is too similar to your username."),
            (person.email, "The password is too similar to your email address."),
            (person.first_name, "The password is too similar to your first name."),
            (person.last_name, "The password is too similar to your last name."),
        ];
        match attributes.into_iter().find(|(attribute, _)| self.resembles(attribute)) {
            Some((_, why)) => Err(why),
            None => Ok(()),
        }
    }

    /// Whether it is much like `attribute`, or like one of the words in it.
    fn resembles(&self, attribute: &str) -> bool {
        let password = self.0.to_lowercase();
        let attribute = attribute.to_lowercase();
        let words =
            attribute.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 3);
        words.chain(std::iter::once(attribute.as_str())).any(|word| is_alike(&password, word))
    }
}

/// What a password must not be like.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub username: &'a str,
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
}

impl From<&str> for Password {
    fn from(password: &str) -> Self {
        Self(password.to_owned())
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn is_alike(password: &str, word: &str) -> bool {
    let (of_password, of_word) = (password.chars().count(), word.chars().count());
    let makes_up_most_of_it = password.contains(word) && of_word * 10 >= of_password * 7;
    let is_part_of_it = word.contains(password);
    of_word > 0
        && (makes_up_most_of_it
            || is_part_of_it
            || strsim::normalized_damerau_levenshtein(password, word) >= MAX_RESEMBLANCE)
}

fn rule(password: &str, (): &()) -> garde::Result {
    let length = password.chars().count();
    if length < MIN_CHARS {
        return Err(garde::Error::new("A password has at least 8 characters."));
    }
    if length > MAX_CHARS {
        return Err(garde::Error::new("A password has at most 128 characters."));
    }
    if password.chars().all(|c| c.is_ascii_digit()) {
        return Err(garde::Error::new("A password can't be all digits."));
    }
    if is_common(password) {
        return Err(garde::Error::new("This password is among the most common ones."));
    }
    Ok(())
}

fn is_common(password: &str) -> bool {
    static SORTED: std::sync::LazyLock<Vec<&str>> =
        std::sync::LazyLock::new(|| COMMON.lines().collect());
    SORTED.binary_search(&password.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_valid(password: &str) -> bool {
        Password::from(password).validate().is_ok()
    }

    #[test]
    fn has_8_to_128_characters() {
        assert!(is_valid("swordfi5h-9"));
        assert!(is_valid(&"xq7 ".repeat(32)));
        assert!(!is_valid("x7!kq2z"));
        assert!(!is_valid(&"xq7 ".repeat(33)));
    }

    #[test]
    fn is_neither_all_digits_nor_common() {
        for bad in ["9173640285", "password", "PASSWORD", "iloveyou", "qwertyuiop"] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn is_not_like_a_name_or_address() {
        let attributes = ["lovelace", "ada.lovelace@example.org", "Augusta Ada"];
        let resembles = |p: &str| attributes.iter().any(|a| Password::from(p).resembles(a));

        for bad in ["lovelace", "Lovelace1", "l0velace", "ecalevol-lovelace1"] {
            assert_eq!(resembles(bad), bad != "ecalevol-lovelace1", "{bad}");
        }
        assert!(!resembles("correct horse battery"));
    }

    #[test]
    fn the_list_of_common_passwords_is_sorted_for_binary_search() {
        assert!(COMMON.lines().is_sorted());
        assert!(COMMON.lines().count() >= 10_000);
    }
}
