//! Who is in a room, as what, and how far they have read.

use uuid::Uuid;

use super::{
    Chat,
    page::{Page, place},
};
use crate::{
    domain::{
        id::{RoomId, Seq, UserId},
        policy::Action,
        role::Role,
        room::Member,
    },
    error::{Error, Result},
    store::{heads, ledger::RoomChange, members},
};

impl Chat {
    pub async fn members(
        &self,
        user_id: UserId,
        room_id: RoomId,
        query: Option<&str>,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Member>> {
        self.require(user_id, room_id, Action::SeeRoom).await?;
        let after = cursor.map(member_place).transpose()?;
        let found = members::list(&self.db, room_id, query, after, limit + 1).await?;
        Ok(Page::of(found, limit, |member| member.user.id.to_string()))
    }

    /// Joins a public room, or adds somebody. True when they were not a member before.
    pub async fn add_member(
        &self,
        actor_id: UserId,
        room_id: RoomId,
        user_id: UserId,
    ) -> Result<(Member, bool)> {
        let change = if user_id == actor_id { RoomChange::Join } else { RoomChange::Add(user_id) };
        let is_new = self.change(actor_id, room_id, change).await?;
        Ok((self.member(room_id, user_id).await?, is_new))
    }

    pub async fn set_role(
        &self,
        actor_id: UserId,
        room_id: RoomId,
        user_id: UserId,
        role: Role,
    ) -> Result<Member> {
        self.change(actor_id, room_id, RoomChange::SetRole(user_id, role)).await?;
        self.member(room_id, user_id).await
    }

    /// Leaves a room, or removes somebody.
    pub async fn remove_member(
        &self,
        actor_id: UserId,
        room_id: RoomId,
        user_id: UserId,
    ) -> Result<()> {
        self.change(actor_id, room_id, RoomChange::Remove(user_id)).await.map(drop)
    }

    /// Moves one's read mark forward; a `seq` beyond the head means the head.
    pub async fn mark_read(&self, user_id: UserId, room_id: RoomId, seq: Seq) -> Result<()> {
        self.require(user_id, room_id, Action::ReadLog).await?;
        let head = heads::of(&self.db, room_id).await?.unwrap_or(0);
        let seq = seq.min(head);
        if members::mark_read(&self.db, room_id, user_id, seq).await? {
            self.hub.read(user_id, room_id, seq);
        }
        Ok(())
    }

    /// Makes everything from `seq` on unread: one's read mark goes to the event before it, back or
    /// forward. One beyond the head is the end; further there is nothing to point at.
    pub async fn mark_unread(&self, user_id: UserId, room_id: RoomId, seq: Seq) -> Result<()> {
        self.require(user_id, room_id, Action::ReadLog).await?;
        let head = heads::of(&self.db, room_id).await?.unwrap_or(0);
        if seq > head + 1 {
            return Err(Error::wrong("seq", format!("The room's last event is {head}.")));
        }
        if members::place_mark(&self.db, room_id, user_id, seq - 1).await? {
            self.hub.read(user_id, room_id, seq - 1);
        }
        Ok(())
    }

    async fn member(&self, room_id: RoomId, user_id: UserId) -> Result<Member> {
        let member = members::find(&self.db, room_id, user_id).await?;
        member.ok_or_else(|| Error::not_found("member"))
    }
}

fn member_place(cursor: &str) -> Result<UserId> {
    let id = place(cursor)?.parse::<Uuid>();
    id.map(UserId).map_err(|_| Error::invalid("This cursor is not one of ours."))
}
