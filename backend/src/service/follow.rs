//! Following a room's log from a place in it.

use super::Chat;
use crate::{
    domain::{
        event::{EndReason, Event},
        id::{Epoch, RoomId, Seq, UserId},
        policy::Action,
    },
    error::{ErrorCode, Result},
    feed::hub::Lease,
    store::{heads, log},
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
    From { lease: Lease, epoch: Epoch, head: Seq, cursor: Seq },
    Reset { epoch: Epoch, head: Seq, reason: ResetReason },
}

/// What comes next for a reader.
pub struct CaughtUp {
    pub events: Vec<Event>,
    /// Where and why its membership ended; nothing: it has one.
    pub ended: Option<(Seq, EndReason)>,
}

impl Chat {
    /// Begins to follow.
    ///
    /// Heads are read before the membership: were it the other way round, a removal between the
    /// two would lie before the cursor, and the removed member would go on reading.
    pub async fn follow(
        &self,
        user_id: UserId,
        room_id: RoomId,
        place: Place<'_>,
    ) -> Result<Following> {
        let epoch = self.epoch();
        let lease = self.hub.lease(room_id).await?;
        let head = lease.feed.head().unwrap_or(0);
        let cursor = place.after.unwrap_or(head);
        // Another instance may be ahead of this one, or the client of the history.
        let newest = if cursor > head { heads::of(&self.db, room_id).await? } else { None };
        let newest = newest.unwrap_or(head);
        self.require(user_id, room_id, Action::ReadLog).await?;
        let is_other_history = place.epoch.is_some_and(|of_place| of_place != &*epoch);
        if is_other_history || cursor > newest.max(head) {
            let head = newest.max(head);
            return Ok(Following::Reset { epoch, head, reason: ResetReason::Epoch });
        }
        self.hub.moved(room_id, newest);
        if head - cursor > MAX_CATCH_UP {
            return Ok(Following::Reset { epoch, head, reason: ResetReason::TooFar });
        }
        self.hub.recall(&lease.feed, cursor).await;
        Ok(Following::From { lease, epoch, head: head.max(cursor), cursor })
    }

    /// Tells others that somebody is typing.
    pub async fn typing(&self, user_id: UserId, room_id: RoomId) -> Result<()> {
        self.require(user_id, room_id, Action::PostMessage).await?;
        self.hub.typing(user_id, room_id);
        Ok(())
    }

    /// Whether somebody whose membership ended may read on, because it began anew.
    pub async fn may_follow(&self, user_id: UserId, room_id: RoomId) -> Result<bool> {
        match self.require(user_id, room_id, Action::ReadLog).await {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden) => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// A reader has been told that its membership is over.
    pub fn reading_ended(&self, user_id: UserId, room_id: RoomId, seq: Seq, reason: EndReason) {
        self.hub.reading_ended(user_id, room_id, seq, reason);
    }

    /// The next events for a reader that is behind what the feed holds.
    ///
    /// They show messages as they stand now, and whoever is a member no more must not see what
    /// became of one after the end. Being a member is asked after reading; who isn't gets events
    /// up to the first that shows too much, and there is told of the end.
    pub async fn catch_up(
        &self,
        user_id: UserId,
        room_id: RoomId,
        after: Seq,
        limit: u64,
    ) -> Result<CaughtUp> {
        let mut events = self.hub.events_after(room_id, after, limit).await?;
        let mut ended = None;
        if !self.may_follow(user_id, room_id).await? {
            ended = log::last_ending(&self.db, room_id, user_id).await?;
            let end = ended.map_or(0, |(seq, _)| seq);
            let kept = events.iter().take_while(|event| event.is_as_of(end)).count();
            events.truncate(kept);
        }
        let events = events.into_iter().map(|event| event.seen_by(user_id)).collect();
        Ok(CaughtUp { events, ended })
    }
}
