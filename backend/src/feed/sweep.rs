//! Tasks that keep an instance true to the database: one takes what the relay brings, others
//! look for what it did not.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use futures_util::StreamExt as _;
use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{Instant, MissedTickBehavior},
};

use super::{
    check_people::check_people_for_ever, hub::Hub, people::Notice,
    tell_presence::tell_presence_for_ever,
};
use crate::{
    error::Result,
    relay::{Delivery, News, Relay},
    store::{database::within_deadline, heads},
};

/// How often the heads of all rooms with readers are compared with the database. This bounds
/// the delay of what a crash, a trimmed stream or a dead Redis has hidden.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Sweeps that something asks for are at least this far apart.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);

/// The tasks, which end when this is dropped.
pub struct Followers(Vec<JoinHandle<()>>);

impl Drop for Followers {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

impl Hub {
    /// Starts following the relay and the database.
    pub fn follow(self: &Arc<Self>, relay: &Arc<dyn Relay>) -> Followers {
        let sweep_now = Arc::new(Notify::new());
        let deliveries = relay.subscribe(self.instance);
        let (hub, ask) = (Arc::clone(self), Arc::clone(&sweep_now));
        let taking = tokio::spawn(async move {
            deliveries
                .for_each(|delivery| {
                    hub.take(delivery, &ask);
                    std::future::ready(())
                })
                .await;
        });
        let sweeping = tokio::spawn(sweep_for_ever(Arc::clone(self), sweep_now));
        let checking = tokio::spawn(check_people_for_ever(Arc::clone(self)));
        let telling = tokio::spawn(tell_presence_for_ever(Arc::clone(self)));
        Followers(vec![taking, sweeping, checking, telling])
    }

    fn take(&self, delivery: Delivery, sweep_now: &Notify) {
        match delivery {
            Delivery::News(News::Event { epoch, event }) if epoch == self.epoch() => {
                self.offer(&event);
            }
            // Of another history, or this instance is about to learn of a new one.
            Delivery::News(News::Event { event, .. }) => self.moved(event.room_id, event.seq),
            Delivery::News(News::Moved { room_id, seq }) => self.moved(room_id, seq),
            Delivery::News(News::Read { user_id, room_id, seq }) => {
                self.people.tell(user_id, Notice::Read { room_id, seq });
            }
            Delivery::News(News::Typing { user_id, room_id }) => self.typed(user_id, room_id),
            Delivery::News(News::Present { instance, users }) => {
                self.attendance.lock().stated(instance, users, Instant::now());
            }
            Delivery::News(News::SessionEnded { user_id, session_id }) => {
                self.people.end_session(user_id, session_id);
            }
            Delivery::News(News::AccountDisabled { user_id }) => {
                self.people.tell(user_id, Notice::AccountDisabled);
            }
            Delivery::Lagged | Delivery::News(News::Lost) => {
                self.has_lagged.store(true, Ordering::Relaxed);
                self.check_people_now.notify_one();
                sweep_now.notify_one();
            }
        }
    }

    /// Compares all feeds with the database and fills those that are behind.
    async fn sweep(&self) -> Result<()> {
        self.check_history().await?;
        let rooms = self.rooms();
        for (room_id, head) in within_deadline(heads::of_all(&self.db, &rooms)).await? {
            self.moved(room_id, head);
        }
        Ok(())
    }
}

async fn sweep_for_ever(hub: Arc<Hub>, sweep_now: Arc<Notify>) {
    let mut every_second = tokio::time::interval(SWEEP_EVERY);
    every_second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = every_second.tick() => {}
            () = sweep_now.notified() => {}
        }
        if let Err(error) = hub.sweep().await {
            tracing::warn!(error = ?error, "the sweep failed");
        }
        tokio::time::sleep(SHORTEST_PAUSE).await;
    }
}
