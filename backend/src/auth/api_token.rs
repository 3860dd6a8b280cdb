//! API tokens: `dvc_` and 32 random bytes. The prefix lets scanners find one that was published.
//!
//! There is nothing to guess, so a fast hash is enough to keep them by.

use ring::digest::{SHA256, digest};

use super::random;
use crate::error::Result;

const PREFIX: &str = "dvc_";
const SECRET_BYTES: usize = 32;

/// Whether this is meant to be an API token.
pub fn is_one(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// A new one.
pub fn make() -> Result<String> {
    Ok(format!("{PREFIX}{}", random::text::<SECRET_BYTES>()?))
}

/// What is kept of a token.
pub fn hash(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same() {
        let (one, other) = (make().unwrap(), make().unwrap());

        assert!(is_one(&one) && one.len() == 47, "{one}");
        assert_ne!(hash(&one), hash(&other));
    }
}
