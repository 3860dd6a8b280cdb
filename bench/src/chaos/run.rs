//! One run, from the first process to the report.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

use super::{
    database::Database,
    fault::Breaker,
    options::{Options, Shape},
    person::{Owned, Person},
    plan::{self, Fault},
    reading,
    report::Report,
    settle::{self, Straggler},
    town::{Settlers, Town},
};
use crate::{
    checker,
    client::me::Witness,
    cluster::{Cluster, Folders, logs},
    history::What,
    recorder::{self, Recorder},
    snapshot::Snapshot,
};

pub const HISTORY: &str = "history.jsonl";
pub const SNAPSHOT: &str = "snapshot.json";
pub const REPORT: &str = "report.json";

/// From the end of the last fault until everybody has everything.
const CONVERGED_WITHIN: Duration = Duration::from_secs(10);
/// A little later it is given up; and so are answers that don't come.
const GIVE_UP_AFTER: Duration = Duration::from_secs(12);
const AWAKE_WITHIN: Duration = Duration::from_secs(15);

/// Runs in `folder`, where history, snapshot, logs and report are found afterwards; `work` is
/// for the services, and the caller's to remove.
pub async fn run(options: &Options, folder: &Path, work: PathBuf) -> anyhow::Result<Report> {
    let started = Instant::now();
    let shape = options.shape();
    let plan = plan::draw(options.seed, options.runtime, &shape);
    let folders = Folders { work, logs: folder.join("logs") };
    std::fs::create_dir_all(&folders.logs)?;
    let recorder = Recorder::create(&folder.join(HISTORY)).context("the history")?;
    let witness = Arc::new(Witness::new(recorder));
    witness.record(opening_line(options, &shape));

    let cluster = Arc::new(Cluster::start(options.runtime, &options.server, &folders).await?);
    let database = Arc::new(Database::open(&cluster.database_url)?);
    let mut random = fastrand::Rng::with_seed(options.seed);
    let settlers = Settlers::arrive(&cluster, &witness, &shape, &mut random).await?;
    println!("  {:6.1} s  everybody is here", started.elapsed().as_secs_f64());
    witness.record(What::Start);
    let town = Arc::new(settlers.connect(&mut random));
    anyhow::ensure!(town.is_awake(AWAKE_WITHIN).await, "not everybody gets connected");

    let (is_over, watching) = watch::channel(false);
    let mut people = JoinSet::new();
    for person in persons(&town, &mut random) {
        people.spawn(person.live(watching.clone()));
    }
    let breaker = Arc::new(Breaker {
        cluster: Arc::clone(&cluster),
        town: Arc::clone(&town),
        witness: Arc::clone(&witness),
        database: Arc::clone(&database),
        is_short: shape.is_short,
    });
    breaker.run(&plan).await?;
    println!("  {:6.1} s  all is repaired", started.elapsed().as_secs_f64());
    let repaired_at = witness.recorder.elapsed();
    // Nobody waits for this any more if all have ended.
    let _ = is_over.send(true);

    let settled = settle(&town, &database, &witness, people, repaired_at).await;
    let heads = database.heads().await?;
    let epochs = reading::everything(&town, &heads).await?;
    let one_epoch = epochs.first().cloned().unwrap_or_default();
    if epochs.len() > 1 {
        let anomalies = &witness.tally.anomalies;
        anomalies.note(&anomalies.wrong_answers, format!("instances tell epochs {epochs:?}"));
    }
    let snapshot = database.snapshot(one_epoch).await?;
    std::fs::write(folder.join(SNAPSHOT), serde_json::to_vec(&snapshot)?)?;
    let server = measurements(&cluster).await;
    drop(town);
    witness.recorder.finish()?;

    let violations = check(folder, &snapshot)?;
    let report = Report {
        seed: options.seed,
        commit: commit(),
        runtime: options.runtime.name().to_owned(),
        seconds: started.elapsed().as_secs_f64(),
        clients: shape.clients,
        rooms: shape.rooms,
        faults: by_kind(&plan),
        tally: serde_json::to_value(&witness.tally)?,
        acked: witness.tally.operations_acked.get(),
        acked_at_least: shape.acked_at_least,
        anomalies: witness.tally.anomalies.total(),
        unanswered: settled.unanswered,
        converged_after_s: settled.converged_after.map(|after| after.as_secs_f64()),
        converged_within_s: CONVERGED_WITHIN.as_secs_f64(),
        stragglers: settled.stragglers.into_iter().map(|Straggler(line)| line).collect(),
        server,
        log_lines: logs::count(&folders.logs),
        violations,
    };
    std::fs::write(folder.join(REPORT), serde_json::to_vec_pretty(&report)?)?;
    Ok(report)
}

/// What the checker says about a run's files.
pub fn check(folder: &Path, snapshot: &Snapshot) -> anyhow::Result<Vec<String>> {
    let history = recorder::read(&folder.join(HISTORY))?;
    Ok(checker::check(&history, snapshot).iter().map(ToString::to_string).collect())
}

struct Settled {
    unanswered: usize,
    converged_after: Option<Duration>,
    stragglers: Vec<Straggler>,
}

/// Waits for the last answers, then until everybody has everything.
async fn settle(
    town: &Town,
    database: &Database,
    witness: &Witness,
    mut people: JoinSet<()>,
    repaired_at: Duration,
) -> Settled {
    let all_answered = async { while people.join_next().await.is_some() {} };
    let is_answered = tokio::time::timeout(GIVE_UP_AFTER, all_answered).await.is_ok();
    people.abort_all();
    witness.record(What::Quiet);
    let tally = &witness.tally;
    let answered = tally.operations_acked.get()
        + tally.operations_refused.get()
        + tally.operations_unknown.get();
    let unanswered = tally.operations_invoked.get().saturating_sub(answered);
    let stragglers = settle::wait(town, database, GIVE_UP_AFTER).await;
    let after = witness.recorder.elapsed().saturating_sub(repaired_at);
    let converged_after = (is_answered && stragglers.is_empty()).then_some(after);
    settle::record_cursors(town);
    let after_us = converged_after.map(|it| u64::try_from(it.as_micros()).unwrap_or(u64::MAX));
    witness.record(What::Converged { after_us });
    Settled {
        unanswered: usize::try_from(unanswered).unwrap_or(usize::MAX),
        converged_after,
        stragglers,
    }
}

fn persons(town: &Arc<Town>, random: &mut fastrand::Rng) -> Vec<Person> {
    let public = town.rooms.iter().filter(|room| room.is_public).map(|room| room.id);
    let public: Arc<Vec<Uuid>> = Arc::new(public.collect());
    let persons = town.residents.iter().enumerate().map(|(index, resident)| {
        let owned = town.rooms.iter().find(|room| room.owner == index).map(|room| Owned {
            room_id: room.id,
            guests: room.guests.iter().map(|one| town.residents[*one].me.user_id).collect(),
        });
        Person {
            me: Arc::clone(&resident.me),
            device: resident.device.clone(),
            owned,
            public: Arc::clone(&public),
            random: random.fork(),
        }
    });
    persons.collect()
}

fn opening_line(options: &Options, shape: &Shape) -> What {
    What::Run {
        seed: options.seed,
        commit: commit(),
        runtime: options.runtime.name().to_owned(),
        instances: u32::try_from(options.runtime.instances()).unwrap_or(u32::MAX),
        clients: shape.clients,
        rooms: u32::try_from(shape.rooms).unwrap_or(u32::MAX),
    }
}

fn by_kind(plan: &[Fault]) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for fault in plan {
        *kinds.entry(fault.kind.name()).or_default() += 1;
    }
    kinds
}

/// What the instances have counted since they were last started.
async fn measurements(cluster: &Cluster) -> BTreeMap<String, f64> {
    const WORTH_SHOWING: [&str; 5] = [
        "devschat_commits_total",
        "devschat_commit_retries_total",
        "devschat_messages_committed_total",
        "devschat_relay_lost_total",
        "devschat_sockets_closed_total",
    ];
    let mut sums = BTreeMap::new();
    for node in &cluster.nodes {
        let text = node.instance.lock().await.metrics().await.unwrap_or_default();
        let lines = text.lines().filter(|line| WORTH_SHOWING.iter().any(|it| line.starts_with(it)));
        for (name, value) in lines.filter_map(|line| line.rsplit_once(' ')) {
            *sums.entry(name.to_owned()).or_default() += value.parse().unwrap_or(0.0);
        }
    }
    sums
}

fn commit() -> String {
    let asking = std::process::Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let answer = asking.ok().filter(|output| output.status.success());
    answer.map_or_else(
        || "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
