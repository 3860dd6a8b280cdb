//! Messages: sending, reading and changing them.

use super::{Chat, page as paging};
use crate::{
    domain::{
        id::{Epoch, MessageId, RoomId, Seq, UserId},
        message::{Edit, Message},
        policy::Action,
    },
    error::{Error, LimitState, Result},
    rate_limit::Limit,
    store::{
        edits,
        ledger::{MessageChange, Post, Posted, RoomChange},
        log,
        message_pages::{self, Page, Position},
    },
};

/// A page, and the history it belongs to.
pub struct MessagePage {
    pub epoch: Epoch,
    pub page: Page,
}

impl Chat {
    /// Counts one message of `user_id`, or refuses it. Comes before [`Chat::post`].
    pub async fn admit_message(&self, user_id: UserId) -> Result<Option<LimitState>> {
        let decision = self.limiter.check(Limit::Messages, &user_id.to_string()).await;
        let limit = self.limit_state(Limit::Messages, decision);
        if decision.is_allowed {
            return Ok(limit);
        }
        metrics::counter!("devschat_rate_limited_total", "limit" => "messages").increment(1);
        let detail = "You are sending messages too fast.";
        let limit = limit.map(Box::new);
        Err(Error { limit, ..Error::rate_limited(detail, decision.retry_after) })
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
        let mut page = message_pages::read(&self.db, room_id, position, limit).await?;
        // After reading, so that nothing is shown of what came after somebody's removal.
        self.require(user_id, room_id, Action::ReadLog).await?;
        page.messages = page.messages.into_iter().map(|message| message.seen_by(user_id)).collect();
        Ok(MessagePage { epoch: self.epoch(), page })
    }
}

impl Chat {
    /// One message, wherever it stands in the room's log.
    pub async fn read_message(
        &self,
        user_id: UserId,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Message> {
        let message = self.message(user_id, room_id, message_id).await;
        // After reading, so that nothing is shown of what came after somebody's removal.
        self.require(user_id, room_id, Action::ReadLog).await?;
        message
    }

    /// Edits, deletes or reacts; counts like a message. The message as it stands then.
    pub async fn change_message(
        &self,
        user_id: UserId,
        room_id: RoomId,
        message_id: MessageId,
        change: MessageChange,
    ) -> Result<Message> {
        self.admit_message(user_id).await?;
        self.change(user_id, room_id, RoomChange::Message(message_id, change)).await?;
        self.message(user_id, room_id, message_id).await
    }

    /// Earlier bodies of a message, oldest first.
    pub async fn edits(
        &self,
        user_id: UserId,
        room_id: RoomId,
        message_id: MessageId,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<paging::Page<Edit>> {
        self.require(user_id, room_id, Action::ReadLog).await?;
        self.message(user_id, room_id, message_id).await?;
        let after = cursor.map(edit_place).transpose()?.unwrap_or(0);
        let found = edits::list(&self.db, message_id, after, limit + 1).await?;
        Ok(paging::Page::of(found, limit, |edit| edit.revision.to_string()))
    }

    pub(super) async fn message(
        &self,
        user_id: UserId,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Message> {
        let message = log::message(&self.db, room_id, message_id).await?;
        message.map(|message| message.seen_by(user_id)).ok_or_else(|| Error::not_found("message"))
    }
}

fn edit_place(cursor: &str) -> Result<Seq> {
    let refused = |_| Error::invalid("This cursor is not one of ours.");
    paging::place(cursor)?.parse().map_err(refused)
}
