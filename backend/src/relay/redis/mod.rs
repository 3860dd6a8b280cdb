//! The relay between instances: Redis Streams.
//!
//! News are spread over a few streams by room, and every instance reads all of them: there
//! are no consumer groups, because everybody wants everything. Streams are trimmed; they are
//! a cache of the log's tail and may be flushed at any time.
//!
//! What to know about Redis here:
//! * Reading from `$` loses what arrives between two reads, so the last id is resolved once
//!   and only explicit ids are used from then on.
//! * After a flush or a restore a stream may begin again below our id and would never deliver
//!   to us again; so ids are compared with the streams from time to time.
//! * A blocking read needs a connection of its own, without a response timeout.
//!
//! What is told in passing goes over Pub/Sub instead, and who is connected to an instance also
//! into a key that expires, for instances that come later.

mod listener;
mod names;
mod publisher;
mod reader;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use deadpool_redis::redis::Client;
use futures_util::stream::BoxStream;
use tokio::sync::{broadcast, mpsc};

use self::{listener::Listener, names::Names, publisher::Publisher, reader::Reader};
use super::{Delivery, InstanceId, News, Relay, local::deliveries_to};

/// News that may wait to be sent, or to be taken; more are lost, and found by the sweep.
const QUEUE_LENGTH: usize = 8_192;

// The fields of a stream's entry.
const FROM: &str = "from";
const NEWS: &str = "news";

pub struct RedisRelay {
    outbox: mpsc::Sender<(InstanceId, News)>,
    /// What the reader got, for this process's subscribers.
    inbox: broadcast::Sender<(InstanceId, Delivery)>,
    is_connected: Arc<AtomicBool>,
    /// Something was lost that others have not been told of yet.
    has_lost: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl RedisRelay {
    /// Starts reading and writing. Redis may be away; it is tried again for ever.
    pub fn start(url: &str, prefix: &str) -> anyhow::Result<Self> {
        let client = Client::open(url)?;
        let (outbox, waiting) = mpsc::channel(QUEUE_LENGTH);
        let inbox = broadcast::channel(QUEUE_LENGTH).0;
        let is_connected = Arc::new(AtomicBool::new(false));
        let names = Names::beginning_with(prefix);
        let has_lost = Arc::new(AtomicBool::new(false));
        let publisher = Publisher::new(client.clone(), names.clone(), Arc::clone(&has_lost));
        let listener =
            Listener { client: client.clone(), names: names.clone(), inbox: inbox.clone() };
        let reader = Reader::new(client, names.streams(), inbox.clone(), Arc::clone(&is_connected));
        let tasks = vec![
            tokio::spawn(publisher.run(waiting)),
            tokio::spawn(reader.run()),
            tokio::spawn(listener.run()),
        ];
        Ok(Self { outbox, inbox, is_connected, has_lost, tasks })
    }
}

impl Drop for RedisRelay {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Relay for RedisRelay {
    fn publish(&self, from: InstanceId, news: News) {
        let is_crowded = self.outbox.capacity() < QUEUE_LENGTH / 2;
        if news.is_ephemeral() && is_crowded {
            return;
        }
        if self.outbox.try_send((from, news)).is_err() {
            self.has_lost.store(true, Ordering::Relaxed);
            count_lost(1);
        }
    }

    fn subscribe(&self, as_instance: InstanceId) -> BoxStream<'static, Delivery> {
        deliveries_to(as_instance, self.inbox.subscribe())
    }

    fn is_connected(&self) -> bool {
        self.is_connected.load(Ordering::Relaxed)
    }
}

fn count_lost(news: u64) {
    metrics::counter!("devschat_relay_lost_total").increment(news);
}
