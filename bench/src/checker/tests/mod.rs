//! Small histories, told line by line, each correct or with one defect.

mod correct;
mod deeds;
mod delay;
mod log;
mod operations;
mod order;
mod readers;
mod reading;
mod removal;
mod run;

use std::collections::BTreeSet;

use super::check;
use run::Run;

/// The rules that a run breaks.
fn broken(run: Run) -> BTreeSet<&'static str> {
    let (history, snapshot) = run.finish();
    check(&history, &snapshot).into_iter().map(|violation| violation.rule).collect()
}

/// The run breaks this rule, which is among those that are listed.
#[track_caller]
fn assert_breaks(run: Run, rule: &'static str) {
    let broken = broken(run);
    assert!(broken.contains(rule), "{rule} isn't among {broken:?}");
    assert!(include_str!("../mod.rs").contains(&format!("`{rule}`")), "{rule} isn't listed");
}

#[track_caller]
fn assert_breaks_only(run: Run, rule: &'static str) {
    let broken = broken(run);
    assert_eq!(broken, BTreeSet::from([rule]));
    assert!(include_str!("../mod.rs").contains(&format!("`{rule}`")), "{rule} isn't listed");
}
