//! One instance of the server: the program itself, as a process.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context as _, ensure};

use super::process::{Process, Program, Signal, some_port};

/// An instance that starts while its database is away waits for it.
/// The settings of all limits: what is proved or measured here is not how often one may.
pub const LIMITS: [&str; 7] = [
    "DEVSCHAT_LIMIT_MESSAGES",
    "DEVSCHAT_LIMIT_FRAMES",
    "DEVSCHAT_LIMIT_SUBSCRIBES",
    "DEVSCHAT_LIMIT_SIGNUP",
    "DEVSCHAT_LIMIT_LOGIN",
    "DEVSCHAT_LIMIT_HANDSHAKES",
    "DEVSCHAT_LIMIT_REQUESTS",
];

const READY_WITHIN: Duration = Duration::from_secs(60);
/// Sending the sockets away takes up to 20 s, requests under way as long again.
const STOPPED_WITHIN: Duration = Duration::from_secs(45);
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 5;

/// Where the instance finds what it stands on.
#[derive(Clone, Debug)]
pub struct Backing {
    pub database_url: String,
    pub redis_url: Option<String>,
}

pub struct Instance {
    pub index: usize,
    program: PathBuf,
    folder: PathBuf,
    log: PathBuf,
    backing: Backing,
    running: Option<(Process, SocketAddr)>,
}

impl Instance {
    pub fn new(
        index: usize,
        program: PathBuf,
        folder: PathBuf,
        log: PathBuf,
        backing: Backing,
    ) -> Self {
        Self { index, program, folder, log, backing, running: None }
    }

    /// Starts the program; returns where it is going to listen.
    pub async fn start(&mut self) -> anyhow::Result<SocketAddr> {
        let address = SocketAddr::from(([127, 0, 0, 1], some_port()));
        let process = Process::start(Program {
            path: &self.program,
            arguments: Vec::new(),
            environment: self.environment(address),
            folder: &self.folder,
            log: &self.log,
            death_signal: Signal::Kill,
            user: Vec::new(),
        })?;
        self.running = Some((process, address));
        Ok(address)
    }

    fn environment(&self, address: SocketAddr) -> Vec<(&'static str, String)> {
        let mut environment = vec![
            ("DEVSCHAT_LISTEN", address.to_string()),
            ("DATABASE_URL", self.backing.database_url.clone()),
            ("REDIS_URL", self.backing.redis_url.clone().unwrap_or_default()),
            // Of one run on loopback; all instances need the same.
            ("DEVSCHAT_SECRET", "ZmF1bHRzLWFyZS1ub3Qtc2VjcmV0cw-c2hhcmVk".to_owned()),
            ("DEVSCHAT_LOG", "info".to_owned()),
            ("DEVSCHAT_LOG_FORMAT", "json".to_owned()),
            ("DEVSCHAT_WORKERS", "2".to_owned()),
        ];
        environment.extend(LIMITS.map(|limit| (limit, "off".to_owned())));
        environment
    }

    /// Waits until it says that it is ready. A port that was taken meanwhile is another
    /// attempt; returns the address in the end.
    pub async fn wait_until_ready(&mut self) -> anyhow::Result<SocketAddr> {
        let http = reqwest::Client::builder().timeout(ANSWER_WITHIN).build()?;
        for _ in 1..ATTEMPTS {
            if let Ok(address) = self.ready(&http).await {
                return Ok(address);
            }
            let has_ended = self.running.as_mut().is_none_or(|(process, _)| process.has_ended());
            ensure!(has_ended, "instance {} isn't ready: {}", self.index, self.log.display());
            self.start().await?;
        }
        self.ready(&http).await.with_context(|| self.log.display().to_string())
    }

    async fn ready(&mut self, http: &reqwest::Client) -> anyhow::Result<SocketAddr> {
        let (process, address) = self.running.as_mut().context("it was not started")?;
        let url = format!("http://{address}/readyz");
        let is_ready = || async {
            http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success())
        };
        process.wait_until("it is ready", READY_WITHIN, is_ready).await?;
        Ok(*address)
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some((mut process, _)) = self.running.take() {
            process.kill();
        }
    }

    /// SIGTERM; waits for the end. False when it had to be killed.
    pub async fn terminate(&mut self) -> bool {
        let Some((mut process, _)) = self.running.take() else { return true };
        process.signal(Signal::Terminate);
        process.ended_within(STOPPED_WITHIN).await
    }

    pub fn stop(&self) {
        self.signal(Signal::Stop);
    }

    pub fn go_on(&self) {
        self.signal(Signal::Continue);
    }

    fn signal(&self, signal: Signal) {
        if let Some((process, _)) = &self.running {
            process.signal(signal);
        }
    }

    /// What it has measured since it was started, as Prometheus's text.
    pub async fn metrics(&self) -> Option<String> {
        let (_, address) = self.running.as_ref()?;
        let http = reqwest::Client::builder().timeout(ANSWER_WITHIN).build().ok()?;
        let answer = http.get(format!("http://{address}/metrics")).send().await.ok()?;
        answer.text().await.ok()
    }

    /// True when it has ended though nobody asked it to.
    pub fn has_crashed(&mut self) -> bool {
        self.running.as_mut().is_some_and(|(process, _)| process.has_ended())
    }
}
