//! What to measure, as it stands in a file of `bench/scenarios`.

use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

/// One file: the same load on each of the servers, in turns.
#[derive(Clone, Debug, Deserialize)]
pub struct Scenario {
    pub name: String,
    pub servers: Vec<Server>,
    #[serde(flatten)]
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Server {
    /// DevsChat on a SQLite file.
    Sqlite,
    /// DevsChat on PostgreSQL.
    Postgres,
    /// DevsChat on PostgreSQL and Redis.
    ScaleOut,
    /// Two of them; senders at the first, receivers at the second.
    TwoInstances,
    /// Yardstick: a broadcaster of bare sockets.
    BareTokio,
    /// Yardstick: the same with actix-web and actix-ws.
    BareActix,
    /// Yardstick: a transaction for each message, on PostgreSQL; broadcasts nothing.
    OneCommit,
    /// Yardstick: Socket.IO on PostgreSQL and Redis.
    SocketIo,
    /// Yardstick: reads the tables of a DevsChat on SQLite that ran before it.
    BareReads,
}

impl Server {
    pub const fn is_devschat(self) -> bool {
        matches!(self, Self::Sqlite | Self::Postgres | Self::ScaleOut | Self::TwoInstances)
    }

    /// Whether it answers each message once it is stored.
    pub const fn acknowledges(self) -> bool {
        !matches!(self, Self::BareTokio | Self::BareActix)
    }

    pub const fn needs_postgres(self) -> bool {
        matches!(self, Self::Postgres | Self::OneCommit) || self.needs_redis()
    }

    pub const fn needs_redis(self) -> bool {
        matches!(self, Self::ScaleOut | Self::TwoInstances | Self::SocketIo)
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    Traffic(Traffic),
    Idle { sockets: usize },
    Storm { rooms: usize, sockets: usize, missed: u64 },
    Reads { messages: i64, rooms: usize },
    Start,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Traffic {
    pub rooms: usize,
    /// Sockets that follow each room.
    pub receivers: usize,
    /// Sockets that write in each room; they are the first of those that follow it.
    pub senders: usize,
    pub drive: Drive,
    pub seconds: u64,
    /// Log-ins at once, all the while.
    #[serde(default)]
    pub logins: usize,
}

/// When the next message is sent.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drive {
    /// So many messages a second, whatever the server does.
    PerSecond(f64),
    /// So many of each room are on their way to some receiver.
    UndeliveredPerRoom(u64),
    /// So many of each sender wait for their ack.
    UnackedPerSender(u64),
}

impl Scenario {
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read(path).with_context(|| path.display().to_string())?;
        serde_json::from_slice(&text).with_context(|| path.display().to_string())
    }
}
