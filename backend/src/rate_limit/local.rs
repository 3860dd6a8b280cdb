//! The limiter of one process.

use std::{collections::HashMap, convert::Infallible, num::NonZeroU32, sync::Arc, time::Duration};

use async_trait::async_trait;
use governor::{
    NotUntil,
    clock::{Clock, DefaultClock},
    middleware::{StateInformationMiddleware, StateSnapshot},
    nanos::Nanos,
    state::{
        InMemoryState, NotKeyed, StateStore,
        keyed::{DashMapStateStore, ShrinkableKeyedStateStore},
    },
};

use super::{Decision, Limit, Quota, Quotas, RateLimiter};

/// Keys remembered for one limit before the idle ones are forgotten.
const MAX_KEYS: usize = 100_000;

type Governed =
    governor::RateLimiter<String, SharedStore, DefaultClock, StateInformationMiddleware>;

pub struct LocalLimiter {
    quotas: Quotas,
    limiters: HashMap<Limit, Keyed>,
}

struct Keyed {
    limiter: Governed,
    /// The limiter's own, to give back what it counted, for which it has no word.
    store: SharedStore,
    interval: Nanos,
}

#[derive(Clone)]
struct SharedStore(Arc<DashMapStateStore<String>>);

impl StateStore for SharedStore {
    type Key = String;

    fn measure_and_replace<T, F, E>(&self, key: &String, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0.measure_and_replace(key, measure)
    }
}

impl ShrinkableKeyedStateStore<String> for SharedStore {
    fn retain_recent(&self, drop_below: Nanos) {
        self.0.retain_recent(drop_below);
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Keyed {
    fn new(quota: governor::Quota) -> Self {
        let store = SharedStore(Arc::default());
        let limiter = Governed::new(quota, store.clone(), DefaultClock::default());
        Self { limiter, store, interval: quota.replenish_interval().into() }
    }

    /// The stored moment is when all that was counted is forgotten; it comes that much earlier.
    fn give_back(&self, key: &str) {
        let earlier = |until: Option<Nanos>| {
            Ok::<_, Infallible>(((), until.unwrap_or_default().saturating_sub(self.interval)))
        };
        let Ok(()) = self.store.measure_and_replace(&key.to_owned(), earlier);
    }
}

impl LocalLimiter {
    pub fn new(quotas: Quotas) -> Self {
        let limiters = Limit::ALL
            .into_iter()
            .filter_map(|limit| Some((limit, Keyed::new(governed(quotas.of(limit))?))));
        Self { quotas, limiters: limiters.collect() }
    }

    /// The same as [`RateLimiter::check`], at once.
    pub fn check_now(&self, limit: Limit, key: &str) -> Decision {
        let Some(Keyed { limiter, .. }) = self.limiters.get(&limit) else {
            return Decision::UNLIMITED;
        };
        if limiter.len() > MAX_KEYS {
            limiter.retain_recent();
        }
        decision(limiter.check_key(&key.to_owned()), limiter.clock())
    }

    /// The same as [`RateLimiter::give_back`], at once.
    pub fn give_back_now(&self, limit: Limit, key: &str) {
        if let Some(keyed) = self.limiters.get(&limit) {
            keyed.give_back(key);
        }
    }
}

#[async_trait]
impl RateLimiter for LocalLimiter {
    async fn check(&self, limit: Limit, key: &str) -> Decision {
        self.check_now(limit, key)
    }

    async fn give_back(&self, limit: Limit, key: &str) {
        self.give_back_now(limit, key);
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
            login_address: off,
            login_account: off,
            handshakes: off,
            requests: off,
            mail: off,
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
    fn what_is_given_back_can_be_had_again_but_never_more_than_a_burst() {
        let limiter = limiter(Quota::every(Duration::from_secs(60), 2));
        let is_allowed = || limiter.check_now(Limit::Messages, "ada").is_allowed;
        let give_back = || limiter.give_back_now(Limit::Messages, "ada");

        assert!(is_allowed() && is_allowed() && !is_allowed());
        give_back();
        assert!(is_allowed() && !is_allowed());
        (0..10).for_each(|_| give_back());
        assert!(is_allowed() && is_allowed() && !is_allowed());
    }

    #[test]
    fn what_is_off_is_not_limited() {
        let limiter = limiter(Quota::Off);

        assert!(
            (0..1_000).all(|_| limiter.check_now(Limit::Messages, "ada") == Decision::UNLIMITED)
        );
    }
}
