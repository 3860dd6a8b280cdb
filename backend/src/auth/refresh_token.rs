//! The refresh token: names a session and the generation of its last rotation.
//!
//! It is `v1.<session, generation and their HMAC in base64url>`. Nothing of it is stored, and
//! yet the current one can be made again, so that a client whose answer was lost gets the
//! same token once more (see `domain::rotation`).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use uuid::Uuid;

use super::key;
use crate::domain::id::SessionId;

const PREFIX: &str = "v1.";
const SESSION_BYTES: usize = 16;
const GENERATION_BYTES: usize = 8;
const NAMED_BYTES: usize = SESSION_BYTES + GENERATION_BYTES;
const TAG_BYTES: usize = 32;

/// What a genuine refresh token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub session_id: SessionId,
    /// How often the session was refreshed when this token was made.
    pub generation: i64,
}

/// Makes and reads refresh tokens.
pub struct RefreshTokens {
    key: hmac::Key,
}

impl RefreshTokens {
    pub fn new(secret: &[u8]) -> Self {
        let key = key::derive(secret, b"devschat refresh token");
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &key) }
    }

    pub fn issue(&self, claim: Claim) -> String {
        let mut bytes = Vec::with_capacity(NAMED_BYTES + TAG_BYTES);
        bytes.extend_from_slice(claim.session_id.0.as_bytes());
        bytes.extend_from_slice(&claim.generation.to_be_bytes());
        let tag = hmac::sign(&self.key, &bytes);
        bytes.extend_from_slice(tag.as_ref());
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What the token says, or nothing when we did not make it.
    pub fn read(&self, token: &str) -> Option<Claim> {
        let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        let (named, tag) = bytes.split_at_checked(NAMED_BYTES)?;
        hmac::verify(&self.key, named, tag).ok()?;
        let (session, generation) = named.split_at(SESSION_BYTES);
        Some(Claim {
            session_id: SessionId(Uuid::from_slice(session).ok()?),
            generation: i64::from_be_bytes(generation.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unchanged_token_is_read() {
        let tokens = RefreshTokens::new(b"0123456789abcdef0123456789abcdef");
        let claim = Claim { session_id: SessionId(Uuid::now_v7()), generation: 7 };
        let token = tokens.issue(claim);

        let mut changed = token.clone().into_bytes();
        changed[10] = if changed[10] == b'A' { b'B' } else { b'A' };

        assert_eq!(tokens.read(&token), Some(claim));
        assert_eq!(tokens.issue(claim), token);
        assert_eq!(tokens.read(std::str::from_utf8(&changed).unwrap()), None);
        assert_eq!(tokens.read("v1."), None);
        assert_eq!(RefreshTokens::new(b"another secret of 32 bytes length").read(&token), None);
    }
}
