//! When too many frames are no longer somebody in a hurry, but a flood.

use tokio::time::{Duration, Instant};

use super::control::CloseCode;
use crate::rate_limit::Quota;

const WINDOW: Duration = Duration::from_secs(60);
/// A flood is so many times the burst, refused within the window.
const FACTOR: u32 = 3;

pub struct Flood {
    limit: u32,
    since: Instant,
    refused: u32,
}

impl Flood {
    /// More than a few times over this quota.
    pub fn over(frames: Quota) -> Self {
        let limit = match frames {
            Quota::Limited { burst, .. } => burst.saturating_mul(FACTOR),
            Quota::Off => u32::MAX,
        };
        Self { limit, since: Instant::now(), refused: 0 }
    }

    /// Counts a refused frame; too many within the window end the connection.
    pub fn count(&mut self) -> std::result::Result<(), Option<CloseCode>> {
        if self.since.elapsed() > WINDOW {
            (self.since, self.refused) = (Instant::now(), 0);
        }
        self.refused += 1;
        if self.refused > self.limit { Err(Some(CloseCode::Flooding)) } else { Ok(()) }
    }
}
