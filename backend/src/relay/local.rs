//! The relay within one process: a broadcast channel.

use futures_util::{StreamExt as _, stream, stream::BoxStream};
use tokio::sync::broadcast;

use super::{Delivery, InstanceId, News, Relay};

/// News a subscriber may be behind before it misses some.
const CAPACITY: usize = 4_096;

pub struct LocalRelay {
    deliveries: broadcast::Sender<(InstanceId, Delivery)>,
}

impl LocalRelay {
    pub fn new() -> Self {
        Self { deliveries: broadcast::channel(CAPACITY).0 }
    }
}

impl Default for LocalRelay {
    fn default() -> Self {
        Self::new()
    }
}

impl Relay for LocalRelay {
    fn publish(&self, from: InstanceId, news: News) {
        // Without a subscriber there is nobody to miss it.
        let _ = self.deliveries.send((from, Delivery::News(news)));
    }

    fn subscribe(&self, as_instance: InstanceId) -> BoxStream<'static, Delivery> {
        deliveries_to(as_instance, self.deliveries.subscribe())
    }

    fn is_connected(&self) -> bool {
        true
    }
}

/// What one instance gets of a process-wide channel: everything but its own.
pub(super) fn deliveries_to(
    as_instance: InstanceId,
    channel: broadcast::Receiver<(InstanceId, Delivery)>,
) -> BoxStream<'static, Delivery> {
    stream::unfold(channel, move |mut channel| async move {
        loop {
            match channel.recv().await {
                Ok((from, _)) if from == as_instance => {}
                Ok((_, delivery)) => return Some((delivery, channel)),
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some((Delivery::Lagged, channel));
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    })
    .boxed()
}
