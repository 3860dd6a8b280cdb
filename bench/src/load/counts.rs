//! What was sent, acknowledged and delivered, and whether anything was lost on the way.

use std::{collections::BTreeSet, time::Duration};

use hdrhistogram::Histogram;
use serde::Serialize;

/// Longer than any latency that is worth telling from another.
const LONGEST_MICROS: u64 = 120_000_000;

pub struct Counts {
    pub sent: u64,
    pub acked: u64,
    pub refused: u64,
    pub delivered: u64,
    pub doubled: u64,
    pub reordered: u64,
    pub ack: Histogram<u64>,
    pub end_to_end: Histogram<u64>,
}

impl Counts {
    pub fn new() -> anyhow::Result<Self> {
        let histogram = || Histogram::new_with_max(LONGEST_MICROS, 3);
        Ok(Self {
            sent: 0,
            acked: 0,
            refused: 0,
            delivered: 0,
            doubled: 0,
            reordered: 0,
            ack: histogram()?,
            end_to_end: histogram()?,
        })
    }
}

/// Milliseconds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Latency {
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub p99_9: f64,
    pub max: f64,
}

impl From<&Histogram<u64>> for Latency {
    fn from(histogram: &Histogram<u64>) -> Self {
        let at = |quantile| histogram.value_at_quantile(quantile) as f64 / 1e3;
        Self {
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            p99_9: at(0.999),
            max: histogram.max() as f64 / 1e3,
        }
    }
}

pub fn record(histogram: &mut Histogram<u64>, latency: Duration) {
    histogram.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(LONGEST_MICROS));
}

/// One receiver's place in its room.
#[derive(Default)]
pub struct Place {
    pub last: u64,
    missing: BTreeSet<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    New,
    Doubled,
    /// It came after one that stands behind it.
    Reordered,
}

impl Place {
    pub fn after(last: u64) -> Self {
        Self { last, missing: BTreeSet::new() }
    }

    /// How many up to `end` were not heard.
    pub fn missing(&self, end: u64) -> u64 {
        self.missing.len() as u64 + end.saturating_sub(self.last)
    }

    pub fn hear(&mut self, seq: u64) -> Verdict {
        if seq > self.last {
            self.missing.extend(self.last + 1..seq);
            self.last = seq;
            Verdict::New
        } else if self.missing.remove(&seq) {
            Verdict::Reordered
        } else {
            Verdict::Doubled
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_and_twice_are_told_apart() {
        let mut place = Place::after(4);

        let verdicts = [5, 7, 6, 6].map(|seq| place.hear(seq));

        assert_eq!(verdicts, [Verdict::New, Verdict::New, Verdict::Reordered, Verdict::Doubled]);
    }

    #[test]
    fn what_was_not_heard_is_missing_between_and_at_the_end() {
        let mut place = Place::after(4);
        for seq in [5, 7] {
            place.hear(seq);
        }

        assert_eq!((place.missing(7), place.missing(9)), (1, 3));
    }
}
