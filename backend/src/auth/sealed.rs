//! What a browser keeps for us without being able to read or change it: encrypted and
//! authenticated (ChaCha20-Poly1305, RFC 8439), as base64url.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::{key::Secrets, random};
use crate::error::{Error, Result};

/// Seals and opens texts for one purpose.
pub struct Seal {
    sealing: LessSafeKey,
    /// The sealing one, and the one before it.
    opening: Vec<LessSafeKey>,
}

impl Seal {
    pub fn new(secrets: &Secrets, purpose: &[u8]) -> Self {
        let key = |bytes: &[u8]| {
            let key = UnboundKey::new(&CHACHA20_POLY1305, bytes);
            LessSafeKey::new(key.expect("keys are derived in the algorithm's length"))
        };
        Self {
            sealing: key(&secrets.key(purpose)),
            opening: secrets.keys(purpose).iter().map(|bytes| key(bytes)).collect(),
        }
    }

    pub fn seal(&self, text: &[u8]) -> Result<String> {
        // Random nonces are safe for far more texts than one key ever seals.
        let nonce = random::bytes::<NONCE_LEN>()?;
        let mut sealed = text.to_vec();
        self.sealing
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut sealed,
            )
            .map_err(|_| Error::internal(anyhow::anyhow!("a text can't be sealed")))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed, or nothing when we did not seal it.
    pub fn open(&self, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        self.opening.iter().find_map(|key| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut sealed = sealed.to_vec();
            let text = key.open_in_place(nonce, Aad::empty(), &mut sealed).ok()?;
            Some(text.to_vec())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_sealed_is_opened() {
        let secret = b"0123456789abcdef0123456789abcdef".to_vec();
        let seal = Seal::new(&Secrets::only(secret.clone()), b"test");
        let sealed = seal.seal(b"verifier").unwrap();

        let mut changed = sealed.clone().into_bytes();
        changed[20] = if changed[20] == b'A' { b'B' } else { b'A' };

        assert_eq!(seal.open(&sealed).as_deref(), Some(&b"verifier"[..]));
        assert_ne!(seal.seal(b"verifier").unwrap(), sealed);
        assert_eq!(seal.open(std::str::from_utf8(&changed).unwrap()), None);
        assert_eq!(seal.open(""), None);
        assert_eq!(Seal::new(&Secrets::only(secret.clone()), b"other").open(&sealed), None);
        let current = b"another secret of 32 bytes length".to_vec();
        let changed = Secrets { current, previous: Some(secret) };
        assert!(Seal::new(&changed, b"test").open(&sealed).is_some());
    }
}
