//! How a feed tells a connection that a room of its has news.
//!
//! One signal a connection, one reader a subscription. A room with news puts the reader's
//! slot on the signal's list, once, and wakes the connection, once for many events.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use futures_util::task::AtomicWaker;
use parking_lot::Mutex;

/// Names a subscription within its connection.
pub type Slot = u32;

/// Where a connection learns which of its rooms have news.
#[derive(Default)]
pub struct Signal {
    ready: Mutex<Vec<Slot>>,
    waker: AtomicWaker,
}

impl Signal {
    /// Wakes this task from now on.
    pub fn register(&self, waker: &std::task::Waker) {
        self.waker.register(waker);
    }

    pub fn wake(&self) {
        self.waker.wake();
    }

    /// Whether some room has news that were not taken yet.
    pub fn has_ready(&self) -> bool {
        !self.ready.lock().is_empty()
    }

    /// Moves the slots with news to the end of `turns`.
    pub fn take_ready(&self, turns: &mut impl Extend<Slot>) {
        let mut ready = self.ready.lock();
        turns.extend(ready.drain(..));
    }
}

/// One subscription's place on its connection's signal.
pub struct Reader {
    signal: Arc<Signal>,
    slot: Slot,
    is_ready: AtomicBool,
}

impl Reader {
    pub fn new(signal: Arc<Signal>, slot: Slot) -> Self {
        Self { signal, slot, is_ready: AtomicBool::new(false) }
    }

    /// The room has news.
    pub fn flag(&self) {
        if !self.is_ready.swap(true, Ordering::AcqRel) {
            self.signal.ready.lock().push(self.slot);
            self.signal.wake();
        }
    }

    /// To be called before reading: news that come from now on flag again.
    pub fn clear(&self) {
        self.is_ready.store(false, Ordering::Release);
    }
}
