//! Messages: sending and reading them.

use super::Chat;
use crate::{
    domain::{
        id::{Epoch, RoomId, UserId},
        policy::Action,
    },
    error::{Error, Result},
    rate_limit::{Decision, Limit},
    store::{
        ledger::{Post, Posted},
        log::{self, Page, Position},
    },
};

/// A page, and the history it belongs to.
pub struct MessagePage {
    pub epoch: Epoch,
    pub page: Page,
}

impl Chat {
    /// Counts one message of `user_id`. Comes before [`Chat::post`].
    pub async fn admit_message(&self, user_id: UserId) -> Decision {
        let decision = self.limiter.check(Limit::Messages, &user_id.to_string()).await;
        if !decision.is_allowed {
            metrics::counter!("devschat_rate_limited_total", "limit" => "messages").increment(1);
        }
        decision
    }

    /// Queues a message, in call order; the answer comes when it is committed.
    pub fn post(&self, post: Post) -> Result<impl Future<Output = Result<Posted>> + use<>> {
        self.ledger.post(post)
    }

    /// At most `limit` messages of a room, oldest first.
    pub async fn messages(
        &self,
        user_id: UserId,
        room_id: RoomId,
        position: Position,
        limit: u64,
    ) -> Result<MessagePage> {
        self.require(user_id, room_id, Action::ReadLog).await?;
        let mut page = log::page(&self.db, room_id, position, limit).await?;
        page.messages = page.messages.into_iter().map(|message| message.seen_by(user_id)).collect();
        Ok(MessagePage { epoch: self.epoch.clone(), page })
    }
}

/// What a message over the limit gets.
pub fn too_many_messages(decision: Decision) -> Error {
    Error::rate_limited("You are sending messages too fast.", decision.retry_after)
}
