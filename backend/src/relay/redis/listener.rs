//! Hears what is told in passing: Redis Pub/Sub, so that it can't push events out of a stream.

use std::time::Duration;

use anyhow::Context as _;
use deadpool_redis::redis::{self, Client, aio::MultiplexedConnection};
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use super::names::Names;
use crate::relay::{Delivery, InstanceId, News};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Instances say who is there every 5 s and hear themselves: silence is a dead connection.
const LONGEST_SILENCE: Duration = Duration::from_secs(12);
const RETRY: Duration = Duration::from_secs(1);
const KEYS_A_SCAN: usize = 1_000;

/// What goes over the channel, and into an instance's key.
#[derive(Serialize, Deserialize)]
pub struct Told {
    pub from: InstanceId,
    pub news: News,
}

pub struct Listener {
    pub client: Client,
    pub names: Names,
    pub inbox: broadcast::Sender<(InstanceId, Delivery)>,
}

impl Listener {
    pub async fn run(self) {
        loop {
            if let Err(error) = self.listen_until_error().await {
                tracing::debug!(%error, "nothing is heard in passing");
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn listen_until_error(&self) -> anyhow::Result<()> {
        let connecting = async {
            let mut pubsub = self.client.get_async_pubsub().await?;
            pubsub.subscribe(self.names.channel()).await?;
            self.read_keys().await?;
            anyhow::Ok(pubsub)
        };
        let pubsub = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await??;
        let mut messages = pubsub.into_on_message();
        loop {
            let message = tokio::time::timeout(LONGEST_SILENCE, messages.next()).await?;
            let message = message.context("the connection ended")?;
            self.take(message.get_payload_bytes());
        }
    }

    /// What instances said before this one listened.
    async fn read_keys(&self) -> anyhow::Result<()> {
        let mut connection = self.client.get_multiplexed_async_connection().await?;
        let mut cursor = 0_u64;
        loop {
            let (next, keys) = self.scan(&mut connection, cursor).await?;
            if !keys.is_empty() {
                let mut command = redis::cmd("MGET");
                let values: Vec<Option<String>> =
                    command.arg(keys).query_async(&mut connection).await?;
                values.iter().flatten().for_each(|value| self.take(value.as_bytes()));
            }
            cursor = next;
            if cursor == 0 {
                return Ok(());
            }
        }
    }

    async fn scan(
        &self,
        connection: &mut MultiplexedConnection,
        cursor: u64,
    ) -> anyhow::Result<(u64, Vec<String>)> {
        let mut command = redis::cmd("SCAN");
        command.arg(cursor).arg("MATCH").arg(self.names.presence_pattern());
        Ok(command.arg("COUNT").arg(KEYS_A_SCAN).query_async(connection).await?)
    }

    fn take(&self, json: &[u8]) {
        match serde_json::from_slice::<Told>(json) {
            Ok(told) => {
                let _ = self.inbox.send((told.from, Delivery::News(told.news)));
            }
            Err(error) => tracing::warn!(%error, "something was told that is not ours"),
        }
    }
}
