//! Collects violations, a few of each rule.

use std::fmt::{self, Display, Formatter};

/// More of one rule help nobody.
const MAX_SHOWN: usize = 20;

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// A stable name.
    pub rule: &'static str,
    pub detail: String,
}

impl Display for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.detail)
    }
}

#[derive(Default)]
pub struct Findings {
    by_rule: Vec<Found>,
}

struct Found {
    rule: &'static str,
    details: Vec<String>,
    more: usize,
}

impl Findings {
    /// Notes a violation unless the claim holds; only then is it put into words.
    pub fn expect(&mut self, rule: &'static str, holds: bool, detail: impl FnOnce() -> String) {
        if !holds {
            self.note(rule, detail);
        }
    }

    pub fn note(&mut self, rule: &'static str, detail: impl FnOnce() -> String) {
        let index = self.by_rule.iter().position(|found| found.rule == rule);
        let index = index.unwrap_or_else(|| {
            self.by_rule.push(Found { rule, details: Vec::new(), more: 0 });
            self.by_rule.len() - 1
        });
        let found = &mut self.by_rule[index];
        if found.details.len() < MAX_SHOWN {
            found.details.push(detail());
        } else {
            found.more += 1;
        }
    }

    pub fn into_violations(self) -> Vec<Violation> {
        let violations = self.by_rule.into_iter().flat_map(|Found { rule, mut details, more }| {
            if more > 0 {
                details.push(format!("… and {more} more"));
            }
            details.into_iter().map(move |detail| Violation { rule, detail })
        });
        violations.collect()
    }
}
