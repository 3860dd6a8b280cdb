//! The rooms a connection follows: a cursor on a feed each.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;

use super::{
    database::{Need, Question},
    protocol::MAX_SUBSCRIPTIONS,
};
use crate::{
    domain::id::{RoomId, Seq, UserId},
    feed::{
        hub::Lease,
        reader::{Reader, Signal, Slot},
        room_feed::Reading,
    },
    service::Chat,
};

pub struct Subscriptions {
    signal: Arc<Signal>,
    by_slot: HashMap<Slot, Subscription>,
    slots: HashMap<RoomId, Slot>,
    next_slot: Slot,
}

/// Who reads, and with whose help when a feed isn't enough.
#[derive(Clone)]
pub struct Viewer {
    pub user_id: UserId,
    pub chat: Arc<Chat>,
}

pub struct Subscription {
    lease: Lease,
    reader: Arc<Reader>,
    viewer: Viewer,
    /// The last event that was taken for this reader.
    pub cursor: Seq,
    /// The head as last told in a `pong`.
    told_head: Seq,
    /// What it waits for; nothing is read meanwhile.
    pub need: Option<Need>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.lease.feed.detach(&self.reader);
        self.reader.hush();
    }
}

impl Subscription {
    /// Hands what follows the cursor to `send`, about `max_bytes` of it.
    pub fn read(&mut self, max_bytes: usize, send: impl FnMut(Bytes)) -> Reading {
        self.reader.clear();
        self.lease.feed.read(&mut self.cursor, self.viewer.user_id, max_bytes, send)
    }

    /// What to ask the database.
    pub fn question(&self, slot: Slot) -> Option<Question> {
        Some(Question {
            slot,
            room_id: self.lease.feed.room_id,
            cursor: self.cursor,
            need: self.need?,
            viewer: self.viewer.clone(),
        })
    }
}

impl Subscriptions {
    pub fn new(signal: Arc<Signal>) -> Self {
        Self { signal, by_slot: HashMap::new(), slots: HashMap::new(), next_slot: 0 }
    }

    pub fn has_room_for(&self, room_id: RoomId) -> bool {
        self.contains(room_id) || self.slots.len() < MAX_SUBSCRIPTIONS
    }

    pub fn contains(&self, room_id: RoomId) -> bool {
        self.slots.contains_key(&room_id)
    }

    /// Whether the connection's user is a member of the room, as far as its feed knows.
    pub fn follows_as_member(&self, room_id: RoomId) -> bool {
        let subscription = self.slots.get(&room_id).and_then(|slot| self.by_slot.get(slot));
        subscription.is_some_and(|subscription| !subscription.reader.is_over())
    }

    pub fn add(&mut self, lease: Lease, cursor: Seq, viewer: Viewer) {
        let slot = self.next_slot;
        self.next_slot = self.next_slot.wrapping_add(1);
        let reader = Arc::new(Reader::new(Arc::clone(&self.signal), slot, viewer.user_id));
        lease.feed.attach(Arc::clone(&reader));
        // There may be something after the cursor already.
        reader.flag();
        self.slots.insert(lease.feed.room_id, slot);
        let subscription =
            Subscription { lease, reader, viewer, cursor, told_head: cursor, need: None };
        self.by_slot.insert(slot, subscription);
    }

    pub fn remove(&mut self, room_id: RoomId) -> Option<Slot> {
        let slot = self.slots.remove(&room_id)?;
        self.by_slot.remove(&slot);
        Some(slot)
    }

    pub fn remove_slot(&mut self, slot: Slot) -> Option<RoomId> {
        let room_id = self.by_slot.remove(&slot)?.lease.feed.room_id;
        self.slots.remove(&room_id);
        Some(room_id)
    }

    pub fn get_mut(&mut self, slot: Slot) -> Option<&mut Subscription> {
        self.by_slot.get_mut(&slot)
    }

    pub fn clear(&mut self) {
        self.by_slot.clear();
        self.slots.clear();
    }

    /// Heads that moved since they were last asked for.
    pub fn moved_heads(&mut self) -> impl Iterator<Item = (RoomId, Seq)> {
        self.by_slot.values_mut().filter_map(|subscription| {
            let head = subscription.lease.feed.head()?;
            let has_moved = head > std::mem::replace(&mut subscription.told_head, head);
            has_moved.then_some((subscription.lease.feed.room_id, head))
        })
    }
}
