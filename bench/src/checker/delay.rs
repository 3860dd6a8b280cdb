//! In calm moments, do events reach the readers of other instances at once?
//!
//! The database and the sweep hide what the relay loses, but for a delay; so a delay is all
//! there is to see of a relay that loses something while nothing is wrong. This is a
//! measurement and not a fact like the other rules. A machine that can't keep up delays
//! everybody, so those count who follow at the instance that told an event first: only where
//! hardly any of them are late is it said of the others that they are.
//!
//! When this was written, with a debug build and 40 clients on two cores, none of 100 events
//! was late at either; with a relay that loses what comes between two reads 5 of 100 were,
//! at other instances. What is lost waits for the next event of its room, or for the sweep.

use std::collections::HashMap;

use uuid::Uuid;

use super::{evidence::Evidence, findings::Findings};
use crate::history::{ClientId, ConnectionId, Seq, What};

const AT_ONCE: &str = "told_at_once";

/// Since anybody heard of it.
const LATE_US: u64 = 100_000;
/// As long as this after a fault, things are still being put right.
const AFTERMATH_US: u64 = 2_000_000;
/// With fewer there is no telling.
const ENOUGH: usize = 1_000;
/// With more at the first instance, the machine can't keep up.
const MAX_LATE_AT_FIRST: f64 = 0.005;
const MAX_LATE_ELSEWHERE: f64 = 0.02;

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let calm = Calm::of(evidence);
    let mut hearings = Hearings::default();
    let (mut at_first, mut elsewhere) = (Count::default(), Count::default());
    for record in evidence.story.history {
        let Some((since, is_at_first)) = hearings.take(record.at_us, &record.what) else {
            continue;
        };
        if calm.lasts(since, record.at_us) {
            let count = if is_at_first { &mut at_first } else { &mut elsewhere };
            count.heard += 1;
            count.late += usize::from(record.at_us - since > LATE_US);
        }
    }
    let can_tell = at_first.heard >= ENOUGH && elsewhere.heard >= ENOUGH;
    let keeps_up = at_first.late_share() <= MAX_LATE_AT_FIRST;
    let is_told = elsewhere.late_share() <= MAX_LATE_ELSEWHERE;
    findings.expect(AT_ONCE, is_told || !can_tell || !keeps_up, || {
        format!("in calm moments, at the first instance {at_first:?}, at others {elsewhere:?}")
    });
}

#[derive(Debug, Default)]
struct Count {
    heard: usize,
    late: usize,
}

impl Count {
    fn late_share(&self) -> f64 {
        self.late as f64 / self.heard.max(1) as f64
    }
}

#[derive(Default)]
struct Hearings {
    instance_of: HashMap<ConnectionId, u32>,
    follows_since: HashMap<(ClientId, Uuid), Seq>,
    /// When each event was first heard, and at which instance.
    first: HashMap<(Uuid, Seq), (u64, u32)>,
}

impl Hearings {
    /// Of an event that others have heard: since when, and whether at this instance. Nothing
    /// for one that the reader had to catch up with.
    fn take(&mut self, at_us: u64, what: &What) -> Option<(u64, bool)> {
        match what {
            What::Connected { connection, instance, .. } => {
                self.instance_of.insert(*connection, *instance);
            }
            What::Subscribed { client, room_id, head, .. } => {
                self.follows_since.insert((*client, *room_id), *head);
            }
            What::Heard { client, connection, room_id, seq, .. } => {
                let here = *self.instance_of.get(connection)?;
                let is_live = *seq > *self.follows_since.get(&(*client, *room_id))?;
                if let Some((since, there)) = self.first.get(&(*room_id, *seq)) {
                    return is_live.then_some((*since, here == *there));
                }
                self.first.insert((*room_id, *seq), (at_us, here));
            }
            _ => {}
        }
        None
    }
}

/// The faults, each with its aftermath.
struct Calm(Vec<(u64, u64)>);

impl Calm {
    fn of(evidence: &Evidence<'_>) -> Self {
        let (mut begun, mut faults) = (HashMap::<_, Vec<u64>>::new(), Vec::new());
        for record in evidence.story.history {
            let What::Fault { kind, target, is_over } = &record.what else { continue };
            let began = begun.entry((kind, target)).or_default();
            if !is_over {
                began.push(record.at_us);
            } else if let Some(began) = began.pop() {
                faults.push((began, record.at_us + AFTERMATH_US));
            }
        }
        let never_over = begun.into_values().flatten().map(|began| (began, u64::MAX));
        faults.extend(never_over);
        Self(faults)
    }

    /// Whether nothing was wrong all the time.
    fn lasts(&self, from: u64, to: u64) -> bool {
        self.0.iter().all(|(began, over)| to < *began || from > *over)
    }
}
