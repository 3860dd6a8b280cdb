//! Keys, derived from the one configured secret.

use ring::hmac;

pub const KEY_BYTES: usize = 32;

/// A key of its own for each purpose (HKDF's extract step, RFC 5869, with the purpose as
/// salt), so that what one kind of token reveals is of no use against another.
pub fn derive(secret: &[u8], purpose: &[u8]) -> [u8; KEY_BYTES] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, purpose), secret);
    let mut key = [0; KEY_BYTES];
    key.copy_from_slice(tag.as_ref());
    key
}
