//! Messages a client has lately seen and may do something with.

use std::collections::{HashMap, VecDeque};

use uuid::Uuid;

/// Per room; older ones are forgotten.
const MAX_MESSAGES: usize = 30;

#[derive(Default)]
pub struct Knowledge {
    by_room: HashMap<Uuid, VecDeque<Known>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub message_id: Uuid,
    pub author_id: Uuid,
}

impl Knowledge {
    pub fn learn(&mut self, room_id: Uuid, message: Known) {
        let known = self.by_room.entry(room_id).or_default();
        if known.len() == MAX_MESSAGES {
            known.pop_front();
        }
        known.push_back(message);
    }

    /// One of them.
    pub fn any(&self, room_id: Uuid, random: &mut fastrand::Rng) -> Option<Known> {
        let known = self.by_room.get(&room_id)?;
        (!known.is_empty()).then(|| known[random.usize(0..known.len())])
    }

    /// One of them by this author.
    pub fn any_by(&self, author: Uuid, room: Uuid, random: &mut fastrand::Rng) -> Option<Known> {
        let known = self.by_room.get(&room)?.iter().filter(|known| known.author_id == author);
        let known: Vec<_> = known.copied().collect();
        random.choice(known)
    }
}
