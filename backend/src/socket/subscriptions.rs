//! The rooms a connection follows: a cursor on a feed each.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;

use super::{
    database::{Need, Question},
    protocol::{MAX_SUBSCRIPTIONS, ServerFrame},
};
use crate::{
    domain::id::{Epoch, RoomId, Seq, UserId},
    feed::{
        hub::Lease,
        reader::{Reader, Signal, Slot},
        room_feed::Reading,
    },
    service::{Chat, follow::ResetReason},
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
        let reading = self.lease.feed.read(&mut self.cursor, self.viewer.user_id, max_bytes, send);
        if self.is_cut_off() { Reading::CutOff } else { reading }
    }

    /// Whether the history it follows is gone: to be asked after reading.
    pub fn is_cut_off(&self) -> bool {
        self.reader.is_cut_off()
    }

    /// What its client is told when it is cut off.
    pub fn reset(&self) -> ServerFrame {
        let feed = &self.lease.feed;
        let (epoch, head) = (self.viewer.chat.epoch(), feed.head().unwrap_or(0));
        ServerFrame::Reset { room_id: feed.room_id, epoch, head, reason: ResetReason::Epoch.into() }
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

    /// How far a followed room was read.
    pub fn cursor(&self, room_id: RoomId) -> Option<Seq> {
        let slot = self.slots.get(&room_id)?;
        self.by_slot.get(slot).map(|subscription| subscription.cursor)
    }

    /// Follows a room of this history, after `cursor`.
    pub fn add(&mut self, lease: Lease, epoch: &Epoch, cursor: Seq, viewer: Viewer) {
        let slot = self.next_slot;
        self.next_slot = self.next_slot.wrapping_add(1);
        let reader = Arc::new(Reader::new(Arc::clone(&self.signal), slot, viewer.user_id));
        lease.feed.attach(Arc::clone(&reader));
        if viewer.chat.epoch() != *epoch {
            // It has changed before the reader was there to be cut off.
            reader.cut_off();
        }
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
