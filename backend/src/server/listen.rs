//! The listening server: routes, the layers around them, and what sockets are set to.

use std::{any::Any, net::SocketAddr, time::Duration};

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

use super::cores;
use crate::{
    config::Config,
    domain::origin::AllowedOrigins,
    http::{self, HttpSettings, health::Stopping},
    openapi,
    service::Chat,
    socket::{Handshakes, SocketSettings},
};

/// How long requests may take to end when the server stops.
const SHUTDOWN_TIMEOUT_S: u64 = 10;

/// A frame of a chat is small: with larger buffers an idle connection would keep tens of KiB.
const WRITE_BUFFER_BYTES: usize = 8 * 1024;
const BACKLOG: u32 = 4_096;
const MAX_CONNECTIONS_PER_WORKER: usize = 100_000;
/// From the connection's beginning: clients open some before they have something to ask, and a busy
/// machine or a bad line takes its time.
const REQUEST_HEAD_WITHIN: Duration = Duration::from_secs(15);

/// What was sent to a peer may stay unacknowledged for this long.
const PEER_TIMEOUT: Duration = Duration::from_secs(20);

/// What all workers share.
#[derive(Clone)]
pub struct Shared {
    pub chat: web::Data<Chat>,
    pub stopping: web::Data<Stopping>,
    pub handshakes: web::Data<Handshakes>,
    pub recorder: web::Data<PrometheusHandle>,
}

pub struct Listening {
    pub address: SocketAddr,
    pub handle: ServerHandle,
    pub serving: JoinHandle<std::io::Result<()>>,
}

pub fn listen(config: &Config, shared: Shared) -> anyhow::Result<Listening> {
    let allowed_origins =
        AllowedOrigins::new(config.public_url.clone(), config.allowed_origins.iter().cloned());
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
        heartbeat: Duration::from_millis(config.heartbeat_ms),
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
        app.app_data(web::Data::new(http::fallback::AllowedMethods::documented(&document)))
            .service(http::docs::asyncapi(openapi::asyncapi(&document).unwrap_or_default()))
            .service(http::docs::swagger_ui(document))
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
