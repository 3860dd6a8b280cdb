//! Reading the log for feeds and their readers: what neither commits nor the relay brought.

use std::{sync::Arc, time::Duration};

use super::{
    hub::{Hub, REORDER_WINDOW},
    room_feed::{MAX_FILL, RoomFeed},
};
use crate::{
    domain::{
        event::Event,
        id::{RoomId, Seq},
    },
    error::{Error, Result},
    store::{database::within_deadline, heads, log},
};

/// Events before a feed's start that it looks up for those who come back after a short absence.
const MAX_RECALL: Seq = 200;

impl Hub {
    /// Brings the events that a reader at `cursor` has missed into the feed, where they are few:
    /// once for all who come back together. Who doesn't find them there reads the database.
    pub async fn recall(&self, feed: &RoomFeed, cursor: Seq) {
        let head = feed.head().unwrap_or(0);
        if feed.covers(cursor) || head - cursor > MAX_RECALL {
            return;
        }
        let look_up = || async {
            let epoch = self.epoch();
            let after = (head - MAX_RECALL).max(0);
            let limit = MAX_RECALL.unsigned_abs();
            let events = self.events_after(feed.room_id, after, limit).await?;
            if epoch == self.epoch() {
                feed.recall(&events);
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = feed.recalled.get_or_try_init(look_up).await {
            tracing::debug!(error = ?error, room.id = %feed.room_id, "a feed recalls nothing");
        }
    }

    /// Fetches what a feed misses, after giving it time to arrive by itself. One fill a feed.
    pub(super) fn fill_later(&self, feed: Arc<RoomFeed>, delay: Duration) {
        if !feed.begin_fill() {
            return;
        }
        let Some(hub) = self.itself.upgrade() else {
            return;
        };
        self.runtime.spawn(async move {
            tokio::time::sleep(delay).await;
            let filled = hub.fill(&feed).await;
            let is_incomplete = feed.end_fill();
            match filled {
                Ok(()) if is_incomplete => hub.fill_later(feed, REORDER_WINDOW),
                Ok(()) => {}
                // The sweep tries again.
                Err(error) => tracing::warn!(error = ?error, room.id = %feed.room_id, "a feed could not be filled"),
            }
        });
    }

    async fn fill(&self, feed: &RoomFeed) -> Result<()> {
        let _permit = self.fills.acquire().await.map_err(Error::internal)?;
        let epoch = self.epoch();
        let claimed = feed.claimed_head();
        let head = within_deadline(heads::of(&self.db, feed.room_id)).await?.unwrap_or(0);
        if claimed > head {
            // News come after their commit, so these are of a history that is gone.
            feed.forget_claims(claimed);
        }
        let Some(known) = feed.head() else { return Ok(()) };
        if head - known > MAX_FILL {
            feed.skip_to(head);
            return Ok(());
        }
        let events = log::events_after(&self.db, feed.room_id, known, MAX_FILL.unsigned_abs());
        let events = within_deadline(events).await?;
        if epoch == self.epoch() {
            feed.offer(&events);
        }
        Ok(())
    }

    /// The room's events after a place, from the database.
    pub async fn events_after(
        &self,
        room_id: RoomId,
        after: Seq,
        limit: u64,
    ) -> Result<Vec<Event>> {
        let _permit = self.fills.acquire().await.map_err(Error::internal)?;
        within_deadline(log::events_after(&self.db, room_id, after, limit)).await
    }
}
