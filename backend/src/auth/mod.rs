//! Proofs of identity: passwords, access tokens and refresh tokens.
//!
//! Everything here computes; nothing reads the database. Absent on purpose: sessions, which
//! are rows (`store::sessions`) and rules about them (`service::accounts`).

pub mod access_token;
pub mod api_token;
mod hmac_provider;
pub mod key;
pub mod link_token;
pub mod password;
mod random;
pub mod refresh_token;
pub mod sealed;
pub mod totp;
