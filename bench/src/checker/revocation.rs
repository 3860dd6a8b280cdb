//! Is a removed member shown nothing that came after the removal?
//!
//! Who comes back may read all of the log, also what came while they were away. So what lies
//! between removal and return may be shown as soon as the return can have been committed.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    evidence::Evidence,
    findings::Findings,
    stays::Standing,
    story::{Line, Story},
};
use crate::history::{ConnectionId, SeenMessage, Seq, What};

const NOTHING: &str = "nothing_after_removal";
const CONTENT: &str = "no_later_content_after_removal";
const SUBSCRIPTION: &str = "no_subscription_after_removal";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let story = &evidence.story;
    let mut show = |line: Line, client: u32, room_id: Uuid, seq: Seq, rule| {
        let user_id = story.user(client);
        findings.expect(rule, may_be_shown(evidence, line, room_id, user_id, seq), || {
            let standing = evidence.stays.at(room_id, user_id, seq);
            format!("line {line}: client {client} is shown {seq} of {room_id}, {standing:?}")
        });
    };
    for (line, what) in story.lines() {
        match what {
            What::Heard { client, room_id, seq, message, .. } => {
                show(line, *client, *room_id, *seq, NOTHING);
                if let Some(SeenMessage { revision, .. }) = message.as_ref()
                    && revision > seq
                {
                    show(line, *client, *room_id, *revision, CONTENT);
                }
            }
            What::Page { client, room_id, messages, .. } => {
                for SeenMessage { seq, revision, .. } in messages {
                    show(line, *client, *room_id, *seq, NOTHING);
                    if revision > seq {
                        show(line, *client, *room_id, *revision, CONTENT);
                    }
                }
            }
            _ => {}
        }
    }
    subscriptions(evidence, findings);
}

fn may_be_shown(evidence: &Evidence<'_>, line: Line, room: Uuid, user: Uuid, seq: Seq) -> bool {
    match evidence.stays.at(room, user, seq) {
        Standing::Inside => true,
        Standing::Outside { until: None, .. } => false,
        Standing::Outside { until: Some(back), .. } => line >= evidence.bounds.of_event(room, back),
    }
}

/// When a subscription was decided about is not in the history: some time between the
/// connection's beginning and the answer. It is wrong when its user was no member in all that
/// time.
fn subscriptions(evidence: &Evidence<'_>, findings: &mut Findings) {
    let known = Known::of(&evidence.story);
    let mut connected = HashMap::<ConnectionId, Line>::new();
    for (line, what) in evidence.story.lines() {
        match what {
            What::Connected { connection, .. } => {
                connected.insert(*connection, line);
            }
            What::Subscribed { client, connection, room_id, .. } => {
                let user_id = evidence.story.user(*client);
                let began = connected.get(connection).copied().unwrap_or(0);
                let is_outside = |since: Seq, until: Option<Seq>| {
                    known.since(*room_id, since).is_some_and(|known| known <= began)
                        && until.is_none_or(|back| line < evidence.bounds.of_event(*room_id, back))
                };
                let turns = evidence.stays.turns(*room_id, user_id);
                let mut ends = turns.iter().filter(|turn| !turn.is_join).map(|turn| turn.seq);
                let wrong = ends.find(|end| {
                    let mut later = turns.iter().filter(|turn| turn.seq > *end);
                    is_outside(*end, later.find(|turn| turn.is_join).map(|turn| turn.seq))
                });
                let wrong = wrong.or_else(|| {
                    let first = turns.iter().find(|turn| turn.is_join).map(|turn| turn.seq);
                    is_outside(0, first).then_some(0)
                });
                if let Some(since) = wrong {
                    findings.note(SUBSCRIPTION, || {
                        format!("line {line}: client {client} follows {room_id}, no member since {since}")
                    });
                }
            }
            _ => {}
        }
    }
}

/// From which line on it is known how far a room's log had come.
struct Known {
    by_room: HashMap<Uuid, Vec<(Seq, Line)>>,
}

impl Known {
    fn of(story: &Story<'_>) -> Self {
        let rooms_of: HashMap<_, _> =
            story.operations.iter().map(|operation| (operation.id, operation.room_id)).collect();
        let mut by_room = HashMap::<Uuid, Vec<(Seq, Line)>>::new();
        for (line, what) in story.lines() {
            let (room_id, seq) = match what {
                What::Heard { room_id, seq, .. }
                | What::Subscribed { room_id, head: seq, .. }
                | What::Page { room_id, as_of_seq: seq, .. } => (*room_id, *seq),
                What::Ack { op, seq: Some(seq), .. } => match rooms_of.get(op) {
                    Some(room_id) => (*room_id, *seq),
                    None => continue,
                },
                _ => continue,
            };
            let steps = by_room.entry(room_id).or_default();
            if steps.last().is_none_or(|(highest, _)| *highest < seq) {
                steps.push((seq, line));
            }
        }
        Self { by_room }
    }

    fn since(&self, room_id: Uuid, seq: Seq) -> Option<Line> {
        if seq == 0 {
            return Some(0);
        }
        let steps = self.by_room.get(&room_id)?;
        steps.get(steps.partition_point(|(highest, _)| *highest < seq)).map(|(_, line)| *line)
    }
}
