//! The earliest line of the history at which an event can have been committed.
//!
//! An event is committed after the operation that wanted it was invoked, and after all events
//! before it in its room. Where several operations may have wanted it, the first counts that
//! was not settled yet; so a bound may be too low, never too high. Events of a room's
//! preparation, which no operation wanted, have the bound 0: they are those before the first
//! message or the first end of a membership.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{
    log::Log,
    story::{Line, Operation, Story},
};
use crate::{
    history::{Action, Seq},
    snapshot::EventRow,
};

pub struct Bounds {
    by_room: HashMap<Uuid, Vec<(Seq, Line)>>,
    /// Events that no operation can have wanted.
    pub unasked: Vec<(Uuid, Seq)>,
}

/// What an operation wants and an event tells, as far as both say it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Wish<'a> {
    Message { room_id: Uuid, author_id: Uuid, client_id: &'a str },
    Change { kind: Kind, message_id: Uuid, actor_id: Uuid },
    Membership { is_join: bool, room_id: Uuid, actor_id: Uuid, user_id: Uuid },
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Edit,
    Delete,
    React,
    Unreact,
}

impl<'a> Wish<'a> {
    fn of_operation(operation: &Operation<'a>) -> Self {
        let (room_id, actor_id) = (operation.room_id, operation.user_id);
        let change =
            |kind, message_id: &Uuid| Self::Change { kind, message_id: *message_id, actor_id };
        let membership =
            |is_join, user_id| Self::Membership { is_join, room_id, actor_id, user_id };
        match operation.action {
            Action::Send { client_id, .. } => {
                Self::Message { room_id, author_id: actor_id, client_id }
            }
            Action::Edit { message_id, .. } => change(Kind::Edit, message_id),
            Action::Delete { message_id } => change(Kind::Delete, message_id),
            Action::React { message_id, .. } => change(Kind::React, message_id),
            Action::Unreact { message_id, .. } => change(Kind::Unreact, message_id),
            Action::Join => membership(true, actor_id),
            Action::Leave => membership(false, actor_id),
            Action::AddMember { user_id } => membership(true, *user_id),
            Action::RemoveMember { user_id } => membership(false, *user_id),
        }
    }

    /// Nothing for kinds that no operation of a history makes.
    fn of_event(event: &EventRow, log: &Log<'a>) -> Option<Self> {
        let EventRow { room_id, actor_id, .. } = *event;
        let change = |kind| {
            Some(Self::Change { kind, message_id: event.message_id.unwrap_or_default(), actor_id })
        };
        let membership = |is_join| {
            let user_id = event.user_id.unwrap_or_default();
            Some(Self::Membership { is_join, room_id, actor_id, user_id })
        };
        match event.kind.as_str() {
            "message_created" => {
                let message = event.message_id.and_then(|id| log.message(id));
                let client_id = message.map_or("", |message| message.client_id.as_str());
                Some(Self::Message { room_id, author_id: actor_id, client_id })
            }
            "message_edited" => change(Kind::Edit),
            "message_deleted" => change(Kind::Delete),
            "reaction_added" => change(Kind::React),
            "reaction_removed" => change(Kind::Unreact),
            "member_joined" => membership(true),
            "member_left" | "member_removed" => membership(false),
            _ => None,
        }
    }
}

impl Bounds {
    pub fn of(story: &Story<'_>, log: &Log<'_>) -> Self {
        let mut operations = BTreeMap::<Wish<'_>, Vec<&Operation<'_>>>::new();
        for operation in story.operations.iter().filter(|operation| !operation.is_void) {
            operations.entry(Wish::of_operation(operation)).or_default().push(operation);
        }
        let mut unasked = Vec::new();
        let by_room = log.rooms.iter().map(|(room_id, events)| {
            let (mut bound, mut is_prepared) = (0, true);
            let bounds = events.iter().map(|event| {
                is_prepared &= matches!(
                    event.kind.as_str(),
                    "member_joined" | "role_changed" | "room_updated" | "room_archived"
                );
                let wish = Wish::of_event(event, log).filter(|_| !is_prepared);
                if let Some(wish) = wish {
                    // In the order of invocation.
                    let wanted_by = operations.get(&wish).map_or(&[][..], Vec::as_slice);
                    let is_open = |operation: &&&Operation<'_>| operation.settled() >= bound;
                    let is_message = matches!(wish, Wish::Message { .. });
                    match wanted_by.iter().find(is_open) {
                        Some(operation) => bound = bound.max(operation.invoked),
                        // Sent, but acknowledged too early: the order is wrong.
                        None if is_message && !wanted_by.is_empty() => {}
                        None => unasked.push((*room_id, event.seq)),
                    }
                }
                (event.seq, bound)
            });
            (*room_id, bounds.collect())
        });
        Self { by_room: by_room.collect(), unasked }
    }

    /// When the event can have been there, at the earliest.
    pub fn of_event(&self, room_id: Uuid, seq: Seq) -> Line {
        let bounds = self.by_room.get(&room_id).map_or(&[][..], Vec::as_slice);
        let after = bounds.partition_point(|(of, _)| *of <= seq);
        after.checked_sub(1).map_or(0, |last| bounds[last].1)
    }
}
