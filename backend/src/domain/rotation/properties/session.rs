//! A session that is refreshed as the service does it: an attempt to move on, which is one
//! step of the database, then a look, and then perhaps its end. Others come in between.

use std::time::Duration;

use crate::domain::{
    rotation::{Rotated, Verdict, judge},
    timestamp::Timestamp,
};

pub const LIFETIME: Duration = Duration::from_secs(1_000);

#[derive(Clone, Copy, Debug)]
pub struct Session {
    pub generation: i64,
    pub refreshed_at: Timestamp,
    pub is_revoked: bool,
}

/// A refresh that was begun.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    pub generation: i64,
    pub has_moved: bool,
    pub at: Timestamp,
}

impl Session {
    pub fn begun(at: Timestamp) -> Self {
        Self { generation: 0, refreshed_at: at, is_revoked: false }
    }

    pub fn is_active(&self, now: Timestamp) -> bool {
        !self.is_revoked && now < self.refreshed_at.plus(LIFETIME)
    }

    pub fn attempt(&mut self, generation: i64, at: Timestamp) -> Attempt {
        let has_moved = self.is_active(at) && generation == self.generation;
        if has_moved {
            self.generation += 1;
            self.refreshed_at = at;
        }
        Attempt { generation, has_moved, at }
    }

    /// The generation of the token that is answered.
    pub fn answer(&mut self, attempt: Attempt) -> Option<i64> {
        let is_active = self.is_active(attempt.at);
        let (generation, refreshed_at) = (self.generation, self.refreshed_at);
        let session = Rotated { generation, refreshed_at, is_active };
        match judge(attempt.generation, attempt.has_moved, session, attempt.at) {
            Verdict::Current => Some(generation),
            Verdict::Ended => None,
            Verdict::Stolen => {
                self.is_revoked = true;
                None
            }
        }
    }
}
