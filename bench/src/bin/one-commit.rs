//! Yardstick: stores each message in a transaction of its own, then acknowledges it: what
//! ingest costs without batches. It hears DevsChat's `send` and answers with its `ack`.
//!
//! One worker. Nothing is broadcast, nothing is checked.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};
use futures_util::StreamExt as _;
use serde::Deserialize;
use sqlx::{PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

const TABLES: [&str; 2] = [
    "CREATE TABLE heads (room_id uuid PRIMARY KEY, seq bigint NOT NULL)",
    "CREATE TABLE messages (room_id uuid, seq bigint, client_id uuid NOT NULL UNIQUE,
        body text NOT NULL, PRIMARY KEY (room_id, seq))",
];

#[derive(Deserialize)]
struct Send {
    id: u64,
    room_id: Uuid,
    client_id: Uuid,
    body: String,
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let address = std::env::var("DEVSCHAT_LISTEN")?;
    let url = std::env::var("DATABASE_URL")?;
    let pool = PgPoolOptions::new().max_connections(16).connect(&url).await?;
    for table in TABLES {
        sqlx::query(table).execute(&pool).await?;
    }
    let pool = web::Data::new(pool);
    let app = move || App::new().app_data(pool.clone()).route("/rooms/{room}", web::get().to(join));
    Ok(HttpServer::new(app).workers(1).tcp_nodelay(true).bind(address)?.run().await?)
}

async fn join(
    request: HttpRequest,
    body: web::Payload,
    pool: web::Data<PgPool>,
) -> actix_web::Result<HttpResponse> {
    let (response, session, mut messages) = actix_ws::handle(&request, body)?;
    rt::spawn(async move {
        while let Some(Ok(message)) = messages.next().await {
            let actix_ws::Message::Text(text) = message else { continue };
            let Ok(send) = serde_json::from_str::<Send>(&text) else { continue };
            let (pool, mut session) = (pool.clone(), session.clone());
            // Of one sender several are under way, as in DevsChat.
            rt::spawn(async move {
                let answer = match store(&pool, &send).await {
                    Ok(seq) => format!(r#"{{"type":"ack","id":{},"seq":{seq}}}"#, send.id),
                    Err(_) => r#"{"type":"error","code":"internal"}"#.to_owned(),
                };
                // A socket that is gone waits for no answer.
                let _ = session.text(answer).await;
            });
        }
    });
    Ok(response)
}

async fn store(pool: &PgPool, send: &Send) -> sqlx::Result<i64> {
    let mut transaction = pool.begin().await?;
    let next = "INSERT INTO heads VALUES ($1, 1)
        ON CONFLICT (room_id) DO UPDATE SET seq = heads.seq + 1 RETURNING seq";
    let seq = sqlx::query_scalar(next).bind(send.room_id).fetch_one(&mut *transaction).await?;
    sqlx::query("INSERT INTO messages VALUES ($1, $2, $3, $4)")
        .bind(send.room_id)
        .bind(seq)
        .bind(send.client_id)
        .bind(&send.body)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(seq)
}
