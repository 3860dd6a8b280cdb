//! The WebSocket door: one multiplexed connection for everything live.
//!
//! [`protocol`] has the frames, [`connection`] what a connection does with them, [`outgoing`]
//! what leaves it, [`body`] and [`frame_guard`] the two places where bytes are touched.

mod body;
mod connection;
mod control;
mod database;
mod flood;
mod frame_guard;
mod greeting;
mod handshake;
mod heartbeat;
mod inbound;
mod outgoing;
pub mod protocol;
mod subscriptions;
mod typing;

use std::time::Duration;

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, get, http::header, web};
use ipnet::IpNet;
use tracing_actix_web::RequestId;

pub use handshake::Handshakes;

use crate::{
    domain::origin::AllowedOrigins,
    error::{Error, Result},
    rate_limit::{Limit, Quota},
    service::Chat,
};

pub const SUBPROTOCOL: &str = "devschat.v1";

/// What the socket door needs to know beyond the use cases.
#[derive(Clone, Debug)]
pub struct SocketSettings {
    pub allowed_origins: AllowedOrigins,
    pub trusted_proxies: Vec<IpNet>,
    pub max_connections: usize,
    pub max_connections_per_user: usize,
    /// How often an idle peer is pinged.
    pub heartbeat: Duration,
    /// Any frames, per connection.
    pub frames: Quota,
    /// Rooms subscribed to, per connection.
    pub subscribes: Quota,
}

/// Open the socket.
///
/// Subprotocol `devschat.v1`, JSON text frames tagged by `type`: see `ClientFrame` and
/// `ServerFrame`. The access token comes in the first frame, `hello`. No cookie is read.
#[utoipa::path(tag = "socket", operation_id = "open_socket", responses(
    (status = 101, description = "Speak `ClientFrame`, hear `ServerFrame`"),
    (status = 403, description = "The page's origin is not allowed"),
    (status = 429, description = "Too many sockets of this address have not said who they are"),
    (status = 503, description = "Too many connections, or the server is stopping"),
))]
#[get("/api/v1/ws")]
pub async fn open(
    request: HttpRequest,
    payload: web::Payload,
    chat: web::Data<Chat>,
    settings: web::Data<SocketSettings>,
    handshakes: web::Data<Handshakes>,
) -> actix_web::Result<HttpResponse> {
    check_origin(&request, &settings)?;
    let address = handshake::client_address(&request, &settings.trusted_proxies);
    chat.limit(Limit::Handshakes, &address).await?;
    let handshake = handshakes.begin(address, chat.hub.people.count(), settings.max_connections)?;

    let request_id = request.extensions().get::<RequestId>().map(ToString::to_string);
    let payload = frame_guard::guard(&request, payload, protocol::MAX_FRAME_BYTES).await?;
    let (response, _, stream) = actix_ws::handle_with_protocols(&request, payload, &[SUBPROTOCOL])
        .map_err(|error| Error::invalid(format!("This is no WebSocket handshake: {error}.")))?;
    let speaks_ours = response.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    let offers_others = request.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    let outgoing = outgoing::Outgoing::new();
    let response = body::attach(response, outgoing.clone());
    let stream = stream
        .max_frame_size(protocol::MAX_FRAME_BYTES)
        .aggregate_continuations()
        .max_continuation_size(protocol::MAX_FRAME_BYTES);
    actix_web::rt::spawn(connection::run(Box::new(connection::Accepted {
        chat: chat.into_inner(),
        settings: settings.into_inner(),
        handshake: Some(handshake),
        outgoing,
        stream,
        request_id,
        is_version_supported: speaks_ours || !offers_others,
    })));
    Ok(response)
}

fn check_origin(request: &HttpRequest, settings: &SocketSettings) -> Result<()> {
    let Some(origin) = request.headers().get(header::ORIGIN) else {
        return Ok(());
    };
    let is_allowed = origin.to_str().is_ok_and(|origin| {
        settings.allowed_origins.allow(origin, request.connection_info().host())
    });
    if is_allowed { Ok(()) } else { Err(Error::forbidden("This page may not open a socket here.")) }
}
