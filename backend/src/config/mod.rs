//! The configuration: one struct, read from the environment (or arguments of the same names)
//! here and nowhere else.

mod files;
mod kept_secret;
mod openid;
mod safety;

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use ipnet::IpNet;

pub use self::openid::OpenIdProvider;
use self::{files::SecretFiles, openid::OpenIdSettings, safety::is_local_url};
use crate::{
    auth::key::Secrets,
    domain::signup::{Signup, SignupPolicy},
    rate_limit::{Quota, Quotas},
    store::database::sqlite_path,
};

const DEFAULT_DATABASE_URL: &str = "sqlite://data/devschat.db";
const MIN_SECRET_BYTES: usize = 32;

#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where to listen.
    #[arg(long, env = "DEVSCHAT_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// `sqlite://path` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = DEFAULT_DATABASE_URL,
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

    /// The secret before this one: still verifies, so that changing it logs nobody out.
    #[arg(long, env = "DEVSCHAT_SECRET_PREVIOUS", hide_env_values = true)]
    pub secret_previous: Option<String>,

    #[command(flatten)]
    pub files: SecretFiles,

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

    /// Whether people sign themselves up: `open` or `closed`.
    #[arg(long, env = "DEVSCHAT_SIGNUP", default_value = "open")]
    pub signup: Signup,

    /// The domains whose mail addresses may sign up, separated by commas; any when absent.
    #[arg(long, env = "DEVSCHAT_SIGNUP_DOMAINS", value_delimiter = ',')]
    pub signup_domains: Vec<String>,

    /// The server that takes our mail, `smtps://name:password@host`; without it none is sent.
    #[arg(long, env = "DEVSCHAT_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Whom our mail is from: `DevsChat <chat@example.org>`.
    #[arg(long, env = "DEVSCHAT_MAIL_FROM")]
    pub mail_from: Option<String>,

    #[command(flatten)]
    pub openid: OpenIdSettings,

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

    /// Mails asked for, per client address and per who gets them.
    #[arg(long, env = "DEVSCHAT_LIMIT_MAIL", default_value = "6/h:5")]
    pub limit_mail: Quota,

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
    /// The same, with secrets read from their files, and what is set to nothing taken for not
    /// set, as compose files do it.
    pub fn resolved(mut self) -> anyhow::Result<Self> {
        for setting in [
            &mut self.redis_url,
            &mut self.secret,
            &mut self.secret_previous,
            &mut self.public_url,
            &mut self.smtp_url,
            &mut self.mail_from,
        ]
        .into_iter()
        .chain(self.openid.texts())
        {
            setting.take_if(|value| value.trim().is_empty());
        }
        let files = std::mem::take(&mut self.files);
        let from_file = |name, file: Option<PathBuf>, setting: &mut Option<String>| {
            let read = files::read(name, file.as_deref(), setting.is_some())?;
            *setting = read.or(setting.take());
            anyhow::Ok(())
        };
        from_file("DEVSCHAT_SECRET", files.secret_file, &mut self.secret)?;
        let previous = &mut self.secret_previous;
        from_file("DEVSCHAT_SECRET_PREVIOUS", files.secret_previous_file, previous)?;
        from_file("REDIS_URL", files.redis_url_file, &mut self.redis_url)?;
        from_file("DEVSCHAT_SMTP_URL", files.smtp_url_file, &mut self.smtp_url)?;
        let client_secret = &mut self.openid.oidc_client_secret;
        from_file("DEVSCHAT_OIDC_CLIENT_SECRET", files.oidc_client_secret_file, client_secret)?;
        let mut database_url =
            Some(self.database_url.clone()).filter(|url| url != DEFAULT_DATABASE_URL);
        from_file("DATABASE_URL", files.database_url_file, &mut database_url)?;
        self.database_url = database_url.unwrap_or(self.database_url);
        self.static_dir.take_if(|directory| directory.as_os_str().is_empty());
        let lists =
            [&mut self.allowed_origins, &mut self.trusted_proxies, &mut self.signup_domains];
        for list in lists {
            list.retain(|value| !value.trim().is_empty());
        }
        Ok(self)
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

    /// The signing secret; on loopback it is made on the first start and kept beside the data.
    pub fn signing_secrets(&self) -> anyhow::Result<Secrets> {
        let current = match &self.secret {
            Some(secret) => secret.clone().into_bytes(),
            None => kept_secret::read_or_make(&self.data_directory().join("secret"))?,
        };
        let previous = self.secret_previous.clone().map(String::into_bytes);
        Ok(Secrets { current, previous })
    }

    fn data_directory(&self) -> PathBuf {
        let beside_database = sqlite_path(&self.database_url).and_then(Path::parent);
        beside_database.map_or_else(|| PathBuf::from("data"), Path::to_path_buf)
    }

    /// Whether browsers reach the server over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    pub fn signup_policy(&self) -> SignupPolicy {
        let domains = self.signup_domains.iter().map(|domain| domain.trim().to_lowercase());
        SignupPolicy { signup: self.signup, mail_domains: domains.collect() }
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
            mail: self.limit_mail,
        }
    }
}
