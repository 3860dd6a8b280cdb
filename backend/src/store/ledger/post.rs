//! Committing a batch of messages, of any number of rooms, in one transaction.
//!
//! Locks the heads, decides for each message whether its author may, looks for repeated
//! sends, numbers what is new, inserts, moves the heads, commits. Numbering before looking
//! for repeats would leave holes for ever.

use std::{collections::HashMap, sync::Arc, time::Duration};

use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait as _};
use uuid::Uuid;

use super::{known_rights::Right, post_context::Context, room_lock};
use crate::{
    domain::{
        event::{Change, Event},
        id::{MessageId, RoomId, Seq, UserId},
        mention,
        message::{ClientId, Message, MessageBody},
        policy::{self, Action, Standing},
        timestamp::Timestamp,
        user::UserSummary,
    },
    error::{Error, ErrorCode, Result},
    store::{database::Database, entity},
};

/// Bytes of a body's SHA-256 that are kept to tell a repeated send from a different one.
const BODY_HASH_BYTES: usize = 16;

/// Three values each; SQLite takes 32,766 in one statement.
const MENTIONS_PER_STATEMENT: usize = 5_000;

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Post {
    pub room_id: RoomId,
    pub author_id: UserId,
    pub client_id: ClientId,
    pub body: MessageBody,
    pub reply_to: Option<MessageId>,
}

/// A message that was sent, now or before.
#[derive(Clone, Debug)]
pub struct Posted {
    pub message: Message,
    /// Whether its `client_id` had been used for it already.
    pub duplicate: bool,
}

/// What names a send for ever.
pub type SendKey = (Uuid, Uuid, String);

impl Post {
    pub(super) fn key(&self) -> SendKey {
        (self.room_id.0, self.author_id.0, self.client_id.as_str().to_owned())
    }

    pub(super) fn body_hash(&self) -> Vec<u8> {
        let digest = ring::digest::digest(&ring::digest::SHA256, self.body.as_str().as_bytes());
        digest.as_ref()[..BODY_HASH_BYTES].to_vec()
    }
}

/// What a committed batch brought: the events, an answer for each post, in order, and who was
/// seen to have the right to write.
pub struct Outcome {
    pub events: Vec<Arc<Event>>,
    pub answers: Vec<Result<Posted>>,
    pub rights: Vec<Right>,
}

/// Commits the batch as a whole. An error means that nothing of it was committed, or that
/// nobody knows; either way it may be repeated.
pub async fn commit(db: &Database, posts: &[Post], now: Timestamp) -> Result<Outcome> {
    let transaction = db.begin().await?;
    let rooms = room_lock::distinct(posts.iter().map(|post| post.room_id));
    let mut heads = room_lock::lock(&transaction, rooms.clone()).await?;
    let context = Context::load(&transaction, posts, rooms).await?;

    let rights = context.rights(posts, &heads);
    let mut batch = Decisions { rights, ..Decisions::default() };
    for post in posts {
        let answer = match heads.get_mut(&post.room_id.0) {
            Some(head) => batch.decide(post, &context, head, now),
            None => Answer::Refused(Error::not_found("room")),
        };
        batch.answers.push(answer);
    }
    if !batch.new.is_empty() {
        let moved = batch.new.iter().map(|new| new.message.room_id);
        let moved = room_lock::distinct(moved);
        heads.retain(|room, _| moved.binary_search(room).is_ok());
        batch.insert(&transaction).await?;
        room_lock::store(&transaction, heads).await?;
    }
    transaction.commit().await?;
    Ok(batch.into_outcome())
}

/// A message that gets a place in the log.
struct NewMessage {
    message: Message,
    body_hash: Vec<u8>,
    mentions: Vec<UserId>,
}

enum Answer {
    Refused(Error),
    Duplicate(Message),
    /// By index of `Decisions::new`.
    New(usize),
    /// Repeats, within the batch, the new message with this index.
    Repeated(usize),
}

#[derive(Default)]
struct Decisions {
    rights: Vec<Right>,
    new: Vec<NewMessage>,
    by_key: HashMap<SendKey, usize>,
    answers: Vec<Answer>,
}

impl Decisions {
    /// Decides about one post, numbering it when it is new.
    fn decide(
        &mut self,
        post: &Post,
        context: &Context,
        head: &mut entity::room_head::Model,
        now: Timestamp,
    ) -> Answer {
        let key = post.key();
        let body_hash = post.body_hash();
        let used_for_another_body = || {
            let detail = "This client_id was used for a different message.";
            Answer::Refused(Error::new(ErrorCode::IdempotencyConflict, detail))
        };
        let Some(&standing) = context.standings.get(&(post.room_id.0, post.author_id.0)) else {
            return Answer::Refused(Error::not_found("room"));
        };
        // Who may no longer read the room may not learn what became of a send, either.
        if let Err(denial) = policy::authorize(standing, Action::ReadLog) {
            return Answer::Refused(denial.into());
        }
        if let Some((message, hash)) = context.earlier.get(&key) {
            let is_same = *hash == body_hash;
            return if is_same {
                Answer::Duplicate(message.clone())
            } else {
                used_for_another_body()
            };
        }
        if let Some(&index) = self.by_key.get(&key) {
            let is_same = self.new[index].body_hash == body_hash;
            return if is_same { Answer::Repeated(index) } else { used_for_another_body() };
        }
        if let Err(denial) = policy::authorize(standing, Action::PostMessage) {
            return Answer::Refused(denial.into());
        }
        if let Some(error) = self.must_pause(post, standing, context, now) {
            return Answer::Refused(error);
        }
        if post.reply_to.is_some_and(|id| context.replied_to.get(&id) != Some(&post.room_id)) {
            return Answer::Refused(Error::not_found("message to reply to"));
        }
        let Some(author) = context.authors.get(&post.author_id).cloned() else {
            return Answer::Refused(Error::not_found("user"));
        };
        let id = MessageId(Uuid::now_v7());
        let message = message_of(post, id, author, room_lock::next_seq(head), now);
        let mentions = mentions_of(post, context);
        self.new.push(NewMessage { message, body_hash, mentions });
        self.by_key.insert(key, self.new.len() - 1);
        Answer::New(self.new.len() - 1)
    }

    /// Refuses what comes too soon after the author's last message, in this batch or before.
    fn must_pause(
        &self,
        post: &Post,
        standing: Standing,
        context: &Context,
        now: Timestamp,
    ) -> Option<Error> {
        let pause = policy::pause_between_messages(standing)?;
        let mut new = self.new.iter().map(|new| &new.message);
        let is_in_batch = new
            .any(|message| message.room_id == post.room_id && message.author.id == post.author_id);
        let sent_at = context.sent_at.get(&(post.room_id.0, post.author_id.0)).copied();
        let since = if is_in_batch { Duration::ZERO } else { now.since(sent_at?) };
        let left = pause.checked_sub(since).filter(|left| !left.is_zero())?;
        Some(Error::rate_limited("The room is in slow mode: one message a second.", left))
    }

    async fn insert(&self, transaction: &DatabaseTransaction) -> Result<()> {
        let rows = self.new.iter().map(|new| {
            let message = &new.message;
            entity::message::ActiveModel {
                id: Set(message.id.0),
                room_id: Set(message.room_id.0),
                seq: Set(message.seq),
                revision: Set(message.revision),
                author_id: Set(message.author.id.0),
                client_id: Set(message
                    .client_id
                    .as_ref()
                    .map_or_else(String::new, |id| id.as_str().to_owned())),
                body_hash: Set(new.body_hash.clone()),
                body: Set(message.body.clone()),
                reply_to: Set(message.reply_to.map(|id| id.0)),
                created_at: Set(message.created_at.unix_ms()),
                edited_at: Set(None),
                deleted_at: Set(None),
            }
        });
        entity::message::Entity::insert_many(rows).exec_without_returning(transaction).await?;
        let events: Vec<Event> = self.new.iter().map(|new| event_of(&new.message)).collect();
        room_lock::append(transaction, &events).await?;
        let mentions = self.new.iter().flat_map(|new| {
            new.mentions.iter().map(|user| entity::mention::ActiveModel {
                room_id: Set(new.message.room_id.0),
                user_id: Set(user.0),
                seq: Set(new.message.seq),
            })
        });
        let mentions: Vec<_> = mentions.collect();
        for chunk in mentions.chunks(MENTIONS_PER_STATEMENT) {
            entity::mention::Entity::insert_many(chunk.iter().cloned())
                .exec_without_returning(transaction)
                .await?;
        }
        Ok(())
    }

    fn into_outcome(self) -> Outcome {
        let posted = |index: usize, duplicate| {
            Ok(Posted { message: self.new[index].message.clone(), duplicate })
        };
        let answers = self.answers.into_iter().map(|answer| match answer {
            Answer::Refused(error) => Err(error),
            Answer::Duplicate(message) => Ok(Posted { message, duplicate: true }),
            Answer::New(index) => posted(index, false),
            Answer::Repeated(index) => posted(index, true),
        });
        Outcome {
            answers: answers.collect(),
            events: self.new.iter().map(|new| Arc::new(event_of(&new.message))).collect(),
            rights: self.rights,
        }
    }
}

/// The message that a post becomes.
pub fn message_of(
    post: &Post,
    id: MessageId,
    author: UserSummary,
    seq: Seq,
    now: Timestamp,
) -> Message {
    Message {
        id,
        room_id: post.room_id,
        seq,
        revision: seq,
        author,
        body: Some(post.body.as_str().to_owned()),
        reply_to: post.reply_to,
        reactions: Vec::new(),
        created_at: now,
        edited_at: None,
        deleted_at: None,
        client_id: Some(post.client_id.clone()),
    }
}

fn mentions_of(post: &Post, context: &Context) -> Vec<UserId> {
    if context.mentioned.is_empty() {
        return Vec::new();
    }
    let names = mention::candidates(post.body.as_str()).into_iter();
    let mut people: Vec<UserId> =
        names.filter_map(|name| context.mentioned.get(&(post.room_id.0, name)).copied()).collect();
    people.sort_unstable();
    people.dedup();
    people.retain(|person| *person != post.author_id);
    people
}

/// The event that tells of a new message.
pub fn event_of(message: &Message) -> Event {
    Event {
        room_id: message.room_id,
        seq: message.seq,
        actor_id: message.author.id,
        at: message.created_at,
        change: Change::MessageCreated { message: message.clone() },
    }
}
