//! Do the tables of members and reactions follow from the log, and who acted in it?

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::{evidence::Evidence, findings::Findings, log::Log};

const MEMBERS: &str = "members_follow_from_log";
const REACTIONS: &str = "reactions_follow_from_log";
const WRITERS: &str = "only_members_write";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    members(&evidence.log, findings);
    reactions(&evidence.log, findings);
    writers(evidence, findings);
}

fn members(log: &Log<'_>, findings: &mut Findings) {
    let mut expected = BTreeSet::new();
    for event in log.rooms.values().flatten() {
        let place = (event.room_id, event.user_id.unwrap_or_default());
        let has_changed = match event.kind.as_str() {
            "member_joined" => expected.insert(place),
            "member_left" | "member_removed" => expected.remove(&place),
            _ => continue,
        };
        findings.expect(MEMBERS, has_changed, || {
            format!("event {} of {} changes no membership", event.seq, event.room_id)
        });
    }
    let rows = log.snapshot.members.iter();
    let actual: BTreeSet<_> = rows.map(|row| (row.room_id, row.user_id)).collect();
    for (room_id, user_id) in expected.symmetric_difference(&actual) {
        let is_row = actual.contains(&(*room_id, *user_id));
        findings.note(MEMBERS, || {
            format!("{user_id} in {room_id}: a member is {is_row}, by the log {}", !is_row)
        });
    }
}

/// The log doesn't say which emoji, so they are counted, by message and person.
fn reactions(log: &Log<'_>, findings: &mut Findings) {
    let mut balance = HashMap::<(Uuid, Uuid), i64>::new();
    for event in log.rooms.values().flatten() {
        let step = match event.kind.as_str() {
            "reaction_added" => 1,
            "reaction_removed" => -1,
            _ => continue,
        };
        let message_id = event.message_id.unwrap_or_default();
        if log.message(message_id).is_some_and(|message| !message.is_deleted) {
            *balance.entry((message_id, event.actor_id)).or_default() += step;
        }
    }
    for row in &log.snapshot.reactions {
        *balance.entry((row.message_id, row.user_id)).or_default() -= 1;
    }
    for ((message_id, user_id), difference) in balance {
        findings.expect(REACTIONS, difference == 0, || {
            format!("{user_id} has {difference} fewer reactions to {message_id} than by the log")
        });
    }
}

fn writers(evidence: &Evidence<'_>, findings: &mut Findings) {
    for event in evidence.log.rooms.values().flatten() {
        let (room_id, actor) = (event.room_id, event.actor_id);
        let comes_in = event.kind == "member_joined" && event.user_id == Some(actor);
        let may = comes_in || evidence.stays.was_member_before(room_id, actor, event.seq);
        findings.expect(WRITERS, may, || {
            let seq = event.seq;
            format!("{} {seq} of {room_id} is by {actor}, no member there", event.kind)
        });
    }
}
