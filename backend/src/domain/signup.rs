//! Who may make an account of their own.

use serde::Serialize;
use utoipa::ToSchema;

use super::email::Email;

/// Whether people sign themselves up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signup {
    #[default]
    Open,
    /// With an invitation of a server admin.
    Invite,
    /// Only operators make accounts.
    Closed,
}

impl std::str::FromStr for Signup {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "open" => Ok(Self::Open),
            "invite" => Ok(Self::Invite),
            "closed" => Ok(Self::Closed),
            other => Err(format!("{other:?} is neither open, invite nor closed")),
        }
    }
}

/// What signing up takes here.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SignupPolicy {
    pub signup: Signup,
    /// Only addresses of these domains; empty: of any.
    pub mail_domains: Vec<String>,
}

impl SignupPolicy {
    pub fn admits(&self, email: &Email) -> bool {
        let domain = email.key().rsplit_once('@').map(|(_, domain)| domain.to_owned());
        let is_listed = |domain: String| self.mail_domains.contains(&domain);
        self.mail_domains.is_empty() || domain.is_some_and(is_listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_listed_domain_itself_or_not_at_all() {
        let mail_domains = vec!["example.org".to_owned()];
        let policy = SignupPolicy { mail_domains, ..SignupPolicy::default() };
        let admits = |address: &str| policy.admits(&Email::from(address.to_owned()));

        assert!(admits("ada@example.org") && admits("ada@EXAMPLE.org"));
        for other in ["ada@evil-example.org", "ada@sub.example.org", "ada@example.org.evil", "x"] {
            assert!(!admits(other), "{other}");
        }
        assert!(SignupPolicy::default().admits(&Email::from("ada@anywhere".to_owned())));
    }
}
