//! Secrets that are made here.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::error::{Error, Result};

/// So many random bytes.
pub fn bytes<const BYTES: usize>() -> Result<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| Error::internal(anyhow::anyhow!("the system has no randomness")))?;
    Ok(bytes)
}

/// So many random bytes, as base64url.
pub fn text<const BYTES: usize>() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<BYTES>()?))
}
