//! Is what was acknowledged in the database, at its acknowledged place?
//!
//! What an acknowledged removal leaves behind is for `last_writer` to say: asking again for
//! a removal whose first attempt failed succeeds though nobody was there to be removed.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    evidence::Evidence,
    findings::Findings,
    log::Log,
    story::{Acked, Operation},
};
use crate::history::Action;

const STORED: &str = "acked_is_stored";
const AGREE: &str = "acks_agree";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let mut asked = Asked::default();
    for operation in &evidence.story.operations {
        for ack in &operation.acks {
            stored(operation, ack, &evidence.log, findings);
        }
        if !operation.acks.is_empty() {
            asked.take(operation);
            agree(operation, findings);
        }
    }
    asked.compare(&evidence.log, findings);
}

fn stored(operation: &Operation<'_>, ack: &Acked, log: &Log<'_>, findings: &mut Findings) {
    let mut expect = |holds, what: &str| {
        findings.expect(STORED, holds, || {
            let Operation { id, client, room_id, action, .. } = operation;
            format!("operation {id} of client {client} in {room_id}, {action:?}: {what}")
        });
    };
    let event = ack.seq.and_then(|seq| log.event(operation.room_id, seq));
    let is_about = |id: Uuid| event.is_some_and(|event| event.message_id == Some(id));
    match operation.action {
        Action::Send { client_id, .. } => {
            let key = (operation.room_id, operation.user_id, client_id.as_str());
            let Some(row) = log.sent(key) else {
                return expect(false, "acknowledged, but there is no such message");
            };
            expect(ack.message_id.is_none_or(|id| id == row.id), "acknowledged under another id");
            expect(ack.seq.is_none_or(|seq| seq == row.seq), "acknowledged at another place");
            let is_there = is_about(row.id) && event.is_some_and(|it| it.kind == "message_created");
            expect(ack.seq.is_none() || is_there, "its place in the log is not its own");
        }
        Action::Edit { message_id, .. } => {
            let is_there = is_about(*message_id);
            expect(ack.seq.is_none() || is_there, "its revision is no event about the message");
        }
        Action::Delete { message_id } => {
            let is_deleted = log.message(*message_id).is_some_and(|row| row.is_deleted);
            expect(is_deleted, "acknowledged, but the message is still there");
        }
        Action::Join | Action::AddMember { .. } => {
            let user_id = match operation.action {
                Action::AddMember { user_id } => *user_id,
                _ => operation.user_id,
            };
            let mut events = log.rooms.get(&operation.room_id).into_iter().flatten();
            let has_joined =
                events.any(|event| event.kind == "member_joined" && event.user_id == Some(user_id));
            expect(has_joined, "acknowledged, but they never came in");
        }
        Action::React { .. } | Action::Unreact { .. } => {}
        Action::Leave | Action::RemoveMember { .. } => {}
    }
}

fn agree(operation: &Operation<'_>, findings: &mut Findings) {
    let Action::Send { .. } = operation.action else { return };
    let id = operation.id;
    let places: HashSet<_> = operation.acks.iter().filter_map(|ack| ack.seq).collect();
    let names: HashSet<_> = operation.acks.iter().filter_map(|ack| ack.message_id).collect();
    findings.expect(AGREE, places.len() <= 1 && names.len() <= 1, || {
        format!("operation {id} was acknowledged at {places:?} as {names:?}")
    });
    let new = operation.acks.iter().filter(|ack| ack.duplicate == Some(false)).count();
    findings.expect(AGREE, new <= 1, || format!("operation {id} was called new {new} times"));
}

/// Different bodies and different emoji that were acknowledged, by message and person: each
/// has left an event of its own.
#[derive(Default)]
struct Asked<'a> {
    by_place: HashMap<(&'static str, Uuid, Uuid), HashSet<&'a str>>,
    /// What was sent at first.
    bodies: HashMap<Uuid, &'a str>,
}

impl<'a> Asked<'a> {
    fn take(&mut self, operation: &Operation<'a>) {
        let (kind, message_id, what) = match operation.action {
            Action::Edit { message_id, body } => ("message_edited", message_id, body.0.as_str()),
            Action::React { message_id, emoji } => ("reaction_added", message_id, emoji.as_str()),
            Action::Send { body, .. } => {
                let ids = operation.acks.iter().filter_map(|ack| ack.message_id);
                self.bodies.extend(ids.map(|id| (id, body.0.as_str())));
                return;
            }
            _ => return,
        };
        self.by_place.entry((kind, *message_id, operation.user_id)).or_default().insert(what);
    }

    fn compare(mut self, log: &Log<'_>, findings: &mut Findings) {
        for ((kind, message_id, user_id), asked) in &mut self.by_place {
            // Asking for what is there already makes no event.
            if *kind == "message_edited"
                && let Some(first) = self.bodies.get(message_id)
            {
                asked.remove(first);
            }
            let events = log.events_about(*message_id).iter();
            let made = events.filter(|event| event.kind == *kind && event.actor_id == *user_id);
            let (made, asked) = (made.count(), asked.len());
            findings.expect(STORED, made >= asked, || {
                format!("message {message_id}: {user_id} had {asked} {kind} acknowledged, {made} are there")
            });
        }
    }
}
