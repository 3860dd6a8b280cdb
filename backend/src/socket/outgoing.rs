//! What leaves a connection: answers at once, events in turns, and what is told in passing when
//! there is nothing else to say.
//!
//! Belongs to the connection's thread; only the signal is touched by others. Answers wait in
//! a queue. Events don't: a subscription is a cursor, and when the socket can take more, the
//! rooms with news are read in turns. What needs the database waits for one question at a
//! time, asked only when everything else has left; so a reader that stalls holds one turn and
//! one answer of the database, however many rooms it follows.

use std::{
    cell::RefCell,
    collections::VecDeque,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use tokio::sync::Notify;

use super::{
    control::CloseCode,
    database::{Answer, Need, ask},
    protocol::ServerFrame,
    subscriptions::{Subscriptions, Viewer},
};
use crate::{
    domain::{
        event::EndReason,
        id::{Epoch, RoomId, Seq},
    },
    feed::{
        hub::Lease,
        reader::{Signal, Slot},
        room_feed::Reading,
    },
};

/// What one room may send before it is the next one's turn.
const TURN_BYTES: usize = 16 * 1024;

/// While more answers than this wait, no frame is read from the client.
const CONGESTED_BYTES: usize = 64 * 1024;

pub struct Outgoing {
    answers: VecDeque<Bytes>,
    answer_bytes: usize,
    /// Events, and what is told in its place among them, on their way and in order; with the
    /// subscription they belong to.
    events: VecDeque<(Option<Slot>, Bytes)>,
    signal: Arc<Signal>,
    subscriptions: Subscriptions,
    /// Subscriptions that wait for the database, first come, first served.
    in_need: VecDeque<Slot>,
    is_asking: bool,
    /// Frames that have left.
    frames_left: u64,
    /// Looked up once: there is one more for every frame.
    delivered: metrics::Counter,
    end: End,
    /// Told when answers were taken, and at the end.
    pub progress: Rc<Notify>,
}

enum End {
    Open,
    Closing(CloseCode),
    Closed,
}

impl Outgoing {
    pub fn new() -> Rc<RefCell<Self>> {
        let signal = Arc::new(Signal::on_this_worker());
        Rc::new(RefCell::new(Self {
            answers: VecDeque::new(),
            answer_bytes: 0,
            events: VecDeque::new(),
            subscriptions: Subscriptions::new(Arc::clone(&signal)),
            signal,
            in_need: VecDeque::new(),
            is_asking: false,
            frames_left: 0,
            delivered: metrics::counter!("devschat_frames_delivered_total"),
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

    /// Tells something that has its place behind the events on their way.
    pub fn tell(&mut self, frame: &ServerFrame) {
        self.events.push_back((None, frame.encode()));
        self.signal.wake();
    }

    /// Whether the client should be heard no further until it has read its answers.
    pub fn is_congested(&self) -> bool {
        self.answer_bytes > CONGESTED_BYTES
    }

    /// Whether something waits for the socket to take it.
    pub fn is_waiting(&self) -> bool {
        let has_frames = !self.answers.is_empty() || !self.events.is_empty();
        has_frames || self.signal.has_ready()
    }

    /// How many frames were handed to the socket so far.
    pub fn frames_left(&self) -> u64 {
        self.frames_left
    }

    /// Ends the connection after the answers that wait.
    pub fn close(&mut self, code: CloseCode) {
        if matches!(self.end, End::Open) {
            self.end = End::Closing(code);
            self.drop_events();
            self.signal.wake();
        }
    }

    /// The connection is gone.
    pub fn cut_off(&mut self) {
        self.end = End::Closed;
        self.drop_events();
        self.progress.notify_one();
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.end, End::Closed)
    }

    fn drop_events(&mut self) {
        self.subscriptions.clear();
        self.in_need.clear();
        self.events.clear();
    }

    pub fn subscriptions(&mut self) -> &mut Subscriptions {
        &mut self.subscriptions
    }

    /// Follows a room from `cursor` on, instead of from wherever it was followed before.
    pub fn subscribe(&mut self, lease: Lease, epoch: &Epoch, cursor: Seq, viewer: Viewer) {
        if !matches!(self.end, End::Open) {
            return;
        }
        let room_id = lease.feed.room_id;
        if self.subscriptions.cursor(room_id).is_some_and(|reached| cursor < reached) {
            // A client goes back on a living socket only when it has heard a gap.
            metrics::counter!("devschat_client_gaps_total").increment(1);
        }
        self.unsubscribe(room_id);
        self.subscriptions.add(lease, epoch, cursor, viewer);
    }

    /// Follows a room no more; what was on its way is not sent.
    pub fn unsubscribe(&mut self, room_id: RoomId) {
        if let Some(slot) = self.subscriptions.remove(room_id) {
            self.events.retain(|(of, _)| *of != Some(slot));
        }
    }

    /// The next frame to write; nothing at the end.
    pub fn poll_frame(this: &Rc<RefCell<Self>>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut outgoing = this.borrow_mut();
        let mut next = outgoing.next_frame(this);
        if next.is_none() {
            outgoing.signal.register(context.waker());
            // News that came just before the registration woke nobody.
            next = outgoing.next_frame(this);
        }
        if next.is_some() {
            outgoing.frames_left += 1;
            return Poll::Ready(next);
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
        loop {
            if let Some((_, frame)) = self.events.pop_front() {
                self.delivered.increment(1);
                return Some(frame);
            }
            self.ask_database(this);
            let Some(slot) = self.signal.next_ready() else {
                return self.signal.next_whisper();
            };
            if let Some(frame) = self.take_turn(slot) {
                self.delivered.increment(1);
                return Some(frame);
            }
        }
    }

    /// Reads one room's news: returns the first frame and leaves the others in `events`, which
    /// is empty before. Mostly there is but one.
    fn take_turn(&mut self, slot: Slot) -> Option<Bytes> {
        let subscription = self.subscriptions.get_mut(slot)?;
        if subscription.need.is_some() {
            return None;
        }
        let mut first = None;
        let reading = subscription.read(TURN_BYTES, |frame| match first {
            None => first = Some(frame),
            Some(_) => self.events.push_back((Some(slot), frame)),
        });
        match reading {
            Reading::AtHead => {}
            Reading::More => subscription.flag(),
            Reading::Behind => self.need(slot, Need::CatchUp),
            Reading::CutOff => {
                self.begin_anew(slot);
                return None;
            }
            Reading::Ended { seq, reason: EndReason::RoomDeleted } => {
                self.end_subscription(slot, seq, EndReason::RoomDeleted);
            }
            Reading::Ended { seq, reason } => self.need(slot, Need::ConfirmEnd { seq, reason }),
        }
        first
    }

    fn need(&mut self, slot: Slot, need: Need) {
        if let Some(subscription) = self.subscriptions.get_mut(slot) {
            subscription.need = Some(need);
            self.in_need.push_back(slot);
        }
    }

    /// Asks the database for the first in need, unless an answer is still to come.
    fn ask_database(&mut self, this: &Rc<RefCell<Self>>) {
        while !self.is_asking
            && let Some(slot) = self.in_need.pop_front()
        {
            if let Some(question) = self.subscriptions.get_mut(slot).and_then(|of| of.question()) {
                self.is_asking = true;
                actix_web::rt::spawn(ask(Rc::downgrade(this), question));
            }
        }
    }

    /// Takes what the database answered.
    pub(super) fn answered(&mut self, slot: Slot, answer: Answer) {
        self.is_asking = false;
        self.signal.wake();
        let Some(subscription) = self.subscriptions.get_mut(slot) else { return };
        if subscription.is_cut_off() {
            return self.begin_anew(slot);
        }
        match answer {
            Answer::Events { frames, last_seq, ending } => {
                subscription.cursor = last_seq;
                subscription.need = None;
                self.events.extend(frames.into_iter().map(|frame| (Some(slot), frame)));
                match ending {
                    None => subscription.flag(),
                    Some(EndReason::RoomDeleted) => {
                        self.end_subscription(slot, last_seq, EndReason::RoomDeleted);
                    }
                    Some(reason) => self.need(slot, Need::ConfirmEnd { seq: last_seq, reason }),
                }
            }
            Answer::StillAMember => {
                subscription.need = None;
                subscription.flag();
            }
            Answer::Gone { seq, reason } => self.end_subscription(slot, seq, reason),
            Answer::NotYet => self.in_need.push_back(slot),
        }
    }

    /// The history it followed is gone: nothing more of it, nor of the new one, is sent.
    fn begin_anew(&mut self, slot: Slot) {
        let Some(subscription) = self.subscriptions.get_mut(slot) else { return };
        let reset = subscription.reset();
        self.subscriptions.remove_slot(slot);
        self.events.retain(|(of, _)| *of != Some(slot));
        self.tell(&reset);
    }

    fn end_subscription(&mut self, slot: Slot, seq: Seq, reason: EndReason) {
        if let Some(room_id) = self.subscriptions.remove_slot(slot) {
            // Behind the event that says why.
            self.tell(&ServerFrame::Removed { room_id, seq, reason });
        }
    }
}
