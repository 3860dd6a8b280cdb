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

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use bytes::Bytes;
use parking_lot::Mutex;

use super::{
    audience::Audience,
    frame::Frame,
    reader::Reader,
    ring::{MAX_EVENTS, Ring},
    whisper::Whisper,
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
        Self { room_id, state: Mutex::new(state), started: tokio::sync::OnceCell::new() }
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
            state.flag_readers();
        }
        if state.ring.is_some() && !state.ahead.is_empty() {
            Offered::Ahead
        } else {
            Offered::InOrder
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
            state.flag_readers();
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

    /// Whether it is to be learnt who the members are, so that readers can be told who of them
    /// is online.
    pub(super) fn needs_audience(&self) -> bool {
        let state = self.state.lock();
        state.ring.is_some() && !state.readers.is_empty() && state.audience.is_unknown()
    }

    /// The room's members; nothing: too many.
    pub(super) fn learn_audience(&self, members: Option<HashSet<UserId>>) {
        self.state.lock().audience.learn(members);
    }

    /// Tells readers who of the room's members is online, as far as they don't know.
    pub(super) fn tell_presence(&self, online: &HashSet<UserId>) {
        let mut state = self.state.lock();
        if state.audience.is_unknown() {
            return;
        }
        let changes = state.audience.changes(online);
        let news = (!changes.is_empty()).then(|| Whisper::presence(changes).encode());
        let mut everybody = None;
        for reader in &state.readers {
            if reader.inform() {
                news.iter().for_each(|frame| reader.whisper(frame));
            } else {
                let everybody = everybody.get_or_insert_with(|| {
                    let online = state.audience.everybody();
                    (!online.is_empty()).then(|| Whisper::presence(online).encode())
                });
                everybody.iter().for_each(|frame| reader.whisper(frame));
            }
        }
    }

    pub(super) fn tell_typing(&self, user_id: UserId) {
        let state = self.state.lock();
        let frame = Whisper::Typing { room_id: self.room_id, user_id }.encode();
        let others = state.readers.iter().filter(|reader| reader.user_id != user_id);
        others.for_each(|reader| reader.whisper(&frame));
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

    fn flag_readers(&self) {
        for reader in &self.readers {
            reader.flag();
        }
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
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{event::Change, role::Role, timestamp::Timestamp, user::UserSummary};

    const ADA: UserId = UserId(Uuid::from_u128(1));
    const LINUS: UserId = UserId(Uuid::from_u128(2));

    fn person(id: UserId) -> UserSummary {
        UserSummary { id, username: "somebody".into(), display_name: "Some Body".into() }
    }

    fn event(seq: Seq, change: Change) -> Event {
        let at = Timestamp::from_unix_ms(0);
        Event { room_id: RoomId(Uuid::nil()), seq, actor_id: ADA, at, change }
    }

    fn any(seq: Seq) -> Event {
        event(seq, Change::RoleChanged { user: person(ADA), role: Role::Admin })
    }

    fn started_at(head: Seq) -> RoomFeed {
        let feed = RoomFeed::new(RoomId(Uuid::nil()));
        feed.start(head);
        feed
    }

    fn read_all(feed: &RoomFeed, cursor: Seq) -> (usize, Reading) {
        let (mut cursor, mut frames) = (cursor, 0);
        let reading = feed.read(&mut cursor, LINUS, usize::MAX, |_| frames += 1);
        (frames, reading)
    }

    #[test]
    fn any_order_with_repeats_ends_in_the_same_log() {
        for order in [[4, 5, 6, 7], [7, 6, 5, 4], [5, 4, 7, 6], [6, 4, 7, 5]] {
            let feed = started_at(3);
            for seq in order.into_iter().chain(order) {
                feed.offer([&any(seq)]);
            }

            assert_eq!(feed.head(), Some(7), "{order:?}");
            assert_eq!(read_all(&feed, 3), (4, Reading::AtHead), "{order:?}");
        }
    }

    #[test]
    fn what_is_ahead_waits_for_what_is_missing() {
        let feed = started_at(3);

        assert_eq!(feed.offer([&any(5)]), Offered::Ahead);
        assert_eq!(feed.head(), Some(3));
        assert_eq!(feed.offer([&any(4)]), Offered::InOrder);
        assert_eq!(feed.head(), Some(5));
    }

    #[test]
    fn what_never_comes_to_exist_is_forgotten() {
        let feed = started_at(3);
        feed.offer([&any(8)]);
        feed.told(9);
        assert!(feed.end_fill(), "it waits for what is missing");

        feed.forget_claims(feed.claimed_head());

        assert!(!feed.end_fill());
        assert_eq!(feed.offer([&any(4)]), Offered::InOrder);
        assert_eq!(feed.head(), Some(4));
    }

    #[test]
    fn what_came_before_the_start_is_neither_lost_nor_doubled() {
        let feed = RoomFeed::new(RoomId(Uuid::nil()));
        for seq in [2, 3, 4] {
            feed.offer([&any(seq)]);
        }
        feed.start(3);

        assert_eq!(feed.head(), Some(4));
        assert_eq!(read_all(&feed, 3), (1, Reading::AtHead));
        assert_eq!(read_all(&feed, 2), (0, Reading::Behind));
    }

    #[test]
    fn a_removed_members_reading_ends_at_the_removal() {
        let feed = started_at(0);
        feed.offer([&any(1)]);
        feed.offer([&event(2, Change::MemberRemoved { user: person(LINUS) })]);
        feed.offer([&any(3)]);

        let ended = Reading::Ended { seq: 2, reason: EndReason::Removed };
        assert_eq!(read_all(&feed, 0), (2, ended));
        let mut cursor = 0;
        let others = feed.read(&mut cursor, ADA, usize::MAX, drop);
        assert_eq!((cursor, others), (3, Reading::AtHead));
    }
}
