//! The server under test, on core 0 with everything it stands on. A second instance is on core 1,
//! beside the generator: what crosses over is measured, not two servers that wait for one core.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use super::{
    scenario::Server,
    usage::{children, cpu, cpu_of_family, memory_kib, pin},
};
use crate::cluster::{
    Folders,
    instance::LIMITS,
    postgres::Postgres,
    process::{Process, Program, Signal, some_port},
    redis::Redis,
};

pub const SERVER_CORE: u32 = 0;
pub const GENERATOR_CORE: u32 = 1;
/// Its packages come from `npm ci` in that folder.
const SOCKET_IO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/socketio/server.js");
const READY_WITHIN: Duration = Duration::from_secs(30);

pub struct Subject {
    pub addresses: Vec<SocketAddr>,
    pub database_url: String,
    processes: Vec<Process>,
    postgres: Option<Postgres>,
    redis: Option<Redis>,
    work: PathBuf,
}

/// CPU time so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpu {
    pub server: Duration,
    /// PostgreSQL and Redis.
    pub backing: Duration,
}

impl Subject {
    /// Starts it; returns when it is ready. `programs` is the folder of the released programs.
    pub async fn start(server: Server, programs: &Path) -> anyhow::Result<Self> {
        // Not TMPDIR: PostgreSQL's user must be able to enter it, and a socket's path is short.
        let name = format!("devschat-load-{}-{}", std::process::id(), fastrand::u32(..));
        let work = Path::new("/tmp").join(name);
        std::fs::create_dir_all(&work)?;
        let folders = Folders { work: work.clone(), logs: work.clone() };
        let postgres =
            if server.needs_postgres() { Some(Postgres::start(&folders).await?) } else { None };
        let redis = if server.needs_redis() { Some(Redis::start(&folders).await?) } else { None };
        if let Some(postgres) = &postgres {
            for process in children(postgres.id()).into_iter().chain([postgres.id()]) {
                pin(process, SERVER_CORE)?;
            }
        }
        if let Some(redis) = &redis {
            pin(redis.id(), SERVER_CORE)?;
        }
        let database_url = postgres.as_ref().map_or_else(
            || format!("sqlite://{}", work.join("devschat.db").display()),
            |postgres| postgres.url(postgres.address()),
        );
        let mut subject = Self {
            addresses: Vec::new(),
            database_url,
            processes: Vec::new(),
            postgres,
            redis,
            work,
        };
        for _ in 0..if server == Server::TwoInstances { 2 } else { 1 } {
            subject.launch(server, programs).await?;
        }
        Ok(subject)
    }

    /// Starts one more server on the same database.
    pub async fn launch(&mut self, server: Server, programs: &Path) -> anyhow::Result<()> {
        let address = SocketAddr::from(([127, 0, 0, 1], some_port()));
        let program = match server {
            Server::BareTokio => "bare-tokio",
            Server::BareActix => "bare-actix",
            Server::OneCommit => "one-commit",
            Server::BareReads => "bare-reads",
            _ => "devschat",
        };
        let command = if server == Server::SocketIo {
            vec!["node".to_owned(), SOCKET_IO.to_owned()]
        } else {
            let program = std::fs::canonicalize(programs.join(program))
                .with_context(|| format!("there is no {program} in {}", programs.display()))?;
            vec![program.display().to_string()]
        };
        let mut environment = vec![
            ("DEVSCHAT_LISTEN", address.to_string()),
            ("DATABASE_URL", self.database_url.clone()),
            // Of one run on loopback.
            ("DEVSCHAT_SECRET", "bG9hZC1ydW5zLWFyZS1ub3Qtc2VjcmV0LXNoYXJlZA".to_owned()),
            ("DEVSCHAT_LOG", "warn".to_owned()),
            ("DEVSCHAT_WORKERS", "1".to_owned()),
            ("DEVSCHAT_ACCESS_TOKEN_S", "3600".to_owned()),
            ("DEVSCHAT_MAX_CONNECTIONS_PER_USER", "100000".to_owned()),
        ];
        environment.extend(LIMITS.map(|limit| (limit, "off".to_owned())));
        if let Some(redis) = &self.redis {
            environment.push(("REDIS_URL", format!("redis://{}/", redis.address())));
        }
        let is_second = server == Server::TwoInstances && !self.addresses.is_empty();
        let core = if is_second { GENERATOR_CORE } else { SERVER_CORE };
        let log = self.work.join("server.log");
        let mut process = Process::start(Program {
            path: Path::new("taskset"),
            arguments: [vec!["-c".to_owned(), core.to_string()], command].concat(),
            environment,
            folder: &self.work,
            log: &log,
            death_signal: Signal::Kill,
            user: Vec::new(),
        })?;
        let deadline = Instant::now() + READY_WITHIN;
        while std::net::TcpStream::connect(address).is_err() {
            let has_ended = process.has_ended() || Instant::now() > deadline;
            anyhow::ensure!(
                !has_ended,
                "it does not start: {}",
                std::fs::read_to_string(&log).unwrap_or_default()
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.addresses.push(address);
        self.processes.push(process);
        Ok(())
    }

    /// Ends the server started last, at once.
    pub fn kill_last(&mut self) {
        self.processes.pop();
        self.addresses.pop();
    }

    pub fn cpu(&self) -> Cpu {
        let postgres = self.postgres.as_ref().map(|postgres| cpu_of_family(postgres.id()));
        let redis = self.redis.as_ref().map(|redis| cpu(redis.id()));
        Cpu {
            server: self.processes.iter().map(|process| cpu(process.id())).sum(),
            backing: postgres.unwrap_or_default() + redis.unwrap_or_default(),
        }
    }

    /// Of the servers: `VmRSS` or `VmHWM`, the peak.
    pub fn memory_kib(&self, line: &str) -> u64 {
        self.processes.iter().map(|process| memory_kib(process.id(), line)).sum()
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.processes.clear();
        self.redis = None;
        self.postgres = None;
        // What can't be removed is left to whoever cleans up temporary files.
        let _ = std::fs::remove_dir_all(&self.work);
    }
}
