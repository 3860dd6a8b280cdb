//! Redis, which may forget everything at any time.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::bail;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{
    Folders,
    process::{Process, Program, Signal, some_port},
};

const PATIENCE: Duration = Duration::from_secs(20);
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 10;

pub struct Redis {
    folder: PathBuf,
    log: PathBuf,
    port: u16,
    process: Process,
}

impl Redis {
    pub async fn start(folders: &Folders) -> anyhow::Result<Self> {
        let (folder, log) = (folders.work.clone(), folders.logs.join("redis.log"));
        for _ in 0..ATTEMPTS {
            let port = some_port();
            let process = launch(&folder, &log, port)?;
            let mut redis = Self { folder: folder.clone(), log: log.clone(), port, process };
            if redis.wait_until_ready().await.is_ok() {
                return Ok(redis);
            }
        }
        bail!("Redis does not start: see {}", log.display())
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// `kill -9`: what it held is gone.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.process = launch(&self.folder, &self.log, self.port)?;
        self.wait_until_ready().await
    }

    /// FLUSHALL: the streams begin anew, below every reader's place.
    pub async fn flush(&self) -> bool {
        self.says("FLUSHALL", "+OK").await
    }

    pub fn stop(&self) {
        self.process.signal(Signal::Stop);
    }

    pub fn go_on(&self) {
        self.process.signal(Signal::Continue);
    }

    async fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        let address = self.address();
        let is_ready = || says(address, "PING", "+PONG");
        self.process.wait_until("Redis is ready", PATIENCE, is_ready).await
    }

    async fn says(&self, command: &str, answer: &str) -> bool {
        says(self.address(), command, answer).await
    }
}

/// Whether Redis answers a command as expected. One inline command needs no client.
async fn says(address: SocketAddr, command: &str, expected: &str) -> bool {
    let asking = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(format!("{command}\r\n").as_bytes()).await?;
        let mut answer = [0; 64];
        let length = stream.read(&mut answer).await?;
        std::io::Result::Ok(answer[..length].starts_with(expected.as_bytes()))
    };
    matches!(tokio::time::timeout(ANSWER_WITHIN, asking).await, Ok(Ok(true)))
}

fn launch(folder: &std::path::Path, log: &std::path::Path, port: u16) -> anyhow::Result<Process> {
    let port = port.to_string();
    let arguments = ["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"];
    Process::start(Program {
        path: std::path::Path::new("redis-server"),
        arguments: arguments.map(str::to_owned).to_vec(),
        environment: Vec::new(),
        folder,
        log,
        death_signal: Signal::Kill,
        user: Vec::new(),
    })
}
