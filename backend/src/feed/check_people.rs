//! Looks in the database for what concerns connected people and the relay did not tell:
//! logins that ended, rooms they came into or fell out of.

use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use tokio::time::MissedTickBehavior;

use super::{hub::Hub, people::Notice};
use crate::{
    domain::{
        event::EndReason,
        id::{RoomId, Seq, UserId},
    },
    error::Result,
    store::{api_tokens, database::within_deadline, heads, members, sessions, users},
};

/// With a query's time this stays below the 10 s within which a revoked session's sockets
/// close without a relay.
const CHECK_EVERY: Duration = Duration::from_secs(8);
/// The pause after one, however much is lost.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

pub async fn check_people_for_ever(hub: Arc<Hub>) {
    let mut now_and_then = tokio::time::interval(CHECK_EVERY);
    now_and_then.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = now_and_then.tick() => {}
            () = hub.check_people_now.notified() => {}
        }
        if let Err(error) = hub.close_ended_sessions().await {
            tracing::warn!(error = ?error, "sessions could not be checked");
        }
        // Reading everybody's memberships is worth it only when news may have been lost.
        let may_have_missed = hub.has_lagged.swap(false, Ordering::Relaxed);
        if (may_have_missed || !hub.relay.is_connected())
            && let Err(error) = hub.check_memberships().await
        {
            hub.has_lagged.store(true, Ordering::Relaxed);
            tracing::warn!(error = ?error, "memberships could not be checked");
        }
        tokio::time::sleep(SHORTEST_PAUSE).await;
    }
}

impl Hub {
    /// Somebody's reading has come to the end of their membership. Had news of that not been
    /// lost, they would know; then news of a new one may be lost, too.
    pub fn reading_ended(&self, user_id: UserId, room_id: RoomId, seq: Seq, reason: EndReason) {
        if self.people.left(Some(user_id), room_id, seq, reason) {
            self.has_lagged.store(true, Ordering::Relaxed);
            self.check_people_now.notify_one();
        }
    }

    /// Closes sockets of disabled accounts, and those whose login has ended.
    async fn close_ended_sessions(&self) -> Result<()> {
        let online: Vec<_> = self.people.online().into_iter().collect();
        for user_id in within_deadline(users::disabled_among(&self.db, &online)).await? {
            self.people.tell(user_id, Notice::AccountDisabled);
        }
        let connected = self.people.sessions();
        let ids: Vec<_> = connected.iter().map(|(_, session_id)| *session_id).collect();
        let now = time::OffsetDateTime::now_utc().into();
        let ended = within_deadline(sessions::ended(&self.db, &ids, now)).await?;
        // What is no session may be an API token.
        let others: Vec<_> = ended.iter().map(|id| id.0).collect();
        let tokens = within_deadline(api_tokens::usable_among(&self.db, &others, now)).await?;
        let ended: HashSet<_> =
            ended.into_iter().filter(|session_id| !tokens.contains(&session_id.0)).collect();
        for (user_id, session_id) in connected {
            if ended.contains(&session_id) {
                self.people.end_session(user_id, session_id);
            }
        }
        Ok(())
    }

    /// Tells people of rooms they are in, or no longer in, without knowing it.
    async fn check_memberships(&self) -> Result<()> {
        let known = self.people.rooms();
        let users: Vec<_> = known.keys().copied().collect();
        let mut current = within_deadline(members::rooms_of(&self.db, &users)).await?;
        for (user_id, known) in known {
            let current = current.remove(&user_id).unwrap_or_default();
            for room_id in current.difference(&known) {
                self.people.joined(user_id, *room_id);
            }
            for room_id in known.difference(&current) {
                let seq = within_deadline(heads::of(&self.db, *room_id)).await?.unwrap_or(0);
                self.people.left(Some(user_id), *room_id, seq, EndReason::Removed);
            }
        }
        Ok(())
    }
}
