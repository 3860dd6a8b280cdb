//! Signing in with an OpenID Connect provider: who somebody is there, what account is made of
//! it, and why a sign-in is refused.

use garde::Validate as _;

use super::{
    email::Email,
    person_name::{self, PersonName},
    timestamp::Timestamp,
    username::{self, Username},
};

const MAX_RETURN_TO_BYTES: usize = 1_024;
/// Of a username that is made here, so that a number still fits behind it.
const MAX_MADE_USERNAME_CHARS: usize = 140;

/// A subject of a provider (OpenID Connect Core, 2: `iss` and `sub`), which never names
/// somebody else.
#[derive(Clone, PartialEq, Eq)]
pub struct ExternalIdentity {
    pub issuer: String,
    pub subject: String,
}

/// What a provider says about somebody (OpenID Connect Core, 5.1).
#[derive(Clone, Default, serde::Deserialize)]
pub struct Profile {
    pub email: Option<String>,
    #[serde(default)]
    pub email_verified: bool,
    pub preferred_username: Option<String>,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
}

/// A sign-in that has begun: what its browser keeps until the provider sends it back.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PendingSignIn {
    pub state: String,
    pub nonce: String,
    /// Of the code's proof of possession (RFC 7636).
    pub verifier: String,
    /// The page of the SPA to go to afterwards.
    pub return_to: String,
    pub expires_at_ms: i64,
}

impl PendingSignIn {
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.unix_ms() < self.expires_at_ms
    }
}

/// Why a sign-in is refused; the SPA has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its person, or the provider, said no.
    Denied,
    /// It took too long, was begun in another browser, or is over.
    Expired,
    /// Nobody signs up here.
    Closed,
    /// Addresses of this domain can't sign up here.
    Domain,
    /// The provider gives no verified address.
    Unverified,
    /// Another account has the address, and it is not shown to be the same person's.
    Exists,
    /// The account is disabled.
    Disabled,
    /// Too often.
    Limited,
    /// The provider can't be reached, or something doesn't fit.
    Failed,
}

impl Refusal {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Closed => "closed",
            Self::Domain => "domain",
            Self::Unverified => "unverified",
            Self::Exists => "exists",
            Self::Disabled => "disabled",
            Self::Limited => "limited",
            Self::Failed => "failed",
        }
    }
}

impl Profile {
    /// The address, if the provider vouches for it.
    pub fn verified_email(&self) -> Option<Email> {
        let email = Email::from(self.email.clone().filter(|_| self.email_verified)?);
        email.validate().is_ok().then_some(email)
    }

    /// A username that is allowed, taken from their name there or their address.
    pub fn username(&self) -> String {
        let named = [&self.preferred_username, &self.email];
        named
            .into_iter()
            .flatten()
            .map(|name| made_username(name))
            .find(|name| !name.is_empty())
            .unwrap_or_else(|| "user".to_owned())
    }

    /// First and last name; where the provider has none, what there is stands for both.
    pub fn names(&self) -> (PersonName, PersonName) {
        let some = |name: &Option<String>| {
            let name = name.as_deref().map(made_name);
            name.filter(|name| !name.as_str().is_empty())
        };
        let full = some(&self.name).map_or_else(|| self.username(), String::from);
        let (before, after) = full.rsplit_once(' ').unwrap_or((&full, &full));
        let first = some(&self.given_name).unwrap_or_else(|| made_name(before));
        let last = some(&self.family_name).unwrap_or_else(|| made_name(after));
        (first, last)
    }
}

/// What is before `@`, so that nobody's username is somebody else's address.
fn made_username(name: &str) -> String {
    let local = name.split('@').next().unwrap_or_default();
    let name = Username::from(local.to_owned());
    let allowed = name.as_str().chars().map(|c| if c.is_whitespace() { '.' } else { c });
    allowed.filter(|c| username::is_allowed(*c)).take(MAX_MADE_USERNAME_CHARS).collect()
}

fn made_name(name: &str) -> PersonName {
    let kept = name.trim().chars().filter(|c| !c.is_control()).take(person_name::MAX_CHARS);
    PersonName::from(kept.collect::<String>())
}

/// The path, if it leads to a page of ours: no other host, and nothing of the API.
pub fn local_path(path: &str) -> Option<&str> {
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/api/");
    (is_plain && is_ours && path.len() <= MAX_RETURN_TO_BYTES).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(preferred_username: &str) -> Profile {
        Profile { preferred_username: Some(preferred_username.to_owned()), ..Profile::default() }
    }

    #[test]
    fn a_username_is_made_of_what_is_allowed() {
        assert_eq!(named("ada.lovelace").username(), "ada.lovelace");
        assert_eq!(named("ada@example.org").username(), "ada");
        assert_eq!(named("Ada Lovelace!").username(), "Ada.Lovelace");
        assert_eq!(named("<>").username(), "user");
        let by_mail = Profile { email: Some("linus@example.org".to_owned()), ..named("//") };
        assert_eq!(by_mail.username(), "linus");
        assert_eq!(named(&"a".repeat(300)).username().len(), MAX_MADE_USERNAME_CHARS);
    }

    #[test]
    fn names_are_never_empty() {
        let told = |profile: &Profile| {
            let (first, last) = profile.names();
            assert!(first.validate().is_ok() && last.validate().is_ok());
            (String::from(first), String::from(last))
        };
        let pair = |first: &str, last: &str| (first.to_owned(), last.to_owned());

        let full = Profile { name: Some("Ada King Lovelace".to_owned()), ..Profile::default() };
        assert_eq!(told(&full), pair("Ada King", "Lovelace"));
        let given = Profile { given_name: Some("Grace".to_owned()), ..full };
        assert_eq!(told(&given), pair("Grace", "Lovelace"));
        assert_eq!(told(&named("ada")), pair("ada", "ada"));
        let odd = Profile { name: Some(" \u{7} \n".to_owned()), ..named("ada") };
        told(&odd);
    }

    #[test]
    fn an_address_counts_when_the_provider_vouches_for_it() {
        let email = Some("ada@example.org".to_owned());
        let told = Profile { email: email.clone(), ..Profile::default() };
        assert!(told.verified_email().is_none());
        assert!(Profile { email_verified: true, ..told }.verified_email().is_some());
        let none = Profile { email: Some("ada".to_owned()), email_verified: true, ..named("ada") };
        assert!(none.verified_email().is_none());
    }

    #[test]
    fn one_returns_to_pages_of_ours_only() {
        for fine in ["/", "/rooms/back-end", "/rooms/back-end?at=7#x"] {
            assert_eq!(local_path(fine), Some(fine));
        }
        for other in [
            "",
            "rooms",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/api/v1/auth/oidc/start",
            "/a b",
            "/a\r\nset-cookie:x=y",
        ] {
            assert_eq!(local_path(other), None, "{other:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(MAX_RETURN_TO_BYTES))), None);
    }
}
