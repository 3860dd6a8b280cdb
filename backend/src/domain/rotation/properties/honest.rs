//! The owner of a session: tabs that share one token, refresh at once, and lose replies.

use proptest::{collection::vec, prelude::*, test_runner::RngAlgorithm};

use super::session::{Attempt, LIFETIME, Session};
use crate::domain::{rotation::GRACE, timestamp::Timestamp};

/// What happens to one tab while the token is refreshed.
#[derive(Clone, Debug)]
struct Tab {
    /// When each of its tries reaches the server, after the first of all; and how long the
    /// server takes between its attempt and its look.
    tries: Vec<(i64, i64)>,
}

fn tab() -> impl Strategy<Value = Tab> {
    let grace_ms = GRACE.as_millis() as i64;
    vec((0..=grace_ms, 0..500_i64), 1..4).prop_map(|tries| Tab { tries })
}

/// What the server does, and when.
#[derive(Clone, Copy)]
enum Doing {
    Attempt(usize),
    Answer(usize),
}

/// Plays one round in which all tabs hold the same token; what they are answered.
fn refresh_at_once(
    session: &mut Session,
    held: i64,
    began_ms: i64,
    tabs: &[Tab],
) -> Vec<Option<i64>> {
    let tries = || tabs.iter().flat_map(|tab| &tab.tries).enumerate();
    // Whoever comes first begins the round.
    let first_ms = tries().map(|(_, (at_ms, _))| *at_ms).min().unwrap_or_default();
    let mut doings: Vec<(i64, Doing)> = tries()
        .flat_map(|(which, (at_ms, takes_ms))| {
            let at_ms = began_ms + at_ms - first_ms;
            [(at_ms, Doing::Attempt(which)), (at_ms + takes_ms, Doing::Answer(which))]
        })
        .collect();
    doings.sort_by_key(|(at_ms, _)| *at_ms);
    let mut attempts: Vec<Option<Attempt>> = vec![None; tries().count()];
    let mut answers = Vec::new();
    for (at_ms, doing) in doings {
        match doing {
            Doing::Attempt(which) => {
                attempts[which] = Some(session.attempt(held, Timestamp::from_unix_ms(at_ms)));
            }
            Doing::Answer(which) => {
                let attempt = attempts[which].expect("it was attempted before");
                answers.push(session.answer(attempt));
            }
        }
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn whoever_retries_within_the_grace_is_never_logged_out(
        rounds in vec((vec(tab(), 1..5), 20_000..LIFETIME.as_millis() as i64 - 20_000), 1..6),
    ) {
        let mut session = Session::begun(Timestamp::from_unix_ms(0));
        let (mut held, mut now_ms) = (0, 0);
        for (tabs, pause_ms) in rounds {
            let answers = refresh_at_once(&mut session, held, now_ms, &tabs);

            // Whichever of these replies were lost: they all say the same.
            prop_assert!(answers.iter().all(|answer| *answer == Some(held + 1)), "{answers:?}");
            held += 1;
            now_ms += pause_ms;
        }
    }
}
