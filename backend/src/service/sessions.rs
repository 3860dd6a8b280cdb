//! One's logins: where one is signed in, and ending that.

use super::{
    Chat, now,
    page::{Page, place_id},
};
use crate::{
    auth::access_token::Identity,
    domain::{
        audit::{Actor, AuditAction},
        id::{SessionId, UserId},
        session::ActiveSession,
    },
    error::{Error, Result},
    store::sessions,
};

impl Chat {
    /// The logins of a user that still count, newest first.
    pub async fn sessions(
        &self,
        user_id: UserId,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<ActiveSession>> {
        let before = cursor.map(place_id).transpose()?.map(SessionId);
        let found = sessions::active(&self.db, user_id, before, limit + 1, now()).await?;
        Ok(Page::of(found, limit, |session| session.id.0.to_string()))
    }

    /// Ends one of one's own logins, and closes its sockets. `not_found` when there is none.
    pub async fn end_own_session(
        &self,
        user_id: UserId,
        session_id: SessionId,
        address: &str,
    ) -> Result<()> {
        let session = sessions::find(&self.db, session_id).await?;
        let is_own =
            session.is_some_and(|session| session.user_id == user_id && session.is_active(now()));
        if !is_own {
            return Err(Error::not_found("session"));
        }
        self.end_session(user_id, session_id).await?;
        let actor = Actor::user(user_id, address);
        self.record(AuditAction::SessionsEnded, actor, Some(user_id)).await;
        Ok(())
    }

    /// Ends all logins of the asker but the one they ask with, and closes their sockets.
    pub async fn end_other_sessions(&self, identity: Identity, address: &str) -> Result<()> {
        let kept = identity.session_id;
        let ended = sessions::revoke_others(&self.db, identity.user_id, kept, now()).await?;
        self.close_sockets(identity.user_id, ended);
        let (user_id, action) = (identity.user_id, AuditAction::SessionsEnded);
        self.record(action, Actor::user(user_id, address), Some(user_id)).await;
        Ok(())
    }

    /// Closes the sockets of logins and API tokens that have ended.
    pub(super) fn close_sockets(&self, user_id: UserId, ended: Vec<SessionId>) {
        for session_id in ended {
            self.hub.session_ended(user_id, session_id);
        }
    }
}
