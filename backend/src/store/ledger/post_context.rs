//! What the database says about a batch of messages, read under the batch's locks.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{
    ColumnTrait as _, Condition, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::{
    known_rights::Right,
    post::{Post, SendKey},
    room_lock::Heads,
};
use crate::{
    domain::{
        id::{MessageId, RoomId, UserId},
        mention,
        message::Message,
        policy::{self, Action, Standing},
        timestamp::Timestamp,
        user::UserSummary,
    },
    error::Result,
    store::{
        entity::{message, room, room_member, user},
        members, messages, users,
    },
};

pub struct Context {
    pub standings: HashMap<(Uuid, Uuid), Standing>,
    /// When those who have to pause between messages sent their last one.
    pub sent_at: HashMap<(Uuid, Uuid), Timestamp>,
    pub authors: HashMap<UserId, UserSummary>,
    /// Messages whose names the batch uses again, and the hashes of their bodies.
    pub earlier: HashMap<SendKey, (Message, Vec<u8>)>,
    /// Messages that exist, and the room of each.
    pub replied_to: HashMap<MessageId, RoomId>,
    /// Members whose names the batch mentions, by room and name.
    pub mentioned: HashMap<(Uuid, String), UserId>,
}

impl Context {
    pub async fn load(
        transaction: &DatabaseTransaction,
        posts: &[Post],
        rooms: Vec<Uuid>,
    ) -> Result<Self> {
        let mut author_ids: Vec<Uuid> = posts.iter().map(|post| post.author_id.0).collect();
        author_ids.sort_unstable();
        author_ids.dedup();
        let by_room = by_room(posts);
        let standings = standings(transaction, &by_room).await?;
        Ok(Self {
            sent_at: sent_at(transaction, &standings).await?,
            standings,
            earlier: earlier(transaction, &by_room).await?,
            replied_to: replied_to(transaction, posts).await?,
            mentioned: mentioned(transaction, posts, &rooms).await?,
            authors: users::summaries(transaction, author_ids).await?,
        })
    }

    /// Those of the posts' authors who may write in their rooms whenever they like.
    pub fn rights(&self, posts: &[Post], heads: &Heads) -> Vec<Right> {
        let rights = posts.iter().filter_map(|post| {
            let acl_version = heads.get(&post.room_id.0)?.acl_version;
            let standing = *self.standings.get(&(post.room_id.0, post.author_id.0))?;
            policy::authorize(standing, Action::PostMessage).ok()?;
            if policy::pause_between_messages(standing).is_some() {
                return None;
            }
            Some(Right { room_id: post.room_id, author_id: post.author_id, acl_version })
        });
        rights.collect()
    }
}

type ByRoom<'a> = BTreeMap<Uuid, Vec<&'a Post>>;

fn by_room(posts: &[Post]) -> ByRoom<'_> {
    let mut by_room = ByRoom::new();
    for post in posts {
        by_room.entry(post.room_id.0).or_default().push(post);
    }
    by_room
}

/// What is asked about each room's posts, in one condition. Asking for any of the rooms, any
/// of the authors and any of the names would make the database look at every combination.
fn in_each_room(by_room: &ByRoom<'_>, of_room: impl Fn(Uuid, &[&Post]) -> Condition) -> Condition {
    let rooms = by_room.iter().map(|(room, posts)| of_room(*room, posts));
    rooms.fold(Condition::any(), Condition::add)
}

fn authors<'a>(posts: &'a [&Post]) -> impl Iterator<Item = Uuid> + 'a {
    posts.iter().map(|post| post.author_id.0)
}

async fn standings(
    transaction: &DatabaseTransaction,
    by_room: &ByRoom<'_>,
) -> Result<HashMap<(Uuid, Uuid), Standing>> {
    let live = room::Entity::find()
        .filter(room::Column::Id.is_in(by_room.keys().copied()))
        .filter(room::COLUMN.deleted_at.is_null())
        .all(transaction)
        .await?;
    let members = room_member::Entity::find()
        .filter(in_each_room(by_room, |room, posts| {
            Condition::all()
                .add(room_member::Column::RoomId.eq(room))
                .add(room_member::Column::UserId.is_in(authors(posts)))
        }))
        .all(transaction)
        .await?;
    let members: HashMap<_, _> =
        members.into_iter().map(|member| ((member.room_id, member.user_id), member)).collect();
    let mut standings = HashMap::new();
    for room in &live {
        for author in by_room.get(&room.id).into_iter().flat_map(|posts| authors(posts)) {
            let place = (room.id, author);
            standings.insert(place, members::standing_of(room, members.get(&place))?);
        }
    }
    Ok(standings)
}

async fn sent_at(
    transaction: &DatabaseTransaction,
    standings: &HashMap<(Uuid, Uuid), Standing>,
) -> Result<HashMap<(Uuid, Uuid), Timestamp>> {
    let paused = standings
        .iter()
        .filter(|(_, standing)| policy::pause_between_messages(**standing).is_some());
    let mut sent_at = HashMap::new();
    for ((room_id, author_id), _) in paused {
        let last = message::Entity::find()
            .select_only()
            .column_as(message::Column::CreatedAt.max(), "sent_at")
            .filter(message::COLUMN.room_id.eq(*room_id))
            .filter(message::COLUMN.author_id.eq(*author_id))
            .into_tuple::<Option<i64>>();
        if let Some(at) = last.one(transaction).await?.flatten() {
            sent_at.insert((*room_id, *author_id), Timestamp::from_unix_ms(at));
        }
    }
    Ok(sent_at)
}

async fn earlier(
    transaction: &DatabaseTransaction,
    by_room: &ByRoom<'_>,
) -> Result<HashMap<SendKey, (Message, Vec<u8>)>> {
    let rows = message::Entity::find()
        .filter(in_each_room(by_room, |room, posts| {
            let client_ids = posts.iter().map(|post| post.client_id.as_str());
            Condition::all()
                .add(message::Column::RoomId.eq(room))
                .add(message::Column::AuthorId.is_in(authors(posts)))
                .add(message::Column::ClientId.is_in(client_ids))
        }))
        .all(transaction)
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let chosen = message::Entity::find().filter(message::Column::Id.is_in(ids));
    let messages = messages::read(transaction, chosen).await?.into_iter();
    let mut messages: HashMap<_, _> = messages.map(|message| (message.id.0, message)).collect();
    let earlier = rows.into_iter().filter_map(|row| {
        let message = messages.remove(&row.id)?;
        Some(((row.room_id, row.author_id, row.client_id), (message, row.body_hash)))
    });
    Ok(earlier.collect())
}

async fn replied_to(
    transaction: &DatabaseTransaction,
    posts: &[Post],
) -> Result<HashMap<MessageId, RoomId>> {
    let ids: Vec<Uuid> = posts.iter().filter_map(|post| post.reply_to).map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = message::Entity::find().filter(message::Column::Id.is_in(ids));
    let rows = found.all(transaction).await?;
    Ok(rows.into_iter().map(|row| (MessageId(row.id), RoomId(row.room_id))).collect())
}

async fn mentioned(
    transaction: &DatabaseTransaction,
    posts: &[Post],
    rooms: &[Uuid],
) -> Result<HashMap<(Uuid, String), UserId>> {
    let names: Vec<String> =
        posts.iter().flat_map(|post| mention::candidates(post.body.as_str())).collect();
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let people = user::Entity::find().filter(user::Column::UsernameKey.is_in(names));
    let people = people.all(transaction).await?;
    let memberships = room_member::Entity::find()
        .filter(room_member::Column::RoomId.is_in(rooms.iter().copied()))
        .filter(room_member::Column::UserId.is_in(people.iter().map(|person| person.id)))
        .all(transaction)
        .await?;
    let name_of: HashMap<_, _> =
        people.into_iter().map(|person| (person.id, person.username_key)).collect();
    let places = memberships.into_iter().filter_map(|membership| {
        let name = name_of.get(&membership.user_id)?.clone();
        Some(((membership.room_id, name), UserId(membership.user_id)))
    });
    Ok(places.collect())
}
