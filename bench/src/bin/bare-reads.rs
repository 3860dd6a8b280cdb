//! Yardstick: a room's page and the list of rooms as bare actix-web and sqlx answer them, from
//! the tables of a server on SQLite, each by one statement. It asks nobody who they are.

use actix_web::{App, HttpServer, error::ErrorInternalServerError, web};
use serde::{Deserialize, Serialize};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use uuid::Uuid;

const MESSAGES: &str = "SELECT m.id, m.room_id, m.seq, m.revision, m.author_id, m.client_id,
        m.body, m.reply_to, m.created_at, m.edited_at, m.deleted_at,
        u.username, u.first_name, u.last_name
    FROM messages m JOIN users u ON u.id = m.author_id
    WHERE m.room_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?";

const ROOMS: &str = "SELECT r.id, r.name, r.topic, r.visibility, r.created_at, r.archived_at,
        h.head_seq, m.role, m.read_seq,
        (SELECT COUNT(*) FROM room_members o WHERE o.room_id = r.id) AS member_count,
        (SELECT COUNT(*) FROM (SELECT 1 FROM messages x
            WHERE x.room_id = r.id AND x.author_id <> u.id AND x.deleted_at IS NULL
              AND x.seq > max(m.read_seq, h.head_seq - 1000) LIMIT 100)) AS unread_count,
        (SELECT COUNT(*) FROM (SELECT 1 FROM mentions x
            WHERE x.room_id = r.id AND x.user_id = u.id
              AND x.seq > m.read_seq LIMIT 100)) AS mention_count
    FROM rooms r JOIN room_heads h ON h.room_id = r.id
    JOIN users u ON u.username = 'person0'
    LEFT JOIN room_members m ON m.room_id = r.id AND m.user_id = u.id
    WHERE r.deleted_at IS NULL AND (r.visibility = 'public' OR m.user_id IS NOT NULL)
    ORDER BY r.name_key LIMIT ?";

#[derive(Serialize, sqlx::FromRow)]
struct Message {
    id: Uuid,
    room_id: Uuid,
    seq: i64,
    revision: i64,
    author_id: Uuid,
    client_id: String,
    body: String,
    reply_to: Option<Uuid>,
    created_at: i64,
    edited_at: Option<i64>,
    deleted_at: Option<i64>,
    username: String,
    first_name: String,
    last_name: String,
}

#[derive(Serialize, sqlx::FromRow)]
struct Room {
    id: Uuid,
    name: String,
    topic: String,
    visibility: String,
    created_at: i64,
    archived_at: Option<i64>,
    head_seq: i64,
    role: Option<String>,
    read_seq: Option<i64>,
    member_count: i64,
    unread_count: i64,
    mention_count: i64,
}

#[derive(Deserialize)]
struct MessagesQuery {
    before: i64,
    limit: i64,
}

#[derive(Deserialize)]
struct RoomsQuery {
    limit: i64,
}

#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let address = std::env::var("DEVSCHAT_LISTEN")?;
    let options = std::env::var("DATABASE_URL")?.parse::<SqliteConnectOptions>()?;
    // As many as DevsChat reads with.
    let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
    let pool = web::Data::new(pool);
    let app = move || {
        App::new()
            .app_data(pool.clone())
            .route("/api/v1/rooms", web::get().to(rooms))
            .route("/api/v1/rooms/{room}/messages", web::get().to(messages))
    };
    Ok(HttpServer::new(app).workers(1).tcp_nodelay(true).bind(address)?.run().await?)
}

async fn messages(
    room: web::Path<Uuid>,
    query: web::Query<MessagesQuery>,
    pool: web::Data<SqlitePool>,
) -> actix_web::Result<web::Json<Items<Message>>> {
    let found = sqlx::query_as(MESSAGES)
        .bind(room.into_inner())
        .bind(query.before)
        .bind(query.limit)
        .fetch_all(pool.get_ref())
        .await;
    Ok(web::Json(Items { items: found.map_err(ErrorInternalServerError)? }))
}

async fn rooms(
    query: web::Query<RoomsQuery>,
    pool: web::Data<SqlitePool>,
) -> actix_web::Result<web::Json<Items<Room>>> {
    let found = sqlx::query_as(ROOMS).bind(query.limit).fetch_all(pool.get_ref()).await;
    Ok(web::Json(Items { items: found.map_err(ErrorInternalServerError)? }))
}
