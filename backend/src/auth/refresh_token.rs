//! The refresh token: names a session and the generation of its last rotation.
//!
//! It is `v1.<session, generation and their HMAC in base64url>`. Nothing of it is stored, and
//! yet the current one can be made again, so that a client whose answer was lost gets the
//! same token once more (see `domain::rotation`).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use uuid::Uuid;

use super::key::Secrets;
use crate::domain::id::SessionId;

const PURPOSE: &[u8] = b"devschat refresh token";
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
    signing: hmac::Key,
    /// The signing one, and the one before it.
    verifying: Vec<hmac::Key>,
}

impl RefreshTokens {
    pub fn new(secrets: &Secrets) -> Self {
        let key = |bytes: &[u8]| hmac::Key::new(hmac::HMAC_SHA256, bytes);
        Self {
            signing: key(&secrets.key(PURPOSE)),
            verifying: secrets.keys(PURPOSE).iter().map(|bytes| key(bytes)).collect(),
        }
    }

    pub fn issue(&self, claim: Claim) -> String {
        let mut bytes = Vec::with_capacity(NAMED_BYTES + TAG_BYTES);
        bytes.extend_from_slice(claim.session_id.0.as_bytes());
        bytes.extend_from_slice(&claim.generation.to_be_bytes());
        let tag = hmac::sign(&self.signing, &bytes);
        bytes.extend_from_slice(tag.as_ref());
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What the token says, or nothing when we did not make it.
    pub fn read(&self, token: &str) -> Option<Claim> {
        let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        let (named, tag) = bytes.split_at_checked(NAMED_BYTES)?;
        let is_ours = self.verifying.iter().any(|key| hmac::verify(key, named, tag).is_ok());
        if !is_ours {
            return None;
        }
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
        let secret = b"0123456789abcdef0123456789abcdef".to_vec();
        let tokens = RefreshTokens::new(&Secrets::only(secret.clone()));
        let claim = Claim { session_id: SessionId(Uuid::now_v7()), generation: 7 };
        let token = tokens.issue(claim);

        let mut changed = token.clone().into_bytes();
        changed[10] = if changed[10] == b'A' { b'B' } else { b'A' };

        assert_eq!(tokens.read(&token), Some(claim));
        assert_eq!(tokens.issue(claim), token);
        assert_eq!(tokens.read(std::str::from_utf8(&changed).unwrap()), None);
        assert_eq!(tokens.read("v1."), None);
        let other = b"another secret of 32 bytes length".to_vec();
        assert_eq!(RefreshTokens::new(&Secrets::only(other.clone())).read(&token), None);
        let changed = Secrets { current: other, previous: Some(secret) };
        assert_eq!(RefreshTokens::new(&changed).read(&token), Some(claim));
        assert_ne!(RefreshTokens::new(&changed).issue(claim), token);
    }
}
