//! Who is connected to this instance, to tell them what concerns them personally.

use std::{
    collections::{HashMap, HashSet},
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Its user became a member.
    RoomAdded { room_id: RoomId },
    /// Its user is no longer a member.
    Removed { room_id: RoomId, seq: Seq, reason: EndReason },
    /// Its user has read on another device.
    Read { room_id: RoomId, seq: Seq },
    /// Its login has ended.
    SessionEnded,
    /// Its user may not use their account any more.
    AccountDisabled,
    /// The server stops: go away, and come back after this long.
    Restarting { retry_after_ms: u64 },
}

struct Connection {
    id: ConnectionId,
    session_id: SessionId,
    /// Shared by all who are told, since each channel keeps room for 32 from its beginning.
    notices: mpsc::Sender<Arc<Notice>>,
}

/// A connection's seat among the people, until it is dropped.
pub struct Seat {
    /// What the connection is told. When this ends, it was too slow to listen.
    pub notices: mpsc::Receiver<Arc<Notice>>,
    user_id: UserId,
    id: ConnectionId,
    hub: Arc<Hub>,
}

impl Seat {
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

impl Seat {
    /// The rooms the connection has been told its user is in.
    pub fn knows(&self, rooms: impl IntoIterator<Item = RoomId>) {
        if let Some(person) = self.hub.people.by_id.lock().get_mut(&self.user_id) {
            person.rooms.extend(rooms);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.people.remove(self.user_id, self.id);
    }
}

#[derive(Default)]
pub struct People {
    by_id: Mutex<HashMap<UserId, Person>>,
    count: AtomicUsize,
}

/// Somebody with connections to this instance.
#[derive(Default)]
struct Person {
    connections: Vec<Connection>,
    /// The rooms they have been told they are in.
    rooms: HashSet<RoomId>,
}

impl Person {
    /// Whoever doesn't listen loses its channel, which closes the connection.
    fn tell_where(&mut self, notice: Notice, to: impl Fn(&Connection) -> bool) {
        let notice = Arc::new(notice);
        self.connections.retain(|connection| {
            !to(connection) || connection.notices.try_send(Arc::clone(&notice)).is_ok()
        });
    }
}

impl People {
    fn add(
        &self,
        user_id: UserId,
        session_id: SessionId,
        id: ConnectionId,
        max: usize,
    ) -> Option<mpsc::Receiver<Arc<Notice>>> {
        let mut by_id = self.by_id.lock();
        if by_id.get(&user_id).is_some_and(|person| person.connections.len() >= max) {
            return None;
        }
        let (notices, receiver) = mpsc::channel(MAX_WAITING);
        by_id.entry(user_id).or_default().connections.push(Connection { id, session_id, notices });
        self.count.fetch_add(1, Ordering::Relaxed);
        Some(receiver)
    }

    fn remove(&self, user_id: UserId, id: ConnectionId) {
        self.count.fetch_sub(1, Ordering::Relaxed);
        let mut by_id = self.by_id.lock();
        if let Some(person) = by_id.get_mut(&user_id) {
            person.connections.retain(|connection| connection.id != id);
            if person.connections.is_empty() {
                by_id.remove(&user_id);
            }
        }
    }

    /// Tells every connection of the user.
    pub fn tell(&self, user_id: UserId, notice: Notice) {
        if let Some(person) = self.by_id.lock().get_mut(&user_id) {
            person.tell_where(notice, |_| true);
        }
    }

    /// Tells every connection of one login of the user.
    pub fn end_session(&self, user_id: UserId, session_id: SessionId) {
        if let Some(person) = self.by_id.lock().get_mut(&user_id) {
            person.tell_where(Notice::SessionEnded, |of| of.session_id == session_id);
        }
    }

    /// The user is in a room.
    pub fn joined(&self, user_id: UserId, room_id: RoomId) {
        if let Some(person) = self.by_id.lock().get_mut(&user_id) {
            person.rooms.insert(room_id);
            person.tell_where(Notice::RoomAdded { room_id }, |_| true);
        }
    }

    /// The user, or nobody in particular: everybody, is in the room no more. Whether that was
    /// news to somebody.
    pub fn left(
        &self,
        user_id: Option<UserId>,
        room_id: RoomId,
        seq: Seq,
        reason: EndReason,
    ) -> bool {
        let notice = Notice::Removed { room_id, seq, reason };
        let mut by_id = self.by_id.lock();
        let mut is_news = false;
        let leave = |person: &mut Person| {
            if person.rooms.remove(&room_id) {
                is_news = true;
                person.tell_where(notice, |_| true);
            }
        };
        match user_id {
            Some(user_id) => by_id.get_mut(&user_id).into_iter().for_each(leave),
            None => by_id.values_mut().for_each(leave),
        }
        is_news
    }

    /// The rooms everybody has been told they are in.
    pub fn rooms(&self) -> HashMap<UserId, HashSet<RoomId>> {
        let by_id = self.by_id.lock();
        by_id.iter().map(|(user_id, person)| (*user_id, person.rooms.clone())).collect()
    }

    /// Who has a connection.
    pub fn online(&self) -> HashSet<UserId> {
        self.by_id.lock().keys().copied().collect()
    }

    /// The logins behind all connections.
    pub fn sessions(&self) -> Vec<(UserId, SessionId)> {
        let by_id = self.by_id.lock();
        let all = by_id.iter().flat_map(|(user_id, person)| {
            person.connections.iter().map(|connection| (*user_id, connection.session_id))
        });
        all.collect()
    }

    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Everybody's ears, to say good-bye.
    pub fn everybody(&self) -> Vec<mpsc::Sender<Arc<Notice>>> {
        let by_id = self.by_id.lock();
        let all = by_id.values().flat_map(|person| &person.connections);
        all.map(|connection| connection.notices.clone()).collect()
    }
}
