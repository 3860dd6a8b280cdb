//! What holds of a refresh token whatever it says, and of whatever is given for one.

use std::sync::LazyLock;

use proptest::{prelude::*, sample::select, test_runner::RngAlgorithm};

use super::*;

/// What tokens are made of.
const ALPHABET: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ v\0\xc3";

static TOKENS: LazyLock<RefreshTokens> =
    LazyLock::new(|| RefreshTokens::new(&Secrets::only(*b"0123456789abcdef0123456789abcdef")));

fn claim() -> impl Strategy<Value = Claim> {
    (any::<u128>(), any::<i64>()).prop_map(|(session, generation)| Claim {
        session_id: SessionId(Uuid::from_u128(session)),
        generation,
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn a_token_says_what_it_was_made_for_and_nothing_when_it_was_changed(
        claim in claim(),
        at in any::<prop::sample::Index>(),
        other in select(ALPHABET),
    ) {
        let token = TOKENS.issue(claim);
        prop_assert_eq!(TOKENS.read(&token), Some(claim));

        let mut changed = token.clone().into_bytes();
        changed[at.index(token.len())] = other;
        let (changed, shorter) = (String::from_utf8_lossy(&changed), &token[..at.index(token.len())]);
        prop_assert_eq!(TOKENS.read(shorter), None);
        prop_assert_eq!(TOKENS.read(&format!("{token}{}", char::from(other))), None);
        if *changed != token {
            prop_assert_eq!(TOKENS.read(&changed), None);
        }
    }

    #[test]
    fn what_was_never_issued_says_nothing(text in "(v1\\.)?[A-Za-z0-9_-]{0,100}") {
        prop_assert_eq!(TOKENS.read(&text), None);
    }
}
