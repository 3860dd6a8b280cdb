//! Changing a message that was sent: editing, deleting, reacting.
//!
//! The body stands once, in `messages`, as it is now; what it was before is kept beside it, and
//! all of it is erased when the message is deleted.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, DatabaseTransaction,
    EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _,
};

use crate::{
    domain::{
        event::Change,
        id::{MessageId, RoomId, Seq, UserId},
        mention,
        message::{Emoji, Message, MessageBody},
        policy::{self, Action, Standing},
        timestamp::Timestamp,
        username,
    },
    error::{Error, ErrorCode, Result},
    store::{
        entity::{self, mention as mentions, message_edit, reaction},
        messages, users,
    },
};

/// Reactions of all kinds to one message: nobody can read more.
const MAX_REACTIONS: u64 = 1_000;

#[derive(Clone, Debug)]
pub enum MessageChange {
    /// Refused with `revision_conflict` when the message has another revision than the one given.
    Edit {
        body: MessageBody,
        if_revision: Option<Seq>,
    },
    /// Leaves a tombstone. Deleting it again changes nothing.
    Delete,
    AddReaction(Emoji),
    RemoveReaction(Emoji),
}

/// A message whose room is locked.
pub struct MessageBench<'a> {
    transaction: &'a DatabaseTransaction,
    row: entity::message::Model,
    standing: Standing,
    actor_id: UserId,
    /// The number the change gets.
    seq: Seq,
    now: Timestamp,
}

/// Who changes it, and when.
pub struct Actor {
    pub id: UserId,
    pub standing: Standing,
    pub seq: Seq,
    pub now: Timestamp,
}

impl<'a> MessageBench<'a> {
    pub async fn load(
        transaction: &'a DatabaseTransaction,
        room_id: RoomId,
        message_id: MessageId,
        actor: Actor,
    ) -> Result<Self> {
        policy::authorize(actor.standing, Action::ReadLog)?;
        let row = entity::message::Entity::find_by_id(message_id.0)
            .filter(entity::message::COLUMN.room_id.eq(room_id.0))
            .one(transaction)
            .await?;
        let row = row.ok_or_else(|| Error::not_found("message"))?;
        let Actor { id: actor_id, standing, seq, now } = actor;
        Ok(Self { transaction, row, standing, actor_id, seq, now })
    }

    /// Changes the rows; returns what happened, if anything did.
    pub async fn apply(self, change: &MessageChange) -> Result<Vec<Change>> {
        let is_author = self.row.author_id == self.actor_id.0;
        let is_deleted = self.row.deleted_at.is_some();
        let gone = || Error::conflict("The message was deleted.");
        match change {
            MessageChange::Edit { body, if_revision } => {
                policy::authorize(self.standing, Action::EditMessage { is_author })?;
                if is_deleted { Err(gone()) } else { self.edit(body, *if_revision).await }
            }
            MessageChange::Delete => {
                policy::authorize(self.standing, Action::DeleteMessage { is_author })?;
                if is_deleted { Ok(Vec::new()) } else { self.delete().await }
            }
            MessageChange::AddReaction(emoji) => {
                policy::authorize(self.standing, Action::React)?;
                if is_deleted { Err(gone()) } else { self.add_reaction(emoji).await }
            }
            MessageChange::RemoveReaction(emoji) => {
                policy::authorize(self.standing, Action::React)?;
                self.remove_reaction(emoji).await
            }
        }
    }

    async fn edit(self, body: &MessageBody, if_revision: Option<Seq>) -> Result<Vec<Change>> {
        // First, so that repeating an edit whose answer got lost succeeds.
        if self.row.body.as_deref() == Some(body.as_str()) {
            return Ok(Vec::new());
        }
        if if_revision.is_some_and(|revision| revision != self.row.revision) {
            let detail = "The message has changed meanwhile.";
            return Err(Error::new(ErrorCode::RevisionConflict, detail));
        }
        let earlier = message_edit::ActiveModel {
            message_id: Set(self.row.id),
            revision: Set(self.row.revision),
            body: Set(self.row.body.clone().unwrap_or_default()),
            created_at: Set(self.row.edited_at.unwrap_or(self.row.created_at)),
        };
        earlier.insert(self.transaction).await?;
        self.forget_mentions(body).await?;
        let mut row = self.row.clone().into_active_model();
        row.body = Set(Some(body.as_str().to_owned()));
        row.edited_at = Set(Some(self.now.unix_ms()));
        let message = self.store(row).await?;
        Ok(vec![Change::MessageEdited { message }])
    }

    /// Who is mentioned no longer isn't any more. An edit makes nothing unread, so it adds none.
    async fn forget_mentions(&self, body: &MessageBody) -> Result<()> {
        let place = mentions::Entity::find()
            .filter(mentions::COLUMN.room_id.eq(self.row.room_id))
            .filter(mentions::COLUMN.seq.eq(self.row.seq));
        let rows = place.all(self.transaction).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let names = mention::candidates(body.as_str());
        let people = users::summaries(self.transaction, rows.iter().map(|row| row.user_id)).await?;
        for row in rows {
            let is_named = people
                .get(&UserId(row.user_id))
                .is_some_and(|person| names.contains(&username::key(&person.username)));
            if !is_named {
                row.into_active_model().delete(self.transaction).await?;
            }
        }
        Ok(())
    }

    async fn delete(self) -> Result<Vec<Change>> {
        message_edit::Entity::delete_many()
            .filter(message_edit::Column::MessageId.eq(self.row.id))
            .exec(self.transaction)
            .await?;
        reaction::Entity::delete_many()
            .filter(reaction::Column::MessageId.eq(self.row.id))
            .exec(self.transaction)
            .await?;
        mentions::Entity::delete_many()
            .filter(mentions::Column::RoomId.eq(self.row.room_id))
            .filter(mentions::Column::Seq.eq(self.row.seq))
            .exec(self.transaction)
            .await?;
        let mut row = self.row.clone().into_active_model();
        row.body = Set(None);
        row.deleted_at = Set(Some(self.now.unix_ms()));
        let message = self.store(row).await?;
        Ok(vec![Change::MessageDeleted { message }])
    }

    async fn add_reaction(self, emoji: &Emoji) -> Result<Vec<Change>> {
        let (key, user_id) = (self.reaction_key(emoji), self.actor_id);
        if reaction::Entity::find_by_id(key).one(self.transaction).await?.is_some() {
            return Ok(Vec::new());
        }
        let of_message =
            reaction::Entity::find().filter(reaction::COLUMN.message_id.eq(self.row.id));
        if of_message.count(self.transaction).await? >= MAX_REACTIONS {
            return Err(Error::conflict("The message has too many reactions."));
        }
        let row = reaction::ActiveModel {
            message_id: Set(self.row.id),
            emoji: Set(emoji.as_str().to_owned()),
            user_id: Set(user_id.0),
            seq: Set(self.seq),
        };
        row.insert(self.transaction).await?;
        let message = self.store(self.row.clone().into_active_model()).await?;
        Ok(vec![Change::ReactionAdded { message, emoji: emoji.as_str().to_owned(), user_id }])
    }

    async fn remove_reaction(self, emoji: &Emoji) -> Result<Vec<Change>> {
        let (key, user_id) = (self.reaction_key(emoji), self.actor_id);
        let gone = reaction::Entity::delete_by_id(key).exec(self.transaction).await?;
        if gone.rows_affected == 0 {
            return Ok(Vec::new());
        }
        let message = self.store(self.row.clone().into_active_model()).await?;
        Ok(vec![Change::ReactionRemoved { message, emoji: emoji.as_str().to_owned(), user_id }])
    }

    fn reaction_key(&self, emoji: &Emoji) -> (uuid::Uuid, String, uuid::Uuid) {
        (self.row.id, emoji.as_str().to_owned(), self.actor_id.0)
    }

    /// Stores the row under its new revision; returns the message as it stands now.
    async fn store(&self, mut row: entity::message::ActiveModel) -> Result<Message> {
        row.revision = Set(self.seq);
        let row = row.update(self.transaction).await?;
        let chosen = entity::message::Entity::find_by_id(row.id);
        let message = messages::read(self.transaction, chosen).await?.pop();
        message.ok_or_else(|| Error::internal(anyhow::anyhow!("a message vanished")))
    }
}
