//! The frames of `devschat.v1`: JSON text, tagged by `type`.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    domain::{
        event::{EndReason, Event},
        id::{ConnectionId, Epoch, MessageId, RoomId, Seq},
        message::{ClientId, MAX_BODY_BYTES, MessageBody},
        role::Role,
        room::JoinedRoom,
        timestamp::Timestamp,
        user::User,
    },
    error::{Error, ErrorCode, Result},
    feed::frame,
    rate_limit::Quota,
    service::follow::ResetReason,
};

pub const MAX_FRAME_BYTES: usize = 64 * 1024;
pub const MAX_HELLO_BYTES: usize = 4 * 1024;
pub const MAX_ROOMS_PER_FRAME: usize = 100;
pub const MAX_SUBSCRIPTIONS: usize = 500;
pub const HEARTBEAT_MS: u64 = 25_000;

/// The client's name for a frame, echoed in the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FrameId {
    Number(u64),
    /// At most 64 bytes.
    #[serde(deserialize_with = "short_text")]
    Text(String),
}

/// It comes back once for each room of a `subscribe`: a long one would be an amplifier.
const MAX_FRAME_ID_BYTES: usize = 64;

fn short_text<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() <= MAX_FRAME_ID_BYTES {
        Ok(text)
    } else {
        Err(serde::de::Error::custom("an id has at most 64 bytes"))
    }
}

/// What a client says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// The first frame: who this is. Answered by `welcome`.
    Hello {
        token: String,
        /// The program that speaks, for the log.
        #[serde(default)]
        client: Option<String>,
    },
    /// A fresh access token on a living socket. Answered by `ok`.
    Auth { id: FrameId, token: String },
    /// Follow rooms. Answered per room by `subscribed`, `reset` or `error`.
    Subscribe { id: FrameId, rooms: Vec<SubscribeRoom> },
    /// Stop following rooms. Answered by `ok`.
    Unsubscribe { id: FrameId, rooms: Vec<RoomId> },
    /// Send a message. Answered by `ack` or `error`.
    Send {
        id: FrameId,
        room_id: RoomId,
        client_id: ClientId,
        body: MessageBody,
        #[serde(default)]
        reply_to: Option<MessageId>,
    },
    /// One has read up to `seq`. Not answered.
    Read {
        room_id: RoomId,
        #[schema(value_type = i64, minimum = 0)]
        seq: Seq,
    },
    /// Answered by `pong`.
    Ping {
        #[serde(default)]
        n: u64,
    },
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscribeRoom {
    pub room_id: RoomId,
    /// The history `after` belongs to.
    #[serde(default)]
    pub epoch: Option<String>,
    /// The last event the client has; without it, what comes from now on.
    #[serde(default)]
    #[schema(value_type = Option<i64>, minimum = 0)]
    pub after: Option<Seq>,
}

impl ClientFrame {
    /// Reads a frame. What isn't one is `invalid`.
    pub fn parse(text: &str) -> Result<Self> {
        serde_json::from_str(text)
            .map_err(|error| Error::invalid(format!("This is not a frame: {error}.")))
    }
}

/// The `id` of something that may not be a frame, so that its sender learns what failed.
pub fn frame_id(text: &str) -> Option<FrameId> {
    #[derive(Deserialize)]
    struct Named {
        id: FrameId,
    }
    serde_json::from_str::<Named>(text).ok().map(|named| named.id)
}

/// What the server says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    Welcome(Box<Welcome>),
    Ok {
        id: FrameId,
    },
    Subscribed {
        id: FrameId,
        room_id: RoomId,
        #[schema(value_type = String)]
        epoch: Epoch,
        #[schema(value_type = i64)]
        head: Seq,
    },
    Ack {
        id: FrameId,
        room_id: RoomId,
        #[schema(value_type = i64)]
        seq: Seq,
        message_id: MessageId,
        created_at: Timestamp,
        /// It had been sent before; this is the first result.
        duplicate: bool,
    },
    Error {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<FrameId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        room_id: Option<RoomId>,
        code: ErrorCode,
        detail: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    },
    /// The next event of a room.
    Event(Box<Event>),
    /// The next events of a room, while catching up: at most 200, and about 48 KiB.
    Events {
        room_id: RoomId,
        #[schema(value_type = i64)]
        from: Seq,
        #[schema(value_type = i64)]
        to: Seq,
        #[schema(value_type = Vec<Event>)]
        events: Vec<Box<RawValue>>,
    },
    /// Drop what you hold of the room, load a page by REST, subscribe after its `as_of_seq`.
    Reset {
        room_id: RoomId,
        #[schema(value_type = String)]
        epoch: Epoch,
        #[schema(value_type = i64)]
        head: Seq,
        reason: Reset,
    },
    /// Your membership ended.
    Removed {
        room_id: RoomId,
        #[schema(value_type = i64)]
        seq: Seq,
        reason: EndReason,
    },
    /// Your membership began.
    RoomAdded {
        room_id: RoomId,
        #[schema(value_type = i64)]
        head: Seq,
        #[schema(value_type = i64)]
        read_seq: Seq,
        role: Role,
        unread_count: i64,
        mention_count: i64,
    },
    /// Your own read mark moved.
    Read {
        room_id: RoomId,
        #[schema(value_type = i64)]
        seq: Seq,
    },
    Pong {
        n: u64,
        /// Heads of subscribed rooms that moved since the last `pong`.
        #[schema(value_type = BTreeMap<String, i64>)]
        heads: BTreeMap<RoomId, Seq>,
    },
    TokenExpiring {
        at: Timestamp,
    },
    /// Closing on purpose.
    Bye {
        code: u16,
        retry_after_ms: u64,
    },
}

/// Who one is, what one may do, and where one stands in one's rooms.
#[derive(Debug, Serialize, ToSchema)]
pub struct Welcome {
    pub connection_id: ConnectionId,
    pub user: User,
    #[schema(value_type = String)]
    pub epoch: Epoch,
    pub heartbeat_ms: u64,
    pub limits: Limits,
    pub token_expires_at: Timestamp,
    pub rooms: Vec<JoinedRoom>,
}

/// Why a client has to start anew.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    Epoch,
    TooOld,
    TooFar,
}

impl From<ResetReason> for Reset {
    fn from(reason: ResetReason) -> Self {
        match reason {
            ResetReason::Epoch => Self::Epoch,
            ResetReason::TooFar => Self::TooFar,
        }
    }
}

/// What a connection may do, so that a client needn't try.
#[derive(Debug, Serialize, ToSchema)]
pub struct Limits {
    /// Per user; null where nothing is limited.
    pub messages: Option<RateLimit>,
    /// Any frames, per connection.
    pub frames: Option<RateLimit>,
    /// Rooms subscribed to, per connection.
    pub subscribes: Option<RateLimit>,
    pub max_frame_bytes: usize,
    pub max_body_bytes: usize,
    pub max_rooms_per_subscribe: usize,
    pub max_subscriptions: usize,
    pub max_connections_per_user: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RateLimit {
    pub per_second: f64,
    pub burst: u32,
}

impl Limits {
    pub fn new(
        messages: Quota,
        frames: Quota,
        subscribes: Quota,
        max_connections_per_user: usize,
    ) -> Self {
        Self {
            messages: rate(messages),
            frames: rate(frames),
            subscribes: rate(subscribes),
            max_frame_bytes: MAX_FRAME_BYTES,
            max_body_bytes: MAX_BODY_BYTES,
            max_rooms_per_subscribe: MAX_ROOMS_PER_FRAME,
            max_subscriptions: MAX_SUBSCRIPTIONS,
            max_connections_per_user,
        }
    }
}

fn rate(quota: Quota) -> Option<RateLimit> {
    match quota {
        Quota::Off => None,
        Quota::Limited { interval, burst } => {
            Some(RateLimit { per_second: 1.0 / interval.as_secs_f64(), burst })
        }
    }
}

impl ServerFrame {
    pub fn error(id: Option<FrameId>, room_id: Option<RoomId>, error: &Error) -> Self {
        let retry_after_ms = error
            .retry_after
            .map(|after| u64::try_from(after.as_millis()).unwrap_or(u64::MAX).max(1));
        let detail = error.detail.clone().into_owned();
        Self::Error { id, room_id, code: error.code, detail, retry_after_ms }
    }

    /// As it goes over the socket.
    pub fn encode(&self) -> Bytes {
        frame::text_frame(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_id_is_a_number_or_a_text_and_comes_back_as_it_was() {
        for id in ["7", "\"m-1\""] {
            let text = format!("{{\"type\":\"nonsense\",\"id\":{id}}}");

            let read = frame_id(&text).unwrap();

            assert_eq!(serde_json::to_string(&read).unwrap(), id);
        }
        assert_eq!(frame_id("{"), None);
    }

    #[test]
    fn unknown_fields_and_types_are_refused() {
        assert!(ClientFrame::parse(r#"{"type":"ping","n":1}"#).is_ok());
        assert!(ClientFrame::parse(r#"{"type":"ping","n":1,"seq":2}"#).is_err());
        assert!(ClientFrame::parse(r#"{"type":"sudo"}"#).is_err());
        assert!(ClientFrame::parse("[]").is_err());
    }
}
