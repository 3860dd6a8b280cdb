//! Carries "this room moved" between instances.
//!
//! Two kinds: [`local`] within one process, [`redis`] between many. Which one runs is decided
//! by the configuration; nothing else knows.

pub mod local;
pub mod redis;

use std::sync::Arc;

use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{
    event::Event,
    id::{Epoch, RoomId, Seq, SessionId, UserId},
};

/// One running server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InstanceId(pub Uuid);

/// Something other instances may want to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// A committed event, and the history it belongs to.
    Event { epoch: Epoch, event: Arc<Event> },
    /// That something could not be carried: look at the database now.
    Lost,
    /// That there is one, too large to be carried along.
    Moved { room_id: RoomId, seq: Seq },
    /// A user's read mark moved, forward or back.
    Read { user_id: UserId, room_id: RoomId, seq: Seq },
    /// A login ended.
    SessionEnded { user_id: UserId, session_id: SessionId },
    /// An account was taken out of use.
    AccountDisabled { user_id: UserId },
    /// Somebody is typing.
    Typing { user_id: UserId, room_id: RoomId },
    /// Who is connected to an instance: replaces what it said before, and is believed for a
    /// while only.
    Present { instance: InstanceId, users: Vec<UserId> },
}

impl News {
    /// Whether it is told in passing, and the first to be dropped when there is too much.
    pub const fn is_ephemeral(&self) -> bool {
        matches!(self, Self::Typing { .. } | Self::Present { .. })
    }
}

/// What a subscriber gets.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    News(News),
    /// Something may have been lost: look at the database now.
    Lagged,
}

/// Carries news between instances, as a hint only: the database is the truth.
///
/// The contract, and all of it:
/// * `publish` returns at once and never fails. What can't be carried is lost and counted.
/// * A subscriber gets what other instances published after it subscribed. It may get it
///   late, several times, in another order, or not at all.
/// * Where the relay knows that it lost something, it delivers [`Delivery::Lagged`].
/// * A subscriber never gets its own instance's news.
pub trait Relay: Send + Sync + 'static {
    fn publish(&self, from: InstanceId, news: News);

    /// Endless: ends only when the relay itself is gone.
    fn subscribe(&self, as_instance: InstanceId) -> BoxStream<'static, Delivery>;

    /// Whether news reach other instances at the moment.
    fn is_connected(&self) -> bool;
}
