//! A real SMTP server that keeps what it gets in a folder.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::net::TcpStream;

use super::Process;

const PATIENCE: Duration = Duration::from_secs(20);

/// aiosmtpd, of the Python that `DEVSCHAT_TEST_PYTHON` names, or the distribution's.
pub struct Mailbox {
    pub address: SocketAddr,
    child: Child,
    directory: TempDir,
}

impl Mailbox {
    pub async fn start() -> Self {
        let python =
            std::env::var("DEVSCHAT_TEST_PYTHON").unwrap_or_else(|_| "/usr/bin/python3".to_owned());
        let directory = tempfile::tempdir().expect("a temporary directory");
        let address = Process::free_address();
        let child = Command::new(python)
            .args(["-m", "aiosmtpd", "--nosetuid", "--listen", &address.to_string()])
            .args(["--class", "aiosmtpd.handlers.Mailbox"])
            .arg(directory.path().join("mails"))
            .stdin(Stdio::null())
            .spawn()
            .expect("Python with aiosmtpd: see .ci/install-test-deps");
        let mut mailbox = Self { address, child, directory };
        let started = Instant::now();
        while TcpStream::connect(address).await.is_err() {
            let ended = mailbox.child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "aiosmtpd ended: see .ci/install-test-deps");
            assert!(started.elapsed() < PATIENCE, "aiosmtpd does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        mailbox
    }

    /// How a server is told to use it.
    pub fn arguments(&self) -> [String; 2] {
        [
            format!("--smtp-url=smtp://{}", self.address),
            "--mail-from=DevsChat <chat@example.org>".to_owned(),
        ]
    }

    /// All mails, once there are so many.
    pub async fn mails(&self, count: usize) -> Vec<String> {
        let started = Instant::now();
        loop {
            let mails = self.received();
            if mails.len() >= count {
                return mails;
            }
            assert!(started.elapsed() < PATIENCE, "{} of {count} mails", mails.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The tokens of all mails, once there are so many. In no order.
    pub async fn tokens(&self, count: usize) -> Vec<String> {
        self.mails(count).await.iter().map(|mail| token_in(mail)).collect()
    }

    /// What came so far.
    pub fn received(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.directory.path().join("mails/new")) else {
            return Vec::new();
        };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.map(|path| std::fs::read_to_string(path).expect("a mail")).collect()
    }
}

/// What the link in a mail, or in a line of the log, has behind `#`.
pub fn token_in(text: &str) -> String {
    // Quoted-printable breaks long lines.
    let text = text.replace("=\r\n", "").replace("=\n", "");
    let (_, token) = text.split_once('#').expect("a link");
    token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
