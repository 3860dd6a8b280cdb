//! Does the log's order agree with the order in which things happened?

use std::collections::HashMap;

use super::{evidence::Evidence, findings::Findings, story::Line};
use crate::history::{Action, Seq, What};

const REAL_TIME: &str = "real_time_order";
const SENDER: &str = "sender_order";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    real_time(evidence, findings);
    sender(evidence, findings);
}

/// What is known at a line was committed by then, and so was all that stands before it.
fn real_time(evidence: &Evidence<'_>, findings: &mut Findings) {
    let mut known = |line: Line, room_id, seq: Seq, how: &str| {
        let earliest = evidence.bounds.of_event(room_id, seq);
        findings.expect(REAL_TIME, line >= earliest, || {
            format!("{seq} of {room_id} is {how} at line {line}, and stands after what was asked for at line {earliest}")
        });
    };
    for operation in &evidence.story.operations {
        for ack in &operation.acks {
            if let Some(seq) = ack.seq {
                known(ack.line, operation.room_id, seq, "acknowledged");
            }
        }
    }
    for (line, what) in evidence.story.lines() {
        match what {
            What::Heard { room_id, seq, message, .. } => {
                let revision = message.as_ref().map_or(0, |message| message.revision);
                known(line, *room_id, *seq.max(&revision), "heard");
            }
            What::Page { room_id, as_of_seq, messages, .. } => {
                let newest = messages.iter().map(|message| message.revision).max();
                known(line, *room_id, newest.unwrap_or(0).max(*as_of_seq), "read");
            }
            What::Subscribed { room_id, head, .. } | What::Reset { room_id, head, .. } => {
                known(line, *room_id, *head, "the head");
            }
            _ => {}
        }
    }
}

/// Sends that needed one attempt only: a repeated one may have been refused in between, to be
/// sent again later. Between the doors there is no order.
fn sender(evidence: &Evidence<'_>, findings: &mut Findings) {
    let operations = evidence.story.operations.iter();
    let sends = operations.filter(|operation| {
        matches!(operation.action, Action::Send { .. }) && operation.took_one_attempt()
    });
    let mut sent: Vec<_> = sends
        .filter_map(|operation| {
            let (line, connection) = *operation.left_on.first()?;
            let seq = operation.acks.first().and_then(|ack| ack.seq)?;
            Some((line, (connection, operation.room_id), seq))
        })
        .collect();
    sent.sort_unstable();
    let mut last = HashMap::new();
    for (line, (connection, room_id), seq) in sent {
        if let Some(before) = last.insert((connection, room_id), seq) {
            findings.expect(SENDER, before < seq, || {
                format!("connection {connection}: what left at line {line} is {seq} of {room_id}, what left before it is {before}")
            });
        }
    }
}
