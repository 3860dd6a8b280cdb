//! Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds, as all apps make
//! them), and recovery codes for whoever has lost theirs.

use ring::digest::{SHA256, digest};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::random;
use crate::{
    domain::timestamp::Timestamp,
    error::{Error, Result},
};

/// As RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const ISSUER: &str = "DevsChat";
/// 80 bits: nothing to guess, so a fast hash is enough to keep them by.
const RECOVERY_BYTES: usize = 10;
const RECOVERY_GROUP: usize = 5;

/// A new secret.
pub fn make_secret() -> Result<Vec<u8>> {
    Ok(random::bytes::<SECRET_BYTES>()?.to_vec())
}

/// The secret for typing in (base32) and as the `otpauth://` URI that apps read as a QR code.
pub fn presented(secret: &[u8], username: &str) -> Result<(String, String)> {
    let totp = totp(secret, username)?;
    let uri = totp.to_url().map_err(|error| Error::internal(anyhow::anyhow!("{error}")))?;
    Ok((totp.secret().to_base32(), uri))
}

/// The time step that a code belongs to, if it is one of now or of 30 seconds around.
pub fn step(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.unix_ms() / 1_000).unwrap_or_default();
    let step = totp(secret, "")?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &[u8], username: &str) -> Result<Totp> {
    let builder = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::new(secret.into()))
        .with_issuer(Some(ISSUER))
        .with_account_name(username);
    builder.build().map_err(|error| Error::internal(anyhow::anyhow!("{error}")))
}

/// A new recovery code, like `7f3a9-0c1d2-b4e5f-60718`.
pub fn make_recovery_code() -> Result<String> {
    let bytes = random::bytes::<RECOVERY_BYTES>()?;
    let digits: Vec<char> = bytes.iter().flat_map(|byte| hex(*byte)).collect();
    let groups = digits.chunks(RECOVERY_GROUP).map(String::from_iter);
    Ok(groups.collect::<Vec<_>>().join("-"))
}

fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default())
}

/// What is kept of a recovery code. Case, hyphens and spaces don't matter.
pub fn hash_recovery_code(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    digest(&SHA256, plain.to_ascii_lowercase().as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        let at = |seconds: i64| Timestamp::from_unix_ms(seconds * 1_000);

        // Appendix B: at 59 s the code is 94287082, of which six digits are shown.
        assert_eq!(step(secret, "287082", at(59)).unwrap(), Some(1));
        assert_eq!(step(secret, "287082", at(89)).unwrap(), Some(1), "the clock may be late");
        assert_eq!(step(secret, "287082", at(120)).unwrap(), None);
        for bad in ["", "28708", "2870820", "94287082", "abcdef", "２８７０８２"] {
            assert_eq!(step(secret, bad, at(59)).unwrap(), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_is_shown_for_apps_and_for_typing() {
        let (typed, uri) = presented(b"12345678901234567890", "ada").unwrap();

        assert_eq!(typed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(uri.starts_with("otpauth://totp/DevsChat:ada?"), "{uri}");
        assert!(uri.contains(&format!("secret={typed}")), "{uri}");
    }

    #[test]
    fn a_recovery_code_may_be_typed_as_one_likes() {
        let code = make_recovery_code().unwrap();

        assert_eq!(code.len(), 23, "{code}");
        assert_ne!(code, make_recovery_code().unwrap());
        let typed = code.replace('-', " ").to_uppercase();
        assert_eq!(hash_recovery_code(&typed), hash_recovery_code(&code));
    }
}
