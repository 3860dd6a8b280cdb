//! Pages of fifty from a room with very many messages, at its end and deep in its past.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use hdrhistogram::Histogram;
use reqwest::Client;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use uuid::Uuid;

use super::{
    counts::record,
    people::{self, People},
    report::Figures,
    scenario::Server,
    subject::Subject,
};

const PAGE: i64 = 50;
const LASTS: Duration = Duration::from_secs(4);
const LONGEST_MICROS: u64 = 60_000_000;

/// SQLite only: that is where a page's cost is the server's own.
pub async fn run(messages: i64, server: Server, programs: &Path) -> anyhow::Result<Figures> {
    ensure!(server == Server::Sqlite, "history is measured on SQLite");
    let subject = Subject::start(server, programs).await?;
    let people = people::gather(subject.addresses[0], 1).await?;
    let options = subject.database_url.parse::<SqliteConnectOptions>()?;
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let head = fill(&pool, people.rooms[0], messages).await?;

    let (recent, page_ms) = pages(&subject, &people, head - 10_000..head).await?;
    let (_, deep_page_ms) = pages(&subject, &people, PAGE * 2..10_000).await?;
    let bare = bare_pages(&pool, people.rooms[0], head).await?;
    pool.close().await;
    Ok(Figures {
        pages_per_s: Some(recent),
        bare_pages_per_s: Some(bare),
        page_ms: Some((&page_ms).into()),
        deep_page_ms: Some((&deep_page_ms).into()),
        peak_rss_kib: Some(subject.memory_kib("VmHWM")),
        ..Figures::default()
    })
}

/// Writes the messages past the server; returns the new head.
async fn fill(pool: &SqlitePool, room_id: Uuid, messages: i64) -> anyhow::Result<i64> {
    let mut transaction = pool.begin().await?;
    let head: i64 = sqlx::query_scalar("SELECT head_seq FROM room_heads WHERE room_id = ?")
        .bind(room_id)
        .fetch_one(&mut *transaction)
        .await?;
    let numbers = "WITH RECURSIVE numbers (seq) AS
        (SELECT ?2 + 1 UNION ALL SELECT seq + 1 FROM numbers WHERE seq < ?3)";
    let inserts = [
        "INSERT INTO messages
            (id, room_id, seq, revision, author_id, client_id, body_hash, body, created_at)
         SELECT randomblob(16), ?1, seq, seq, (SELECT min(id) FROM users), 'load-' || seq,
            randomblob(32), 'A message of an ordinary length, number ' || seq, 1760000000000 + seq
         FROM numbers",
        "INSERT INTO room_events (room_id, seq, kind, actor_id, message_id, created_at)
         SELECT room_id, seq, 'message_created', author_id, id, created_at FROM messages
         WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3",
    ];
    for insert in [format!("{numbers} {}", inserts[0]), inserts[1].to_owned()] {
        sqlx::query(sqlx::AssertSqlSafe(insert))
            .bind(room_id)
            .bind(head)
            .bind(head + messages)
            .execute(&mut *transaction)
            .await?;
    }
    sqlx::query("UPDATE room_heads SET head_seq = ? WHERE room_id = ?")
        .bind(head + messages)
        .bind(room_id)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(head + messages)
}

async fn pages(
    subject: &Subject,
    people: &People,
    places: std::ops::Range<i64>,
) -> anyhow::Result<(f64, Histogram<u64>)> {
    let http = Client::new();
    let mut latencies = Histogram::new_with_max(LONGEST_MICROS, 3)?;
    let started = Instant::now();
    while started.elapsed() < LASTS {
        let before = fastrand::i64(places.clone());
        let (address, room_id) = (subject.addresses[0], people.rooms[0]);
        let url = format!(
            "http://{address}/api/v1/rooms/{room_id}/messages?before={before}&limit={PAGE}"
        );
        let asked = Instant::now();
        let answer = http.get(url).bearer_auth(&people.tokens[0]).send().await?;
        answer.error_for_status()?.bytes().await?;
        record(&mut latencies, asked.elapsed());
    }
    Ok((latencies.len() as f64 / started.elapsed().as_secs_f64(), latencies))
}

/// The same rows through sqlx alone, by one reader.
async fn bare_pages(pool: &SqlitePool, room_id: Uuid, head: i64) -> anyhow::Result<f64> {
    let started = Instant::now();
    let mut pages = 0_u32;
    while started.elapsed() < LASTS {
        let rows = sqlx::query(
            "SELECT messages.*, users.username, users.first_name, users.last_name
             FROM messages JOIN users ON users.id = messages.author_id
             WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        )
        .bind(room_id)
        .bind(fastrand::i64(head - 10_000..head))
        .bind(PAGE)
        .fetch_all(pool)
        .await?;
        ensure!(rows.len() == 50, "a page is incomplete");
        pages += 1;
    }
    Ok(f64::from(pages) / started.elapsed().as_secs_f64())
}
