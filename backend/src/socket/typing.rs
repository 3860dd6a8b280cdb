//! How often "I am typing" is passed on.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use crate::domain::id::RoomId;

/// Clients say it with every few keys; once in this time is enough.
const TELL_EVERY: Duration = Duration::from_secs(2);
/// Nobody types in more rooms at once.
const MAX_ROOMS: usize = 16;

#[derive(Default)]
pub struct Typing {
    told_at: HashMap<RoomId, Instant>,
}

impl Typing {
    /// Whether it is time to tell the room (again).
    pub fn may_tell(&mut self, room_id: RoomId, now: Instant) -> bool {
        self.told_at.retain(|_, told_at| now < *told_at + TELL_EVERY);
        let is_new = self.told_at.len() < MAX_ROOMS && !self.told_at.contains_key(&room_id);
        if is_new {
            self.told_at.insert(room_id, now);
        }
        is_new
    }
}
