//! Which faults, when, to whom and for how long: drawn from the seed alone, so that a run can
//! be repeated.

use std::time::Duration;

use serde::Serialize;

use super::options::Shape;
use crate::cluster::Runtime;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// `kill -9`, and a start.
    KillInstance,
    /// SIGTERM, and a start; one instance after the other.
    RestartInstances,
    /// SIGSTOP, SIGCONT.
    StallInstance,
    /// `kill -9` of Redis, and a start.
    KillRedis,
    FlushRedis,
    StallRedis,
    /// `pg_terminate_backend` of all connections.
    TerminateBackends,
    /// `kill -9` of PostgreSQL, and a recovery.
    CrashPostgres,
    /// All connections on one hop end with a reset.
    ResetHop,
    BlackHoleClients,
    BlackHolePostgres,
    BlackHoleRedis,
    /// A tenth of the clients reads nothing.
    StopReading,
    /// People are removed in many rooms at once, and let in again.
    RemoveMembers,
}

impl FaultKind {
    const SCALE_OUT: [Self; 14] = [
        Self::KillInstance,
        Self::RestartInstances,
        Self::StallInstance,
        Self::KillRedis,
        Self::FlushRedis,
        Self::StallRedis,
        Self::TerminateBackends,
        Self::CrashPostgres,
        Self::ResetHop,
        Self::BlackHoleClients,
        Self::BlackHolePostgres,
        Self::BlackHoleRedis,
        Self::StopReading,
        Self::RemoveMembers,
    ];

    /// As in the history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KillInstance => "kill_instance",
            Self::RestartInstances => "restart_instances",
            Self::StallInstance => "stall_instance",
            Self::KillRedis => "kill_redis",
            Self::FlushRedis => "flush_redis",
            Self::StallRedis => "stall_redis",
            Self::TerminateBackends => "terminate_backends",
            Self::CrashPostgres => "crash_postgres",
            Self::ResetHop => "reset_hop",
            Self::BlackHoleClients => "black_hole_clients",
            Self::BlackHolePostgres => "black_hole_postgres",
            Self::BlackHoleRedis => "black_hole_redis",
            Self::StopReading => "stop_reading",
            Self::RemoveMembers => "remove_members",
        }
    }

    /// How long it lasts, in ms; for what is killed, how long it stays away.
    const fn lasts_ms(self) -> (u64, u64) {
        match self {
            Self::KillInstance | Self::KillRedis => (200, 3_000),
            Self::StallInstance | Self::StallRedis => (2_000, 7_000),
            Self::BlackHoleClients | Self::BlackHolePostgres | Self::BlackHoleRedis => {
                (5_000, 9_000)
            }
            Self::StopReading => (4_000, 12_000),
            Self::RemoveMembers => (500, 2_000),
            Self::RestartInstances
            | Self::FlushRedis
            | Self::TerminateBackends
            | Self::CrashPostgres
            | Self::ResetHop => (0, 1),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub kind: FaultKind,
    /// Since the first operation.
    pub at: Duration,
    pub lasts: Duration,
    /// Which instance or which hop, where there is a choice: any number will do.
    pub target: usize,
}

/// Draws the faults of a run.
pub fn draw(seed: u64, runtime: Runtime, shape: &Shape) -> Vec<Fault> {
    let mut random = fastrand::Rng::with_seed(seed);
    let kinds = match runtime {
        Runtime::ScaleOut => scale_out(&mut random, shape.faults),
        Runtime::Sqlite => sqlite(&mut random),
    };
    let slot = shape.faults_for / u32::try_from(kinds.len() + 1).unwrap_or(1);
    let mut at = slot / 3;
    let mut faults = Vec::new();
    for kind in kinds {
        let (least, most) = kind.lasts_ms();
        let lasts = Duration::from_millis(random.u64(least..=most));
        // A short run has no time for long ones.
        let lasts = if shape.is_short { lasts.min(slot.mul_f64(0.8)) } else { lasts };
        faults.push(Fault { kind, at, lasts, target: random.usize(0..64) });
        // Sometimes the next one begins while this one lasts.
        let is_close = random.u8(0..5) == 0;
        at += if is_close { slot.mul_f64(0.3) } else { slot.mul_f64(0.9 + 0.2 * random.f64()) };
    }
    faults
}

/// All kinds before any comes twice.
fn scale_out(random: &mut fastrand::Rng, faults: usize) -> Vec<FaultKind> {
    let mut kinds = Vec::new();
    while kinds.len() < faults {
        let mut all = FaultKind::SCALE_OUT;
        random.shuffle(&mut all);
        kinds.extend(all);
    }
    kinds.truncate(faults);
    kinds
}

/// Ten kills, and what a single instance's clients can suffer besides.
fn sqlite(random: &mut fastrand::Rng) -> Vec<FaultKind> {
    let mut kinds = vec![FaultKind::KillInstance; 10];
    kinds.extend([FaultKind::ResetHop, FaultKind::StopReading]);
    random.shuffle(&mut kinds);
    kinds
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, path::PathBuf};

    use super::*;
    use crate::chaos::options::{FULL, Options, SHORT};

    fn plan(seed: u64, runtime: Runtime, total: Duration) -> (Vec<Fault>, Shape) {
        let options = Options { runtime, seed, total, server: PathBuf::new(), keep: None };
        let shape = options.shape();
        (draw(seed, runtime, &shape), shape)
    }

    #[test]
    fn the_same_seed_draws_the_same_faults_and_another_one_others() {
        let faults = |seed| plan(seed, Runtime::ScaleOut, FULL).0;

        assert_eq!(faults(7), faults(7));
        assert_ne!(faults(7), faults(8));
    }

    #[test]
    fn a_full_run_has_every_kind() {
        for seed in 0..50 {
            let (faults, _) = plan(seed, Runtime::ScaleOut, FULL);

            let kinds: HashSet<_> = faults.iter().map(|fault| fault.kind).collect();
            assert_eq!(kinds.len(), FaultKind::SCALE_OUT.len());
            assert!(faults.len() >= 12);
        }
    }

    #[test]
    fn a_short_run_has_six_faults_of_five_kinds() {
        for seed in 0..50 {
            let (faults, _) = plan(seed, Runtime::ScaleOut, SHORT);

            let kinds: HashSet<_> = faults.iter().map(|fault| fault.kind).collect();
            assert!(faults.len() >= 6 && kinds.len() >= 5);
        }
    }

    #[test]
    fn a_single_instance_is_killed_ten_times() {
        let (faults, _) = plan(3, Runtime::Sqlite, SHORT);

        let kills = faults.iter().filter(|fault| fault.kind == FaultKind::KillInstance);
        assert_eq!(kills.count(), 10);
    }

    #[test]
    fn all_faults_begin_in_time() {
        for seed in 0..50 {
            for total in [SHORT, FULL] {
                let (faults, shape) = plan(seed, Runtime::ScaleOut, total);

                assert!(faults.iter().all(|fault| fault.at < shape.faults_for));
            }
        }
    }
}
