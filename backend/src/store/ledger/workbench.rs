//! A locked room on which a change is made: each change checks whether its actor may, changes
//! the rows, and says what happened.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, DatabaseTransaction,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::{
    change::{ChangeRequest, RoomChange, RoomPatch, name_taken},
    message_change::{Actor, MessageBench, MessageChange},
};
use crate::{
    domain::{
        event::Change,
        id::{MessageId, RoomId, Seq, UserId},
        policy::{self, Action, Standing},
        role::Role,
        room::RoomSettings,
        timestamp::Timestamp,
        user::UserSummary,
    },
    error::{Error, Result},
    store::{
        entity::{room, room_head, room_member},
        members, users,
    },
};

pub struct Workbench<'a> {
    transaction: &'a DatabaseTransaction,
    room: room::Model,
    room_id: RoomId,
    actor_id: UserId,
    standing: Standing,
    /// The number of the first event.
    next_seq: Seq,
    now: Timestamp,
}

impl<'a> Workbench<'a> {
    pub async fn load(
        transaction: &'a DatabaseTransaction,
        request: &ChangeRequest,
        next_seq: Seq,
        now: Timestamp,
    ) -> Result<Self> {
        let room = members::live_room(transaction, request.room_id).await?;
        let room = room.ok_or_else(|| Error::not_found("room"))?;
        let (room_id, actor_id) = (request.room_id, request.actor_id);
        let actor = member(transaction, room_id, actor_id).await?;
        let standing = members::standing_of(&room, actor.as_ref())?;
        Ok(Self { transaction, room, room_id, actor_id, standing, next_seq, now })
    }

    /// Changes the rows; returns what happened, in order.
    pub async fn apply(&mut self, change: &RoomChange) -> Result<Vec<Change>> {
        match change {
            RoomChange::Create(_) if self.standing.role.is_some() => Ok(Vec::new()),
            RoomChange::Create(_) => self.insert_member(self.actor_id, Role::Owner).await,
            RoomChange::Join => self.join().await,
            RoomChange::Add(user_id) => self.add(*user_id).await,
            RoomChange::Remove(user_id) => self.remove(*user_id).await,
            RoomChange::SetRole(user_id, role) => self.set_role(*user_id, *role).await,
            RoomChange::Update(patch) => self.update(patch).await,
            RoomChange::Delete => self.delete().await,
            RoomChange::Message(message_id, change) => {
                self.change_message(*message_id, change).await
            }
        }
    }

    async fn change_message(
        &self,
        message_id: MessageId,
        change: &MessageChange,
    ) -> Result<Vec<Change>> {
        let actor =
            Actor { id: self.actor_id, standing: self.standing, seq: self.next_seq, now: self.now };
        let bench = MessageBench::load(self.transaction, self.room_id, message_id, actor).await?;
        bench.apply(change).await
    }

    async fn join(&self) -> Result<Vec<Change>> {
        policy::authorize(self.standing, Action::Join)?;
        if self.standing.role.is_some() {
            return Ok(Vec::new());
        }
        self.insert_member(self.actor_id, Role::Member).await
    }

    async fn add(&self, user_id: UserId) -> Result<Vec<Change>> {
        policy::authorize(self.standing, Action::AddMember)?;
        if member(self.transaction, self.room_id, user_id).await?.is_some() {
            return Ok(Vec::new());
        }
        self.insert_member(user_id, Role::Member).await
    }

    async fn insert_member(&self, user_id: UserId, role: Role) -> Result<Vec<Change>> {
        let user = self.person(user_id).await?;
        let head = room_head::Entity::find_by_id(self.room_id.0).one(self.transaction).await?;
        let head_seq = head.map_or(0, |head| head.head_seq);
        let row = room_member::ActiveModel {
            room_id: Set(self.room_id.0),
            user_id: Set(user_id.0),
            role: Set(role.as_str().to_owned()),
            joined_at: Set(self.now.unix_ms()),
            // What was written before somebody came is not unread to them.
            read_seq: Set(head_seq),
            joined_seq: Set(head_seq + 1),
        };
        row.insert(self.transaction).await?;
        Ok(vec![Change::MemberJoined { user, role }])
    }

    async fn remove(&self, user_id: UserId) -> Result<Vec<Change>> {
        policy::authorize(self.standing, Action::Leave)?;
        let Some(target) = member(self.transaction, self.room_id, user_id).await? else {
            return Err(Error::not_found("member"));
        };
        let role = members::role_of(&target)?;
        let is_leaving = user_id == self.actor_id;
        if !is_leaving {
            policy::authorize(self.standing, Action::RemoveMember { target: role })?;
        }
        self.keep_an_owner(role).await?;
        let user = self.person(user_id).await?;
        room_member::Entity::delete_by_id((self.room_id.0, user_id.0))
            .exec(self.transaction)
            .await?;
        let change =
            if is_leaving { Change::MemberLeft { user } } else { Change::MemberRemoved { user } };
        Ok(vec![change])
    }

    async fn set_role(&self, user_id: UserId, role: Role) -> Result<Vec<Change>> {
        policy::authorize(self.standing, Action::SeeRoom)?;
        let Some(target) = member(self.transaction, self.room_id, user_id).await? else {
            return Err(Error::not_found("member"));
        };
        let from = members::role_of(&target)?;
        policy::authorize(self.standing, Action::ChangeRole { from, to: role })?;
        if from == role {
            return Ok(Vec::new());
        }
        self.keep_an_owner(from).await?;
        let user = self.person(user_id).await?;
        let mut row = target.into_active_model();
        row.role = Set(role.as_str().to_owned());
        row.update(self.transaction).await?;
        Ok(vec![Change::RoleChanged { user, role }])
    }

    async fn update(&mut self, patch: &RoomPatch) -> Result<Vec<Change>> {
        if patch.name.is_some() || patch.topic.is_some() || patch.slow_mode.is_some() {
            // Taking a room out of the archive and changing it may come together.
            let is_archived = self.standing.is_archived && patch.archived != Some(false);
            let standing = Standing { is_archived, ..self.standing };
            policy::authorize(standing, Action::UpdateRoom)?;
        }
        if patch.archived.is_some() {
            policy::authorize(self.standing, Action::ArchiveRoom)?;
        }
        policy::authorize(self.standing, Action::SeeRoom)?;
        let before = self.settings()?;
        if let Some(name) = &patch.name {
            self.room.name = name.as_str().to_owned();
            self.room.name_key = Some(name.key());
        }
        if let Some(topic) = &patch.topic {
            self.room.topic = topic.as_str().to_owned();
        }
        if let Some(slow_mode) = patch.slow_mode {
            self.room.slow_mode = slow_mode;
        }
        if let Some(archived) = patch.archived
            && archived != self.standing.is_archived
        {
            self.room.archived_at = archived.then_some(self.now.unix_ms());
        }
        let after = self.settings()?;
        if before == after {
            return Ok(Vec::new());
        }
        self.room
            .clone()
            .into_active_model()
            .reset_all()
            .update(self.transaction)
            .await
            .map_err(name_taken)?;
        let was_archived = before.archived_at.is_none() && after.archived_at.is_some();
        let says_more = RoomSettings { archived_at: after.archived_at, ..before.clone() } != after;
        let mut changes = Vec::new();
        if says_more || !was_archived {
            changes.push(Change::RoomUpdated { room: after.clone() });
        }
        if was_archived {
            changes.push(Change::RoomArchived { room: after });
        }
        Ok(changes)
    }

    async fn delete(&mut self) -> Result<Vec<Change>> {
        policy::authorize(self.standing, Action::DeleteRoom)?;
        self.room.deleted_at = Some(self.now.unix_ms());
        self.room.name_key = None;
        self.room.clone().into_active_model().reset_all().update(self.transaction).await?;
        room_member::Entity::delete_many()
            .filter(room_member::Column::RoomId.eq(self.room_id.0))
            .exec(self.transaction)
            .await?;
        Ok(vec![Change::RoomDeleted {}])
    }

    /// A room without an owner could never be deleted or handed on.
    async fn keep_an_owner(&self, role_given_up: Role) -> Result<()> {
        let is_last = role_given_up == Role::Owner
            && members::owners(self.transaction, self.room_id).await? <= 1;
        if is_last {
            return Err(Error::conflict(
                "A room keeps at least one owner: make somebody else owner first, or delete the room.",
            ));
        }
        Ok(())
    }

    async fn person(&self, user_id: UserId) -> Result<UserSummary> {
        let mut people = users::summaries(self.transaction, [user_id.0]).await?;
        people.remove(&user_id).ok_or_else(|| Error::not_found("user"))
    }

    fn settings(&self) -> Result<RoomSettings> {
        Ok(RoomSettings {
            name: self.room.name.clone(),
            topic: self.room.topic.clone(),
            visibility: members::visibility_of(&self.room)?,
            archived_at: self.room.archived_at.map(Timestamp::from_unix_ms),
            slow_mode: self.room.slow_mode,
        })
    }
}

async fn member(
    transaction: &DatabaseTransaction,
    room_id: RoomId,
    user_id: UserId,
) -> Result<Option<room_member::Model>> {
    Ok(room_member::Entity::find_by_id((room_id.0, user_id.0)).one(transaction).await?)
}
