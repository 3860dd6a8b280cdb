//! How often somebody may do something.
//!
//! GCRA (ATM Forum TM 4.0, 4.4.2): a bucket of `burst` that refills at a steady rate. Two
//! kinds of limiter: [`local`] in this process, [`redis`] for all instances together, which
//! falls back to the local one at the same figure, so that a dead Redis never opens a limit.

pub mod local;
pub mod redis;

use std::{fmt, str::FromStr, time::Duration};

use async_trait::async_trait;

use crate::error::LimitState;

/// What is limited, and per whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Messages, per user.
    Messages,
    /// Accounts made, per client address.
    Signup,
    /// Wrong passwords, per account and client address.
    Login,
    /// Wrong passwords, per client address.
    LoginAddress,
    /// Wrong passwords, per account: generous, since everybody can use it up for somebody else.
    LoginAccount,
    /// Sockets that have not said who they are, per client address.
    Handshakes,
    /// REST calls, per user or client address.
    Requests,
    /// Mails asked for, per client address and per who gets them.
    Mail,
}

impl Limit {
    pub const ALL: [Self; 8] = [
        Self::Messages,
        Self::Signup,
        Self::Login,
        Self::LoginAddress,
        Self::LoginAccount,
        Self::Handshakes,
        Self::Requests,
        Self::Mail,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Signup => "signup",
            Self::Login => "login",
            Self::LoginAddress => "login_address",
            Self::LoginAccount => "login_account",
            Self::Handshakes => "handshakes",
            Self::Requests => "requests",
            Self::Mail => "mail",
        }
    }
}

/// A rate and a burst, or no limit at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    Off,
    Limited {
        /// Time in which one more becomes allowed; not zero.
        interval: Duration,
        /// How many are allowed at once; not zero.
        burst: u32,
    },
}

impl Quota {
    pub const fn per_second(rate: u32, burst: u32) -> Self {
        Self::Limited { interval: Duration::from_nanos(1_000_000_000 / rate as u64), burst }
    }

    pub const fn every(interval: Duration, burst: u32) -> Self {
        Self::Limited { interval, burst }
    }
}

/// `rate/s:burst`, `rate/m:burst`, `rate/h:burst` (per second, minute, hour) or `off`.
impl FromStr for Quota {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let refused = || {
            format!(
                "{text:?} is not a limit: write rate/s:burst, rate/m:burst, rate/h:burst or off"
            )
        };
        let (rate, burst) = text.split_once(':').ok_or_else(refused)?;
        let (rate, unit) = rate.split_once('/').ok_or_else(refused)?;
        let seconds = match unit {
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return Err(refused()),
        };
        let rate: f64 = rate.parse().map_err(|_| refused())?;
        let burst: u32 = burst.parse().map_err(|_| refused())?;
        let interval = Duration::try_from_secs_f64(seconds / rate).map_err(|_| refused())?;
        if rate <= 0.0 || burst == 0 || interval.is_zero() {
            return Err(refused());
        }
        Ok(Self::Limited { interval, burst })
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Limited { interval, burst } => {
                let per_second = 1.0 / interval.as_secs_f64();
                write!(f, "{}/s:{burst}", (per_second * 1e6).round() / 1e6)
            }
        }
    }
}

/// The quota of every limit.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    pub messages: Quota,
    pub signup: Quota,
    pub login: Quota,
    pub login_address: Quota,
    pub login_account: Quota,
    pub handshakes: Quota,
    pub requests: Quota,
    pub mail: Quota,
}

impl Quotas {
    pub const fn of(&self, limit: Limit) -> Quota {
        match limit {
            Limit::Messages => self.messages,
            Limit::Signup => self.signup,
            Limit::Login => self.login,
            Limit::LoginAddress => self.login_address,
            Limit::LoginAccount => self.login_account,
            Limit::Handshakes => self.handshakes,
            Limit::Requests => self.requests,
            Limit::Mail => self.mail,
        }
    }
}

/// The answer to "may I once more?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub is_allowed: bool,
    /// How many more are allowed at once; `None` where nothing is limited.
    pub remaining: Option<u32>,
    /// When one more is allowed; zero when this one was.
    pub retry_after: Duration,
}

impl Decision {
    pub const UNLIMITED: Self =
        Self { is_allowed: true, remaining: None, retry_after: Duration::ZERO };
}

/// What to tell about a decision; nothing where nothing is limited.
pub fn state(limit: Limit, quota: Quota, decision: Decision) -> Option<LimitState> {
    let Quota::Limited { interval, burst } = quota else {
        return None;
    };
    Some(LimitState {
        name: limit.name(),
        burst,
        window: interval * burst,
        remaining: decision.remaining.unwrap_or(0),
        retry_after: decision.retry_after,
    })
}

/// Counts and decides. Asking counts, when the answer is yes.
#[async_trait]
pub trait RateLimiter: Send + Sync + 'static {
    /// Whether `key` may do it once more. Never fails and answers within 50 ms.
    async fn check(&self, limit: Limit, key: &str) -> Decision;

    /// Takes back what was counted once: it turned out not to be what is limited. At most to
    /// where nothing was counted at all.
    async fn give_back(&self, limit: Limit, key: &str);

    fn quota(&self, limit: Limit) -> Quota;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_written_as_rate_and_burst() {
        assert_eq!("5/s:20".parse(), Ok(Quota::per_second(5, 20)));
        assert_eq!("0.5/s:1".parse(), Ok(Quota::every(Duration::from_secs(2), 1)));
        assert_eq!("20/m:5".parse(), Ok(Quota::every(Duration::from_secs(3), 5)));
        assert_eq!("off".parse(), Ok(Quota::Off));
        assert_eq!(Quota::per_second(5, 20).to_string(), "5/s:20");
        for bad in
            ["", "5", "5/s", "5:20", "0/s:1", "-1/s:1", "5/s:0", "5/d:1", "nan/s:1", "inf/s:1"]
        {
            assert!(bad.parse::<Quota>().is_err(), "{bad}");
        }
    }
}
