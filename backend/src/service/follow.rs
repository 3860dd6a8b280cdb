//! Following a room's log from a place in it.

use super::Chat;
use crate::{
    domain::{
        event::Event,
        id::{RoomId, Seq, UserId},
        policy::Action,
    },
    error::Result,
    feed::hub::Lease,
    store::heads,
};

/// A reader further behind than this reloads instead of catching up.
pub const MAX_CATCH_UP: Seq = 10_000;

/// Where a client says it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    pub epoch: Option<&'a str>,
    /// The last event it has; nothing: it wants what comes from now on.
    pub after: Option<Seq>,
}

/// Why a client has to start anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetReason {
    /// Its numbers belong to another history.
    Epoch,
    /// It is too far behind to catch up event by event.
    TooFar,
}

pub enum Following {
    From { lease: Lease, head: Seq, cursor: Seq },
    Reset { head: Seq, reason: ResetReason },
}

impl Chat {
    /// Begins to follow.
    ///
    /// The head is read before the membership: were it the other way round, a removal between
    /// the two would lie before the cursor, and the removed member would go on reading.
    pub async fn follow(
        &self,
        user_id: UserId,
        room_id: RoomId,
        place: Place<'_>,
    ) -> Result<Following> {
        let lease = self.hub.lease(room_id).await?;
        let head = lease.feed.head().unwrap_or(0);
        self.require(user_id, room_id, Action::ReadLog).await?;
        if place.epoch.is_some_and(|epoch| epoch != &*self.epoch) {
            return Ok(Following::Reset { head, reason: ResetReason::Epoch });
        }
        let cursor = place.after.unwrap_or(head);
        if cursor > head {
            // Another instance is ahead of this one, or the client of the history.
            let newest = heads::of(&self.db, room_id).await?.unwrap_or(0);
            if cursor > newest {
                return Ok(Following::Reset { head: newest, reason: ResetReason::Epoch });
            }
            self.hub.moved(room_id, newest);
        }
        if head - cursor > MAX_CATCH_UP {
            return Ok(Following::Reset { head, reason: ResetReason::TooFar });
        }
        Ok(Following::From { lease, head: head.max(cursor), cursor })
    }

    /// The next events for a reader that is behind what the feed holds.
    pub async fn catch_up(
        &self,
        user_id: UserId,
        room_id: RoomId,
        after: Seq,
        limit: u64,
    ) -> Result<Vec<Event>> {
        let events = self.hub.events_after(room_id, after, limit).await?;
        Ok(events.into_iter().map(|event| event.seen_by(user_id)).collect())
    }
}
