//! The tail of one room's log, in this instance's memory.
//!
//! Puts incoming events in order and keeps the last few for readers, so that fan-out touches
//! the database only for readers that are far behind.
//!
//! Invariants:
//! * The ring is contiguous. What arrives ahead of its turn waits until the hole is filled.
//! * Being allowed to read is decided before a reader is attached; the feed never asks.
//!
//! Absent on purpose: history (`store::log`), other instances (`relay`).

mod whispers;

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use parking_lot::Mutex;

use super::{
    audience::Audience,
    frame::Frame,
    reader::Reader,
    ring::{MAX_EVENTS, Ring},
};
use crate::domain::{
    event::{EndReason, Event},
    id::{RoomId, Seq, UserId},
};

/// Events that may wait for their turn; more are left to the next fill.
const MAX_AHEAD: usize = 1_024;

pub struct RoomFeed {
    pub room_id: RoomId,
    state: Mutex<State>,
    pub(super) started: tokio::sync::OnceCell<()>,
    /// Set once the events before the start were looked up.
    pub(super) recalled: tokio::sync::OnceCell<()>,
}

struct State {
    /// Nothing until the head was read from the database.
    ring: Option<Ring>,
    ahead: BTreeMap<Seq, Frame>,
    readers: Vec<Arc<Reader>>,
    audience: Audience,
    is_filling: bool,
    /// The highest head anybody has told of.
    told_head: Seq,
}

/// What became of an event that was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// It was the next, or was known.
    InOrder,
    /// Something before it is missing.
    Ahead,
}

/// What a cursor found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing more: the cursor is at the head.
    AtHead,
    /// There is more than was asked for.
    More,
    /// The ring no longer has what follows the cursor: read the database.
    Behind,
    /// The history it read is gone.
    CutOff,
    /// This was the last event this reader may have.
    Ended { seq: Seq, reason: EndReason },
}

impl RoomFeed {
    pub fn new(room_id: RoomId) -> Self {
        let state = State {
            ring: None,
            ahead: BTreeMap::new(),
            readers: Vec::new(),
            audience: Audience::default(),
            is_filling: false,
            told_head: 0,
        };
        Self {
            room_id,
            state: Mutex::new(state),
            started: tokio::sync::OnceCell::new(),
            recalled: tokio::sync::OnceCell::new(),
        }
    }

    /// Begins at the head that was read from the database after events began to be offered.
    pub(super) fn start(&self, head: Seq) {
        let mut state = self.state.lock();
        state.ring = Some(Ring::starting_at(head));
        state.apply_waiting();
    }

    /// The last event it has in order; nothing before it was started.
    pub fn head(&self) -> Option<Seq> {
        self.state.lock().head()
    }

    /// Takes events from wherever they come: in order, late, twice or ahead of their turn.
    /// Readers are woken once for all of them, so that they leave in one write.
    pub(super) fn offer<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> Offered {
        let known = self.head();
        let is_news = |event: &&Event| known.is_none_or(|head| event.seq > head);
        let frames: Vec<_> = events.into_iter().filter(is_news).map(Frame::encode).collect();
        if frames.is_empty() {
            return Offered::InOrder;
        }
        let mut state = self.state.lock();
        let mut has_moved = false;
        for frame in frames {
            let is_next = state.head().is_some_and(|head| frame.seq == head + 1);
            if is_next || state.ahead.len() < MAX_AHEAD {
                state.ahead.insert(frame.seq, frame);
            }
            has_moved |= state.apply_waiting();
        }
        if has_moved {
            Reader::flag_all(&state.readers);
        }
        if state.ring.is_some() && !state.ahead.is_empty() {
            Offered::Ahead
        } else {
            Offered::InOrder
        }
    }

    /// Whether a reader at `cursor` finds here what follows.
    pub(super) fn covers(&self, cursor: Seq) -> bool {
        self.state.lock().ring.as_ref().is_some_and(|ring| ring.after(cursor).is_some())
    }

    /// Takes events from before those it holds.
    pub(super) fn recall(&self, events: &[Event]) {
        let frames = events.iter().map(Frame::encode).collect();
        if let Some(ring) = &mut self.state.lock().ring {
            ring.extend_back(frames);
        }
    }

    /// Begins anew at `head`, because too much is missing to be worth keeping. Readers find
    /// themselves behind and read the database.
    pub(super) fn skip_to(&self, head: Seq) {
        let mut state = self.state.lock();
        if state.head().is_some_and(|known| head > known) {
            state.ring = Some(Ring::starting_at(head));
            state.audience.forget();
            state.apply_waiting();
            Reader::flag_all(&state.readers);
        }
    }

    /// Begins another history, at `head` where it is known. Whoever reads is cut off first, so
    /// that nobody takes an event of the new history for one of the old.
    pub(super) fn begin_anew(&self, head: Option<Seq>) {
        let mut state = self.state.lock();
        state.readers.iter().for_each(|reader| reader.cut_off());
        if let Some(head) = head {
            state.ring = Some(Ring::starting_at(head));
        }
        state.ahead.clear();
        state.told_head = 0;
        state.audience.forget();
    }

    /// That the room has reached `seq`. Whether the feed is behind that.
    pub(super) fn told(&self, seq: Seq) -> bool {
        let mut state = self.state.lock();
        state.told_head = state.told_head.max(seq);
        state.is_behind()
    }

    /// Whether the caller is to fill the hole; false when somebody does already.
    pub(super) fn begin_fill(&self) -> bool {
        let mut state = self.state.lock();
        !std::mem::replace(&mut state.is_filling, true)
    }

    /// Whether something is still missing.
    pub(super) fn end_fill(&self) -> bool {
        let mut state = self.state.lock();
        state.is_filling = false;
        !state.ahead.is_empty() || state.is_behind()
    }

    /// The highest event anybody has told of.
    pub(super) fn claimed_head(&self) -> Seq {
        let state = self.state.lock();
        let ahead = state.ahead.last_key_value().map_or(0, |(seq, _)| *seq);
        ahead.max(state.told_head)
    }

    /// Forgets what was told up to `claimed` and turned out not to exist.
    pub(super) fn forget_claims(&self, claimed: Seq) {
        let mut state = self.state.lock();
        state.ahead.retain(|seq, _| *seq > claimed);
        if state.told_head <= claimed {
            state.told_head = 0;
        }
    }

    pub fn attach(&self, reader: Arc<Reader>) {
        self.state.lock().readers.push(reader);
    }

    pub fn detach(&self, reader: &Arc<Reader>) {
        self.state.lock().readers.retain(|other| !Arc::ptr_eq(other, reader));
    }

    /// Moves `cursor` forward over the events that follow it, until about `max_bytes` were
    /// handed to `send`.
    pub fn read(
        &self,
        cursor: &mut Seq,
        viewer: UserId,
        max_bytes: usize,
        mut send: impl FnMut(Bytes),
    ) -> Reading {
        let state = self.state.lock();
        let Some(ring) = &state.ring else {
            return Reading::AtHead;
        };
        let Some(following) = ring.after(*cursor) else {
            return Reading::Behind;
        };
        let mut bytes = 0;
        for frame in following {
            if bytes >= max_bytes {
                return Reading::More;
            }
            // It came from the database and shows what came later, perhaps after the reader's
            // membership had ended. Who reads from the database is asked that.
            if frame.as_of > frame.seq {
                return if bytes > 0 { Reading::More } else { Reading::Behind };
            }
            let content = frame.seen_by(viewer);
            bytes += content.len();
            send(content.clone());
            *cursor = frame.seq;
            if let Some(ending) = frame.ending.filter(|ending| ending.concerns(viewer)) {
                return Reading::Ended { seq: frame.seq, reason: ending.reason };
            }
        }
        Reading::AtHead
    }
}

impl State {
    fn head(&self) -> Option<Seq> {
        self.ring.as_ref().map(Ring::head)
    }

    fn is_behind(&self) -> bool {
        self.head().is_some_and(|head| head < self.told_head)
    }

    /// Moves what has become the next into the ring. Whether anything moved.
    fn apply_waiting(&mut self) -> bool {
        let Some(ring) = &mut self.ring else {
            return false;
        };
        let before = ring.head();
        while let Some(entry) = self.ahead.first_entry() {
            if *entry.key() > ring.head() + 1 {
                break;
            }
            let frame = entry.remove();
            if frame.seq == ring.head() + 1 {
                self.audience.apply(&frame);
                end_or_begin(&self.readers, &frame);
                ring.push(frame);
            }
        }
        ring.head() > before
    }
}

/// Who is removed hears nothing in passing from now on, however far they have read.
fn end_or_begin(readers: &[Arc<Reader>], frame: &Frame) {
    if frame.ending.is_none() && frame.joined.is_none() {
        return;
    }
    for reader in readers {
        if frame.ending.is_some_and(|ending| ending.concerns(reader.user_id)) {
            reader.set_over(true);
        } else if frame.joined == Some(reader.user_id) {
            reader.set_over(false);
        }
    }
}

/// More missing events than this are not worth fetching into a ring.
pub(super) const MAX_FILL: Seq = MAX_EVENTS as Seq;

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests;
