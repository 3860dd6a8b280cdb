//! Is nothing left of what was refused by every attempt?
//!
//! A refusal counts only where nothing else can have had the same effect. Memberships are left
//! out: their events may be of the run's preparation.

use std::collections::HashSet;

use uuid::Uuid;

use super::{evidence::Evidence, findings::Findings};
use crate::history::{Action, What};

const NOTHING: &str = "refused_left_nothing";

/// An effect that can be recognised.
#[derive(PartialEq, Eq, Hash)]
enum Effect<'a> {
    Message { room_id: Uuid, author_id: Uuid, client_id: &'a str },
    Body { message_id: Uuid, body: &'a str },
    Deletion { message_id: Uuid, actor_id: Uuid },
    Reaction { message_id: Uuid, user_id: Uuid, emoji: &'a str },
}

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let seen = effects(evidence);
    let mut possible = HashSet::new();
    for operation in evidence.story.operations.iter().filter(|operation| !operation.is_void) {
        possible.extend(wanted(operation.room_id, operation.user_id, operation.action));
    }
    for operation in &evidence.story.operations {
        let is_contradicted = operation.is_void && !operation.acks.is_empty();
        findings.expect(NOTHING, !is_contradicted, || {
            format!("operation {} was both acknowledged and refused for good", operation.id)
        });
        let wanted = wanted(operation.room_id, operation.user_id, operation.action);
        let Some(effect) = wanted.filter(|_| operation.is_void) else { continue };
        let is_there = seen.contains(&effect) && !possible.contains(&effect);
        findings.expect(NOTHING, !is_there, || {
            format!("operation {} was refused, but is done: {:?}", operation.id, operation.action)
        });
    }
}

fn wanted(room_id: Uuid, user_id: Uuid, action: &Action) -> Option<Effect<'_>> {
    match action {
        Action::Send { client_id, .. } => {
            Some(Effect::Message { room_id, author_id: user_id, client_id })
        }
        Action::Edit { message_id, body } => {
            Some(Effect::Body { message_id: *message_id, body: &body.0 })
        }
        Action::Delete { message_id } => {
            Some(Effect::Deletion { message_id: *message_id, actor_id: user_id })
        }
        Action::React { message_id, emoji } => {
            Some(Effect::Reaction { message_id: *message_id, user_id, emoji })
        }
        Action::Unreact { .. }
        | Action::Join
        | Action::Leave
        | Action::AddMember { .. }
        | Action::RemoveMember { .. } => None,
    }
}

/// All that is in the database or was shown to somebody.
fn effects<'a>(evidence: &'a Evidence<'_>) -> HashSet<Effect<'a>> {
    let snapshot = evidence.log.snapshot;
    let mut effects = HashSet::new();
    for row in &snapshot.messages {
        let (room_id, author_id, client_id) = (row.room_id, row.author_id, &row.client_id);
        effects.insert(Effect::Message { room_id, author_id, client_id });
        let body = row.body.as_ref();
        effects.extend(body.map(|body| Effect::Body { message_id: row.id, body: &body.0 }));
    }
    for row in snapshot.events.iter().filter(|row| row.kind == "message_deleted") {
        let message_id = row.message_id.unwrap_or_default();
        effects.insert(Effect::Deletion { message_id, actor_id: row.actor_id });
    }
    for row in &snapshot.reactions {
        let (message_id, user_id) = (row.message_id, row.user_id);
        effects.insert(Effect::Reaction { message_id, user_id, emoji: &row.emoji });
    }
    for (_, what) in evidence.story.lines() {
        let shown = match what {
            What::Heard { message: Some(message), .. } => std::slice::from_ref(message),
            What::Page { messages, .. } => messages.as_slice(),
            _ => continue,
        };
        for message in shown {
            let body = message.body.as_ref();
            let body = body.map(|body| Effect::Body { message_id: message.id, body: &body.0 });
            effects.extend(body);
        }
    }
    effects
}
