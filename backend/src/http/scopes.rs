//! Which scope an API token needs for which operation.
//!
//! What isn't listed needs a login: managing accounts, logins, tokens, the server. So an
//! operation that somebody forgets here is closed to tokens, not open.

use actix_web::{HttpRequest, http::Method};

use crate::domain::scope::Scope::{
    self, MessagesRead, MessagesWrite, RoomsRead, RoomsWrite, UsersRead,
};

const ROOM: &str = "/rooms/{room_id}";
const MEMBER: &str = "/rooms/{room_id}/members/{user_id}";
const MESSAGES: &str = "/rooms/{room_id}/messages";
const MESSAGE: &str = "/rooms/{room_id}/messages/{message_id}";
const REACTION: &str = "/rooms/{room_id}/messages/{message_id}/reactions/{emoji}";

/// Methods and paths below `/api/v1`.
const SCOPES: [(Method, &str, Scope); 24] = [
    (Method::GET, "/users/me", UsersRead),
    (Method::GET, "/users", UsersRead),
    (Method::GET, "/users/{user_id}", UsersRead),
    (Method::GET, "/rooms", RoomsRead),
    (Method::GET, ROOM, RoomsRead),
    (Method::GET, "/rooms/{room_id}/members", RoomsRead),
    (Method::POST, "/rooms", RoomsWrite),
    (Method::PATCH, ROOM, RoomsWrite),
    (Method::DELETE, ROOM, RoomsWrite),
    (Method::PUT, MEMBER, RoomsWrite),
    (Method::PATCH, MEMBER, RoomsWrite),
    (Method::DELETE, MEMBER, RoomsWrite),
    (Method::GET, MESSAGES, MessagesRead),
    (Method::GET, "/rooms/{room_id}/events", MessagesRead),
    (Method::GET, MESSAGE, MessagesRead),
    (Method::GET, "/rooms/{room_id}/messages/{message_id}/edits", MessagesRead),
    (Method::GET, "/rooms/{room_id}/messages/{message_id}/readers", MessagesRead),
    (Method::PUT, "/rooms/{room_id}/read", MessagesRead),
    (Method::PUT, "/rooms/{room_id}/unread", MessagesRead),
    (Method::POST, MESSAGES, MessagesWrite),
    (Method::PATCH, MESSAGE, MessagesWrite),
    (Method::DELETE, MESSAGE, MessagesWrite),
    (Method::PUT, REACTION, MessagesWrite),
    (Method::DELETE, REACTION, MessagesWrite),
];

/// The scope a token needs for this request; nothing where a token is no use.
pub fn needed(request: &HttpRequest) -> Option<Scope> {
    let pattern = request.match_pattern()?;
    let path = pattern.strip_prefix("/api/v1")?;
    let listed = SCOPES.iter().find(|(method, of, _)| method == request.method() && *of == path);
    listed.map(|(_, _, scope)| *scope)
}
