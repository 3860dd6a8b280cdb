//! What leaves a connection: answers at once, events in turns.
//!
//! Belongs to the connection's thread; only the signal is touched by others. Answers wait in
//! a queue. Events don't: a subscription is a cursor, and when the socket can take more, the
//! rooms with news are read in turns, from their feeds or, where those no longer have what
//! follows, from the database. One room's reader never waits for another's.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use tokio::sync::Notify;

use super::{
    catch_up::{Behind, catch_up, events_frames},
    control::CloseCode,
    protocol::{MAX_SUBSCRIPTIONS, ServerFrame},
};
use crate::{
    domain::{
        event::{EndReason, Event},
        id::{RoomId, Seq, UserId},
    },
    feed::{
        hub::Lease,
        reader::{Reader, Signal, Slot},
        room_feed::Reading,
    },
    service::Chat,
};

/// What one room may send before it is the next one's turn.
const TURN_BYTES: usize = 16 * 1024;

/// While more answers than this wait, no frame is read from the client.
const CONGESTED_BYTES: usize = 64 * 1024;

pub struct Outgoing {
    answers: VecDeque<Bytes>,
    answer_bytes: usize,
    /// Events on their way, in order.
    events: VecDeque<Bytes>,
    signal: Arc<Signal>,
    /// Subscriptions with news, first come, first served.
    turns: VecDeque<Slot>,
    subscriptions: HashMap<Slot, Subscription>,
    slots: HashMap<RoomId, Slot>,
    next_slot: Slot,
    end: End,
    /// Told when answers were taken, and at the end.
    pub progress: Rc<Notify>,
}

struct Subscription {
    lease: Lease,
    reader: Arc<Reader>,
    reading: Viewer,
    cursor: Seq,
    /// The head as last told in a `pong`.
    told_head: Seq,
    is_catching_up: bool,
}

/// Who reads, and with whose help when a feed isn't enough.
#[derive(Clone)]
pub struct Viewer {
    pub user_id: UserId,
    pub chat: Arc<Chat>,
}

enum End {
    Open,
    Closing(CloseCode),
    Closed,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.lease.feed.detach(&self.reader);
    }
}

impl Outgoing {
    pub fn new() -> Rc<RefCell<Self>> {
        Rc::new(RefCell::new(Self {
            answers: VecDeque::new(),
            answer_bytes: 0,
            events: VecDeque::new(),
            signal: Arc::default(),
            turns: VecDeque::new(),
            subscriptions: HashMap::new(),
            slots: HashMap::new(),
            next_slot: 0,
            end: End::Open,
            progress: Rc::default(),
        }))
    }

    /// Queues an answer, before any event not yet on its way.
    pub fn answer(&mut self, frame: &ServerFrame) {
        self.answer_bytes(frame.encode());
    }

    /// The same for a frame that is encoded already.
    pub fn answer_bytes(&mut self, frame: Bytes) {
        self.answer_bytes += frame.len();
        self.answers.push_back(frame);
        self.signal.wake();
    }

    /// Whether the client should be heard no further until it has read its answers.
    pub fn is_congested(&self) -> bool {
        self.answer_bytes > CONGESTED_BYTES
    }

    /// Ends the connection after the answers that wait.
    pub fn close(&mut self, code: CloseCode) {
        if matches!(self.end, End::Open) {
            self.end = End::Closing(code);
            self.drop_subscriptions();
            self.signal.wake();
        }
    }

    /// The connection is gone.
    pub fn cut_off(&mut self) {
        self.end = End::Closed;
        self.drop_subscriptions();
        self.progress.notify_one();
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.end, End::Closed)
    }

    fn drop_subscriptions(&mut self) {
        self.subscriptions.clear();
        self.slots.clear();
        self.turns.clear();
        self.events.clear();
    }

    pub fn has_room_for_subscription(&self, room_id: RoomId) -> bool {
        self.slots.contains_key(&room_id) || self.slots.len() < MAX_SUBSCRIPTIONS
    }

    pub fn is_subscribed(&self, room_id: RoomId) -> bool {
        self.slots.contains_key(&room_id)
    }

    /// Follows a room from `cursor` on, instead of from wherever it was followed before.
    pub fn subscribe(&mut self, lease: Lease, cursor: Seq, viewer: Viewer) {
        if !matches!(self.end, End::Open) {
            return;
        }
        let room_id = lease.feed.room_id;
        self.unsubscribe(room_id);
        let slot = self.next_slot;
        self.next_slot = self.next_slot.wrapping_add(1);
        let reader = Arc::new(Reader::new(Arc::clone(&self.signal), slot));
        lease.feed.attach(Arc::clone(&reader));
        // There may be something after the cursor already.
        reader.flag();
        let subscription = Subscription {
            lease,
            reader,
            reading: viewer,
            cursor,
            told_head: cursor,
            is_catching_up: false,
        };
        self.subscriptions.insert(slot, subscription);
        self.slots.insert(room_id, slot);
    }

    pub fn unsubscribe(&mut self, room_id: RoomId) {
        if let Some(slot) = self.slots.remove(&room_id) {
            self.subscriptions.remove(&slot);
        }
    }

    /// Heads of subscribed rooms that moved since they were last asked for.
    pub fn moved_heads(&mut self) -> Vec<(RoomId, Seq)> {
        let moved = self.subscriptions.values_mut().filter_map(|subscription| {
            let head = subscription.lease.feed.head()?;
            let has_moved = head > std::mem::replace(&mut subscription.told_head, head);
            has_moved.then_some((subscription.lease.feed.room_id, head))
        });
        moved.collect()
    }

    /// The next frame to write; nothing at the end.
    pub fn poll_frame(this: &Rc<RefCell<Self>>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut outgoing = this.borrow_mut();
        if let Some(frame) = outgoing.next_frame(this) {
            return Poll::Ready(Some(frame));
        }
        outgoing.signal.register(context.waker());
        // News that came just before the registration woke nobody.
        if let Some(frame) = outgoing.next_frame(this) {
            return Poll::Ready(Some(frame));
        }
        if outgoing.is_closed() { Poll::Ready(None) } else { Poll::Pending }
    }

    fn next_frame(&mut self, this: &Rc<RefCell<Self>>) -> Option<Bytes> {
        if let Some(answer) = self.answers.pop_front() {
            self.answer_bytes -= answer.len();
            if self.answers.is_empty() {
                self.progress.notify_one();
            }
            return Some(answer);
        }
        match self.end {
            End::Open => {}
            End::Closing(code) => {
                self.end = End::Closed;
                self.progress.notify_one();
                return Some(code.frame());
            }
            End::Closed => return None,
        }
        while self.events.is_empty() {
            if self.turns.is_empty() {
                self.signal.take_ready(&mut self.turns);
            }
            let slot = self.turns.pop_front()?;
            self.take_turn(slot, this);
        }
        let frame = self.events.pop_front();
        if frame.is_some() {
            metrics::counter!("devschat_frames_delivered_total").increment(1);
        }
        frame
    }

    /// Reads one room's news into `events`.
    fn take_turn(&mut self, slot: Slot, this: &Rc<RefCell<Self>>) {
        let Some(subscription) = self.subscriptions.get_mut(&slot) else {
            return;
        };
        if subscription.is_catching_up {
            return;
        }
        subscription.reader.clear();
        let feed = Arc::clone(&subscription.lease.feed);
        let viewer = subscription.reading.user_id;
        match feed.read(&mut subscription.cursor, viewer, TURN_BYTES, &mut self.events) {
            Reading::AtHead => {}
            Reading::More => self.turns.push_back(slot),
            Reading::Behind => {
                subscription.is_catching_up = true;
                let behind = Behind {
                    slot,
                    room_id: feed.room_id,
                    after: subscription.cursor,
                    viewer: subscription.reading.clone(),
                };
                actix_web::rt::spawn(catch_up(Rc::downgrade(this), behind));
            }
            Reading::Ended { seq, reason } => self.end_subscription(feed.room_id, seq, reason),
        }
    }

    fn end_subscription(&mut self, room_id: RoomId, seq: Seq, reason: EndReason) {
        self.unsubscribe(room_id);
        // Behind the event that says why.
        self.events.push_back(ServerFrame::Removed { room_id, seq, reason }.encode());
    }

    /// Takes what was read from the database for a room that was behind.
    pub(super) fn caught_up(&mut self, slot: Slot, events: &[Event]) {
        let Some(subscription) = self.subscriptions.get_mut(&slot) else {
            return;
        };
        subscription.is_catching_up = false;
        let (room_id, viewer) = (subscription.lease.feed.room_id, subscription.reading.user_id);
        let ends_at = events
            .iter()
            .position(|event| event.change.ending().is_some_and(|ending| ending.concerns(viewer)));
        let readable = &events[..ends_at.map_or(events.len(), |last| last + 1)];
        let Some(last) = readable.last() else {
            // The feed has more, but the log doesn't: it was erased, and the room with it.
            let cursor = subscription.cursor;
            self.end_subscription(room_id, cursor, EndReason::RoomDeleted);
            self.signal.wake();
            return;
        };
        subscription.cursor = last.seq;
        self.turns.push_back(slot);
        self.events.extend(events_frames(room_id, readable));
        if let Some(ending) = last.change.ending().filter(|ending| ending.concerns(viewer)) {
            self.end_subscription(room_id, last.seq, ending.reason);
        }
        self.signal.wake();
    }

    /// Lets a room that is behind be read again.
    pub(super) fn try_again(&mut self, slot: Slot) {
        if let Some(subscription) = self.subscriptions.get_mut(&slot) {
            subscription.is_catching_up = false;
            self.turns.push_back(slot);
            self.signal.wake();
        }
    }
}
