//! When a peer is pinged, and when it counts as gone or stalled.

use std::time::Duration;

use tokio::time::Instant;

use super::{control::CloseCode, outgoing::Outgoing};

pub struct Heartbeat {
    every: Duration,
    heard_at: Instant,
    pinged_at: Instant,
    /// Frames that had left at the last ping.
    left_at_ping: u64,
}

impl Heartbeat {
    pub fn every(every: Duration) -> Self {
        let now = Instant::now();
        Self { every, heard_at: now, pinged_at: now, left_at_ping: 0 }
    }

    /// Something was heard.
    pub fn heard(&mut self) {
        self.heard_at = Instant::now();
    }

    /// When [`Self::beat`] is to be called next.
    pub fn next(&self) -> Instant {
        (self.pinged_at + self.every).min(self.heard_at + self.silence())
    }

    /// Nothing heard for this long, and the peer is gone: 40 s where pings go out every 25 s.
    fn silence(&self) -> Duration {
        self.every * 8 / 5
    }

    /// Whether a ping is due; or how the connection ends, because the peer doesn't answer
    /// (4009), or takes nothing although something waits (4008).
    pub fn beat(&mut self, outgoing: &Outgoing) -> Result<bool, CloseCode> {
        if self.heard_at.elapsed() >= self.silence() {
            // Who takes nothing can't answer pings either.
            let is_stalled = outgoing.is_waiting();
            return Err(if is_stalled { CloseCode::Stalled } else { CloseCode::HeartbeatLost });
        }
        if self.pinged_at.elapsed() < self.every {
            return Ok(false);
        }
        if outgoing.is_waiting() && outgoing.frames_left() == self.left_at_ping {
            return Err(CloseCode::Stalled);
        }
        self.pinged_at = Instant::now();
        self.left_at_ping = outgoing.frames_left();
        Ok(true)
    }
}
