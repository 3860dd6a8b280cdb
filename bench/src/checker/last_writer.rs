//! Does what is there at the end come from an operation that can have been the last?
//!
//! A body, a reaction, a membership: each is a place that operations write to. One that was
//! settled before another, acknowledged one was invoked is overwritten by that. What is left
//! must explain what is there.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    evidence::Evidence,
    findings::Findings,
    log::Log,
    story::{Operation, Story},
};
use crate::history::Action;

const LAST: &str = "last_writer_wins";

/// Where operations write.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Place<'a> {
    Body { message_id: Uuid },
    Reaction { message_id: Uuid, user_id: Uuid, emoji: &'a str },
    Membership { room_id: Uuid, user_id: Uuid },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value<'a> {
    Text(&'a str),
    Flag(bool),
}

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let (story, log) = (&evidence.story, &evidence.log);
    let first_bodies = first_bodies(story, log);
    let present = Present::of(log);
    let mut writes = HashMap::<Place<'_>, Vec<(&Operation<'_>, Value<'_>)>>::new();
    for operation in story.operations.iter().filter(|operation| !operation.is_void) {
        if let Some((place, value)) = write(operation) {
            writes.entry(place).or_default().push((operation, value));
        }
    }
    for (place, writes) in &writes {
        let Some(value) = present.value(place) else { continue };
        let acked = writes.iter().filter(|(operation, _)| !operation.acks.is_empty());
        let last_acked = acked.map(|(operation, _)| operation.invoked).max();
        let can_be_last = |operation: &Operation<'_>| {
            last_acked.is_none_or(|invoked| operation.settled() >= invoked)
        };
        let values = writes.iter().filter(|(operation, _)| can_be_last(operation));
        let mut values: Vec<_> = values.map(|(_, value)| *value).collect();
        if last_acked.is_none() {
            match place {
                Place::Body { message_id } => match first_bodies.get(message_id) {
                    Some(first) => values.push(Value::Text(first)),
                    None => continue,
                },
                Place::Reaction { .. } => values.push(Value::Flag(false)),
                // It may have been prepared.
                Place::Membership { .. } => continue,
            }
        }
        findings.expect(LAST, values.contains(&value), || {
            format!("{place:?} is {value:?}, the last to write wrote one of {values:?}")
        });
    }
}

fn write<'a>(operation: &Operation<'a>) -> Option<(Place<'a>, Value<'a>)> {
    let (room_id, user_id) = (operation.room_id, operation.user_id);
    let reaction = |message_id: &Uuid, emoji: &'a str| {
        let message_id = *message_id;
        Place::Reaction { message_id, user_id, emoji }
    };
    let membership = |user_id| Place::Membership { room_id, user_id };
    Some(match operation.action {
        Action::Edit { message_id, body } => {
            (Place::Body { message_id: *message_id }, Value::Text(&body.0))
        }
        Action::React { message_id, emoji } => (reaction(message_id, emoji), Value::Flag(true)),
        Action::Unreact { message_id, emoji } => (reaction(message_id, emoji), Value::Flag(false)),
        Action::Join => (membership(user_id), Value::Flag(true)),
        Action::Leave => (membership(user_id), Value::Flag(false)),
        Action::AddMember { user_id } => (membership(*user_id), Value::Flag(true)),
        Action::RemoveMember { user_id } => (membership(*user_id), Value::Flag(false)),
        Action::Send { .. } | Action::Delete { .. } => return None,
    })
}

fn first_bodies<'a>(story: &Story<'a>, log: &Log<'_>) -> HashMap<Uuid, &'a str> {
    let sends = story.operations.iter().filter_map(|operation| match operation.action {
        Action::Send { client_id, body, .. } => {
            let row = log.sent((operation.room_id, operation.user_id, client_id.as_str()))?;
            Some((row.id, body.0.as_str()))
        }
        _ => None,
    });
    sends.collect()
}

/// What is there at the end.
struct Present<'a> {
    log: &'a Log<'a>,
    reactions: HashSet<(Uuid, Uuid, &'a str)>,
    members: HashSet<(Uuid, Uuid)>,
}

impl<'a> Present<'a> {
    fn of(log: &'a Log<'a>) -> Self {
        let reactions = log.snapshot.reactions.iter();
        let reactions = reactions.map(|row| (row.message_id, row.user_id, row.emoji.as_str()));
        let members = log.snapshot.members.iter().map(|row| (row.room_id, row.user_id));
        Self { log, reactions: reactions.collect(), members: members.collect() }
    }

    /// Nothing where a deletion has erased it.
    fn value(&self, place: &Place<'_>) -> Option<Value<'a>> {
        let living = |id: &Uuid| self.log.message(*id).filter(|row| !row.is_deleted);
        match place {
            Place::Body { message_id } => {
                living(message_id)?.body.as_ref().map(|body| Value::Text(&body.0))
            }
            Place::Reaction { message_id, user_id, emoji } => {
                living(message_id)?;
                Some(Value::Flag(self.reactions.contains(&(*message_id, *user_id, *emoji))))
            }
            Place::Membership { room_id, user_id } => {
                Some(Value::Flag(self.members.contains(&(*room_id, *user_id))))
            }
        }
    }
}
