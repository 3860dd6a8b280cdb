//! The processes of a run, and a proxy on every hop between them.
//!
//! ```text
//! clients ─▶ proxy ─▶ instance 0 ─▶ proxy ─▶ PostgreSQL
//!                          └──────▶ proxy ─▶ Redis
//! ```
//!
//! The same for every instance. Each proxy can reset its connections, or swallow all that
//! passes. Nothing of a cluster survives the harness: see [`process`].

pub mod instance;
pub mod logs;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod redis;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use tokio::sync::Mutex;

use self::{
    instance::{Backing, Instance},
    postgres::Postgres,
    proxy::Proxy,
    redis::Redis,
};

/// What instances stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Runtime {
    /// Two instances on PostgreSQL and Redis.
    ScaleOut,
    /// One instance on a SQLite file.
    Sqlite,
}

impl Runtime {
    pub const fn name(self) -> &'static str {
        match self {
            Self::ScaleOut => "scale-out",
            Self::Sqlite => "sqlite",
        }
    }

    pub const fn instances(self) -> usize {
        match self {
            Self::ScaleOut => 2,
            Self::Sqlite => 1,
        }
    }
}

/// One instance and its hops. Who changes the instance holds its lock for as long.
pub struct Node {
    pub instance: Mutex<Instance>,
    pub from_clients: Proxy,
    pub to_postgres: Option<Proxy>,
    pub to_redis: Option<Proxy>,
}

pub struct Cluster {
    pub runtime: Runtime,
    pub nodes: Vec<Arc<Node>>,
    pub postgres: Option<Mutex<Postgres>>,
    pub redis: Option<Mutex<Redis>>,
    /// Where the database is, past all proxies.
    pub database_url: String,
}

/// The folders of a run.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Removed at the end.
    pub work: PathBuf,
    pub logs: PathBuf,
}

impl Cluster {
    /// Starts everything; returns when all instances are ready.
    pub async fn start(runtime: Runtime, server: &Path, folders: &Folders) -> anyhow::Result<Self> {
        // A copy, so that building the server meanwhile changes nothing.
        let program = folders.work.join("devschat");
        std::fs::copy(server, &program)
            .with_context(|| format!("there is no server at {}", server.display()))?;
        let (postgres, redis) = match runtime {
            Runtime::ScaleOut => {
                let (postgres, redis) =
                    tokio::join!(Postgres::start(folders), Redis::start(folders));
                (Some(postgres?), Some(redis?))
            }
            Runtime::Sqlite => (None, None),
        };
        let database_url = match &postgres {
            Some(postgres) => postgres.url(postgres.address()),
            None => format!("sqlite://{}", folders.work.join("devschat.db").display()),
        };
        let mut starting = Vec::new();
        for index in 0..runtime.instances() {
            let node = node(index, &program, folders, postgres.as_ref(), redis.as_ref());
            starting.push(node);
        }
        let nodes = futures_util::future::try_join_all(starting).await?;
        Ok(Self {
            runtime,
            nodes: nodes.into_iter().map(Arc::new).collect(),
            postgres: postgres.map(Mutex::new),
            redis: redis.map(Mutex::new),
            database_url,
        })
    }
}

async fn node(
    index: usize,
    program: &Path,
    folders: &Folders,
    postgres: Option<&Postgres>,
    redis: Option<&Redis>,
) -> anyhow::Result<Node> {
    let from_clients = Proxy::start(proxy::Source::Kept).await?;
    let mut backing = Backing {
        database_url: format!("sqlite://{}", folders.work.join("devschat.db").display()),
        redis_url: None,
    };
    let (mut to_postgres, mut to_redis) = (None, None);
    if let Some(postgres) = postgres {
        let proxy = Proxy::start(proxy::Source::Own).await?;
        proxy.lead_to(postgres.address());
        backing.database_url = postgres.url(proxy.address());
        to_postgres = Some(proxy);
    }
    if let Some(redis) = redis {
        let proxy = Proxy::start(proxy::Source::Own).await?;
        proxy.lead_to(redis.address());
        backing.redis_url = Some(format!("redis://{}/", proxy.address()));
        to_redis = Some(proxy);
    }
    let log = folders.logs.join(format!("instance-{index}.log"));
    let mut instance = Instance::new(index, program.to_owned(), folders.work.clone(), log, backing);
    let address = instance.start().await?;
    instance.wait_until_ready().await?;
    from_clients.lead_to(address);
    Ok(Node { instance: Mutex::new(instance), from_clients, to_postgres, to_redis })
}
