//! One process of a run, which never survives it: ended when dropped, and by a death signal
//! when the harness itself is killed.

use std::{
    fs::File,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What to run, and as whom.
pub struct Program<'a> {
    pub path: &'a Path,
    pub arguments: Vec<String>,
    pub environment: Vec<(&'static str, String)>,
    pub folder: &'a Path,
    /// Appended to.
    pub log: &'a Path,
    /// Sent by the kernel when the harness dies.
    pub death_signal: Signal,
    /// Arguments of setpriv that change the user.
    pub user: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub enum Signal {
    Kill,
    Terminate,
    Quit,
    Stop,
    Continue,
}

impl Signal {
    const fn name(self) -> &'static str {
        match self {
            Self::Kill => "KILL",
            Self::Terminate => "TERM",
            Self::Quit => "QUIT",
            Self::Stop => "STOP",
            Self::Continue => "CONT",
        }
    }
}

pub struct Process {
    child: Child,
}

impl Process {
    /// Starts it in a process group of its own, so that Ctrl-C reaches only the harness.
    pub fn start(program: Program<'_>) -> anyhow::Result<Self> {
        let log = File::options().create(true).append(true).open(program.log);
        let log = log.with_context(|| format!("can't write {}", program.log.display()))?;
        let child = Command::new("setpriv")
            .args(["--pdeathsig", program.death_signal.name()])
            .args(program.user)
            .arg("--")
            .arg(program.path)
            .args(program.arguments)
            .envs(program.environment)
            .current_dir(program.folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn();
        let child = child.with_context(|| format!("can't start {}", program.path.display()))?;
        Ok(Self { child })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    pub fn signal(&self, signal: Signal) {
        send(signal, self.id());
    }

    /// Waits for its end. True when it came in time.
    pub async fn ended_within(&mut self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while !self.has_ended() {
            if Instant::now() > deadline {
                return false;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        true
    }

    /// Waits until a condition holds while the process runs.
    pub async fn wait_until<F: Future<Output = bool>>(
        &mut self,
        what: &str,
        patience: Duration,
        mut condition: impl FnMut() -> F,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + patience;
        while !condition().await {
            if self.has_ended() {
                bail!("it ended before {what}");
            }
            if Instant::now() > deadline {
                bail!("not within {} s: {what}", patience.as_secs());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// `kill -9`; returns when it is gone.
    pub fn kill(&mut self) {
        // A process that has ended already is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal; a process that has ended is passed over.
pub fn send(signal: Signal, process: u32) {
    let sending = Command::new("kill")
        .args(["-s", signal.name(), "--", &process.to_string()])
        .stderr(Stdio::null())
        .status();
    if let Err(error) = sending {
        eprintln!("chaos: kill can't be run: {error}");
    }
}

/// A port nobody listens on, below the range the kernel gives out. It can't be reserved, only
/// tried; whoever finds it taken takes another one.
pub fn some_port() -> u16 {
    loop {
        let port = fastrand::u16(20_000..32_000);
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
