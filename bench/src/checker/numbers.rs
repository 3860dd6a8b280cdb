//! Is the log itself sound?

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{evidence::Evidence, findings::Findings, log::Log};
use crate::snapshot::{EventRow, MessageRow};

const HOLES: &str = "numbers_without_holes";
const EVENTS: &str = "message_has_its_events";
const KEYS: &str = "client_id_names_one_message";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let log = &evidence.log;
    numbers(log, findings);
    for message in &log.snapshot.messages {
        events_of(message, log.events_about(message.id), findings);
    }
    for event in &log.snapshot.events {
        let is_known = match event.message_id {
            Some(id) => log.message(id).is_some_and(|message| message.room_id == event.room_id),
            None => !is_about_a_message(event),
        };
        findings.expect(EVENTS, is_known, || {
            format!("event {} of {} is about a message that isn't there", event.seq, event.room_id)
        });
    }
    names(log, findings);
}

fn numbers(log: &Log<'_>, findings: &mut Findings) {
    let mut rooms: BTreeMap<_, &[_]> = log.heads.keys().map(|room| (*room, &[][..])).collect();
    rooms.extend(log.rooms.iter().map(|(room, events)| (*room, events.as_slice())));
    for (room_id, events) in rooms {
        for (event, expected) in events.iter().zip(1..) {
            if event.seq != expected {
                let seq = event.seq;
                findings.note(HOLES, || format!("{room_id} has {seq} in place of {expected}"));
                break;
            }
        }
        let (last, head) = (events.last().map_or(0, |event| event.seq), log.heads.get(&room_id));
        findings.expect(HOLES, head == Some(&last), || {
            format!("{room_id} has the head {head:?} and its last event is {last}")
        });
    }
}

fn events_of(message: &MessageRow, events: &[&EventRow], findings: &mut Findings) {
    let MessageRow { id, seq, revision, author_id, .. } = *message;
    let mut expect = |holds, what: &str| {
        findings.expect(EVENTS, holds, || format!("message {id} at {seq}: {what}"));
    };
    let of_kind = |kind: &'static str| events.iter().filter(move |event| event.kind == kind);
    let created = of_kind("message_created").collect::<Vec<_>>();
    expect(created.len() == 1, "it is not created exactly once");
    expect(created.iter().all(|event| event.seq == seq), "it was created elsewhere");
    let is_authors = created.iter().all(|event| event.actor_id == author_id);
    expect(is_authors, "somebody else than its author created it");
    let last = events.last().map(|event| event.seq);
    expect(last == Some(revision), "its revision is not the last event about it");
    let is_authors = of_kind("message_edited").all(|event| event.actor_id == author_id);
    expect(is_authors, "somebody else than its author edited it");
    let deleted = of_kind("message_deleted").count();
    expect(deleted == usize::from(message.is_deleted), "its deletions are not one, or none");
    let ends_so = events.last().is_some_and(|event| event.kind == "message_deleted");
    expect(deleted == 0 || ends_so, "something happened to it after its deletion");
    expect(message.is_deleted == message.body.is_none(), "a tombstone, and only that, has no body");
}

fn is_about_a_message(event: &EventRow) -> bool {
    event.kind.starts_with("message_") || event.kind.starts_with("reaction_")
}

fn names(log: &Log<'_>, findings: &mut Findings) {
    let (mut ids, mut keys) = (HashSet::new(), HashMap::new());
    for message in &log.snapshot.messages {
        let id = message.id;
        findings.expect(EVENTS, ids.insert(id), || format!("message {id} is there twice"));
        let key = (message.room_id, message.author_id, &message.client_id);
        if let Some(other) = keys.insert(key, id) {
            findings.note(KEYS, || format!("messages {other} and {id} are the same send"));
        }
    }
}
