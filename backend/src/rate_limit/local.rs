//! The limiter of one process.

use std::{collections::HashMap, num::NonZeroU32, time::Duration};

use async_trait::async_trait;
use governor::{
    NotUntil,
    clock::{Clock, DefaultClock},
    middleware::{StateInformationMiddleware, StateSnapshot},
    state::{InMemoryState, NotKeyed, keyed::DashMapStateStore},
};

use super::{Decision, Limit, Quota, Quotas, RateLimiter};

/// Keys remembered for one limit before the idle ones are forgotten.
const MAX_KEYS: usize = 100_000;

type Keyed = governor::RateLimiter<
    String,
    DashMapStateStore<String>,
    DefaultClock,
    StateInformationMiddleware,
>;

pub struct LocalLimiter {
    quotas: Quotas,
    limiters: HashMap<Limit, Keyed>,
}

impl LocalLimiter {
    pub fn new(quotas: Quotas) -> Self {
        let limiters = Limit::ALL.into_iter().filter_map(|limit| {
            let quota = governed(quotas.of(limit))?;
            Some((limit, governor::RateLimiter::dashmap(quota).with_middleware()))
        });
        Self { quotas, limiters: limiters.collect() }
    }

    /// The same as [`RateLimiter::check`], at once.
    pub fn check_now(&self, limit: Limit, key: &str) -> Decision {
        let Some(limiter) = self.limiters.get(&limit) else {
            return Decision::UNLIMITED;
        };
        if limiter.len() > MAX_KEYS {
            limiter.retain_recent();
        }
        decision(limiter.check_key(&key.to_owned()), limiter.clock())
    }
}

#[async_trait]
impl RateLimiter for LocalLimiter {
    async fn check(&self, limit: Limit, key: &str) -> Decision {
        self.check_now(limit, key)
    }

    fn quota(&self, limit: Limit) -> Quota {
        self.quotas.of(limit)
    }
}

/// A limit on one thing, a connection's frames for example.
pub struct Bucket<C: Clock = DefaultClock> {
    limiter: Option<Direct<C>>,
}

type Direct<C> = governor::RateLimiter<NotKeyed, InMemoryState, C, StateInformationMiddleware>;

impl Bucket {
    pub fn new(quota: Quota) -> Self {
        Self::on_clock(quota, DefaultClock::default())
    }
}

impl<C: Clock> Bucket<C> {
    fn on_clock(quota: Quota, clock: C) -> Self {
        let limiter = governed(quota)
            .map(|quota| governor::RateLimiter::direct_with_clock(quota, clock).with_middleware());
        Self { limiter }
    }

    pub fn check(&self) -> Decision {
        self.limiter
            .as_ref()
            .map_or(Decision::UNLIMITED, |limiter| decision(limiter.check(), limiter.clock()))
    }
}

fn decision<C: Clock>(outcome: Result<StateSnapshot, NotUntil<C::Instant>>, clock: &C) -> Decision {
    match outcome {
        Ok(state) => Decision {
            is_allowed: true,
            remaining: Some(state.remaining_burst_capacity()),
            retry_after: Duration::ZERO,
        },
        Err(refusal) => Decision {
            is_allowed: false,
            remaining: Some(0),
            retry_after: refusal.wait_time_from(clock.now()),
        },
    }
}

fn governed(quota: Quota) -> Option<governor::Quota> {
    match quota {
        Quota::Off => None,
        Quota::Limited { interval, burst } => {
            let burst = NonZeroU32::new(burst)?;
            governor::Quota::with_period(interval).map(|quota| quota.allow_burst(burst))
        }
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(messages: Quota) -> LocalLimiter {
        let off = Quota::Off;
        LocalLimiter::new(Quotas {
            messages,
            signup: off,
            login: off,
            handshakes: off,
            requests: off,
        })
    }

    #[test]
    fn a_burst_is_allowed_and_then_told_when_to_come_back() {
        let limiter = limiter(Quota::every(Duration::from_secs(60), 3));
        let check = |key| limiter.check_now(Limit::Messages, key);

        let remaining: Vec<_> = (0..3).map(|_| check("ada").remaining).collect();
        let refused = check("ada");

        assert_eq!(remaining, [Some(2), Some(1), Some(0)]);
        assert!(!refused.is_allowed);
        assert!((50..=60).contains(&refused.retry_after.as_secs()), "{refused:?}");
        assert!(check("linus").is_allowed, "one person's limit is not another's");
    }

    #[test]
    fn what_is_off_is_not_limited() {
        let limiter = limiter(Quota::Off);

        assert!(
            (0..1_000).all(|_| limiter.check_now(Limit::Messages, "ada") == Decision::UNLIMITED)
        );
    }
}
