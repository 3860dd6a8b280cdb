//! All feeds of this instance: where committed events arrive and readers find their room.
//!
//! Events come from the ledger (committed here), from the relay (committed elsewhere) and from
//! the database (what neither brought). A feed exists as long as somebody reads it.

use std::{
    collections::HashMap,
    sync::{Arc, Weak, atomic::AtomicBool},
    time::Duration,
};

use parking_lot::{Mutex, RwLock};
use tokio::{
    runtime::Handle,
    sync::{Notify, Semaphore},
};

use super::{
    attendance::Attendance,
    people::{Notice, People},
    room_feed::{Offered, RoomFeed},
};
use crate::{
    domain::{
        event::Event,
        id::{Epoch, RoomId, Seq, SessionId, UserId},
        timestamp::Timestamp,
    },
    error::{Error, Result},
    relay::{InstanceId, News, Relay},
    store::{database::Database, heads, ledger::CommitSink},
};

/// How long an event may wait for one that should have come before it.
pub(super) const REORDER_WINDOW: Duration = Duration::from_millis(30);

/// Readings of the log at once, so that a storm of reconnecting clients leaves the database
/// time for others.
const MAX_FILLS: usize = 6;

pub struct Hub {
    pub instance: InstanceId,
    pub people: People,
    pub(super) epoch: RwLock<Epoch>,
    pub(super) db: Database,
    pub(super) relay: Arc<dyn Relay>,
    pub(super) attendance: Mutex<Attendance>,
    /// Whether the relay may have lost something since people were last checked.
    pub(super) has_lagged: AtomicBool,
    /// Asks for a look at people's memberships before it is time.
    pub(super) check_people_now: Notify,
    feeds: Mutex<HashMap<RoomId, Entry>>,
    pub(super) fills: Semaphore,
    /// Where fills run, whichever thread notices that one is needed.
    pub(super) runtime: Handle,
    /// For tasks that must not keep the hub alive.
    pub(super) itself: Weak<Self>,
}

struct Entry {
    feed: Arc<RoomFeed>,
    leases: usize,
}

impl Hub {
    /// To be called within the runtime that outlives it.
    pub fn new(
        db: Database,
        epoch: Epoch,
        relay: Arc<dyn Relay>,
        instance: InstanceId,
    ) -> Arc<Self> {
        Arc::new_cyclic(|itself| Self {
            instance,
            people: People::default(),
            epoch: RwLock::new(epoch),
            db,
            relay,
            attendance: Mutex::default(),
            has_lagged: AtomicBool::new(false),
            check_people_now: Notify::new(),
            feeds: Mutex::new(HashMap::new()),
            fills: Semaphore::new(MAX_FILLS),
            runtime: Handle::current(),
            itself: itself.clone(),
        })
    }

    /// The room's feed, started, for as long as the lease lives.
    pub async fn lease(&self, room_id: RoomId) -> Result<Lease> {
        let lease = {
            let mut feeds = self.feeds.lock();
            let entry = feeds
                .entry(room_id)
                .or_insert_with(|| Entry { feed: Arc::new(RoomFeed::new(room_id)), leases: 0 });
            entry.leases += 1;
            Lease { feed: Arc::clone(&entry.feed), hub: self.itself.clone() }
        };
        // The feed is known by now, so events are offered to it while the head is read.
        let start = || async {
            let head = heads::of(&self.db, room_id).await?;
            lease.feed.start(head.ok_or_else(|| Error::not_found("room"))?);
            Ok::<_, Error>(())
        };
        lease.feed.started.get_or_try_init(start).await?;
        Ok(lease)
    }

    fn release(&self, room_id: RoomId) {
        let mut feeds = self.feeds.lock();
        if let Some(entry) = feeds.get_mut(&room_id) {
            entry.leases -= 1;
            if entry.leases == 0 {
                feeds.remove(&room_id);
            }
        }
    }

    /// A committed event, wherever it was committed.
    pub fn offer(&self, event: &Event) {
        self.tell_people(event);
        self.offer_to_feed(event.room_id, [event]);
    }

    fn offer_to_feed<'a>(
        &self,
        room_id: RoomId,
        events: impl IntoIterator<Item = &'a Event, IntoIter: Clone>,
    ) {
        let Some(feed) = self.feed(room_id) else { return };
        let events = events.into_iter();
        let now = Timestamp::from(time::OffsetDateTime::now_utc());
        let delivery = metrics::histogram!("devschat_delivery_seconds");
        events.clone().for_each(|event| delivery.record(now.since(event.at)));
        if feed.offer(events) == Offered::Ahead {
            self.fill_later(feed, REORDER_WINDOW);
        }
    }

    /// That the room has reached `seq`.
    pub fn moved(&self, room_id: RoomId, seq: Seq) {
        if let Some(feed) = self.feed(room_id)
            && feed.told(seq)
        {
            self.fill_later(feed, Duration::ZERO);
        }
    }

    pub(super) fn feed(&self, room_id: RoomId) -> Option<Arc<RoomFeed>> {
        self.feeds.lock().get(&room_id).map(|entry| Arc::clone(&entry.feed))
    }

    pub(super) fn rooms(&self) -> Vec<RoomId> {
        self.feeds.lock().keys().copied().collect()
    }

    pub(super) fn all_feeds(&self) -> Vec<Arc<RoomFeed>> {
        self.feeds.lock().values().map(|entry| Arc::clone(&entry.feed)).collect()
    }

    pub fn feed_count(&self) -> usize {
        self.feeds.lock().len()
    }

    fn tell_people(&self, event: &Event) {
        if let Some(user_id) = event.change.joined() {
            self.people.joined(user_id, event.room_id);
        }
        if let Some(ending) = event.change.ending() {
            self.people.left(ending.of, event.room_id, event.seq, ending.reason);
        }
    }

    /// A user's read mark moved: tells their other devices, here and elsewhere.
    pub fn read(&self, user_id: UserId, room_id: RoomId, seq: Seq) {
        self.people.tell(user_id, Notice::Read { room_id, seq });
        self.relay.publish(self.instance, News::Read { user_id, room_id, seq });
    }

    /// Somebody is typing: tells who follows the room, here and elsewhere.
    pub fn typing(&self, user_id: UserId, room_id: RoomId) {
        self.typed(user_id, room_id);
        self.relay.publish(self.instance, News::Typing { user_id, room_id });
    }

    pub(super) fn typed(&self, user_id: UserId, room_id: RoomId) {
        if let Some(feed) = self.feed(room_id) {
            feed.tell_typing(user_id);
        }
    }

    /// An account was taken out of use: closes its sockets, here and elsewhere.
    pub fn account_disabled(&self, user_id: UserId) {
        self.people.tell(user_id, Notice::AccountDisabled);
        self.relay.publish(self.instance, News::AccountDisabled { user_id });
    }

    /// A login ended: closes its sockets, here and elsewhere.
    pub fn session_ended(&self, user_id: UserId, session_id: SessionId) {
        self.people.end_session(user_id, session_id);
        self.relay.publish(self.instance, News::SessionEnded { user_id, session_id });
    }
}

impl CommitSink for Hub {
    fn committed(&self, events: &[Arc<Event>]) {
        let mut by_room = HashMap::<RoomId, Vec<&Event>>::new();
        for event in events {
            self.tell_people(event);
            by_room.entry(event.room_id).or_default().push(event);
        }
        for (room_id, events) in by_room {
            self.offer_to_feed(room_id, events.iter().copied());
        }
        let epoch = self.epoch();
        for event in events {
            let news = News::Event { epoch: epoch.clone(), event: Arc::clone(event) };
            self.relay.publish(self.instance, news);
        }
    }
}

/// Keeps a feed alive.
pub struct Lease {
    pub feed: Arc<RoomFeed>,
    hub: Weak<Hub>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(hub) = self.hub.upgrade() {
            hub.release(self.feed.room_id);
        }
    }
}
