//! What an API token may be used for. A login may do everything its user may.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One kind of use.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub enum Scope {
    /// See people and one's own account.
    #[serde(rename = "users:read")]
    UsersRead,
    /// List rooms and their members.
    #[serde(rename = "rooms:read")]
    RoomsRead,
    /// Make, change, join and leave rooms, and add and remove people.
    #[serde(rename = "rooms:write")]
    RoomsWrite,
    /// Read and follow messages, and move the read mark.
    #[serde(rename = "messages:read")]
    MessagesRead,
    /// Send, edit, delete and react.
    #[serde(rename = "messages:write")]
    MessagesWrite,
}

impl Scope {
    pub const ALL: [Self; 5] = [
        Self::UsersRead,
        Self::RoomsRead,
        Self::RoomsWrite,
        Self::MessagesRead,
        Self::MessagesWrite,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UsersRead => "users:read",
            Self::RoomsRead => "rooms:read",
            Self::RoomsWrite => "rooms:write",
            Self::MessagesRead => "messages:read",
            Self::MessagesWrite => "messages:write",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Several scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    pub fn list(self) -> Vec<Scope> {
        Scope::ALL.into_iter().filter(|scope| self.contains(*scope)).collect()
    }

    /// The scopes that a text of [`Self::names`] lists. One that is gone by now gives nothing.
    pub fn named(names: &str) -> Self {
        let is_named = |scope: &Scope| names.split(' ').any(|name| name == scope.as_str());
        Scope::ALL.into_iter().filter(is_named).collect()
    }

    /// Their names, separated by spaces.
    pub fn names(self) -> String {
        let names: Vec<_> = self.list().into_iter().map(Scope::as_str).collect();
        names.join(" ")
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

/// What somebody proved to be may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Everything the user may do.
    Login,
    /// What the token was made for, and never managing accounts.
    Token(Scopes),
}

impl Rights {
    pub const fn include(self, scope: Scope) -> bool {
        match self {
            Self::Login => true,
            Self::Token(scopes) => scopes.contains(scope),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_being_named() {
        let scopes: Scopes = [Scope::MessagesWrite, Scope::RoomsRead].into_iter().collect();

        assert_eq!(scopes.names(), "rooms:read messages:write");
        assert_eq!(Scopes::named(&scopes.names()), scopes);
        assert_eq!(Scopes::named("rooms:read something:else").list(), [Scope::RoomsRead]);
        assert!(!Rights::Token(scopes).include(Scope::RoomsWrite));
        assert!(Scope::ALL.into_iter().all(|scope| Rights::Login.include(scope)));
    }
}
