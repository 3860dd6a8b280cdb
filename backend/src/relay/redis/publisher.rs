//! Sends news to the streams, many at a time.
//!
//! Who reads the streams can't know what never got into them. So what was lost is told with the
//! next news that get through; every instance says who is connected to it every few seconds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use deadpool_redis::redis::{
    self, Client, RedisResult, aio::MultiplexedConnection, streams::StreamMaxlen,
};
use tokio::sync::mpsc;

use super::{
    FROM, NEWS, count_lost,
    listener::Told,
    names::{Names, STREAMS},
};
use crate::relay::{InstanceId, News};

/// Entries a stream keeps, about.
const STREAM_LENGTH: usize = 10_000;
/// A larger event is announced, not carried.
const MAX_INLINE_BYTES: usize = 8 * 1024;
const MAX_PIPELINE: usize = 128;
const SEND_TIMEOUT: Duration = Duration::from_secs(1);

/// How long an instance's word on who is connected to it is kept.
const PRESENCE_TTL: Duration = Duration::from_secs(15);

pub struct Publisher {
    client: Client,
    names: Names,
    streams: Vec<String>,
    /// Something was lost that others have not been told of yet.
    has_lost: Arc<AtomicBool>,
}

impl Publisher {
    pub fn new(client: Client, names: Names, has_lost: Arc<AtomicBool>) -> Self {
        Self { client, streams: names.streams(), names, has_lost }
    }

    /// Sends what waits, until nobody can publish any more.
    pub async fn run(self, mut waiting: mpsc::Receiver<(InstanceId, News)>) {
        let mut connection: Option<MultiplexedConnection> = None;
        let mut batch = Vec::with_capacity(MAX_PIPELINE);
        let mut is_failing = false;
        while waiting.recv_many(&mut batch, MAX_PIPELINE).await > 0 {
            if let Some((from, _)) = batch.first()
                && self.has_lost.swap(false, Ordering::Relaxed)
            {
                batch.push((*from, News::Lost));
            }
            let sending = async {
                let mut link = match connection.take() {
                    Some(link) => link,
                    None => self.client.get_multiplexed_async_connection().await?,
                };
                self.pipeline(&batch).query_async::<()>(&mut link).await?;
                RedisResult::Ok(link)
            };
            match tokio::time::timeout(SEND_TIMEOUT, sending).await {
                Ok(Ok(link)) => {
                    connection = Some(link);
                    is_failing = false;
                }
                Ok(Err(error)) => self.lost(&batch, &mut is_failing, &error.to_string()),
                Err(_) => self.lost(&batch, &mut is_failing, "no answer in time"),
            }
            batch.clear();
        }
    }

    /// Counts what is lost; says so once, and not for every message while Redis is away.
    fn lost(&self, batch: &[(InstanceId, News)], is_failing: &mut bool, error: &str) {
        self.has_lost.store(true, Ordering::Relaxed);
        count_lost(batch.len() as u64);
        if !std::mem::replace(is_failing, true) {
            tracing::warn!(error, "the relay loses news; the sweep stands in");
        }
    }

    fn pipeline(&self, batch: &[(InstanceId, News)]) -> redis::Pipeline {
        let mut pipeline = redis::pipe();
        for (from, news) in batch {
            if news.is_ephemeral() {
                self.tell(&mut pipeline, *from, news);
                continue;
            }
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

    /// Tells something in passing.
    fn tell(&self, pipeline: &mut redis::Pipeline, from: InstanceId, news: &News) {
        let Ok(json) = serde_json::to_string(&Told { from, news: news.clone() }) else {
            return;
        };
        if let News::Present { instance, .. } = news {
            let ttl_ms = u64::try_from(PRESENCE_TTL.as_millis()).unwrap_or(u64::MAX);
            pipeline.pset_ex(self.names.presence(*instance), &json, ttl_ms).ignore();
        }
        pipeline.publish(self.names.channel(), json).ignore();
    }
}

/// The news as JSON, and what spreads them over the streams.
fn encode(news: &News) -> Option<(u128, String)> {
    let spread_by = match news {
        News::Event { event, .. } => event.room_id.0.as_u128(),
        News::Moved { room_id, .. } => room_id.0.as_u128(),
        News::Read { user_id, .. }
        | News::SessionEnded { user_id, .. }
        | News::AccountDisabled { user_id } => user_id.0.as_u128(),
        News::Lost => 0,
        News::Typing { .. } | News::Present { .. } => return None,
    };
    let json = serde_json::to_string(news).ok()?;
    if let (News::Event { event, .. }, true) = (news, json.len() > MAX_INLINE_BYTES) {
        let moved = News::Moved { room_id: event.room_id, seq: event.seq };
        return Some((spread_by, serde_json::to_string(&moved).ok()?));
    }
    Some((spread_by, json))
}

fn stream_index(spread_by: u128) -> usize {
    usize::try_from(spread_by % STREAMS as u128).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RoomId;

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
