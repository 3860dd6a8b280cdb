//! The configuration: one struct, read from the environment (or arguments of the same names)
//! here and nowhere else.

mod kept_secret;

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use ipnet::IpNet;

use crate::{
    rate_limit::{Quota, Quotas},
    store::database::sqlite_path,
};

const MIN_SECRET_BYTES: usize = 32;
/// A secret that was copied from documentation protects nobody.
const EXAMPLE_WORDS: [&str; 4] = ["change-me", "changeme", "example", "secret-secret"];

#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where to listen.
    #[arg(long, env = "DEVSCHAT_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// `sqlite://path` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://data/devschat.db",
        hide_env_values = true
    )]
    pub database_url: String,

    /// `redis://…`; without it the server is the only instance.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<String>,

    /// Begins the names of everything kept in Redis.
    #[arg(long, env = "DEVSCHAT_REDIS_PREFIX", default_value = "devschat")]
    pub redis_prefix: String,

    /// Signs tokens: 32 bytes or more. On loopback one is made and kept when absent.
    #[arg(long, env = "DEVSCHAT_SECRET", hide_env_values = true)]
    pub secret: Option<String>,

    /// Where browsers find the server; `http://` and the listening address when absent.
    #[arg(long, env = "DEVSCHAT_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Pages elsewhere that may speak to the server, separated by commas.
    #[arg(long, env = "DEVSCHAT_ALLOWED_ORIGINS", value_delimiter = ',')]
    pub allowed_origins: Vec<String>,

    /// Proxies whose X-Forwarded-For is believed, as addresses or networks, separated by commas.
    #[arg(long, env = "DEVSCHAT_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,

    /// The built SPA.
    #[arg(long, env = "DEVSCHAT_STATIC_DIR")]
    pub static_dir: Option<PathBuf>,

    /// Which log lines: a level, or a filter of tracing-subscriber.
    #[arg(long, env = "DEVSCHAT_LOG", default_value = "info")]
    pub log: String,

    /// How log lines look; `json` when they don't go to a terminal.
    #[arg(long, env = "DEVSCHAT_LOG_FORMAT")]
    pub log_format: Option<LogFormat>,

    /// Threads that serve connections; one per core when absent.
    #[arg(long, env = "DEVSCHAT_WORKERS")]
    pub workers: Option<usize>,

    /// Messages, per user.
    #[arg(long, env = "DEVSCHAT_LIMIT_MESSAGES", default_value = "5/s:20")]
    pub limit_messages: Quota,

    /// Frames, per connection.
    #[arg(long, env = "DEVSCHAT_LIMIT_FRAMES", default_value = "20/s:200")]
    pub limit_frames: Quota,

    /// Rooms subscribed to, per connection.
    #[arg(long, env = "DEVSCHAT_LIMIT_SUBSCRIBES", default_value = "50/s:500")]
    pub limit_subscribes: Quota,

    /// New accounts, per client address.
    #[arg(long, env = "DEVSCHAT_LIMIT_SIGNUP", default_value = "20/m:60")]
    pub limit_signup: Quota,

    /// Wrong passwords, per account and client address; `off` also takes off the next two.
    #[arg(long, env = "DEVSCHAT_LIMIT_LOGIN", default_value = "12/h:5")]
    pub limit_login: Quota,

    /// Wrong passwords, per client address.
    #[arg(long, env = "DEVSCHAT_LIMIT_LOGIN_ADDRESS", default_value = "6/m:20")]
    pub limit_login_address: Quota,

    /// Wrong passwords, per account, from wherever.
    #[arg(long, env = "DEVSCHAT_LIMIT_LOGIN_ACCOUNT", default_value = "1/m:100")]
    pub limit_login_account: Quota,

    /// New sockets, per client address.
    #[arg(long, env = "DEVSCHAT_LIMIT_HANDSHAKES", default_value = "20/s:200")]
    pub limit_handshakes: Quota,

    /// REST calls, per user.
    #[arg(long, env = "DEVSCHAT_LIMIT_REQUESTS", default_value = "50/s:500")]
    pub limit_requests: Quota,

    /// How often an idle socket is pinged, in milliseconds; less than any proxy in between waits.
    #[arg(long, env = "DEVSCHAT_HEARTBEAT_MS", default_value_t = 25_000, value_parser = clap::value_parser!(u64).range(100..=120_000))]
    pub heartbeat_ms: u64,

    /// How long an access token is valid, in seconds.
    #[arg(long, env = "DEVSCHAT_ACCESS_TOKEN_S", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub access_token_s: u64,

    /// Sockets of one user.
    #[arg(long, env = "DEVSCHAT_MAX_CONNECTIONS_PER_USER", default_value_t = 10)]
    pub max_connections_per_user: usize,

    /// Sockets of this instance.
    #[arg(long, env = "DEVSCHAT_MAX_CONNECTIONS", default_value_t = 50_000)]
    pub max_connections: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Pretty,
    Json,
}

impl Config {
    /// The same, with what is set to nothing taken for not set, as compose files do it.
    pub fn tidied(mut self) -> Self {
        for setting in [&mut self.redis_url, &mut self.secret, &mut self.public_url] {
            setting.take_if(|value| value.trim().is_empty());
        }
        self.static_dir.take_if(|directory| directory.as_os_str().is_empty());
        for list in [&mut self.allowed_origins, &mut self.trusted_proxies] {
            list.retain(|value| !value.trim().is_empty());
        }
        self
    }

    /// Refuses what would be unsafe or can't work, with a sentence that says what to do.
    pub fn check(&self) -> anyhow::Result<()> {
        let is_sqlite = sqlite_path(&self.database_url).is_some();
        let is_postgres = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| self.database_url.starts_with(scheme));
        ensure!(is_sqlite || is_postgres, "DATABASE_URL must begin with sqlite:// or postgres://");
        ensure!(
            !(is_sqlite && self.redis_url.is_some()),
            "REDIS_URL is for several instances, which need PostgreSQL: set DATABASE_URL to postgres://…, or unset REDIS_URL"
        );
        if let Some(secret) = &self.secret {
            ensure!(
                secret.len() >= MIN_SECRET_BYTES,
                "DEVSCHAT_SECRET must have at least {MIN_SECRET_BYTES} bytes: try `openssl rand -base64 48`"
            );
        }
        ensure!(
            self.allowed_origins
                .iter()
                .all(|origin| origin.starts_with("http://") || origin.starts_with("https://")),
            "DEVSCHAT_ALLOWED_ORIGINS must list origins like https://chat.example.org"
        );
        self.trusted_networks()?;
        if self.listen.ip().is_loopback() { Ok(()) } else { self.check_exposed() }
    }

    /// The trusted proxies: networks, and addresses as networks of one.
    pub fn trusted_networks(&self) -> anyhow::Result<Vec<IpNet>> {
        let networks = self.trusted_proxies.iter().map(|text| {
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or_else(|_| address()).with_context(|| {
                format!("DEVSCHAT_TRUSTED_PROXIES: {text:?} is neither an address nor a network")
            })
        });
        networks.collect()
    }

    /// What listening beyond loopback asks for.
    fn check_exposed(&self) -> anyhow::Result<()> {
        let Some(secret) = &self.secret else {
            bail!(
                "DEVSCHAT_SECRET must be set to listen on {}: try `openssl rand -base64 48`",
                self.listen
            );
        };
        let lowered = secret.to_lowercase();
        ensure!(
            !EXAMPLE_WORDS.iter().any(|word| lowered.contains(word)),
            "DEVSCHAT_SECRET looks like an example: make your own with `openssl rand -base64 48`"
        );
        if let Some(url) = &self.public_url {
            ensure!(
                url.starts_with("https://") || is_local_url(url),
                "DEVSCHAT_PUBLIC_URL must begin with https://: tokens must not cross a network in the clear"
            );
        }
        Ok(())
    }

    /// The signing secret; on loopback it is made on the first start and kept beside the data.
    pub fn signing_secret(&self) -> anyhow::Result<Vec<u8>> {
        match &self.secret {
            Some(secret) => Ok(secret.clone().into_bytes()),
            None => kept_secret::read_or_make(&self.data_directory().join("secret")),
        }
    }

    fn data_directory(&self) -> PathBuf {
        let beside_database = sqlite_path(&self.database_url).and_then(Path::parent);
        beside_database.map_or_else(|| PathBuf::from("data"), Path::to_path_buf)
    }

    /// Whether browsers reach the server over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Whether it can only be reached from this very machine.
    pub fn is_local(&self) -> bool {
        self.listen.ip().is_loopback()
            && self.public_url.as_ref().is_none_or(|url| is_local_url(url))
    }

    pub const fn quotas(&self) -> Quotas {
        let (login_address, login_account) = match self.limit_login {
            Quota::Off => (Quota::Off, Quota::Off),
            Quota::Limited { .. } => (self.limit_login_address, self.limit_login_account),
        };
        Quotas {
            messages: self.limit_messages,
            signup: self.limit_signup,
            login: self.limit_login,
            login_address,
            login_account,
            handshakes: self.limit_handshakes,
            requests: self.limit_requests,
        }
    }
}

fn is_local_url(url: &str) -> bool {
    let authority = url.strip_prefix("http://").unwrap_or_default();
    let authority = authority.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn checked(arguments: &[&str]) -> Result<(), String> {
        let arguments = std::iter::once(&"devschat").chain(arguments);
        let cli = Cli::try_parse_from(arguments).map_err(|error| error.to_string())?;
        cli.config.tidied().check().map_err(|error| error.to_string())
    }

    const GOOD_SECRET: &str = "--secret=Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0";

    #[test]
    fn loopback_needs_nothing() {
        assert_eq!(checked(&[]), Ok(()));
    }

    #[test]
    fn beyond_loopback_unsafe_settings_are_refused_with_what_to_do() {
        let open = "--listen=0.0.0.0:8080";
        let refusal = |arguments: &[&str]| checked(arguments).unwrap_err();

        assert!(refusal(&[open]).contains("DEVSCHAT_SECRET must be set"));
        assert!(refusal(&[open, "--secret=short"]).contains("at least 32 bytes"));
        assert!(
            refusal(&[open, "--secret=please-change-me-please-change-me-please"])
                .contains("example")
        );
        assert!(
            refusal(&[open, GOOD_SECRET, "--public-url=http://chat.example.org"])
                .contains("https://")
        );
        assert_eq!(checked(&[open, GOOD_SECRET, "--public-url=https://chat.example.org"]), Ok(()));
        assert_eq!(checked(&[open, GOOD_SECRET, "--public-url=http://localhost:8080"]), Ok(()));
    }

    #[test]
    fn sqlite_with_redis_is_refused() {
        assert!(checked(&["--redis-url=redis://127.0.0.1/"]).unwrap_err().contains("PostgreSQL"));
        assert!(checked(&["--database-url=mysql://x/y"]).unwrap_err().contains("DATABASE_URL"));
        assert!(checked(&["--allowed-origins=*"]).unwrap_err().contains("origins"));
    }

    #[test]
    fn what_is_set_to_nothing_is_not_set() {
        let empty = [
            "--redis-url=",
            "--secret=",
            "--public-url=",
            "--trusted-proxies=",
            "--allowed-origins=",
        ];
        assert_eq!(checked(&empty), Ok(()));
    }

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_network() {
        assert_eq!(checked(&["--trusted-proxies=10.0.0.0/8,192.0.2.7,::1"]), Ok(()));
        assert!(checked(&["--trusted-proxies=proxy"]).is_err());
    }
}
