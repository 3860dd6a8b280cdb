//! What a run counts, and what it must never see.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use serde::Serialize;

/// More sentences about anomalies help nobody.
const MAX_NOTES: usize = 50;

#[derive(Default)]
pub struct Count(AtomicU64);

impl Count {
    pub fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Serialize for Count {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.get())
    }
}

#[derive(Default, Serialize)]
pub struct Tally {
    pub operations_invoked: Count,
    pub operations_acked: Count,
    /// Refused, and nothing of it may be in the database.
    pub operations_refused: Count,
    /// Refused after an attempt whose outcome is unknown.
    pub operations_unknown: Count,
    /// Attempts after the first.
    pub retries: Count,
    /// Acknowledged sends that were sent again on purpose and answered the same.
    pub repeats_acked: Count,
    pub events_heard: Count,
    pub pages_read: Count,
    pub connections: Count,
    pub disconnections: Count,
    pub resets: Count,
    pub removals: Count,
    pub rooms_added: Count,
    pub denials: Count,
    pub tokens_renewed: Count,
    /// Answers that say that something was the server's fault.
    pub internal_errors: Count,
    pub anomalies: Anomalies,
}

/// What a correct server never lets its clients see.
#[derive(Default, Serialize)]
pub struct Anomalies {
    /// An event was left out within a subscription.
    pub gaps: Count,
    /// An event came twice within a subscription.
    pub duplicates: Count,
    /// An event came after a later one.
    pub wrong_order: Count,
    /// An event came for a room that wasn't followed.
    pub unasked: Count,
    /// An answer that the interface doesn't allow.
    pub wrong_answers: Count,
    #[serde(serialize_with = "sentences")]
    pub notes: Mutex<Vec<String>>,
}

fn sentences<S: serde::Serializer>(
    notes: &Mutex<Vec<String>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    notes.lock().serialize(serializer)
}

impl Anomalies {
    /// Counts one, and keeps a sentence about it.
    pub fn note(&self, count: &Count, sentence: String) {
        count.add(1);
        let mut notes = self.notes.lock();
        if notes.len() < MAX_NOTES {
            notes.push(sentence);
        }
    }

    pub fn total(&self) -> u64 {
        let Self { gaps, duplicates, wrong_order, unasked, wrong_answers, notes: _ } = self;
        [gaps, duplicates, wrong_order, unasked, wrong_answers].map(Count::get).iter().sum()
    }
}
