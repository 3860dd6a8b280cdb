//! How long a run lasts, how many take part, and what it has to reach.

use std::{path::PathBuf, time::Duration};

use crate::cluster::Runtime;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    pub runtime: Runtime,
    pub seed: u64,
    /// The whole run, from the first process to the report.
    pub total: Duration,
    pub server: PathBuf,
    /// Where the run's files stay; nothing: they go when all went well.
    pub keep: Option<PathBuf>,
}

pub const SHORT: Duration = Duration::from_secs(56);
pub const FULL: Duration = Duration::from_secs(232);

/// Taken by start-up and accounts.
const PREPARATION: Duration = Duration::from_secs(6);
/// Taken by the last answers, the comparison and the checks.
const AFTERMATH: Duration = Duration::from_secs(9);
/// Faults come this often, more or less.
const PER_FAULT: Duration = Duration::from_secs(12);
const PER_FAULT_SHORT: Duration = Duration::from_millis(5_000);
/// Acknowledged operations per second of faults that a run must reach: 10,000 in a full one.
const ACKED_PER_S: f64 = 46.5;

const ROOMS: usize = 12;
const CLIENTS: u32 = 100;
const CLIENTS_SHORT: u32 = 40;

/// What follows from it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub is_short: bool,
    pub clients: u32,
    pub rooms: usize,
    pub faults: usize,
    /// From the first operation to the last fault's repair.
    pub faults_for: Duration,
    pub acked_at_least: u64,
}

impl Options {
    pub fn shape(&self) -> Shape {
        let is_short = self.total < Duration::from_secs(120);
        let least = Duration::from_secs(8);
        let faults_for = self.total.saturating_sub(PREPARATION + AFTERMATH).max(least);
        let per_fault = if is_short { PER_FAULT_SHORT } else { PER_FAULT };
        let faults = (faults_for.as_secs_f64() / per_fault.as_secs_f64()) as usize;
        let share = if is_short { 0.4 } else { 1.0 };
        Shape {
            is_short,
            clients: if is_short { CLIENTS_SHORT } else { CLIENTS },
            rooms: ROOMS,
            faults: if self.runtime == Runtime::Sqlite { 12 } else { faults.max(1) },
            faults_for,
            acked_at_least: (faults_for.as_secs_f64() * ACKED_PER_S * share) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(total: Duration) -> Shape {
        let (seed, runtime) = (1, Runtime::ScaleOut);
        Options { runtime, seed, total, server: PathBuf::new(), keep: None }.shape()
    }

    #[test]
    fn a_full_run_has_a_hundred_clients_twelve_faults_and_ten_thousand_operations() {
        let full = shape(FULL);

        assert!(full.clients >= 100);
        assert!(full.faults >= 12);
        assert!(full.acked_at_least >= 10_000);
    }

    #[test]
    fn a_short_run_has_six_faults() {
        assert!(shape(SHORT).faults >= 6);
    }
}
