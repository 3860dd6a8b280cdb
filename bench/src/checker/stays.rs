//! When, by the log, somebody was a member of a room.

use std::collections::HashMap;

use uuid::Uuid;

use super::log::Log;
use crate::history::Seq;

pub struct Stays {
    by_place: HashMap<(Uuid, Uuid), Vec<Turn>>,
}

/// A beginning or an end of a membership.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    pub seq: Seq,
    pub is_join: bool,
}

/// How somebody stood to a room's event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A member then, or it is the event that made or ended the membership.
    Inside,
    /// No member: since the end at `since` (0: from the beginning), until the event that let
    /// them in again, if there is one.
    Outside { since: Seq, until: Option<Seq> },
}

impl Stays {
    pub fn of(log: &Log<'_>) -> Self {
        let mut by_place = HashMap::<_, Vec<_>>::new();
        for event in log.rooms.values().flatten() {
            let is_join = match event.kind.as_str() {
                "member_joined" => true,
                "member_left" | "member_removed" => false,
                _ => continue,
            };
            let place = (event.room_id, event.user_id.unwrap_or_default());
            by_place.entry(place).or_default().push(Turn { seq: event.seq, is_join });
        }
        Self { by_place }
    }

    /// In the order of the log.
    pub fn turns(&self, room_id: Uuid, user_id: Uuid) -> &[Turn] {
        self.by_place.get(&(room_id, user_id)).map_or(&[], Vec::as_slice)
    }

    pub fn at(&self, room_id: Uuid, user_id: Uuid, seq: Seq) -> Standing {
        let turns = self.turns(room_id, user_id);
        let next = turns.partition_point(|turn| turn.seq < seq);
        let previous = next.checked_sub(1).map(|index| turns[index]);
        let is_a_turn = turns.get(next).is_some_and(|turn| turn.seq == seq);
        if is_a_turn || previous.is_some_and(|turn| turn.is_join) {
            return Standing::Inside;
        }
        let until = turns[next..].iter().find(|turn| turn.is_join).map(|turn| turn.seq);
        Standing::Outside { since: previous.map_or(0, |turn| turn.seq), until }
    }

    /// Whether somebody was a member when the event was decided about.
    pub fn was_member_before(&self, room_id: Uuid, user_id: Uuid, seq: Seq) -> bool {
        let turns = self.turns(room_id, user_id);
        let next = turns.partition_point(|turn| turn.seq < seq);
        next.checked_sub(1).is_some_and(|last| turns[last].is_join)
    }
}
