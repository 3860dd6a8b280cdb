//! How long to wait before the next attempt: exponential with full jitter, as the protocol
//! asks for (`rand(0, min(longest, 0.25 s · 2^n))`).

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);

#[derive(Clone, Debug)]
pub struct Backoff {
    longest: Duration,
    failures: u32,
}

impl Backoff {
    pub const fn up_to(longest: Duration) -> Self {
        Self { longest, failures: 0 }
    }

    pub const fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// The pause after one more failure.
    pub fn next(&mut self, random: &mut fastrand::Rng) -> Duration {
        let bound = FIRST.saturating_mul(1_u32.checked_shl(self.failures).unwrap_or(u32::MAX));
        self.failures = self.failures.saturating_add(1);
        bound.min(self.longest).mul_f64(random.f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_below_a_bound_that_doubles_until_it_is_the_longest() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..200 {
            let mut backoff = Backoff::up_to(Duration::from_secs(2));

            for bound_ms in [250, 500, 1_000, 2_000, 2_000, 2_000] {
                assert!(backoff.next(&mut random) <= Duration::from_millis(bound_ms));
            }
        }
    }

    #[test]
    fn many_failures_do_not_overflow_and_success_begins_anew() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut backoff = Backoff::up_to(Duration::from_secs(2));
        for _ in 0..100 {
            assert!(backoff.next(&mut random) <= Duration::from_secs(2));
        }

        backoff.succeeded();

        assert!(backoff.next(&mut random) <= Duration::from_millis(250));
    }
}
