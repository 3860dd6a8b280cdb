//! What is told in passing: who is typing, who is online. No `seq`, never stored, dropped first.

use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::text_frame;
use crate::domain::id::{RoomId, UserId};

/// The frames of passing things.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Whisper {
    Typing { room_id: RoomId, user_id: UserId },
    Presence { users: Vec<UserPresence> },
}

/// Whether somebody is online.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct UserPresence {
    pub user_id: UserId,
    pub status: PresenceStatus,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresenceStatus {
    Online,
    Offline,
}

impl Whisper {
    /// As it goes over the socket.
    pub fn encode(&self) -> Bytes {
        text_frame(self)
    }

    pub fn presence(changes: Vec<(UserId, bool)>) -> Self {
        let users = changes.into_iter().map(|(user_id, is_online)| UserPresence {
            user_id,
            status: if is_online { PresenceStatus::Online } else { PresenceStatus::Offline },
        });
        Self::Presence { users: users.collect() }
    }
}
