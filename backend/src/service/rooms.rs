//! Rooms: making, finding, changing and deleting them.

use uuid::Uuid;

use super::{
    Chat,
    page::{Page, place},
};
use crate::{
    domain::{
        id::{RoomId, UserId},
        policy::Action,
        room::{JoinedRoom, Room},
    },
    error::{Error, Result},
    store::{
        joined,
        ledger::{ChangeRequest, NewRoom, RoomChange, RoomPatch},
        rooms::{self, RoomFilter},
    },
};

impl Chat {
    /// Makes a room whose owner is `user_id`. `conflict` when the name is taken.
    pub async fn create_room(&self, user_id: UserId, new: NewRoom) -> Result<Room> {
        let room_id = RoomId(Uuid::now_v7());
        self.change(user_id, room_id, RoomChange::Create(new)).await?;
        self.room(user_id, room_id).await
    }

    /// The rooms `user_id` may see, ordered by name.
    pub async fn rooms(
        &self,
        user_id: UserId,
        query: Option<&str>,
        joined: Option<bool>,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Room>> {
        let after = cursor.map(place).transpose()?;
        let filter = RoomFilter { query, joined, after_key: after.as_deref() };
        let found = rooms::list(&self.db, user_id, filter, limit + 1).await?;
        Ok(Page::of(found, limit, |room| room.name.to_ascii_lowercase()))
    }

    pub async fn room(&self, user_id: UserId, room_id: RoomId) -> Result<Room> {
        self.require(user_id, room_id, Action::SeeRoom).await?;
        let room = rooms::find(&self.db, user_id, room_id).await?;
        room.ok_or_else(|| Error::not_found("room"))
    }

    pub async fn update_room(
        &self,
        user_id: UserId,
        room_id: RoomId,
        patch: RoomPatch,
    ) -> Result<Room> {
        self.change(user_id, room_id, RoomChange::Update(patch)).await?;
        self.room(user_id, room_id).await
    }

    pub async fn delete_room(&self, user_id: UserId, room_id: RoomId) -> Result<()> {
        self.change(user_id, room_id, RoomChange::Delete).await.map(drop)
    }

    /// Every room `user_id` is in, with their place in it.
    pub async fn joined_rooms(&self, user_id: UserId) -> Result<Vec<JoinedRoom>> {
        joined::of_user(&self.db, user_id).await
    }

    /// Whether anything changed.
    pub(super) async fn change(
        &self,
        actor_id: UserId,
        room_id: RoomId,
        change: RoomChange,
    ) -> Result<bool> {
        let events = self.ledger.change(ChangeRequest { room_id, actor_id, change }).await?;
        Ok(!events.is_empty())
    }
}
