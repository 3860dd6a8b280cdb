//! Composition root: from a [`Config`] to a running server, and its graceful stop.
//!
//! The two ways to run differ here and nowhere else: in the database connection, the relay
//! and the rate limiter.

use std::{any::Any, net::SocketAddr, sync::Arc, time::Duration};

use actix_cors::Cors;
use actix_web::{
    App, HttpServer,
    dev::{Extensions, ServerHandle},
    http::header,
    middleware::{Condition, from_fn},
    rt::net::TcpStream,
    web,
};
use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusHandle;
use socket2::SockRef;
use tokio::task::JoinHandle;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt as _;
use uuid::Uuid;

use crate::{
    auth::{access_token::AccessTokens, password::PasswordHasher, refresh_token::RefreshTokens},
    config::Config,
    domain::origin::AllowedOrigins,
    feed::{hub::Hub, people::Notice, sweep::Followers},
    http::{self, HttpSettings, health::Stopping},
    openapi,
    rate_limit::{RateLimiter, local::LocalLimiter, redis::RedisLimiter},
    relay::{InstanceId, Relay, local::LocalRelay, redis::RedisRelay},
    service::{self, Chat},
    socket::{Handshakes, SocketSettings},
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

/// How long requests may take to end when the server stops.
const SHUTDOWN_TIMEOUT_S: u64 = 10;

/// A frame of a chat is small: with larger buffers an idle connection would keep tens of KiB.
const WRITE_BUFFER_BYTES: usize = 8 * 1024;
const BACKLOG: u32 = 4_096;
const MAX_CONNECTIONS_PER_WORKER: usize = 100_000;
const REQUEST_HEAD_WITHIN: Duration = Duration::from_secs(5);

/// What was sent to a peer may stay unacknowledged for this long.
const PEER_TIMEOUT: Duration = Duration::from_secs(20);

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
    _followers: Followers,
    maintenance: JoinHandle<()>,
}

impl Server {
    /// Starts with the relay that the configuration asks for.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        let config = config.tidied();
        let relay: Arc<dyn Relay> = match &config.redis_url {
            Some(url) => Arc::new(RedisRelay::start(url, &config.redis_prefix)?),
            None => Arc::new(LocalRelay::new()),
        };
        Self::start_with(config, relay).await
    }

    /// Starts with a given relay, which others may share.
    pub async fn start_with(config: Config, relay: Arc<dyn Relay>) -> anyhow::Result<Self> {
        let config = config.tidied();
        config.check()?;
        let recorder = telemetry::measurements()?;
        let db = Database::connect(&config.database_url).await?;
        db.migrate().await.context("the schema can't be brought up to date")?;

        let hub = Hub::new(db.clone(), Arc::clone(&relay), InstanceId(Uuid::now_v7()));
        let followers = hub.follow(&relay);
        let chat = Arc::new(chat(&config, db, relay, hub).await?);
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
        tracing::info!(%address, "DevsChat is at {}", public_url(&config, address));
        Ok(Self {
            address,
            chat,
            stopping,
            handshakes,
            handle: listening.handle,
            serving: listening.serving,
            _followers: followers,
            maintenance,
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
        self.handle.stop(true).await;
        self.chat.ledger.close().await;
        self.maintenance.abort();
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
                let _ = notices.try_send(Notice::Restarting { retry_after_ms });
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
                let _ = notices.try_send(Notice::Restarting { retry_after_ms });
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
) -> anyhow::Result<Chat> {
    let limiter: Arc<dyn RateLimiter> = match &config.redis_url {
        Some(url) => Arc::new(RedisLimiter::new(url, &config.redis_prefix, config.quotas())?),
        None => Arc::new(LocalLimiter::new(config.quotas())),
    };
    let secret = config.signing_secret()?;
    let epoch = server_state::epoch(&db, &Uuid::new_v4().simple().to_string()).await?;
    let sink: Arc<dyn CommitSink> = hub.clone();
    Ok(Chat {
        ledger: Ledger::start(&db, &config.database_url, &sink),
        passwords: PasswordHasher::new(cores()),
        access_tokens: AccessTokens::new(&secret),
        refresh_tokens: RefreshTokens::new(&secret),
        db,
        hub,
        relay,
        limiter,
        epoch,
    })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What all workers share.
#[derive(Clone)]
struct Shared {
    chat: web::Data<Chat>,
    stopping: web::Data<Stopping>,
    handshakes: web::Data<Handshakes>,
    recorder: web::Data<PrometheusHandle>,
}

struct Listening {
    address: SocketAddr,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
}

fn listen(config: &Config, shared: Shared) -> anyhow::Result<Listening> {
    let allowed_origins = AllowedOrigins::new(
        config.allowed_origins.iter().cloned().chain(config.public_url.clone()),
    );
    let trusted_proxies = config.trusted_networks()?;
    let http_settings = web::Data::new(HttpSettings {
        allowed_origins: allowed_origins.clone(),
        trusted_proxies: trusted_proxies.clone(),
        is_secure: config.is_secure(),
    });
    let socket_settings = web::Data::new(SocketSettings {
        allowed_origins: allowed_origins.clone(),
        trusted_proxies: trusted_proxies.clone(),
        max_connections: config.max_connections,
        max_connections_per_user: config.max_connections_per_user,
        frames: config.limit_frames,
        subscribes: config.limit_subscribes,
    });
    let static_dir = config.static_dir.clone();
    let factory = move || {
        let static_dir = static_dir.clone();
        let (app, document) = App::new()
            .into_utoipa_app()
            .openapi(openapi::base())
            .map(|app| {
                app.app_data(shared.chat.clone())
                    .app_data(shared.stopping.clone())
                    .app_data(shared.handshakes.clone())
                    .app_data(shared.recorder.clone())
                    .app_data(http_settings.clone())
                    .app_data(socket_settings.clone())
                    .configure(http::problem::extractor_errors)
            })
            .configure(openapi::routes)
            .split_for_parts();
        app.service(http::docs::swagger_ui(document))
            .configure(|services| {
                if let Some(directory) = &static_dir {
                    services.service(http::spa::files(directory));
                }
            })
            .default_service(web::to(http::fallback::not_here))
            // The last one added is the first to see a request.
            .wrap(from_fn(http::problem::render_problems))
            .wrap(Condition::new(!allowed_origins.list().is_empty(), cors(&allowed_origins)))
            .wrap(from_fn(http::headers::secure))
            .wrap(from_fn(http::access_log::record))
            .wrap(TracingLogger::<http::access_log::RequestSpan>::new())
    };
    let server = HttpServer::new(factory)
        .workers(config.workers.unwrap_or_else(cores))
        .tcp_nodelay(true)
        .h1_write_buffer_size(WRITE_BUFFER_BYTES)
        .backlog(BACKLOG)
        .max_connections(MAX_CONNECTIONS_PER_WORKER)
        .client_request_timeout(REQUEST_HEAD_WITHIN)
        .shutdown_timeout(SHUTDOWN_TIMEOUT_S)
        .on_connect(give_up_on_silence)
        .disable_signals()
        .bind(config.listen)
        .with_context(|| format!("can't listen on {}", config.listen))?;
    let address = server.addrs().first().copied().context("there is no address to listen on")?;
    let server = server.run();
    let handle = server.handle();
    Ok(Listening { address, handle, serving: tokio::spawn(server) })
}

/// Frees connections whose peer vanished or takes nothing any more: the kernel ends them when
/// what was sent stays unacknowledged for this long. Best effort; heartbeats remain.
fn give_up_on_silence(connection: &dyn Any, _: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TcpStream>() {
        let _ = SockRef::from(stream).set_tcp_user_timeout(Some(PEER_TIMEOUT));
    }
}

fn cors(allowed: &AllowedOrigins) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers(["x-request-id", "retry-after", "ratelimit", "ratelimit-policy"])
        .supports_credentials()
        .max_age(3_600);
    allowed.list().iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
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
