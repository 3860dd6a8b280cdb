//! What the database holds when a run is over, read past the server.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::history::{Digest, Seq};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub epoch: String,
    pub rooms: Vec<RoomRow>,
    /// By room and `seq`.
    pub events: Vec<EventRow>,
    pub messages: Vec<MessageRow>,
    pub members: Vec<MemberRow>,
    pub reactions: Vec<ReactionRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRow {
    pub room_id: Uuid,
    pub head_seq: Seq,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    pub room_id: Uuid,
    pub seq: Seq,
    pub kind: String,
    pub actor_id: Uuid,
    pub message_id: Option<Uuid>,
    /// For memberships: whom it is about.
    pub user_id: Option<Uuid>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: Uuid,
    pub room_id: Uuid,
    pub seq: Seq,
    pub revision: Seq,
    pub author_id: Uuid,
    pub client_id: String,
    pub body: Option<Digest>,
    pub is_deleted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub room_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionRow {
    pub message_id: Uuid,
    pub emoji: String,
    pub user_id: Uuid,
}
