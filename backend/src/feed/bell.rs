//! Wakes a worker's connections from within its thread.
//!
//! News come from another thread. Waking a thousand connections from there means a thousand
//! crossings, and on a busy core the worker runs for each of them alone. So who has news is
//! written down, the worker is woken once, and wakes them itself.

use std::{cell::OnceCell, sync::Arc, task::Poll};

use futures_util::task::AtomicWaker;
use parking_lot::Mutex;

use super::reader::Signal;

#[derive(Default)]
pub struct Bell {
    rung_for: Mutex<Vec<Arc<Signal>>>,
    waker: AtomicWaker,
}

impl Bell {
    /// The bell of this thread, which runs a [`tokio::task::LocalSet`].
    pub fn of_this_worker() -> Arc<Self> {
        thread_local! {
            static BELL: OnceCell<Arc<Bell>> = const { OnceCell::new() };
        }
        let hang = || {
            let bell = Arc::<Self>::default();
            tokio::task::spawn_local(listen(Arc::clone(&bell)));
            bell
        };
        BELL.with(|bell| Arc::clone(bell.get_or_init(hang)))
    }

    /// Writes down whom to wake.
    pub fn add(&self, signal: Arc<Signal>) {
        self.rung_for.lock().push(signal);
    }

    pub fn ring(&self) {
        self.waker.wake();
    }
}

async fn listen(bell: Arc<Bell>) {
    let mut waking = Vec::new();
    std::future::poll_fn(|context| {
        bell.waker.register(context.waker());
        std::mem::swap(&mut waking, &mut *bell.rung_for.lock());
        waking.drain(..).for_each(|signal| signal.wake());
        Poll::<()>::Pending
    })
    .await;
}
