//! What a link in a mail or an invitation carries: 32 random bytes.
//!
//! There is nothing to guess, so a fast hash is enough to keep them by.

use ring::digest::{SHA256, digest};

use super::random;
use crate::error::Result;

const SECRET_BYTES: usize = 32;

/// A new one.
pub fn make() -> Result<String> {
    random::text::<SECRET_BYTES>()
}

/// What is kept of a token.
pub fn hash(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}
