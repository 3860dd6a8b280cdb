//! The tables, as SeaORM sees them. The schema itself is the `migration` crate.

pub mod api_token;
pub mod audit_event;
pub mod external_identity;
pub mod invitation;
pub mod mail_token;
pub mod mention;
pub mod message;
pub mod message_edit;
pub mod reaction;
pub mod recovery_code;
pub mod room;
pub mod room_event;
pub mod room_head;
pub mod room_member;
pub mod server_state;
pub mod session;
pub mod totp_secret;
pub mod user;
