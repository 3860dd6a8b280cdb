//! The database itself, past the server: what it holds, and cutting off its users.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::{
    FromRow, PgPool, Postgres, Sqlite, SqlitePool,
    postgres::{PgPoolOptions, PgRow},
    sqlite::{SqlitePoolOptions, SqliteRow},
};
use uuid::Uuid;

use crate::{
    history::{Digest, Seq},
    snapshot::{EventRow, MemberRow, MessageRow, ReactionRow, RoomRow, Snapshot},
};

pub enum Database {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

/// Where everybody has to be.
pub struct Heads {
    pub by_room: HashMap<Uuid, Seq>,
    pub members: Vec<MemberRow>,
}

impl Database {
    pub fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("sqlite:") {
            let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy(url)?;
            return Ok(Self::Sqlite(pool));
        }
        // Never idle for long: it may have been killed meanwhile.
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy(url)?;
        Ok(Self::Postgres(pool))
    }

    /// Ends all connections of the server; returns how many there were.
    pub async fn terminate_backends(&self) -> anyhow::Result<usize> {
        let Self::Postgres(pool) = self else { return Ok(0) };
        let ended = sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE application_name = 'devschat' AND pid <> pg_backend_pid()",
        );
        Ok(ended.fetch_all(pool).await?.len())
    }

    pub async fn heads(&self) -> sqlx::Result<Heads> {
        let heads = self.rows::<(Uuid, Seq)>("SELECT room_id, head_seq FROM room_heads").await?;
        Ok(Heads { by_room: heads.into_iter().collect(), members: self.members().await? })
    }

    /// All of it. `epoch` is what the server calls this history.
    pub async fn snapshot(&self, epoch: String) -> anyhow::Result<Snapshot> {
        let rooms = self.rows("SELECT room_id, head_seq FROM room_heads ORDER BY room_id").await?;
        let rooms = rooms.into_iter().map(|(room_id, head_seq)| RoomRow { room_id, head_seq });
        Ok(Snapshot {
            epoch,
            rooms: rooms.collect(),
            events: self.events().await?,
            messages: self.messages().await?,
            members: self.members().await?,
            reactions: self.reactions().await?,
        })
    }

    async fn events(&self) -> anyhow::Result<Vec<EventRow>> {
        #[derive(Default, Deserialize)]
        struct About {
            user: Option<User>,
        }
        #[derive(Deserialize)]
        struct User {
            id: Uuid,
        }
        type Row = (Uuid, Seq, String, Uuid, Option<Uuid>, Option<String>);
        let rows = self.rows::<Row>(
            "SELECT room_id, seq, kind, actor_id, message_id, data FROM room_events \
             ORDER BY room_id, seq",
        );
        let rows = rows.await?.into_iter();
        let events = rows.map(|(room_id, seq, kind, actor_id, message_id, data)| {
            let about: About =
                data.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
            let user_id = about.user.map(|user| user.id);
            Ok(EventRow { room_id, seq, kind, actor_id, message_id, user_id })
        });
        events.collect()
    }

    async fn messages(&self) -> sqlx::Result<Vec<MessageRow>> {
        type Row = (Uuid, Uuid, Seq, Seq, Uuid, String, Option<String>, Option<i64>);
        let rows = self.rows::<Row>(
            "SELECT id, room_id, seq, revision, author_id, client_id, body, deleted_at \
             FROM messages ORDER BY room_id, seq",
        );
        let messages = rows.await?.into_iter().map(
            |(id, room_id, seq, revision, author_id, client_id, body, deleted_at)| {
                let body = body.as_deref().map(Digest::of);
                let is_deleted = deleted_at.is_some();
                MessageRow { id, room_id, seq, revision, author_id, client_id, body, is_deleted }
            },
        );
        Ok(messages.collect())
    }

    async fn members(&self) -> sqlx::Result<Vec<MemberRow>> {
        let rows = self.rows::<(Uuid, Uuid)>("SELECT room_id, user_id FROM room_members").await?;
        Ok(rows.into_iter().map(|(room_id, user_id)| MemberRow { room_id, user_id }).collect())
    }

    async fn reactions(&self) -> sqlx::Result<Vec<ReactionRow>> {
        let rows = self.rows("SELECT message_id, emoji, user_id FROM reactions").await?.into_iter();
        let reactions =
            rows.map(|(message_id, emoji, user_id)| ReactionRow { message_id, emoji, user_id });
        Ok(reactions.collect())
    }

    async fn rows<T>(&self, sql: &'static str) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        match self {
            Self::Postgres(pool) => sqlx::query_as::<Postgres, T>(sql).fetch_all(pool).await,
            Self::Sqlite(pool) => sqlx::query_as::<Sqlite, T>(sql).fetch_all(pool).await,
        }
    }
}
