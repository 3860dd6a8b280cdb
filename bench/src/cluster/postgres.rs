//! PostgreSQL, with everything that makes its commits durable; it can be killed like by a
//! power cut and recovers from its log.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use super::{
    Folders,
    process::{Process, Program, Signal, send, some_port},
};

const PATIENCE: Duration = Duration::from_secs(30);
const STOPPED_WITHIN: Duration = Duration::from_secs(5);
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);
/// Where Debian and Ubuntu keep the server programs, one folder per version.
const VERSIONS: &str = "/usr/lib/postgresql";
const OLDEST: u32 = 15;

pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    log: PathBuf,
    user: Vec<String>,
    port: u16,
    process: Process,
}

impl Postgres {
    pub async fn start(folders: &Folders) -> anyhow::Result<Self> {
        let programs = programs()?;
        let folder = folders.work.join("postgres");
        let log = folders.logs.join("postgres.log");
        std::fs::create_dir_all(&folder)?;
        let user = become_unprivileged(&folder)?;
        initialise(&programs, &folder, &log, &user)?;
        for _ in 0..ATTEMPTS {
            let port = some_port();
            let process = launch(&programs, &folder, &log, &user, port)?;
            let (programs, folder, log, user) =
                (programs.clone(), folder.clone(), log.clone(), user.clone());
            let mut postgres = Self { programs, folder, log, user, port, process };
            if postgres.wait_until_ready().await.is_ok() {
                return Ok(postgres);
            }
        }
        bail!("PostgreSQL does not start: see {}", log.display())
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// How to reach it through an address.
    pub fn url(&self, address: SocketAddr) -> String {
        format!("postgres://postgres@{address}/postgres")
    }

    /// `kill -9` of all its processes, and a start that recovers from the log.
    pub async fn crash(&mut self) -> anyhow::Result<()> {
        let children = children_of(self.process.id());
        self.process.kill();
        for child in children {
            send(Signal::Kill, child);
        }
        for _ in 0..ATTEMPTS {
            self.process = launch(&self.programs, &self.folder, &self.log, &self.user, self.port)?;
            if self.wait_until_ready().await.is_ok() {
                return Ok(());
            }
            // The shared memory of the killed may not be free yet.
            tokio::time::sleep(PAUSE).await;
        }
        bail!("PostgreSQL does not come back: see {}", self.log.display())
    }

    async fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        let (ready, folder) = (self.programs.join("pg_isready"), self.folder.clone());
        let port = self.port.to_string();
        let is_ready = || {
            // Through the socket in our folder: the port might be answered by somebody else.
            let asking = Command::new(&ready).args(["-q", "-p", &port, "-h"]).arg(&folder).status();
            std::future::ready(asking.is_ok_and(|status| status.success()))
        };
        self.process.wait_until("PostgreSQL is ready", PATIENCE, is_ready).await
    }
}

/// An immediate stop leaves no shared memory behind, as a killed one would.
impl Drop for Postgres {
    fn drop(&mut self) {
        self.process.signal(Signal::Quit);
        let deadline = Instant::now() + STOPPED_WITHIN;
        while !self.process.has_ended() && Instant::now() < deadline {
            std::thread::sleep(PAUSE);
        }
    }
}

fn launch(
    programs: &Path,
    folder: &Path,
    log: &Path,
    user: &[String],
    port: u16,
) -> anyhow::Result<Process> {
    let settings = [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        "max_connections=100".to_owned(),
        "shared_buffers=64MB".to_owned(),
    ];
    let mut arguments = vec!["-D".to_owned(), folder.join("data").display().to_string()];
    arguments.extend(settings.into_iter().flat_map(|setting| ["-c".to_owned(), setting]));
    Process::start(Program {
        path: &programs.join("postgres"),
        arguments,
        environment: Vec::new(),
        folder,
        log,
        death_signal: Signal::Quit,
        user: user.to_vec(),
    })
}

fn initialise(programs: &Path, folder: &Path, log: &Path, user: &[String]) -> anyhow::Result<()> {
    let log_file = std::fs::File::options().create(true).append(true).open(log)?;
    let status = Command::new("setpriv")
        .args(["--pdeathsig", "TERM"])
        .args(user)
        .arg(programs.join("initdb"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"])
        .arg("--no-sync")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(log_file.try_clone()?)
        .stderr(log_file)
        .status()
        .context("setpriv can't be run")?;
    ensure!(status.success(), "initdb failed: see {}", log.display());
    Ok(())
}

/// PostgreSQL refuses to run as root: gives the folder to another user; returns what setpriv
/// needs to become that user.
fn become_unprivileged(folder: &Path) -> anyhow::Result<Vec<String>> {
    let answer = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    };
    if answer(&["-u"]).as_deref() != Some("0") {
        return Ok(Vec::new());
    }
    let user = if answer(&["postgres"]).is_some() { "postgres" } else { "nobody" };
    let group = answer(&["-g", user]).context("there is no unprivileged user")?;
    let status = Command::new("chown").arg(format!("{user}:{group}")).arg(folder).status()?;
    ensure!(status.success(), "{} can't be given to {user}", folder.display());
    let arguments = ["--reuid", user, "--regid", &group, "--init-groups"];
    Ok(arguments.map(str::to_owned).to_vec())
}

/// The oldest version that is new enough: it is the one that proves what is promised.
fn programs() -> anyhow::Result<PathBuf> {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let versions = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let oldest = versions.filter(|version| *version >= OLDEST).min();
    if let Some(version) = oldest {
        return Ok(Path::new(VERSIONS).join(version.to_string()).join("bin"));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    on_path.with_context(|| format!("PostgreSQL {OLDEST} is missing"))
}

/// Processes whose parent is this one, from the fourth field of `/proc/*/stat` (proc(5)).
fn children_of(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |id: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        after_name.split_whitespace().nth(1) == Some(&parent.to_string())
    };
    ids.filter(is_child).collect()
}
