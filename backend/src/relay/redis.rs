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

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use deadpool_redis::redis::{
    self, AsyncConnectionConfig, Client, RedisResult,
    aio::MultiplexedConnection,
    streams::{StreamMaxlen, StreamRangeReply, StreamReadOptions, StreamReadReply},
};
use futures_util::stream::BoxStream;
use tokio::{
    sync::{broadcast, mpsc},
    time::Instant,
};

use super::{Delivery, InstanceId, News, Relay, local::deliveries_to};

const STREAMS: u64 = 8;
/// Entries a stream keeps, about.
const STREAM_LENGTH: usize = 10_000;
/// A larger event is announced, not carried.
const MAX_INLINE_BYTES: usize = 8 * 1024;

/// News that may wait to be sent; more are lost, and found by the sweep.
const OUTBOX_LENGTH: usize = 8_192;
const MAX_PIPELINE: usize = 128;
const SEND_TIMEOUT: Duration = Duration::from_secs(1);

const BLOCK: Duration = Duration::from_millis(2_000);
const READ_COUNT: usize = 512;
/// How often our ids are compared with the streams'.
const CHECK_EVERY: Duration = Duration::from_secs(2);
/// A blocked read that takes longer than this is a dead connection.
const READ_DEADLINE: Duration = Duration::from_secs(5);
const FIRST_RETRY: Duration = Duration::from_millis(100);
const LONGEST_RETRY: Duration = Duration::from_secs(2);

const FROM: &str = "from";
const NEWS: &str = "news";

pub struct RedisRelay {
    outbox: mpsc::Sender<(InstanceId, News)>,
    /// What the reader got, for this process's subscribers.
    inbox: broadcast::Sender<(InstanceId, Delivery)>,
    is_connected: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl RedisRelay {
    /// Starts reading and writing. Redis may be away; it is tried again for ever.
    pub fn start(url: &str, prefix: &str) -> anyhow::Result<Self> {
        let client = Client::open(url)?;
        let (outbox, waiting) = mpsc::channel(OUTBOX_LENGTH);
        let inbox = broadcast::channel(OUTBOX_LENGTH).0;
        let is_connected = Arc::new(AtomicBool::new(false));
        let streams: Vec<String> =
            (0..STREAMS).map(|stream| format!("{prefix}:relay:{stream}")).collect();
        let publisher = Publisher { client: client.clone(), streams: streams.clone() };
        let reader = Reader {
            client,
            ids: vec![None; streams.len()],
            streams,
            inbox: inbox.clone(),
            is_connected: Arc::clone(&is_connected),
        };
        let tasks = vec![tokio::spawn(publisher.run(waiting)), tokio::spawn(reader.run())];
        Ok(Self { outbox, inbox, is_connected, tasks })
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
        if self.outbox.try_send((from, news)).is_err() {
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

/// Sends what waits, many at a time.
struct Publisher {
    client: Client,
    streams: Vec<String>,
}

impl Publisher {
    async fn run(self, mut waiting: mpsc::Receiver<(InstanceId, News)>) {
        let mut connection: Option<MultiplexedConnection> = None;
        let mut batch = Vec::with_capacity(MAX_PIPELINE);
        while waiting.recv_many(&mut batch, MAX_PIPELINE).await > 0 {
            let sending = async {
                let mut link = match connection.take() {
                    Some(link) => link,
                    None => self.client.get_multiplexed_async_connection().await?,
                };
                self.pipeline(&batch).query_async::<()>(&mut link).await?;
                RedisResult::Ok(link)
            };
            match tokio::time::timeout(SEND_TIMEOUT, sending).await {
                Ok(Ok(link)) => connection = Some(link),
                Ok(Err(error)) => {
                    tracing::warn!(%error, news = batch.len(), "the relay lost news");
                    count_lost(batch.len() as u64);
                }
                Err(_) => {
                    tracing::warn!(
                        news = batch.len(),
                        "the relay lost news: Redis did not answer in time"
                    );
                    count_lost(batch.len() as u64);
                }
            }
            batch.clear();
        }
    }

    fn pipeline(&self, batch: &[(InstanceId, News)]) -> redis::Pipeline {
        let mut pipeline = redis::pipe();
        for (from, news) in batch {
            let Some((room, json)) = encode(news) else {
                continue;
            };
            let stream = &self.streams[stream_index(room)];
            let fields = [(FROM, from.0.to_string()), (NEWS, json)];
            pipeline
                .xadd_maxlen(stream, StreamMaxlen::Approx(STREAM_LENGTH), "*", &fields)
                .ignore();
        }
        pipeline
    }
}

/// The news as JSON, and what spreads them over the streams.
fn encode(news: &News) -> Option<(u128, String)> {
    let spread_by = match news {
        News::Event(event) => event.room_id.0.as_u128(),
        News::Moved { room_id, .. } => room_id.0.as_u128(),
        News::Read { user_id, .. } | News::SessionEnded { user_id, .. } => user_id.0.as_u128(),
    };
    let json = serde_json::to_string(news).ok()?;
    if let (News::Event(event), true) = (news, json.len() > MAX_INLINE_BYTES) {
        let moved = News::Moved { room_id: event.room_id, seq: event.seq };
        return Some((spread_by, serde_json::to_string(&moved).ok()?));
    }
    Some((spread_by, json))
}

fn stream_index(spread_by: u128) -> usize {
    usize::try_from(spread_by % u128::from(STREAMS)).unwrap_or(0)
}

/// Reads all streams, for ever.
struct Reader {
    client: Client,
    streams: Vec<String>,
    /// The last id read of each stream; nothing before it was resolved.
    ids: Vec<Option<String>>,
    inbox: broadcast::Sender<(InstanceId, Delivery)>,
    is_connected: Arc<AtomicBool>,
}

impl Reader {
    async fn run(mut self) {
        let mut pause = FIRST_RETRY;
        loop {
            let connected = Instant::now();
            if let Err(error) = self.read_until_error().await {
                tracing::warn!(%error, "reading the relay failed; the sweep stands in");
            }
            self.is_connected.store(false, Ordering::Relaxed);
            self.lagged();
            if connected.elapsed() > LONGEST_RETRY {
                pause = FIRST_RETRY;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_RETRY);
        }
    }

    async fn read_until_error(&mut self) -> anyhow::Result<()> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(SEND_TIMEOUT))
            .set_response_timeout(None);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let mut connection = tokio::time::timeout(SEND_TIMEOUT * 2, connecting).await??;
        let mut checked = Instant::now();
        self.check_ids(&mut connection).await?;
        self.is_connected.store(true, Ordering::Relaxed);
        self.lagged();
        let block_ms = usize::try_from(BLOCK.as_millis()).unwrap_or(usize::MAX);
        let options = StreamReadOptions::default().block(block_ms).count(READ_COUNT);
        loop {
            let ids: Vec<&str> = self.ids.iter().map(|id| id.as_deref().unwrap_or("0-0")).collect();
            let mut command = redis::cmd("XREAD");
            command.arg(&options).arg("STREAMS").arg(&self.streams).arg(&ids);
            let reading = command.query_async::<Option<StreamReadReply>>(&mut connection);
            let reply = tokio::time::timeout(READ_DEADLINE, reading).await??;
            if let Some(reply) = reply {
                self.take(reply);
            }
            if checked.elapsed() >= CHECK_EVERY {
                self.check_ids(&mut connection).await?;
                checked = Instant::now();
            }
        }
    }

    fn take(&mut self, reply: StreamReadReply) {
        for stream in reply.keys {
            let Some(index) = self.streams.iter().position(|name| *name == stream.key) else {
                continue;
            };
            for entry in stream.ids {
                let from = entry.get::<String>(FROM).and_then(|from| from.parse().ok());
                let news =
                    entry.get::<String>(NEWS).and_then(|json| serde_json::from_str(&json).ok());
                if let (Some(from), Some(news)) = (from, news) {
                    let _ = self.inbox.send((InstanceId(from), Delivery::News(news)));
                } else {
                    tracing::warn!(id = %entry.id, "the relay holds an entry that is not ours");
                }
                self.ids[index] = Some(entry.id);
            }
        }
    }

    /// Resolves the ids to start from, and notices a stream that began again below ours.
    async fn check_ids(&mut self, connection: &mut MultiplexedConnection) -> anyhow::Result<()> {
        let mut pipeline = redis::pipe();
        for stream in &self.streams {
            pipeline.xrevrange_count(stream, "+", "-", 1);
        }
        let asking = pipeline.query_async::<Vec<StreamRangeReply>>(connection);
        let replies = tokio::time::timeout(READ_DEADLINE, asking).await??;
        let mut has_restarted = false;
        for (known, reply) in self.ids.iter_mut().zip(replies) {
            let last = reply.ids.first().map_or("0-0", |entry| entry.id.as_str());
            match known {
                None => *known = Some(last.to_owned()),
                Some(id) if parse_id(last) < parse_id(id) => {
                    *known = Some("0-0".to_owned());
                    has_restarted = true;
                }
                Some(_) => {}
            }
        }
        if has_restarted {
            tracing::warn!("the relay's streams began again");
            self.lagged();
        }
        Ok(())
    }

    fn lagged(&self) {
        // From nobody, so that every subscriber gets it.
        let _ = self.inbox.send((InstanceId(uuid::Uuid::nil()), Delivery::Lagged));
    }
}

/// `milliseconds-sequence`, comparable.
fn parse_id(id: &str) -> (u64, u64) {
    let (ms, sequence) = id.split_once('-').unwrap_or((id, "0"));
    (ms.parse().unwrap_or(0), sequence.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RoomId;

    #[test]
    fn ids_compare_by_time_then_sequence() {
        assert!(parse_id("10-2") < parse_id("10-10"));
        assert!(parse_id("9-10") < parse_id("10-0"));
    }

    #[test]
    fn a_room_always_uses_the_same_stream() {
        let room = RoomId(uuid::Uuid::now_v7());
        let spread = |news: &News| encode(news).map(|(by, _)| stream_index(by));

        let one = spread(&News::Moved { room_id: room, seq: 1 });
        let two = spread(&News::Moved { room_id: room, seq: 2 });

        assert!(one.is_some());
        assert_eq!(one, two);
    }
}
