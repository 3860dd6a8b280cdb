//! What holds of a limit whenever it is asked: it is neither too strict nor too lax, and says
//! exactly when to come back.

use governor::clock::FakeRelativeClock;
use proptest::{collection::vec, prelude::*, test_runner::RngAlgorithm};

use super::*;

const A_MOMENT: Duration = Duration::from_nanos(1);

/// A limit on a clock that stands still until it is told to go on.
struct Limited {
    bucket: Bucket<FakeRelativeClock>,
    clock: FakeRelativeClock,
    interval: Duration,
    burst: u32,
    now: Duration,
    /// When it was asked successfully.
    admitted: Vec<Duration>,
}

impl Limited {
    fn new(interval: Duration, burst: u32) -> Self {
        let clock = FakeRelativeClock::default();
        let bucket = Bucket::on_clock(Quota::every(interval, burst), clock.clone());
        Self { bucket, clock, interval, burst, now: Duration::ZERO, admitted: Vec::new() }
    }

    fn wait(&mut self, time: Duration) {
        self.clock.advance(time);
        self.now += time;
    }

    /// How many more are due at once: in every window that ends now, a burst and one for each
    /// interval it is long, less what was admitted in it.
    fn due(&self) -> u32 {
        let of_window = |(earlier, begin): (usize, &Duration)| {
            let refilled = (self.now - *begin).as_nanos() / self.interval.as_nanos();
            let admitted = self.admitted.len() - earlier;
            u128::from(self.burst) + refilled - admitted as u128
        };
        let windows = self.admitted.iter().enumerate().map(of_window);
        let least = windows.min().unwrap_or(self.burst.into());
        u32::try_from(least).expect("at most a burst").min(self.burst)
    }

    /// Asks once, and compares the answer with what is due.
    fn ask(&mut self) -> Result<Decision, TestCaseError> {
        let due = self.due();
        let decision = self.bucket.check();
        prop_assert_eq!(decision.is_allowed, due > 0, "{} are due", due);
        prop_assert_eq!(decision.remaining, Some(due.saturating_sub(1)));
        prop_assert_eq!(decision.retry_after.is_zero(), decision.is_allowed);
        if decision.is_allowed {
            self.admitted.push(self.now);
        }
        Ok(decision)
    }
}

/// Seldom even: the burst and the interval needn't fit any clock.
fn interval() -> impl Strategy<Value = Duration> {
    prop_oneof![
        (1..20_u64).prop_map(Duration::from_nanos),
        (1..5_000_000_000_u64).prop_map(Duration::from_nanos),
        (1..1_000_u32).prop_map(|rate| Duration::from_secs(1) / rate),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn exactly_what_is_due_is_admitted_and_a_refusal_says_exactly_until_when(
        interval in interval(),
        burst in 1..6_u32,
        steps in vec((0..5_000_u32, any::<bool>()), 0..32),
    ) {
        let mut limited = Limited::new(interval, burst);

        for (wait, comes_back) in steps {
            let refused = limited.ask()?;
            if comes_back && !refused.is_allowed {
                limited.wait(refused.retry_after - A_MOMENT);
                prop_assert_eq!(limited.ask()?.retry_after, A_MOMENT);
                limited.wait(A_MOMENT);
                prop_assert!(limited.ask()?.is_allowed);
            } else {
                // Up to two and a half intervals, or none at all.
                limited.wait(interval * wait.saturating_sub(1_500) / 1_400);
            }
        }
    }
}
