//! Whoever holds any token of a session that was ever issued.

use proptest::{collection::vec, prelude::*, test_runner::RngAlgorithm};

use super::session::{LIFETIME, Session};
use crate::domain::{rotation::GRACE, timestamp::Timestamp};

/// So many generations before the latest token, or one that was never issued.
const AGES: std::ops::Range<i64> = -1..5;

fn wait_ms() -> impl Strategy<Value = i64> {
    let grace_ms = GRACE.as_millis() as i64;
    let lifetime_ms = LIFETIME.as_millis() as i64;
    prop_oneof![
        8 => 0..grace_ms / 4,
        2 => grace_ms - 1..grace_ms + 2,
        2 => grace_ms..10 * grace_ms,
        1 => lifetime_ms - 2..lifetime_ms + 2,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(20_000)
    })]

    #[test]
    fn a_token_is_answered_if_it_is_the_current_one_or_was_a_moment_ago(
        steps in vec((wait_ms(), prop_oneof![4 => 0..2_i64, 1 => AGES]), 0..24),
    ) {
        let mut at = Timestamp::from_unix_ms(0);
        let mut session = Session::begun(at);
        for (wait_ms, age) in steps {
            at = Timestamp::from_unix_ms(at.unix_ms() + wait_ms);
            let (before, claimed) = (session, session.generation - age);

            let attempt = session.attempt(claimed, at);
            let answered = session.answer(attempt);

            let in_grace = age == 1 && at.since(before.refreshed_at) <= GRACE;
            if !before.is_active(at) {
                prop_assert_eq!(answered, None, "nothing works after the end");
                prop_assert_eq!(session.is_revoked, before.is_revoked);
            } else if age == 0 {
                prop_assert_eq!(answered, Some(before.generation + 1), "each is used once");
            } else if in_grace {
                prop_assert_eq!(answered, Some(before.generation), "the same one again");
                prop_assert_eq!(session.refreshed_at, before.refreshed_at, "no longer grace");
            } else {
                prop_assert_eq!(answered, None);
                prop_assert!(session.is_revoked, "somebody has stolen it");
            }
        }
    }

    #[test]
    fn of_two_who_hold_the_same_token_only_one_stays_and_only_until_the_other_comes(
        steps in vec((any::<bool>(), GRACE.as_millis() as i64 + 1..100_000), 2..24),
    ) {
        let mut at = Timestamp::from_unix_ms(0);
        let mut session = Session::begun(at);
        let mut held = [0; 2];
        let mut first = None;
        for (is_thief, wait_ms) in steps {
            let who = usize::from(is_thief);
            at = Timestamp::from_unix_ms(at.unix_ms() + wait_ms);

            let attempt = session.attempt(held[who], at);
            let answered = session.answer(attempt);

            if *first.get_or_insert(who) == who && !session.is_revoked {
                held[who] = answered.expect("it is the current one");
            } else {
                prop_assert_eq!(answered, None);
                prop_assert!(session.is_revoked);
            }
        }
    }
}
