//! Reads all streams, for ever.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use deadpool_redis::redis::{
    self, AsyncConnectionConfig, Client,
    aio::MultiplexedConnection,
    streams::{StreamRangeReply, StreamReadOptions, StreamReadReply},
};
use tokio::{sync::broadcast, time::Instant};

use super::{FROM, NEWS};
use crate::relay::{Delivery, InstanceId};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const BLOCK: Duration = Duration::from_millis(2_000);
const READ_COUNT: usize = 512;
/// How often our ids are compared with the streams'.
const CHECK_EVERY: Duration = Duration::from_secs(2);
/// A blocked read that takes longer than this is a dead connection.
const READ_DEADLINE: Duration = Duration::from_secs(5);
const FIRST_RETRY: Duration = Duration::from_millis(100);
const LONGEST_RETRY: Duration = Duration::from_secs(2);

pub struct Reader {
    client: Client,
    streams: Vec<String>,
    /// The last id read of each stream; nothing before it was resolved.
    ids: Vec<Option<String>>,
    inbox: broadcast::Sender<(InstanceId, Delivery)>,
    is_connected: Arc<AtomicBool>,
}

impl Reader {
    pub fn new(
        client: Client,
        streams: Vec<String>,
        inbox: broadcast::Sender<(InstanceId, Delivery)>,
        is_connected: Arc<AtomicBool>,
    ) -> Self {
        let ids = vec![None; streams.len()];
        Self { client, streams, ids, inbox, is_connected }
    }

    pub async fn run(mut self) {
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
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_response_timeout(None);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let mut connection = tokio::time::timeout(CONNECT_TIMEOUT * 2, connecting).await??;
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
    use super::parse_id;

    #[test]
    fn ids_compare_by_time_then_sequence() {
        assert!(parse_id("10-2") < parse_id("10-10"));
        assert!(parse_id("9-10") < parse_id("10-0"));
    }
}
