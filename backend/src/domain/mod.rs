//! Values and rules of the chat, and nothing else.
//!
//! Everything here is pure: no I/O, no clock, no async. Time comes in as a value, identifiers
//! are made by callers. A value that parsed once is never checked again; the rule that made it
//! valid stands beside its type.

pub mod api_token;
pub mod audit;
pub mod client_address;
pub mod email;
pub mod event;
pub mod id;
pub mod invitation;
pub mod mail;
pub mod mention;
pub mod message;
pub mod openid;
pub mod origin;
pub mod password;
pub mod person_name;
pub mod policy;
pub mod role;
pub mod room;
pub mod rotation;
pub mod scope;
pub mod session;
pub mod signup;
pub mod timestamp;
pub mod two_factor;
pub mod user;
pub mod username;
