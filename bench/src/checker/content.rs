//! Is a message at one revision the same for everybody?
//!
//! Events and pages show a message as it stands when they are read, so two sightings compare
//! only at the same revision; and each compares with what the message's events up to that
//! revision have made of it.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{evidence::Evidence, findings::Findings, story::Line};
use crate::{
    history::{Action, Digest, SeenMessage, Seq, What},
    snapshot::{EventRow, MessageRow},
};

const STORED: &str = "heard_as_stored";
const BODY: &str = "same_revision_same_body";
const REACTIONS: &str = "same_revision_same_reactions";
const PRIVATE: &str = "client_id_for_author_only";

/// What each message was first seen as, by revision.
type Sightings<'a> = HashMap<Uuid, BTreeMap<Seq, (Line, &'a SeenMessage)>>;

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let mut sightings = Sightings::new();
    for (line, what) in evidence.story.lines() {
        let (client, room_id, shown) = match what {
            What::Heard { client, room_id, message: Some(message), .. } => {
                (*client, *room_id, std::slice::from_ref(message))
            }
            What::Page { client, room_id, messages, .. } => {
                (*client, *room_id, messages.as_slice())
            }
            _ => continue,
        };
        let viewer = evidence.story.user(client);
        for seen in shown {
            let is_kept = evidence.log.message(seen.id).filter(|row| is_same(seen, row, room_id));
            let Some(row) = is_kept else {
                findings.note(STORED, || format!("line {line}: no message is {seen:?}"));
                continue;
            };
            let is_private = match &seen.client_id {
                Some(client_id) => row.author_id == viewer && *client_id == row.client_id,
                None => true,
            };
            findings.expect(PRIVATE, is_private, || {
                format!("line {line}: {viewer} is shown the client_id of {seen:?}")
            });
            compare(&mut sightings, line, seen, findings);
        }
    }
    let first_bodies = first_bodies(evidence);
    for (id, revisions) in &sightings {
        if let Some(row) = evidence.log.message(*id) {
            explain(row, revisions, first_bodies.get(id).copied(), evidence, findings);
        }
    }
}

/// What never changes about a message.
fn is_same(seen: &SeenMessage, row: &MessageRow, room_id: Uuid) -> bool {
    (seen.seq, seen.author_id, room_id) == (row.seq, row.author_id, row.room_id)
        && (seen.seq..=row.revision).contains(&seen.revision)
}

/// With whoever saw the message at this revision first.
fn compare<'a>(
    sightings: &mut Sightings<'a>,
    line: Line,
    seen: &'a SeenMessage,
    findings: &mut Findings,
) {
    let revisions = sightings.entry(seen.id).or_default();
    let (first_line, first) = *revisions.entry(seen.revision).or_insert((line, seen));
    findings.expect(BODY, seen.body == first.body, || {
        format!("lines {first_line} and {line}: {first:?} and {seen:?}")
    });
    findings.expect(REACTIONS, seen.reactions == first.reactions, || {
        format!("lines {first_line} and {line}: {first:?} and {seen:?}")
    });
}

/// What was sent, by message.
fn first_bodies<'a>(evidence: &'a Evidence<'_>) -> HashMap<Uuid, &'a Digest> {
    let sends = evidence.story.operations.iter().filter_map(|operation| match operation.action {
        Action::Send { client_id, body, .. } => {
            let key = (operation.room_id, operation.user_id, client_id.as_str());
            Some((evidence.log.sent(key)?.id, body))
        }
        _ => None,
    });
    sends.collect()
}

fn explain(
    row: &MessageRow,
    revisions: &BTreeMap<Seq, (Line, &SeenMessage)>,
    first_body: Option<&Digest>,
    evidence: &Evidence<'_>,
    findings: &mut Findings,
) {
    let events = evidence.log.events_about(row.id);
    // The text between two edits: where the last of them stands, and what it made of the body.
    let mut text: Option<(Seq, Option<&Digest>)> = None;
    for (revision, (line, seen)) in revisions {
        let so_far = &events[..events.partition_point(|event| event.seq <= *revision)];
        let is_known = so_far.last().is_some_and(|event| event.seq == *revision);
        findings.expect(STORED, is_known, || {
            format!("line {line}: {revision} is no event about {seen:?}")
        });
        let is_deleted = so_far.iter().any(|event| event.kind == "message_deleted");
        let edits = so_far.iter().filter(|event| event.kind == "message_edited");
        let edited_at = edits.map(|event| event.seq).max().unwrap_or(row.seq);
        let body = seen.body.as_ref();
        let expected = match (is_deleted, text) {
            (true, _) => None,
            _ if *revision == row.revision => row.body.as_ref(),
            _ if edited_at == row.seq && first_body.is_some() => first_body,
            (false, Some((at, same))) if at == edited_at => same,
            _ => body,
        };
        findings.expect(BODY, body == expected && body.is_some() != is_deleted, || {
            format!("line {line}: {seen:?} should have the body {expected:?}")
        });
        text = Some((edited_at, body));
        let is_explained = reactions_add_up(so_far, is_deleted, seen)
            && (*revision != row.revision || seen.reactions == evidence.log.reactions_to(row.id));
        findings.expect(REACTIONS, is_explained, || {
            format!("line {line}: {seen:?} doesn't have the reactions of that revision")
        });
    }
}

/// The log doesn't say which emoji, so they are counted, by person.
fn reactions_add_up(so_far: &[&EventRow], is_deleted: bool, seen: &SeenMessage) -> bool {
    let mut balance = HashMap::<Uuid, i64>::new();
    for event in so_far.iter().filter(|_| !is_deleted) {
        match event.kind.as_str() {
            "reaction_added" => *balance.entry(event.actor_id).or_default() += 1,
            "reaction_removed" => *balance.entry(event.actor_id).or_default() -= 1,
            _ => {}
        }
    }
    for (_, user_id) in &seen.reactions {
        *balance.entry(*user_id).or_default() -= 1;
    }
    balance.values().all(|difference| *difference == 0)
}
