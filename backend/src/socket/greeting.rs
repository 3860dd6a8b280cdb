//! The beginning of a socket: `hello`, checked, and `welcome`.

use std::{io::ErrorKind, rc::Rc, sync::Arc, time::Duration};

use actix_web::error::PayloadError;
use actix_ws::{AggregatedMessage, ProtocolError};
use uuid::Uuid;

use super::{
    connection::{Accepted, Connection, Ending},
    control::{self, CloseCode},
    heartbeat::Heartbeat,
    inbound::Inbound,
    protocol::{ClientFrame, Limits, MAX_HELLO_BYTES, ServerFrame, Welcome},
};
use crate::{
    auth::access_token::Identity,
    domain::{id::ConnectionId, scope::Scope, user::User},
    error::{Error, ErrorCode, Result},
    feed::people::Seat,
    rate_limit::Limit,
};

const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// Waits for `hello`, checks it, answers `welcome`.
pub async fn greet(accepted: &mut Accepted) -> std::result::Result<Box<Connection>, Ending> {
    if !accepted.is_version_supported {
        return Err(Some(CloseCode::UnsupportedVersion));
    }
    let text = tokio::time::timeout(HELLO_WITHIN, first_text(accepted))
        .await
        .map_err(|_| Some(CloseCode::NoHello))??;
    let Ok(ClientFrame::Hello { token, client }) = ClientFrame::parse(&text) else {
        return Err(Some(CloseCode::Protocol));
    };
    let chat = Arc::clone(&accepted.chat);
    let authenticated = chat.authenticate_user(&token).await;
    let (identity, user) = authenticated.map_err(|error| Some(refusal(&error)))?;
    let may_listen = chat.require_scope(identity, Scope::MessagesRead);
    may_listen.map_err(|error| Some(refusal(&error)))?;
    let id = ConnectionId(Uuid::now_v7());
    let max = accepted.settings.max_connections_per_user;
    let (user_id, session_id) = (identity.user_id, identity.session_id);
    // Before the rooms are read, so that no change of membership falls between the two.
    let seat = Seat::enter(&chat.hub, user_id, session_id, id, max)
        .ok_or(Some(CloseCode::TooManyConnections))?;
    let welcome = welcome(accepted, id, identity, user).await.map_err(|error| {
        tracing::error!(error = ?error, "hello could not be answered");
        Some(CloseCode::Internal)
    })?;
    seat.knows(welcome.rooms.iter().map(|room| room.room_id));
    accepted.outgoing.borrow_mut().answer(&ServerFrame::Welcome(Box::new(welcome)));
    let request_id = accepted.request_id.as_deref();
    tracing::info!(request_id, connection.id = %id, user.id = %user_id, client, "socket opened");
    let inbound = Inbound::new(&chat, &accepted.settings, &accepted.outgoing);
    let heartbeat = Heartbeat::every(accepted.settings.heartbeat);
    let outgoing = Rc::clone(&accepted.outgoing);
    Ok(Box::new(Connection::new(id, identity, seat, inbound, outgoing, heartbeat)))
}

async fn welcome(
    accepted: &Accepted,
    id: ConnectionId,
    identity: Identity,
    user: User,
) -> Result<Welcome> {
    let (chat, settings) = (&accepted.chat, &accepted.settings);
    let limits = Limits::new(
        chat.limiter.quota(Limit::Messages),
        settings.frames,
        settings.subscribes,
        settings.max_connections_per_user,
    );
    Ok(Welcome {
        connection_id: id,
        user,
        epoch: chat.epoch(),
        heartbeat_ms: u64::try_from(settings.heartbeat.as_millis()).unwrap_or(u64::MAX),
        limits,
        token_expires_at: identity.expires_at,
        rooms: chat.joined_rooms(identity.user_id).await?,
    })
}

async fn first_text(accepted: &mut Accepted) -> std::result::Result<String, Ending> {
    loop {
        if accepted.outgoing.borrow().is_congested() {
            return Err(Some(CloseCode::Stalled));
        }
        match accepted.stream.recv().await {
            Some(Ok(AggregatedMessage::Text(text))) if text.len() <= MAX_HELLO_BYTES => {
                return Ok(text.to_string());
            }
            Some(Ok(AggregatedMessage::Text(_))) => return Err(Some(CloseCode::TooLarge)),
            Some(Ok(AggregatedMessage::Binary(_))) => return Err(Some(CloseCode::Unsupported)),
            Some(Ok(AggregatedMessage::Close(_))) => return Err(Some(CloseCode::Done)),
            Some(Ok(AggregatedMessage::Ping(content))) => {
                accepted.outgoing.borrow_mut().answer_bytes(control::pong(&content));
            }
            Some(Ok(AggregatedMessage::Pong(_))) => {}
            Some(Err(error)) => return Err(broken(&error)),
            None => return Err(None),
        }
    }
}

/// What a `hello` that fails ends with.
fn refusal(error: &Error) -> CloseCode {
    match error.code {
        ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::Overloaded => CloseCode::Internal,
        _ => CloseCode::TokenInvalid,
    }
}

/// What bytes that are no WebSocket end with.
pub fn broken(error: &ProtocolError) -> Ending {
    match error {
        ProtocolError::Overflow => Some(CloseCode::TooLarge),
        ProtocolError::Io(cause) if cause.kind() == ErrorKind::InvalidData => {
            Some(CloseCode::InvalidText)
        }
        ProtocolError::Io(cause) => match cause.get_ref().and_then(|cause| cause.downcast_ref()) {
            // The frame guard.
            Some(PayloadError::Overflow) => Some(CloseCode::TooLarge),
            // The peer is gone.
            Some(_) => None,
            // The continuation limit has no type of its own.
            None => Some(CloseCode::TooLarge),
        },
        _ => Some(CloseCode::Protocol),
    }
}
