//! Are the events that were heard those of the database?

use super::{evidence::Evidence, findings::Findings};
use crate::{
    history::{SeenMessage, What},
    snapshot::EventRow,
};

const STORED: &str = "heard_as_stored";
const HEADS: &str = "heads_exist";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    for (line, what) in evidence.story.lines() {
        match what {
            What::Heard { room_id, seq, .. } => {
                let row = evidence.log.event(*room_id, *seq);
                findings.expect(STORED, row.is_some_and(|row| is_same(what, row)), || {
                    format!("line {line}: {what:?} stands for {row:?}")
                });
            }
            What::Subscribed { room_id, head, .. }
            | What::Reset { room_id, head, .. }
            | What::Page { room_id, as_of_seq: head, .. } => {
                let last = evidence.log.head(*room_id);
                findings.expect(HEADS, *head <= last, || {
                    format!(
                        "line {line} tells the head {head} of {room_id}, whose last event is {last}"
                    )
                });
            }
            _ => {}
        }
    }
}

fn is_same(heard: &What, row: &EventRow) -> bool {
    let What::Heard { seq, kind, actor_id, message, user_id, .. } = heard else { return false };
    let is_membership = kind.starts_with("member_");
    // Shown as it stands now, so at this event or a later one.
    let is_its_message = |message: &SeenMessage| {
        Some(message.id) == row.message_id
            && message.revision >= *seq
            && (kind != "message_created" || message.seq == *seq)
    };
    *kind == row.kind
        && *actor_id == row.actor_id
        && message.as_ref().map_or(row.message_id.is_none(), is_its_message)
        && (!is_membership || *user_id == row.user_id)
}
