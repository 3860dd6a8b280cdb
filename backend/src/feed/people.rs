//! Who is connected to this instance, to tell them what concerns them personally.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use parking_lot::Mutex;
use tokio::sync::mpsc;

use super::hub::Hub;
use crate::domain::{
    event::EndReason,
    id::{ConnectionId, RoomId, Seq, SessionId, UserId},
};

/// News a connection may leave unread before it is closed as stalled.
pub const MAX_WAITING: usize = 256;

/// Something for one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Its user became a member.
    RoomAdded { room_id: RoomId },
    /// Its user is no longer a member.
    Removed { room_id: RoomId, seq: Seq, reason: EndReason },
    /// Its user has read on another device.
    Read { room_id: RoomId, seq: Seq },
    /// Its login has ended.
    SessionEnded,
    /// The server stops: go away, and come back after this long.
    Restarting { retry_after_ms: u64 },
}

struct Connection {
    id: ConnectionId,
    session_id: SessionId,
    notices: mpsc::Sender<Notice>,
}

/// A connection's place among the people, until it is dropped.
pub struct Presence {
    /// What the connection is told. When this ends, it was too slow to listen.
    pub notices: mpsc::Receiver<Notice>,
    user_id: UserId,
    id: ConnectionId,
    hub: Arc<Hub>,
}

impl Presence {
    /// Nothing when the user has `max` connections already.
    pub fn enter(
        hub: &Arc<Hub>,
        user_id: UserId,
        session_id: SessionId,
        id: ConnectionId,
        max: usize,
    ) -> Option<Self> {
        let notices = hub.people.add(user_id, session_id, id, max)?;
        Some(Self { notices, user_id, id, hub: Arc::clone(hub) })
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.hub.people.remove(self.user_id, self.id);
    }
}

#[derive(Default)]
pub struct People {
    connections: Mutex<HashMap<UserId, Vec<Connection>>>,
    count: AtomicUsize,
}

impl People {
    fn add(
        &self,
        user_id: UserId,
        session_id: SessionId,
        id: ConnectionId,
        max: usize,
    ) -> Option<mpsc::Receiver<Notice>> {
        let mut connections = self.connections.lock();
        let of_user = connections.entry(user_id).or_default();
        if of_user.len() >= max {
            return None;
        }
        let (notices, receiver) = mpsc::channel(MAX_WAITING);
        of_user.push(Connection { id, session_id, notices });
        self.count.fetch_add(1, Ordering::Relaxed);
        Some(receiver)
    }

    fn remove(&self, user_id: UserId, id: ConnectionId) {
        self.count.fetch_sub(1, Ordering::Relaxed);
        let mut connections = self.connections.lock();
        if let Some(of_user) = connections.get_mut(&user_id) {
            of_user.retain(|connection| connection.id != id);
            if of_user.is_empty() {
                connections.remove(&user_id);
            }
        }
    }

    /// Tells every connection of the user.
    pub fn tell(&self, user_id: UserId, notice: &Notice) {
        self.tell_where(user_id, notice, |_| true);
    }

    /// Tells every connection of one login of the user.
    pub fn end_session(&self, user_id: UserId, session_id: SessionId) {
        self.tell_where(user_id, &Notice::SessionEnded, |connection| {
            connection.session_id == session_id
        });
    }

    fn tell_where(&self, user_id: UserId, notice: &Notice, to: impl Fn(&Connection) -> bool) {
        let mut connections = self.connections.lock();
        if let Some(of_user) = connections.get_mut(&user_id) {
            // Whoever doesn't listen loses its channel, which closes the connection.
            of_user.retain(|connection| {
                !to(connection) || connection.notices.try_send(notice.clone()).is_ok()
            });
        }
    }

    /// The logins behind all connections.
    pub fn sessions(&self) -> Vec<(UserId, SessionId)> {
        let connections = self.connections.lock();
        let all = connections.iter().flat_map(|(user_id, of_user)| {
            of_user.iter().map(|connection| (*user_id, connection.session_id))
        });
        all.collect()
    }

    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Everybody's ears, to say good-bye.
    pub fn everybody(&self) -> Vec<mpsc::Sender<Notice>> {
        let connections = self.connections.lock();
        connections.values().flatten().map(|connection| connection.notices.clone()).collect()
    }
}
