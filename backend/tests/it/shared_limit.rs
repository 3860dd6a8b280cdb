//! The script by which instances share a limit, in a real Redis, against what a limit is.
//!
//! A unit test compares the limiter of one process with the same words.

use std::cell::RefCell;

use deadpool_redis::redis::{Client, Connection, Script};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use crate::support::redis_url;

const SCRIPT: &str = include_str!("../../src/rate_limit/gcra.lua");

/// Refilling takes seconds, so that Redis forgets no key while a sequence is played.
const INTERVALS_US: std::ops::Range<u64> = 10_000_000..10_000_000_000;

/// Some moment in our days.
const START_US: u64 = 1_795_000_000_000_000;

type Answer = (u8, u64, u64);

/// The script, told the time instead of asking Redis for it.
fn script() -> Script {
    let asks = "redis.call('TIME')";
    assert_eq!(SCRIPT.matches(asks).count(), 1, "{SCRIPT}");
    Script::new(&SCRIPT.replace(asks, "{ARGV[3], ARGV[4]}"))
}

struct Limit<'a> {
    script: &'a Script,
    redis: &'a RefCell<Connection>,
    key: String,
    interval_us: u64,
    burst: u64,
    /// When it was asked successfully.
    admitted: Vec<u64>,
}

impl Limit<'_> {
    /// How many more are due at once: in every window that ends now, a burst and one for each
    /// interval it is long, less what was admitted in it.
    fn due(&self, now: u64) -> u64 {
        let of_window = |(earlier, begin): (usize, &u64)| {
            let admitted = (self.admitted.len() - earlier) as u64;
            self.burst + (now - begin) / self.interval_us - admitted
        };
        let windows = self.admitted.iter().enumerate().map(of_window);
        windows.min().unwrap_or(self.burst).min(self.burst)
    }

    /// Asks once, and compares the answer with what is due.
    fn ask(&mut self, now: u64) -> Result<Answer, TestCaseError> {
        let due = self.due(now);
        let mut asking = self.script.key(&self.key);
        asking.arg(self.interval_us).arg(self.burst).arg(now / 1_000_000).arg(now % 1_000_000);
        let answer: Answer = asking.invoke(&mut *self.redis.borrow_mut()).expect("the script runs");
        let (allowed, remaining, wait_us) = answer;
        prop_assert_eq!(allowed, u8::from(due > 0), "{} are due", due);
        prop_assert_eq!(remaining, due.saturating_sub(1));
        prop_assert_eq!(wait_us == 0, due > 0);
        if due > 0 {
            self.admitted.push(now);
        }
        Ok(answer)
    }
}

#[test]
fn the_shared_limit_admits_exactly_what_is_due_and_says_exactly_when() {
    let Some(url) = redis_url() else { return };
    let client = Client::open(url).expect("an address");
    let redis = RefCell::new(client.get_connection().expect("Redis answers"));
    let script = script();
    let steps = vec((0..5_000_u64, any::<bool>()), 0..32);
    let sequences = (INTERVALS_US, 1..6_u64, steps);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) };

    let outcome = TestRunner::new(config).run(&sequences, |(interval_us, burst, steps)| {
        let key = format!("test:{}", uuid::Uuid::new_v4());
        let admitted = Vec::new();
        let (script, redis) = (&script, &redis);
        let mut limit = Limit { script, redis, key, interval_us, burst, admitted };
        let mut now = START_US;
        for (wait, comes_back) in steps {
            let (allowed, _, wait_us) = limit.ask(now)?;
            if comes_back && allowed == 0 {
                now += wait_us - 1;
                prop_assert_eq!(limit.ask(now)?.2, 1, "a moment too early");
                now += 1;
                prop_assert_eq!(limit.ask(now)?.0, 1, "in time");
            } else {
                // Up to two and a half intervals, or none at all.
                now += interval_us * wait.saturating_sub(1_500) / 1_400;
            }
        }
        Ok(())
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
