//! Who has read a message, as far as they share it.

use super::{
    Chat,
    page::{Page, place_id},
};
use crate::{
    domain::{
        id::{MessageId, RoomId, UserId},
        policy::Action,
        user::UserSummary,
    },
    error::Result,
    store::readers,
};

impl Chat {
    /// Of a deleted message nothing is told any more: nobody.
    pub async fn readers(
        &self,
        user_id: UserId,
        room_id: RoomId,
        message_id: MessageId,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<UserSummary>> {
        self.require(user_id, room_id, Action::ReadLog).await?;
        let message = self.message(user_id, room_id, message_id).await?;
        let after = cursor.map(place_id).transpose()?.map(UserId);
        let found = if message.deleted_at.is_none() {
            readers::list(&self.db, &message, after, limit + 1).await?
        } else {
            Vec::new()
        };
        Ok(Page::of(found, limit, |reader| reader.id.to_string()))
    }
}
