//! What a run found: a line of the table, and JSON for later.

use std::{path::Path, process::Command, time::Duration};

use serde::Serialize;

use super::{counts::Latency, scenario::Server};

/// What one run found; nothing where a scenario doesn't tell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    pub connects_per_s: Option<f64>,
    pub sent_per_s: Option<f64>,
    pub acked_per_s: Option<f64>,
    pub delivered_per_s: Option<f64>,
    pub ack_ms: Option<Latency>,
    pub end_to_end_ms: Option<Latency>,
    pub lost: Option<i64>,
    pub doubled: Option<u64>,
    pub reordered: Option<u64>,
    pub refused: Option<u64>,
    /// Of the server alone; with `_all`, of its database and Redis too.
    pub cpu_s_per_million_deliveries: Option<f64>,
    pub cpu_s_per_million_deliveries_all: Option<f64>,
    pub cpu_s_per_thousand_acks: Option<f64>,
    pub cpu_s_per_thousand_acks_all: Option<f64>,
    pub peak_rss_kib: Option<u64>,
    pub idle_bytes_per_connection: Option<f64>,
    pub seconds_until_all_live: Option<f64>,
    pub pages_per_s: Option<f64>,
    pub bare_pages_per_s: Option<f64>,
    pub page_ms: Option<Latency>,
    pub deep_page_ms: Option<Latency>,
    pub start_ms: Option<f64>,
}

impl Figures {
    pub fn with_cpu(
        mut self,
        server: Duration,
        backing: Duration,
        delivered: u64,
        acked: u64,
    ) -> Self {
        let per = |cpu: Duration, count: u64, unit: f64| {
            (count > 0).then(|| cpu.as_secs_f64() * unit / count as f64)
        };
        let all = server + backing;
        self.cpu_s_per_million_deliveries = per(server, delivered, 1e6);
        self.cpu_s_per_million_deliveries_all = per(all, delivered, 1e6);
        self.cpu_s_per_thousand_acks = per(server, acked, 1e3);
        self.cpu_s_per_thousand_acks_all = per(all, acked, 1e3);
        self
    }
}

#[derive(Serialize)]
pub struct Line {
    pub scenario: String,
    pub server: Server,
    pub run: usize,
    #[serde(flatten)]
    pub figures: Figures,
}

/// `name=value` of all that is known; latencies as p50/p90/p99/p99.9/max.
pub fn print(line: &Line) {
    let fields = serde_json::to_value(&line.figures).unwrap_or_default();
    let mut words = Vec::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        if let Some(latency) = value.as_object() {
            let latency: Vec<_> = ["p50", "p90", "p99", "p99_9", "max"]
                .iter()
                .filter_map(|key| Some(format!("{:.2}", latency.get(*key)?.as_f64()?)))
                .collect();
            words.push(format!("{name}={}", latency.join("/")));
        } else if let Some(number) = value.as_f64() {
            let digits = if number.abs() >= 100.0 { 0 } else { 3 };
            words.push(format!("{name}={number:.digits$}"));
        }
    }
    println!("{:<16} {:<13} {}", line.scenario, format!("{:?}", line.server), words.join("  "));
}

#[derive(Serialize)]
struct Results<'a> {
    commit: String,
    machine: String,
    cores: usize,
    lines: &'a [Line],
}

pub fn write(path: &Path, lines: &[Line]) -> anyhow::Result<()> {
    let commit = Command::new("git").args(["describe", "--always", "--dirty"]).output()?;
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let results = Results {
        commit: String::from_utf8_lossy(&commit.stdout).trim().to_owned(),
        machine: model.unwrap_or("unknown").to_owned(),
        cores: std::thread::available_parallelism()?.get(),
        lines,
    };
    std::fs::write(path, serde_json::to_string_pretty(&results)? + "\n")?;
    Ok(())
}
