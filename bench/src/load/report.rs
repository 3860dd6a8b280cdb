//! What a run found: a line of the table, and JSON for later.

use std::{collections::BTreeMap, path::Path, process::Command, time::Duration};

use serde::Serialize;
use serde_json::Value;

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
    /// Sent, and neither acknowledged nor refused ten seconds after the end.
    pub unanswered: Option<u64>,
    /// Of the server alone; with `_all`, of its database and Redis too.
    pub cpu_s_per_million_deliveries: Option<f64>,
    pub cpu_s_per_million_deliveries_all: Option<f64>,
    pub cpu_s_per_thousand_acks: Option<f64>,
    pub cpu_s_per_thousand_acks_all: Option<f64>,
    pub peak_rss_kib: Option<u64>,
    pub idle_bytes_per_connection: Option<f64>,
    pub seconds_until_all_live: Option<f64>,
    /// By DevsChat, by a bare actix-web handler, and by sqlx alone.
    pub pages_per_s: Option<f64>,
    pub bare_actix_pages_per_s: Option<f64>,
    pub bare_sqlx_pages_per_s: Option<f64>,
    pub room_lists_per_s: Option<f64>,
    pub bare_actix_room_lists_per_s: Option<f64>,
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

/// The median of each number, with the least and the most, of a scenario that was run
/// several times on a server.
pub fn print_medians(lines: &[Line]) {
    let mut runs = BTreeMap::<(&str, String), Vec<&Figures>>::new();
    for line in lines {
        let server = format!("{:?}", line.server);
        runs.entry((&line.scenario, server)).or_default().push(&line.figures);
    }
    for ((scenario, server), figures) in runs.into_iter().filter(|(_, runs)| runs.len() > 1) {
        let mut numbers = BTreeMap::<String, Vec<f64>>::new();
        for figures in figures {
            let fields = serde_json::to_value(figures).unwrap_or_default();
            for (name, value) in fields.as_object().into_iter().flatten() {
                for (name, number) in numbers_of(name, value) {
                    numbers.entry(name).or_default().push(number);
                }
            }
        }
        println!("{scenario} on {server}: median (least to most)");
        for (name, mut values) in numbers {
            values.sort_by(f64::total_cmp);
            let (least, most) = (values[0], values[values.len() - 1]);
            println!("  {name:<36} {:.3} ({least:.3} to {most:.3})", median(&values));
        }
    }
}

fn numbers_of(name: &str, value: &Value) -> Vec<(String, f64)> {
    match value {
        Value::Number(number) => {
            number.as_f64().map(|number| (name.to_owned(), number)).into_iter().collect()
        }
        Value::Object(parts) => parts
            .iter()
            .flat_map(|(part, value)| numbers_of(&format!("{name}.{part}"), value))
            .collect(),
        _ => Vec::new(),
    }
}

/// Of sorted values; of an even number the mean of the two in the middle.
fn median(values: &[f64]) -> f64 {
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
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
        // Not what this process may use: it is kept on one of them.
        cores: cpu.lines().filter(|line| line.starts_with("processor")).count(),
        lines,
    };
    std::fs::write(path, serde_json::to_string_pretty(&results)? + "\n")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_stands_in_the_middle() {
        assert_eq!(median(&[1.0, 2.0, 10.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 10.0]), 3.0);
    }

    #[test]
    fn numbers_are_named_by_their_place() {
        let value = serde_json::json!({ "p50": 1.5, "p99": null });

        assert_eq!(numbers_of("ack_ms", &value), [("ack_ms.p50".to_owned(), 1.5)]);
    }
}
