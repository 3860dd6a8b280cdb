//! What is expected of whom: one line an operation, one line a frame.

use serde_json::{Value, json};

use super::cast::{Identity, RoomKind};
use crate::support::{Reply, in_an_hour};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Done,
    Unauthenticated,
    Forbidden,
    /// A private room doesn't exist for outsiders.
    NotThere,
}

impl Expected {
    /// Whether the answer is this. In a room everything asked for is there and keeps the rules;
    /// elsewhere it may name nothing, or break one.
    pub fn is(self, reply: &Reply, is_of_a_room: bool) -> bool {
        match self {
            Self::Done if is_of_a_room => reply.status.is_success(),
            Self::Done => !matches!(reply.status.as_u16(), 401 | 403 | 500..),
            Self::Unauthenticated => reply.status == 401,
            Self::Forbidden => reply.status == 403,
            Self::NotThere => reply.status == 404,
        }
    }
}

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It needs no login, and has tests of its own.
    Open,
    AnyLogin,
    /// Any login, and no API token.
    People,
    ServerAdmins,
    /// Members, and of a public room everybody.
    WhoSees,
    /// The same, unless it is archived; members always.
    WhoJoins,
    Members,
    /// Not in an archive.
    Writers,
    /// The message's author is the plain member. Not in an archive.
    Author,
    AuthorAndAdmins,
    Admins,
    AdminsUnlessArchived,
    Owner,
}

pub const OPERATIONS: [(&str, Rule); 62] = [
    ("get_liveness", Rule::Open),
    ("get_readiness", Rule::Open),
    ("get_metrics", Rule::Open),
    ("open_socket", Rule::Open),
    ("get_signup_policy", Rule::Open),
    ("sign_up", Rule::Open),
    ("log_in", Rule::Open),
    ("refresh", Rule::Open),
    ("begin_openid", Rule::Open),
    ("finish_openid", Rule::Open),
    ("log_out", Rule::Open),
    ("forgot_password", Rule::Open),
    ("reset_password", Rule::Open),
    ("verify_email", Rule::Open),
    ("show_invitation", Rule::Open),
    ("ask_for_verification", Rule::People),
    ("list_sessions", Rule::People),
    ("end_session", Rule::People),
    ("end_other_sessions", Rule::People),
    ("change_password", Rule::People),
    ("update_me", Rule::People),
    ("get_two_factor", Rule::People),
    ("begin_two_factor", Rule::People),
    ("confirm_two_factor", Rule::People),
    ("renew_recovery_codes", Rule::People),
    ("disable_two_factor", Rule::People),
    ("list_tokens", Rule::People),
    ("create_token", Rule::People),
    ("revoke_token", Rule::People),
    ("get_me", Rule::AnyLogin),
    ("search_users", Rule::AnyLogin),
    ("get_user", Rule::AnyLogin),
    ("list_rooms", Rule::AnyLogin),
    ("create_room", Rule::AnyLogin),
    ("list_accounts", Rule::ServerAdmins),
    ("update_account", Rule::ServerAdmins),
    ("give_password", Rule::ServerAdmins),
    ("list_all_rooms", Rule::ServerAdmins),
    ("list_audit_events", Rule::ServerAdmins),
    ("get_metrics_as_admin", Rule::ServerAdmins),
    ("create_invitation", Rule::ServerAdmins),
    ("list_invitations", Rule::ServerAdmins),
    ("revoke_invitation", Rule::ServerAdmins),
    ("get_room", Rule::WhoSees),
    ("list_members", Rule::WhoSees),
    ("add_member", Rule::WhoJoins),
    ("list_messages", Rule::Members),
    ("get_message", Rule::Members),
    ("list_edits", Rule::Members),
    ("list_readers", Rule::Members),
    ("list_events", Rule::Members),
    ("mark_read", Rule::Members),
    ("mark_unread", Rule::Members),
    ("post_message", Rule::Writers),
    ("add_reaction", Rule::Writers),
    ("remove_reaction", Rule::Writers),
    ("edit_message", Rule::Author),
    ("delete_message", Rule::AuthorAndAdmins),
    ("remove_member", Rule::Admins),
    ("change_member", Rule::Admins),
    ("update_room", Rule::AdminsUnlessArchived),
    ("delete_room", Rule::Owner),
];

pub const FRAMES: [(&str, Rule); 8] = [
    ("hello", Rule::AnyLogin),
    ("auth", Rule::AnyLogin),
    ("unsubscribe", Rule::AnyLogin),
    ("ping", Rule::AnyLogin),
    ("subscribe", Rule::Members),
    ("read", Rule::Members),
    ("send", Rule::Writers),
    ("typing", Rule::Writers),
];

/// Whether an API token needs `rooms:write` for it.
pub fn needs_rooms_write(operation: &str) -> bool {
    let all = ["create_room", "update_room", "delete_room"];
    all.contains(&operation)
        || ["add_member", "remove_member", "change_member"].contains(&operation)
}

pub fn of(operation: &str) -> Rule {
    let (_, rule) = OPERATIONS.iter().find(|(id, _)| *id == operation).expect("an expectation");
    *rule
}

impl Rule {
    pub fn is_of_a_room(self) -> bool {
        use Rule::*;
        !matches!(self, Open | AnyLogin | People | ServerAdmins)
    }

    pub fn expects(self, identity: Identity, kind: RoomKind) -> Expected {
        use Identity::*;
        match identity {
            Anonymous | Garbage | Expired | LoggedOut | Disabled => {
                return Expected::Unauthenticated;
            }
            // Its token was made for something else.
            Bot => return Expected::Forbidden,
            _ => {}
        }
        let is_archived = kind == RoomKind::Archived;
        let is_outside = matches!(identity, Outsider | Removed | ServerAdmin);
        let is_admin = matches!(identity, Admin | Owner);
        let may = match self {
            Self::Open | Self::AnyLogin | Self::People => true,
            Self::ServerAdmins => identity == ServerAdmin,
            Self::WhoSees => true,
            Self::WhoJoins => !is_outside || !is_archived,
            Self::Members => !is_outside,
            Self::Writers => !is_outside && !is_archived,
            Self::Author => identity == Member && !is_archived,
            Self::AuthorAndAdmins => (identity == Member || is_admin) && !is_archived,
            Self::Admins => is_admin,
            Self::AdminsUnlessArchived => is_admin && !is_archived,
            Self::Owner => identity == Owner,
        };
        match may {
            _ if self.is_of_a_room() && is_outside && kind == RoomKind::Private => {
                Expected::NotThere
            }
            true => Expected::Done,
            false => Expected::Forbidden,
        }
    }
}

/// What to send; null where nothing is. Valid where an invalid one is refused before it is
/// asked who sends it.
pub fn body(operation: &str) -> Value {
    match operation {
        "create_invitation" => json!({ "expires_at": in_an_hour(), "max_uses": 1 }),
        "show_invitation" => json!({ "code": "nobody-made-it" }),
        "create_token" => {
            json!({ "name": "b", "scopes": ["rooms:read"], "expires_at": in_an_hour() })
        }
        "begin_two_factor" | "renew_recovery_codes" | "disable_two_factor" => {
            json!({ "password": "old" })
        }
        "confirm_two_factor" => json!({ "code": "000000" }),
        "change_password" => {
            json!({ "current_password": "old", "new_password": "staple-battery-7" })
        }
        "update_me" | "update_account" => json!({}),
        "create_room" => {
            json!({ "name": format!("r{}", uuid::Uuid::new_v4()), "visibility": "public" })
        }
        "update_room" => json!({ "topic": "Something else" }),
        "change_member" => json!({ "role": "admin" }),
        "mark_read" | "mark_unread" => json!({ "seq": 1 }),
        "post_message" => json!({ "client_id": uuid::Uuid::new_v4(), "body": "hi" }),
        "edit_message" => json!({ "body": "Something else" }),
        _ => Value::Null,
    }
}
