//! The rooms a connection follows: a cursor on a feed each.

use std::sync::Arc;

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
    /// In the order of their slots. There are few, mostly, and they are read far more often
    /// than they change.
    all: Vec<Subscription>,
    next_slot: Slot,
}

/// Who reads, and with whose help when a feed isn't enough.
#[derive(Clone)]
pub struct Viewer {
    pub user_id: UserId,
    pub chat: Arc<Chat>,
}

pub struct Subscription {
    slot: Slot,
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

    /// It has more to read, now that it needs nothing. The turns it was given before came to
    /// nothing.
    pub fn flag(&self) {
        self.reader.clear();
        self.reader.flag();
    }

    /// Whether the history it follows is gone: to be asked after reading.
    pub fn is_cut_off(&self) -> bool {
        self.reader.is_cut_off()
    }

    fn room_id(&self) -> RoomId {
        self.lease.feed.room_id
    }

    /// What its client is told when it is cut off.
    pub fn reset(&self) -> ServerFrame {
        let feed = &self.lease.feed;
        let (epoch, head) = (self.viewer.chat.epoch(), feed.head().unwrap_or(0));
        ServerFrame::Reset { room_id: feed.room_id, epoch, head, reason: ResetReason::Epoch.into() }
    }

    /// What to ask the database.
    pub fn question(&self) -> Option<Question> {
        Some(Question {
            slot: self.slot,
            room_id: self.room_id(),
            cursor: self.cursor,
            need: self.need?,
            viewer: self.viewer.clone(),
        })
    }
}

impl Subscriptions {
    pub fn new(signal: Arc<Signal>) -> Self {
        Self { signal, all: Vec::new(), next_slot: 0 }
    }

    pub fn has_room_for(&self, room_id: RoomId) -> bool {
        self.contains(room_id) || self.all.len() < MAX_SUBSCRIPTIONS
    }

    pub fn contains(&self, room_id: RoomId) -> bool {
        self.to(room_id).is_some()
    }

    /// Whether the connection's user is a member of the room, as far as its feed knows.
    pub fn follows_as_member(&self, room_id: RoomId) -> bool {
        self.to(room_id).is_some_and(|subscription| !subscription.reader.is_over())
    }

    /// How far a followed room was read.
    pub fn cursor(&self, room_id: RoomId) -> Option<Seq> {
        self.to(room_id).map(|subscription| subscription.cursor)
    }

    fn to(&self, room_id: RoomId) -> Option<&Subscription> {
        self.all.iter().find(|subscription| subscription.room_id() == room_id)
    }

    /// Follows a room of this history, after `cursor`.
    pub fn add(&mut self, lease: Lease, epoch: &Epoch, cursor: Seq, viewer: Viewer) {
        let slot = self.next_slot;
        self.next_slot += 1;
        let reader = Arc::new(Reader::new(Arc::clone(&self.signal), slot, viewer.user_id));
        lease.feed.attach(Arc::clone(&reader));
        if viewer.chat.epoch() != *epoch {
            // It has changed before the reader was there to be cut off.
            reader.cut_off();
        }
        // There may be something after the cursor already.
        reader.flag();
        let told_head = cursor;
        let subscription =
            Subscription { slot, lease, reader, viewer, cursor, told_head, need: None };
        self.all.push(subscription);
    }

    pub fn remove(&mut self, room_id: RoomId) -> Option<Slot> {
        let slot = self.to(room_id)?.slot;
        self.remove_slot(slot)?;
        Some(slot)
    }

    pub fn remove_slot(&mut self, slot: Slot) -> Option<RoomId> {
        let index = self.index_of(slot)?;
        Some(self.all.remove(index).room_id())
    }

    pub fn get_mut(&mut self, slot: Slot) -> Option<&mut Subscription> {
        let index = self.index_of(slot)?;
        self.all.get_mut(index)
    }

    fn index_of(&self, slot: Slot) -> Option<usize> {
        self.all.binary_search_by_key(&slot, |subscription| subscription.slot).ok()
    }

    pub fn clear(&mut self) {
        self.all.clear();
    }

    /// Heads that moved since they were last asked for.
    pub fn moved_heads(&mut self) -> impl Iterator<Item = (RoomId, Seq)> {
        self.all.iter_mut().filter_map(|subscription| {
            let head = subscription.lease.feed.head()?;
            let has_moved = head > std::mem::replace(&mut subscription.told_head, head);
            has_moved.then_some((subscription.room_id(), head))
        })
    }
}
