//! Does every subscription bring a contiguous part of the log, and nothing else?
//!
//! A client may begin from its cursor, from the beginning, or where it has no cursor from the
//! head or after a page it has read.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    evidence::Evidence,
    findings::Findings,
    story::{Line, Story},
};
use crate::history::{ClientId, ConnectionId, Seq, What};

const CONTIGUOUS: &str = "contiguous";
const WITHOUT: &str = "heard_without_subscription";
const CURSOR: &str = "after_is_own_cursor";
const RESET: &str = "reset_has_reason";

/// Who is further behind starts anew.
const MAX_CATCH_UP: Seq = 10_000;

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let mut readers = HashMap::<(ClientId, Uuid), Reader>::new();
    for (line, what) in evidence.story.lines() {
        let place = match what {
            What::Subscribed { client, room_id, .. }
            | What::Heard { client, room_id, .. }
            | What::Reset { client, room_id, .. }
            | What::Removed { client, room_id, .. }
            | What::Unsubscribed { client, room_id, .. }
            | What::Page { client, room_id, .. } => (*client, *room_id),
            _ => continue,
        };
        readers.entry(place).or_default().take(line, what, findings);
    }
    resets(&evidence.story, findings);
}

/// One client's reading of one room.
#[derive(Default)]
struct Reader {
    /// As the protocol has a client keep it.
    cursor: Option<Seq>,
    live: Option<Live>,
    pages: HashSet<Seq>,
}

struct Live {
    connection: ConnectionId,
    next: Seq,
}

impl Reader {
    fn take(&mut self, line: Line, what: &What, findings: &mut Findings) {
        match what {
            What::Subscribed { client, connection, room_id, head, after, .. } => {
                findings.expect(CURSOR, self.may_begin_after(*after), || {
                    let cursor = self.cursor;
                    format!("line {line}: client {client} in {room_id} is at {cursor:?} and asks for what follows {after:?}")
                });
                let begins_after = after.unwrap_or(*head);
                self.cursor = Some(begins_after);
                self.live = Some(Live { connection: *connection, next: begins_after + 1 });
            }
            What::Heard { client, connection, room_id, seq, .. } => {
                let live = self.live.as_mut().filter(|live| live.connection == *connection);
                let Some(live) = live else {
                    return findings.note(WITHOUT, || {
                        format!("line {line}: client {client} hears {seq} of {room_id}")
                    });
                };
                findings.expect(CONTIGUOUS, *seq == live.next, || {
                    let next = live.next;
                    format!(
                        "line {line}: client {client} hears {seq} of {room_id}, the next was {next}"
                    )
                });
                if *seq == live.next {
                    self.cursor = Some(*seq);
                }
                live.next = live.next.max(seq + 1);
            }
            What::Reset { .. } => {
                self.live = None;
                self.cursor = None;
            }
            What::Removed { .. } | What::Unsubscribed { .. } => self.live = None,
            What::Page { as_of_seq, .. } => {
                self.pages.insert(*as_of_seq);
            }
            _ => {}
        }
    }

    fn may_begin_after(&self, after: Option<Seq>) -> bool {
        match (after, self.cursor) {
            (Some(0), _) | (None, None) => true,
            (Some(after), Some(cursor)) => after == cursor,
            (Some(after), None) => self.pages.contains(&after),
            (None, Some(_)) => false,
        }
    }
}

fn resets(story: &Story<'_>, findings: &mut Findings) {
    let mut epochs = HashMap::new();
    for (line, what) in story.lines() {
        match what {
            What::Connected { connection, epoch, .. } => {
                epochs.insert(*connection, epoch);
            }
            What::Reset { client, connection, room_id, epoch, head, reason } => {
                let holds = match reason.as_str() {
                    "epoch" => epochs.get(connection).is_none_or(|before| *before != epoch),
                    "too_far" => *head > MAX_CATCH_UP,
                    _ => false,
                };
                findings.expect(RESET, holds, || {
                    format!("line {line}: client {client} begins {room_id} anew at {head}, because of {reason}")
                });
            }
            _ => {}
        }
    }
}
