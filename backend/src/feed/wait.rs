//! Waiting for a room's next event, for readers that are no sockets.

use std::{sync::Arc, task::Poll};

use super::{
    hub::Lease,
    reader::{Reader, Signal},
};
use crate::domain::id::Seq;

/// Ends when the room's head lies after a cursor. Keeps the room's feed alive.
pub struct Waiting {
    lease: Lease,
    signal: Arc<Signal>,
    reader: Arc<Reader>,
}

impl Waiting {
    pub fn on(lease: Lease) -> Self {
        let signal = Arc::<Signal>::default();
        let reader = Arc::new(Reader::of_events_only(Arc::clone(&signal)));
        lease.feed.attach(Arc::clone(&reader));
        Self { lease, signal, reader }
    }

    /// Whether the history that was waited on is gone: to be asked after reading.
    pub fn is_cut_off(&self) -> bool {
        self.reader.is_cut_off()
    }

    /// The head, as soon as it lies after `cursor`.
    pub async fn until_after(&self, cursor: Seq) -> Seq {
        std::future::poll_fn(|context| {
            self.signal.register(context.waker());
            // News that come from here on wake; those before are seen right below.
            while self.signal.next_ready().is_some() {}
            self.reader.clear();
            match self.lease.feed.head() {
                Some(head) if head > cursor => Poll::Ready(head),
                Some(head) if self.reader.is_cut_off() => Poll::Ready(head),
                _ => Poll::Pending,
            }
        })
        .await
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.lease.feed.detach(&self.reader);
    }
}
