//! What happened in a run, as the clients saw it: one JSON object a line.
//!
//! Times are microseconds of one monotonic clock since the run's start, taken under the lock
//! that orders the lines; so a line above another happened before it, or at the same time.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub at_us: u64,
    #[serde(flatten)]
    pub what: What,
}

/// A simulated person with one login, who has at most one connection at a time.
pub type ClientId = u32;
/// Names an operation, in the whole run.
pub type OpId = u64;
/// Names a connection, in the whole run.
pub type ConnectionId = u64;
/// An event's number in its room.
pub type Seq = i64;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum What {
    /// The first line.
    Run { seed: u64, commit: String, runtime: String, instances: u32, clients: u32, rooms: u32 },
    /// Which user a client is.
    Client { client: ClientId, user_id: Uuid },
    /// Everything before this line only prepared the run; from here on all is recorded.
    Start,

    /// A client wants something: its first attempt is about to leave.
    Invoke { op: OpId, client: ClientId, room_id: Uuid, action: Action },
    /// The same is asked again, because what became of the attempt before is unknown, or it
    /// was told to come back later; or on purpose, though it was answered or is under way.
    Retry { op: OpId, attempt: u32 },
    /// A send's frame leaves on a connection. A connection's frames leave in the order of
    /// these lines.
    Leaves { op: OpId, connection: ConnectionId },
    /// The operation was acknowledged: over the socket or by a 2xx. `seq` is its place: for a
    /// message where it stands, for another change of a message its new revision (or a later
    /// one, if it was changed again before it was read for the answer), for anything else
    /// unknown. A repeated send of an acknowledged message (to see that its answer is the
    /// same) makes a further `Ack` of the same `op`.
    Ack {
        op: OpId,
        epoch: Option<String>,
        seq: Option<Seq>,
        message_id: Option<Uuid>,
        duplicate: Option<bool>,
    },
    /// The operation was refused for good. `is_definite`: every attempt was answered with a
    /// refusal, so nothing of it may be in the database. Otherwise an earlier attempt's outcome
    /// is unknown.
    Refused { op: OpId, code: String, is_definite: bool },

    /// `welcome` was heard.
    Connected { client: ClientId, connection: ConnectionId, instance: u32, epoch: String },
    /// The connection ended; `code` is the close code, if one came.
    Disconnected { client: ClientId, connection: ConnectionId, code: Option<u16> },
    /// `subscribed` was heard. `after` is what was asked for: the client's cursor, or nothing
    /// (it begins at `head`).
    Subscribed {
        client: ClientId,
        connection: ConnectionId,
        room_id: Uuid,
        epoch: String,
        head: Seq,
        after: Option<Seq>,
    },
    /// An event arrived, alone or within `events`, whatever the client then did with it: every
    /// event heard is a line. The client's own cursor moves by the protocol's rule.
    Heard {
        client: ClientId,
        connection: ConnectionId,
        room_id: Uuid,
        seq: Seq,
        kind: String,
        actor_id: Uuid,
        /// For messages: as the event shows it.
        message: Option<SeenMessage>,
        /// For memberships: whom it is about.
        user_id: Option<Uuid>,
    },
    /// `reset` was heard; the client loads a page and subscribes after its `as_of_seq`.
    Reset {
        client: ClientId,
        connection: ConnectionId,
        room_id: Uuid,
        epoch: String,
        head: Seq,
        reason: String,
    },
    /// `removed` was heard: the subscription ended.
    Removed { client: ClientId, connection: ConnectionId, room_id: Uuid, seq: Seq, reason: String },
    /// The client gave a subscription up by itself (`unsubscribe` was answered).
    Unsubscribed { client: ClientId, connection: ConnectionId, room_id: Uuid },
    /// A page of messages was read by REST.
    Page {
        client: ClientId,
        room_id: Uuid,
        epoch: String,
        as_of_seq: Seq,
        messages: Vec<SeenMessage>,
        has_more_before: bool,
        has_more_after: bool,
    },
    /// A client was refused a room it asked for (`error` to `subscribe`, 403 or 404).
    Denied { client: ClientId, room_id: Uuid, code: String },

    /// A fault begins (`is_over: false`) or has been repaired (`true`).
    Fault { kind: String, target: String, is_over: bool },
    /// No operation is under way any more and none will begin.
    Quiet,
    /// Where a client stands at the very end: for each room it follows, its cursor.
    Cursor { client: ClientId, room_id: Uuid, epoch: String, seq: Seq },
    /// How long after the last fault all clients had reached the heads; nothing: they did not.
    Converged { after_us: Option<u64> },
}

/// What an operation is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    Send { client_id: String, body: Digest, reply_to: Option<Uuid> },
    Edit { message_id: Uuid, body: Digest },
    Delete { message_id: Uuid },
    React { message_id: Uuid, emoji: String },
    Unreact { message_id: Uuid, emoji: String },
    Join,
    Leave,
    AddMember { user_id: Uuid },
    RemoveMember { user_id: Uuid },
}

/// A message as somebody was shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMessage {
    pub id: Uuid,
    pub seq: Seq,
    pub revision: Seq,
    pub author_id: Uuid,
    /// Shown to its author only.
    pub client_id: Option<String>,
    /// Nothing for a deleted message.
    pub body: Option<Digest>,
    /// Emoji and who set it, sorted.
    pub reactions: Vec<(String, Uuid)>,
}

/// Stands for a text: what is written down is not to grow with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);

impl Digest {
    /// Two texts with the same digest are the same, as far as one run is concerned.
    pub fn of(text: &str) -> Self {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};

        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Self(format!("{:016x}", hasher.finish()))
    }
}
