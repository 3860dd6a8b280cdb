//! Keys, derived from the configured secret.

use ring::hmac;

/// What tokens are signed with: a new secret, and for a while the one before it, which only
/// verifies, so that changing the secret logs nobody out.
pub struct Secrets {
    pub current: Vec<u8>,
    pub previous: Option<Vec<u8>>,
}

impl Secrets {
    pub fn only(current: impl Into<Vec<u8>>) -> Self {
        Self { current: current.into(), previous: None }
    }

    /// A key for this purpose of each secret, the current one's first.
    pub fn keys(&self, purpose: &[u8]) -> Vec<[u8; KEY_BYTES]> {
        let secrets = std::iter::once(&self.current).chain(&self.previous);
        secrets.map(|secret| derive(secret, purpose)).collect()
    }

    /// The current secret's key for this purpose.
    pub fn key(&self, purpose: &[u8]) -> [u8; KEY_BYTES] {
        derive(&self.current, purpose)
    }
}

pub const KEY_BYTES: usize = 32;

/// A key of its own for each purpose (HKDF's extract step, RFC 5869, with the purpose as
/// salt), so that what one kind of token reveals is of no use against another.
fn derive(secret: &[u8], purpose: &[u8]) -> [u8; KEY_BYTES] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, purpose), secret);
    let mut key = [0; KEY_BYTES];
    key.copy_from_slice(tag.as_ref());
    key
}
