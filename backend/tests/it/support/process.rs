//! The program itself, as a process that can be killed.

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::{Data, canary};

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Process {
    pub address: SocketAddr,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts the program on an address that stays the same when it is started again.
    pub async fn start(data: &Data, address: SocketAddr) -> Self {
        Self::start_with(data, address, &[]).await
    }

    /// The same with further arguments.
    pub async fn start_with(data: &Data, address: SocketAddr, arguments: &[&str]) -> Self {
        let log = data.path().join("log");
        let log_file =
            std::fs::File::options().create(true).append(true).open(&log).expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_devschat"))
            .args(data.arguments())
            .arg(format!("--listen={address}"))
            .args(["--limit-messages=off", "--limit-signup=off", "--limit-login=off"])
            .args(["--log-format=json", "--workers=1"])
            .args(arguments)
            .current_dir(data.path())
            .stdin(Stdio::null())
            .stderr(log_file)
            .spawn()
            .expect("the program starts");
        let mut process = Self { address, child, log };
        process.wait_until_ready().await;
        process
    }

    /// Runs an operator's command to its end; what it printed.
    pub fn admin(data: &Data, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_devschat"))
            .args(data.arguments())
            .arg("admin")
            .args(arguments)
            .current_dir(data.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// An address nobody listens on.
    pub fn free_address() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address")
    }

    async fn wait_until_ready(&mut self) {
        let started = Instant::now();
        let url = format!("http://{}/readyz", self.address);
        while !reqwest::get(&url).await.is_ok_and(|reply| reply.status().is_success()) {
            let ended = self.child.try_wait().expect("the program can be asked");
            assert!(ended.is_none(), "the program ended: {ended:?}\n{}", self.log());
            assert!(started.elapsed() < PATIENCE, "the program isn't ready\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("the program can be killed");
        self.child.wait().expect("the program has ended");
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        let kill = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
    }

    /// The exit code, once it has ended by itself.
    pub async fn ended(&mut self) -> Option<i32> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be asked") {
                return status.code();
            }
            assert!(started.elapsed() < PATIENCE, "the program does not end\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What it holds in memory.
    pub fn memory_kib(&self) -> u64 {
        self.status_kib("VmRSS:")
    }

    /// The most that it ever held in memory.
    pub fn peak_memory_kib(&self) -> u64 {
        self.status_kib("VmHWM:")
    }

    fn status_kib(&self, name: &str) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let size = line.and_then(|line| line.split_whitespace().next()).expect("a size");
        size.parse().expect("a number")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        canary::check(&self.log());
    }
}
