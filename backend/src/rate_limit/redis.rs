//! The limiter that all instances share: one Lua script in Redis, on Redis's clock.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use deadpool_redis::{Pool, Runtime, redis::Script};

use super::{Decision, Limit, Quota, Quotas, RateLimiter, local::LocalLimiter};

/// How long an answer may take before the local limiter decides.
const BUDGET: Duration = Duration::from_millis(50);
/// After a failure Redis isn't asked for this long, so that not every message waits for it.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);
const POOL_SIZE: usize = 8;

/// Asks Redis for the time, so that the clocks of instances needn't agree.
const GCRA: &str = include_str!("gcra.lua");
const GIVE_BACK: &str = include_str!("give_back.lua");

pub struct RedisLimiter {
    pool: Pool,
    gcra: Script,
    give_back: Script,
    prefix: String,
    fallback: LocalLimiter,
    started: Instant,
    /// Milliseconds after `started` until which Redis isn't asked.
    resting_until_ms: AtomicU64,
}

impl RedisLimiter {
    pub fn new(url: &str, prefix: &str, quotas: Quotas) -> anyhow::Result<Self> {
        let mut config = deadpool_redis::Config::from_url(url);
        config.pool = Some(deadpool_redis::PoolConfig::new(POOL_SIZE));
        Ok(Self {
            pool: config.create_pool(Some(Runtime::Tokio1))?,
            gcra: Script::new(GCRA),
            give_back: Script::new(GIVE_BACK),
            prefix: prefix.to_owned(),
            fallback: LocalLimiter::new(quotas),
            started: Instant::now(),
            resting_until_ms: AtomicU64::new(0),
        })
    }

    async fn ask(
        &self,
        limit: Limit,
        key: &str,
        interval: Duration,
        burst: u32,
    ) -> anyhow::Result<Decision> {
        let mut connection = self.pool.get().await?;
        let (key, interval_us) = (self.key(limit, key), micros(interval));
        let (allowed, remaining, wait_us): (u8, u32, u64) =
            self.gcra.key(key).arg(interval_us).arg(burst).invoke_async(&mut connection).await?;
        Ok(Decision {
            is_allowed: allowed == 1,
            remaining: Some(remaining),
            retry_after: Duration::from_micros(wait_us),
        })
    }

    async fn return_one(&self, limit: Limit, key: &str, interval: Duration) -> anyhow::Result<()> {
        let mut connection = self.pool.get().await?;
        let (key, interval_us) = (self.key(limit, key), micros(interval));
        Ok(self.give_back.key(key).arg(interval_us).invoke_async(&mut connection).await?)
    }

    fn key(&self, limit: Limit, key: &str) -> String {
        format!("{}:limit:{}:{key}", self.prefix, limit.name())
    }

    fn is_resting(&self) -> bool {
        self.elapsed_ms() < self.resting_until_ms.load(Ordering::Relaxed)
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn rest(&self) {
        let pause_ms = u64::try_from(PAUSE_AFTER_FAILURE.as_millis()).unwrap_or(u64::MAX);
        self.resting_until_ms.store(self.elapsed_ms() + pause_ms, Ordering::Relaxed);
    }
}

#[async_trait]
impl RateLimiter for RedisLimiter {
    async fn check(&self, limit: Limit, key: &str) -> Decision {
        let Quota::Limited { interval, burst } = self.quota(limit) else {
            return Decision::UNLIMITED;
        };
        // Counted here as well, so that what Redis admitted isn't admitted a second time when
        // it fails.
        let own = self.fallback.check_now(limit, key);
        if self.is_resting() {
            return own;
        }
        match tokio::time::timeout(BUDGET, self.ask(limit, key, interval, burst)).await {
            Ok(Ok(decision)) => return decision,
            Ok(Err(error)) => tracing::warn!(%error, "Redis can't limit; this process does"),
            Err(_) => tracing::warn!("Redis limits too slowly; this process does"),
        }
        self.rest();
        own
    }

    async fn give_back(&self, limit: Limit, key: &str) {
        let Quota::Limited { interval, .. } = self.quota(limit) else { return };
        self.fallback.give_back_now(limit, key);
        if self.is_resting() {
            return;
        }
        // What can't be given back comes back by itself.
        let returning = self.return_one(limit, key, interval);
        if !matches!(tokio::time::timeout(BUDGET, returning).await, Ok(Ok(()))) {
            self.rest();
        }
    }

    fn quota(&self, limit: Limit) -> Quota {
        self.fallback.quota(limit)
    }
}

fn micros(interval: Duration) -> String {
    interval.as_micros().max(1).to_string()
}
