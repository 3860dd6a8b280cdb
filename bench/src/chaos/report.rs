//! What came out of a run: a table for people, and the same as JSON.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use serde::Serialize;
use serde_json::Value;

use crate::cluster::logs::LogLines;

/// More lines than this help nobody.
const MAX_SHOWN: usize = 15;

#[derive(Debug, Serialize)]
pub struct Report {
    pub seed: u64,
    pub commit: String,
    pub runtime: String,
    pub seconds: f64,
    pub clients: u32,
    pub rooms: usize,
    pub faults: BTreeMap<&'static str, usize>,
    /// All of the tally, by name.
    pub tally: Value,
    pub acked: u64,
    pub acked_at_least: u64,
    pub anomalies: u64,
    /// Operations that were never answered for good.
    pub unanswered: usize,
    pub converged_after_s: Option<f64>,
    pub converged_within_s: f64,
    pub stragglers: Vec<String>,
    pub server: BTreeMap<String, f64>,
    pub log_lines: LogLines,
    pub violations: Vec<String>,
}

impl Report {
    /// Everything that makes the run a failure.
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        let mut complain = |holds: bool, sentence: String| {
            if holds {
                complaints.push(sentence);
            }
        };
        complain(!self.violations.is_empty(), format!("{} violations", self.violations.len()));
        complain(self.anomalies > 0, format!("{} anomalies", self.anomalies));
        complain(self.unanswered > 0, format!("{} operations unanswered", self.unanswered));
        complain(self.log_lines.panics > 0, format!("{} panics", self.log_lines.panics));
        let is_late = self.converged_after_s.is_none_or(|after| after > self.converged_within_s);
        complain(is_late, format!("not converged within {} s", self.converged_within_s));
        let too_few = self.acked < self.acked_at_least;
        let sentence =
            format!("{} operations acked, fewer than {}", self.acked, self.acked_at_least);
        complain(too_few, sentence);
        complaints
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut row = |name: &str, value: &dyn Display| writeln!(f, "{name:>24}  {value}");
        row("seed", &self.seed)?;
        row("commit", &self.commit)?;
        row("runtime", &self.runtime)?;
        row("seconds", &format!("{:.0}", self.seconds))?;
        row("clients, rooms", &format!("{}, {}", self.clients, self.rooms))?;
        let faults = self.faults.iter().map(|(kind, number)| format!("{kind} {number}"));
        let (kinds, all) = (self.faults.len(), self.faults.values().sum::<usize>());
        row("faults", &format!("{all} of {kinds} kinds"))?;
        row("", &faults.collect::<Vec<_>>().join(", "))?;
        for (name, value) in self.tally.as_object().into_iter().flatten() {
            if value.is_number() {
                row(&name.replace('_', " "), value)?;
            }
        }
        let anomalies = self.tally["anomalies"].as_object().into_iter().flatten();
        let anomalies = anomalies.filter(|(_, value)| value.is_number());
        let anomalies =
            anomalies.map(|(name, value)| format!("{} {value}", name.replace('_', " ")));
        row("anomalies", &anomalies.collect::<Vec<_>>().join(", "))?;
        row("unanswered", &self.unanswered)?;
        for (name, value) in &self.server {
            row(&name.replace('_', " "), value)?;
        }
        let LogLines { warnings, errors, panics } = self.log_lines;
        row("server's log", &format!("{warnings} warnings, {errors} errors, {panics} panics"))?;
        let after = self.converged_after_s;
        row("converged after", &after.map_or("never".into(), |after| format!("{after:.1} s")))?;
        row("violations", &self.violations.len())?;
        let notes = self.tally["anomalies"]["notes"].as_array().into_iter().flatten();
        let notes = notes.filter_map(Value::as_str);
        let lines = self.violations.iter().map(String::as_str).take(MAX_SHOWN);
        let lines = lines.chain(notes.take(MAX_SHOWN));
        for line in lines.chain(self.stragglers.iter().map(String::as_str).take(MAX_SHOWN)) {
            writeln!(f, "  - {line}")?;
        }
        Ok(())
    }
}
