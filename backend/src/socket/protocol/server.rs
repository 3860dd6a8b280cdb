//! What the server says.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{FrameId, MAX_FRAME_BYTES, MAX_ROOMS_PER_FRAME, MAX_SUBSCRIPTIONS};
use crate::{
    domain::{
        event::{EndReason, Event},
        id::{ConnectionId, Epoch, MessageId, RoomId, Seq, UserId},
        message::MAX_BODY_BYTES,
        role::Role,
        room::JoinedRoom,
        timestamp::Timestamp,
        user::User,
    },
    error::{Error, ErrorCode},
    feed::{frame, whisper::UserPresence},
    rate_limit::Quota,
    service::follow::ResetReason,
};

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
    /// Your own read mark moved: forward as you read, or back as you marked something unread.
    Read {
        room_id: RoomId,
        #[schema(value_type = i64)]
        seq: Seq,
    },
    /// Who of a followed room's members is online, as far as it has changed. Told in passing:
    /// no `seq`, may be lost; not told in rooms of more than 200 members.
    Presence {
        users: Vec<UserPresence>,
    },
    /// Somebody is typing. Told in passing; forget it after six seconds.
    Typing {
        room_id: RoomId,
        user_id: UserId,
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
