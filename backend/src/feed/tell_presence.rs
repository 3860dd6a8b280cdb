//! Tells the readers of rooms who is online, and other instances who is here.
//!
//! Ephemeral: what a reader doesn't take in time it never learns. All of it happens here, once
//! a second, so that coming and going costs a connection nothing.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::time::{Instant, MissedTickBehavior};

use super::{audience::MAX_MEMBERS, hub::Hub};
use crate::{
    domain::id::UserId,
    error::Result,
    relay::News,
    store::{database::within_deadline, members},
};

const TELL_EVERY: Duration = Duration::from_secs(1);
/// Other instances are told at least this often, changes or not.
const STATE_EVERY: Duration = Duration::from_secs(5);

pub async fn tell_presence_for_ever(hub: Arc<Hub>) {
    let mut every_second = tokio::time::interval(TELL_EVERY);
    every_second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut stated, mut stated_at) = (HashSet::new(), None::<Instant>);
    loop {
        let now = every_second.tick().await;
        let here = hub.people.online();
        if here != stated || stated_at.is_none_or(|at| now >= at + STATE_EVERY) {
            hub.state_presence(here.iter().copied().collect());
            (stated, stated_at) = (here, Some(now));
        }
        if let Err(error) = hub.learn_audiences().await {
            tracing::warn!(error = ?error, "members could not be read to tell who is online");
        }
        hub.tell_presence(&stated, now);
    }
}

impl Hub {
    /// Says who is connected here.
    pub fn state_presence(&self, users: Vec<UserId>) {
        self.relay.publish(self.instance, News::Present { instance: self.instance, users });
    }

    /// Reads the members of rooms whose readers could not be told anything yet.
    async fn learn_audiences(&self) -> Result<()> {
        let feeds = self.all_feeds();
        let unknown: Vec<_> =
            feeds.iter().filter(|feed| feed.needs_audience()).map(|feed| feed.room_id).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let mut members =
            within_deadline(members::of_small_rooms(&self.db, &unknown, MAX_MEMBERS)).await?;
        for feed in feeds.iter().filter(|feed| feed.needs_audience()) {
            if unknown.contains(&feed.room_id) {
                feed.learn_audience(members.remove(&feed.room_id));
            }
        }
        Ok(())
    }

    fn tell_presence(&self, here: &HashSet<UserId>, now: Instant) {
        let online = self.attendance.lock().online(here, now);
        metrics::gauge!("devschat_users_online").set(online.len() as f64);
        for feed in self.all_feeds() {
            feed.tell_presence(&online);
        }
    }
}
