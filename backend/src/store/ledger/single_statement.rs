//! PostgreSQL's common case: nothing but new messages, committed by one autocommit statement.
//!
//! No lock is held across a round trip, and nothing is read first: who may write is what was
//! last seen under the room's lock, and counts only while `acl_version` has not moved since.
//! The statement numbers the messages of just those rooms. A repeated send breaks a
//! uniqueness and with it the whole statement, so that nothing is numbered twice; there is no
//! `ON CONFLICT`, which would leave holes. What isn't committed here goes the long way
//! (`post`), which decides.
//!
//! Written past the query builder, since it needs arrays, data-changing `WITH` and one round
//! trip. Measured in docs/performance.md against the long way.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, LazyLock},
};

use sea_orm::{
    DatabaseConnection, DbErr, RuntimeErr,
    sqlx::{self, PgPool, Row as _, postgres::PgRow},
};
use uuid::Uuid;

use super::{
    known_rights::KnownRights,
    post::{Post, Posted, message_of},
};
use crate::{
    domain::{
        id::{MessageId, Seq},
        timestamp::Timestamp,
        user::{UserSummary, display_name},
    },
    error::Result,
};

/// For the messages of one room.
static IN_ONE_ROOM: LazyLock<String> = LazyLock::new(|| statement("", "wanted"));

/// For those of several, whose heads are locked in the order of ids first: whoever else locks
/// several does so, too, and nobody waits in a circle.
static IN_ROOMS: LazyLock<String> = LazyLock::new(|| {
    let locked = "
locked AS (
    SELECT wanted.* FROM room_heads AS head JOIN wanted USING (room_id)
    WHERE head.acl_version = wanted.acl_version
    ORDER BY head.room_id FOR NO KEY UPDATE OF head
),";
    statement(locked, "locked")
});

/// Names come by a subselect, since a join of what is not known to be few is planned for many.
fn statement(locked: &str, source: &str) -> String {
    format!(
        "
WITH wanted AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[])
        AS wanted (room_id, acl_version, messages)
),{locked} moved AS (
    UPDATE room_heads AS head SET head_seq = head.head_seq + wanted.messages
    FROM {source} AS wanted
    WHERE head.room_id = wanted.room_id AND head.acl_version = wanted.acl_version
    RETURNING head.room_id, head.head_seq - wanted.messages AS base
), placed AS (
    SELECT post.*, moved.base + post.place AS seq
    FROM unnest($4::uuid[], $5::bigint[], $6::uuid[], $7::uuid[], $8::text[], $9::bytea[], $10::text[])
        AS post (room_id, place, id, author_id, client_id, body_hash, body)
    JOIN moved USING (room_id)
), stored AS (
    INSERT INTO messages (id, room_id, seq, revision, author_id, client_id, body_hash, body, created_at)
    SELECT id, room_id, seq, seq, author_id, client_id, body_hash, body, $11 FROM placed
), logged AS (
    INSERT INTO room_events (room_id, seq, kind, actor_id, message_id, created_at)
    SELECT room_id, seq, 'message_created', author_id, id, $11 FROM placed
)
SELECT id, seq, (
    SELECT ARRAY[username, first_name, last_name] FROM users WHERE users.id = author_id
) AS names
FROM placed"
    )
}

/// Commits what can be committed so: the messages of rooms whose rights have not moved.
/// Answers in the order of `posts`; nothing for a post that has to go the long way.
pub async fn commit(
    db: &DatabaseConnection,
    posts: &[Post],
    rights: &KnownRights,
    now: Timestamp,
) -> Result<Vec<Option<Posted>>> {
    let ids: Vec<Uuid> = posts.iter().map(|_| Uuid::now_v7()).collect();
    let rows = run(db.get_postgres_connection_pool(), posts, &ids, rights, now).await;
    let placed = rows.map_err(query_error)?.iter().map(read).collect::<sqlx::Result<_>>();
    let mut placed: HashMap<Uuid, Placed> = placed.map_err(query_error)?;
    let answers = posts.iter().zip(ids).map(|(post, id)| {
        let Placed { seq, username, display_name } = placed.remove(&id)?;
        let author = UserSummary { id: post.author_id, username, display_name };
        let message = message_of(post, MessageId(id), author, seq, now);
        Some(Posted { message, duplicate: false })
    });
    Ok(answers.collect())
}

async fn run(
    pool: &PgPool,
    posts: &[Post],
    ids: &[Uuid],
    rights: &KnownRights,
    now: Timestamp,
) -> sqlx::Result<Vec<PgRow>> {
    let mut messages_of = BTreeMap::<Uuid, i64>::new();
    let places: Vec<i64> = posts
        .iter()
        .map(|post| {
            let messages = messages_of.entry(post.room_id.0).or_default();
            *messages += 1;
            *messages
        })
        .collect();
    let rooms: Vec<Uuid> = messages_of.keys().copied().collect();
    let versions: Vec<Option<i64>> = rooms.iter().map(|room| rights.acl_version(*room)).collect();
    let statement: &'static str = if rooms.len() == 1 { &IN_ONE_ROOM } else { &IN_ROOMS };
    sqlx::query(statement)
        .bind(rooms)
        .bind(versions)
        .bind(messages_of.into_values().collect::<Vec<_>>())
        .bind(column(posts, |post| post.room_id.0))
        .bind(places)
        .bind(ids)
        .bind(column(posts, |post| post.author_id.0))
        .bind(column(posts, |post| post.client_id.as_str()))
        .bind(column(posts, Post::body_hash))
        .bind(column(posts, |post| post.body.as_str()))
        .bind(now.unix_ms())
        .fetch_all(pool)
        .await
}

fn column<'a, T>(posts: &'a [Post], value: impl Fn(&'a Post) -> T) -> Vec<T> {
    posts.iter().map(value).collect()
}

/// Where a message came to stand, and what its author is called.
struct Placed {
    seq: Seq,
    username: String,
    display_name: String,
}

fn read(row: &PgRow) -> sqlx::Result<(Uuid, Placed)> {
    let [username, first_name, last_name]: [String; 3] = row.try_get("names")?;
    let display_name = display_name(&first_name, &last_name);
    let placed = Placed { seq: row.try_get("seq")?, username, display_name };
    Ok((row.try_get("id")?, placed))
}

fn query_error(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}
