//! A relay as bad as the contract allows.

use std::sync::Arc;

use devschat::relay::{Delivery, InstanceId, News, Relay, local::LocalRelay};
use futures_util::{StreamExt as _, stream::BoxStream};
use parking_lot::Mutex;

/// What goes wrong, in turns: lost, doubled, swapped with the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    Lose,
    Repeat,
    HoldBack,
}

const FAULTS: [Fault; 7] = [
    Fault::None,
    Fault::Lose,
    Fault::Repeat,
    Fault::HoldBack,
    Fault::None,
    Fault::HoldBack,
    Fault::Lose,
];

/// Loses, repeats and swaps news, and never says so.
pub struct FaultyRelay {
    inner: LocalRelay,
    state: Mutex<State>,
    /// Loses everything.
    is_dead: bool,
}

#[derive(Default)]
struct State {
    published: usize,
    held_back: Option<(InstanceId, News)>,
}

impl FaultyRelay {
    pub fn unreliable() -> Arc<dyn Relay> {
        Arc::new(Self { inner: LocalRelay::new(), state: Mutex::default(), is_dead: false })
    }

    pub fn dead() -> Arc<dyn Relay> {
        Arc::new(Self { inner: LocalRelay::new(), state: Mutex::default(), is_dead: true })
    }
}

impl Relay for FaultyRelay {
    fn publish(&self, from: InstanceId, news: News) {
        if self.is_dead {
            return;
        }
        let mut state = self.state.lock();
        let fault = FAULTS[state.published % FAULTS.len()];
        state.published += 1;
        let held_back = state.held_back.take();
        match fault {
            Fault::None => self.inner.publish(from, news),
            Fault::Lose => {}
            Fault::Repeat => {
                self.inner.publish(from, news.clone());
                self.inner.publish(from, news);
            }
            Fault::HoldBack => state.held_back = Some((from, news)),
        }
        if let Some((from, news)) = held_back {
            self.inner.publish(from, news);
        }
    }

    fn subscribe(&self, as_instance: InstanceId) -> BoxStream<'static, Delivery> {
        self.inner.subscribe(as_instance).boxed()
    }

    fn is_connected(&self) -> bool {
        !self.is_dead
    }
}
