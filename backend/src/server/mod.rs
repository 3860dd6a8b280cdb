//! Composition root: from a [`Config`] to a running server, and its graceful stop.
//!
//! The two ways to run differ here and nowhere else: in the database connection, the relay
//! and the rate limiter.

mod listen;
pub mod operator;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{dev::ServerHandle, web};
use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::task::JoinHandle;
use uuid::Uuid;

use self::listen::{Shared, listen};
use crate::{
    auth::{
        access_token::AccessTokens, password::PasswordHasher, refresh_token::RefreshTokens,
        sealed::Seal,
    },
    config::Config,
    feed::{hub::Hub, people::Notice, sweep::Followers},
    http::health::Stopping,
    mail::Mailer,
    openid::Provider,
    rate_limit::{RateLimiter, local::LocalLimiter, redis::RedisLimiter},
    relay::{InstanceId, Relay, local::LocalRelay, redis::RedisRelay},
    service::{
        self, Chat,
        mail::{Post, deliver},
    },
    socket::Handshakes,
    store::{
        database::Database,
        ledger::{CommitSink, Ledger},
        purge, server_state,
    },
    telemetry,
};

/// Sockets are closed over at most this long when the server stops, so that their clients
/// don't all come back to the remaining instances at once.
const DRAIN: Duration = Duration::from_secs(20);
const DRAIN_PER_SOCKET: Duration = Duration::from_millis(5);
const DRAIN_SLICE: usize = 20;
/// Connections that were about to begin have this long.
const LAST_CALL: Duration = Duration::from_secs(2);
/// What a client of a stopping server waits before it comes back, at least and at most.
const RETURN_AFTER_MS: std::ops::Range<u64> = 100..2_000;

const MAINTAIN_EVERY: Duration = Duration::from_secs(60);
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// A running server.
pub struct Server {
    address: SocketAddr,
    chat: Arc<Chat>,
    stopping: web::Data<Stopping>,
    handshakes: web::Data<Handshakes>,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    followers: Followers,
    maintenance: JoinHandle<()>,
    delivery: JoinHandle<()>,
}

impl Server {
    /// Starts with the relay that the configuration asks for.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        let config = config.resolved()?;
        let relay: Arc<dyn Relay> = match &config.redis_url {
            Some(url) => Arc::new(RedisRelay::start(url, &config.redis_prefix)?),
            None => Arc::new(LocalRelay::new()),
        };
        Self::start_with(config, relay).await
    }

    /// Starts with a given relay, which others may share.
    pub async fn start_with(config: Config, relay: Arc<dyn Relay>) -> anyhow::Result<Self> {
        let config = config.resolved()?;
        config.check()?;
        let recorder = telemetry::measurements()?;
        let db = Database::connect(&config.database_url).await?;
        db.migrate().await.context("the schema can't be brought up to date")?;

        let epoch = server_state::epoch(&db).await?;
        let hub = Hub::new(db.clone(), epoch, Arc::clone(&relay), InstanceId(Uuid::now_v7()));
        let followers = hub.follow(&relay);
        let (post, wishes) = Post::new(mailer(&config)?);
        let chat = Arc::new(chat(&config, db, relay, hub, post).await?);
        let maintenance = tokio::spawn(maintain(Arc::clone(&chat), recorder.clone()));

        let stopping = web::Data::new(Stopping::default());
        let handshakes = web::Data::new(Handshakes::default());
        let shared = Shared {
            chat: web::Data::from(Arc::clone(&chat)),
            stopping: stopping.clone(),
            handshakes: handshakes.clone(),
            recorder: web::Data::new(recorder),
        };
        let listening = listen(&config, shared)?;
        let address = listening.address;
        let public_url = public_url(&config, address);
        if let Some(provider) = &chat.openid {
            let base = public_url.trim_end_matches('/');
            provider.come_back_to(format!("{base}/api/v1/auth/oidc/callback"))?;
        }
        tracing::info!(%address, "DevsChat is at {public_url}");
        let delivery = tokio::spawn(deliver(Arc::clone(&chat), wishes, public_url));
        Ok(Self {
            address,
            chat,
            stopping,
            handshakes,
            handle: listening.handle,
            serving: listening.serving,
            followers,
            maintenance,
            delivery,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends without losing anything: takes nothing new, sends the sockets away a few at a
    /// time, commits what is queued.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.stopping.begin();
        self.handshakes.close();
        self.drain().await;
        self.chat.hub.state_presence(Vec::new());
        self.handle.stop(true).await;
        self.chat.ledger.close().await;
        self.maintenance.abort();
        self.delivery.abort();
        drop(self.followers);
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "the server did not end well");
        }
        self.chat.db.clone().close().await;
        tracing::info!("stopped");
    }

    async fn drain(&self) {
        let everybody = self.chat.hub.people.everybody();
        let total =
            DRAIN.min(DRAIN_PER_SOCKET * u32::try_from(everybody.len()).unwrap_or(u32::MAX));
        let slices = everybody.len().div_ceil(DRAIN_SLICE).max(1);
        let pause = total / u32::try_from(slices).unwrap_or(u32::MAX);
        let spread = RETURN_AFTER_MS.end - RETURN_AFTER_MS.start;
        for slice in everybody.chunks(DRAIN_SLICE) {
            for (place, notices) in slice.iter().enumerate() {
                let share = spread * place as u64 / DRAIN_SLICE as u64;
                let retry_after_ms = RETURN_AFTER_MS.start + share;
                // A connection that doesn't listen is cut off a moment later.
                let _ = notices.try_send(Arc::new(Notice::Restarting { retry_after_ms }));
            }
            tokio::time::sleep(pause).await;
        }
        self.send_the_rest_away().await;
    }

    /// Those who said hello while the others were sent away.
    async fn send_the_rest_away(&self) {
        let deadline = tokio::time::Instant::now() + LAST_CALL;
        while self.chat.hub.people.count() > 0 && tokio::time::Instant::now() < deadline {
            for notices in self.chat.hub.people.everybody() {
                let retry_after_ms = RETURN_AFTER_MS.end;
                let _ = notices.try_send(Arc::new(Notice::Restarting { retry_after_ms }));
            }
            tokio::time::sleep(DRAIN_PER_SOCKET).await;
        }
    }
}

async fn chat(
    config: &Config,
    db: Database,
    relay: Arc<dyn Relay>,
    hub: Arc<Hub>,
    post: Post,
) -> anyhow::Result<Chat> {
    let limiter: Arc<dyn RateLimiter> = match &config.redis_url {
        Some(url) => Arc::new(RedisLimiter::new(url, &config.redis_prefix, config.quotas())?),
        None => Arc::new(LocalLimiter::new(config.quotas())),
    };
    let secrets = config.signing_secrets()?;
    let sink: Arc<dyn CommitSink> = hub.clone();
    Ok(Chat {
        ledger: Ledger::start(&db, &config.database_url, &sink),
        passwords: PasswordHasher::new(cores())?,
        access_tokens: AccessTokens::new(&secrets, Duration::from_secs(config.access_token_s)),
        refresh_tokens: RefreshTokens::new(&secrets),
        is_first_admin: config.is_local(),
        signup: config.signup_policy(),
        post,
        openid: provider(config)?,
        seal: Seal::new(&secrets, b"devschat openid sign-in"),
        db,
        hub,
        relay,
        limiter,
    })
}

fn mailer(config: &Config) -> anyhow::Result<Mailer> {
    match &config.smtp_url {
        Some(url) => Mailer::smtp(url, config.mail_from.as_deref().unwrap_or_default()),
        None if config.is_local() => Ok(Mailer::Log),
        None => Ok(Mailer::Off),
    }
}

fn provider(config: &Config) -> anyhow::Result<Option<Provider>> {
    let Some(set) = config.openid.provider()? else { return Ok(None) };
    let provider = Provider::new(set.name, set.issuer, set.client_id, set.client_secret);
    provider.context("sign-in with OpenID Connect can't be set up").map(Some)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn public_url(config: &Config, address: SocketAddr) -> String {
    let local = || {
        let host = if address.ip().is_loopback() {
            "localhost".to_owned()
        } else {
            address.ip().to_string()
        };
        format!("http://{host}:{}", address.port())
    };
    config.public_url.clone().unwrap_or_else(local)
}

/// Keeps the house clean.
async fn maintain(chat: Arc<Chat>, recorder: PrometheusHandle) {
    let mut maintenance = tokio::time::interval(MAINTAIN_EVERY);
    let mut upkeep = tokio::time::interval(UPKEEP_EVERY);
    loop {
        tokio::select! {
            _ = maintenance.tick() => {
                if let Err(error) = purge::run(&chat.db, service::now()).await {
                    tracing::warn!(error = ?error, "erasing what is no longer needed failed");
                }
            }
            _ = upkeep.tick() => recorder.run_upkeep(),
        }
    }
}
