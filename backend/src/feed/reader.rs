//! How a feed tells a connection that a room of its has news.
//!
//! One signal a connection, one reader a subscription. A room with news puts the reader's
//! slot in the signal's queue, once, and wakes the connection, once for many events.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;

use super::bell::Bell;
use crate::domain::id::UserId;

/// Names a subscription within its connection.
pub type Slot = u64;

/// Ephemeral frames that wait for a connection; the oldest are dropped first.
const MAX_WHISPERS: usize = 32;

/// Where a connection learns which of its rooms have news.
#[derive(Default)]
pub struct Signal {
    waiting: Mutex<Waiting>,
    waker: AtomicWaker,
    /// Of the connection's worker; nothing where a connection is woken by itself.
    bell: Option<Arc<Bell>>,
}

#[derive(Default)]
struct Waiting {
    /// Rooms with news, first come, first served.
    ready: VecDeque<Slot>,
    whispers: VecDeque<(Slot, Bytes)>,
}

impl Signal {
    /// Of a connection that this thread serves.
    pub fn on_this_worker() -> Self {
        Self { bell: Some(Bell::of_this_worker()), ..Self::default() }
    }

    /// Wakes this task from now on.
    pub fn register(&self, waker: &std::task::Waker) {
        self.waker.register(waker);
    }

    pub fn wake(&self) {
        self.waker.wake();
    }

    /// Whether some room has news that were not taken yet.
    pub fn has_ready(&self) -> bool {
        !self.waiting.lock().ready.is_empty()
    }

    /// The next room with news.
    pub fn next_ready(&self) -> Option<Slot> {
        self.waiting.lock().ready.pop_front()
    }

    /// The next ephemeral frame, to be sent when there is nothing else to say.
    pub fn next_whisper(&self) -> Option<Bytes> {
        self.waiting.lock().whispers.pop_front().map(|(_, frame)| frame)
    }
}

/// One subscription's place on its connection's signal.
pub struct Reader {
    pub user_id: UserId,
    signal: Arc<Signal>,
    slot: Slot,
    is_ready: AtomicBool,
    /// Whether it was told who is online.
    is_informed: AtomicBool,
    /// Its user's membership has ended, whether or not it has read that far.
    is_over: AtomicBool,
    /// What it reads belongs to a history that is gone.
    is_cut_off: AtomicBool,
}

impl Reader {
    pub fn new(signal: Arc<Signal>, slot: Slot, user_id: UserId) -> Self {
        Self {
            user_id,
            signal,
            slot,
            is_ready: AtomicBool::new(false),
            is_informed: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            is_cut_off: AtomicBool::new(false),
        }
    }

    /// A reader that is told nothing in passing.
    pub fn of_events_only(signal: Arc<Signal>) -> Self {
        let reader = Self::new(signal, 0, UserId(uuid::Uuid::nil()));
        reader.set_over(true);
        reader
    }

    /// Leaves an ephemeral frame, which may be dropped.
    pub fn whisper(&self, frame: &Bytes) {
        if self.is_over() {
            return;
        }
        let mut waiting = self.signal.waiting.lock();
        if waiting.whispers.len() == MAX_WHISPERS {
            waiting.whispers.pop_front();
        }
        waiting.whispers.push_back((self.slot, frame.clone()));
        drop(waiting);
        self.signal.wake();
    }

    /// Takes back what it was told in passing and has not been sent.
    pub fn hush(&self) {
        self.signal.waiting.lock().whispers.retain(|(slot, _)| *slot != self.slot);
    }

    /// Whether it had been told who is online; from now on it counts as told.
    pub fn inform(&self) -> bool {
        self.is_informed.swap(true, Ordering::Relaxed)
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Whether what was read may belong to two histories: to be asked after reading.
    pub fn is_cut_off(&self) -> bool {
        self.is_cut_off.load(Ordering::Acquire)
    }

    /// The history it reads is gone.
    pub fn cut_off(&self) {
        self.is_cut_off.store(true, Ordering::Release);
        self.flag();
    }

    /// The membership of its user ended, or began anew.
    pub fn set_over(&self, is_over: bool) {
        self.is_over.store(is_over, Ordering::Relaxed);
    }

    /// The room has news, or more of them than one turn could take.
    pub fn flag(&self) {
        if self.mark() {
            self.signal.wake();
        }
    }

    /// The same for many readers, for whom each worker is woken once.
    pub fn flag_all(readers: &[Arc<Self>]) {
        let mut bells: Vec<&Arc<Bell>> = Vec::new();
        for reader in readers.iter().filter(|reader| reader.mark()) {
            let Some(bell) = &reader.signal.bell else {
                reader.signal.wake();
                continue;
            };
            bell.add(Arc::clone(&reader.signal));
            if !bells.iter().any(|known| Arc::ptr_eq(known, bell)) {
                bells.push(bell);
            }
        }
        bells.into_iter().for_each(|bell| bell.ring());
    }

    /// Puts its slot in the queue, unless it is there.
    fn mark(&self) -> bool {
        let is_new = !self.is_ready.swap(true, Ordering::AcqRel);
        if is_new {
            self.signal.waiting.lock().ready.push_back(self.slot);
        }
        is_new
    }

    /// To be called before reading: news that come from now on flag again.
    pub fn clear(&self) {
        self.is_ready.store(false, Ordering::Release);
    }
}
