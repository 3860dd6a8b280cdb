//! Reads over REST: pages of fifty from a room with very many messages, at its end and deep in
//! its past, and the list of rooms.

use std::{
    cell::RefCell,
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use futures_util::future::try_join_all;
use hdrhistogram::Histogram;
use reqwest::Client;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use uuid::Uuid;

use super::{counts::record, people, report::Figures, scenario::Server, subject::Subject};

const PAGE: i64 = 50;
const READERS: u32 = 4;
const LASTS: Duration = Duration::from_secs(4);
const LONGEST_MICROS: u64 = 60_000_000;

/// SQLite only: that is where a page's cost is the server's own.
pub async fn run(
    (messages, rooms): (i64, usize),
    server: Server,
    programs: &Path,
) -> anyhow::Result<Figures> {
    ensure!(server == Server::Sqlite, "reads are measured on SQLite");
    let mut subject = Subject::start(server, programs).await?;
    let people = people::gather(subject.addresses[0], rooms).await?;
    let options = subject.database_url.parse::<SqliteConnectOptions>()?;
    let pool = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
    let room_id = people.rooms[0];
    let head = fill(&pool, room_id, messages).await?;
    subject.launch(Server::BareReads, programs).await?;

    let page = |before| format!("rooms/{room_id}/messages?before={before}&limit={PAGE}");
    let recent_page = || page(fastrand::i64(head - 10_000..head));
    let deep_page = || page(fastrand::i64(PAGE * 2..10_000));
    let room_list = || format!("rooms?limit={PAGE}");
    let of = |address| Reader { address, token: &people.tokens[0] };
    let (devschat, bare) = (of(subject.addresses[0]), of(subject.addresses[1]));

    let recent = devschat.read(recent_page).await?;
    let deep = devschat.read(deep_page).await?;
    let bare_recent = bare.read(recent_page).await?;
    let bare_sqlx = bare_pages(&pool, room_id, head).await?;
    let lists = devschat.read(room_list).await?;
    let bare_lists = bare.read(room_list).await?;
    pool.close().await;
    Ok(Figures {
        pages_per_s: Some(per_second(&recent)),
        bare_actix_pages_per_s: Some(per_second(&bare_recent)),
        bare_sqlx_pages_per_s: Some(bare_sqlx),
        room_lists_per_s: Some(per_second(&lists)),
        bare_actix_room_lists_per_s: Some(per_second(&bare_lists)),
        page_ms: Some((&recent).into()),
        deep_page_ms: Some((&deep).into()),
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

/// People who read at a server, each waiting for an answer before asking again.
struct Reader<'a> {
    address: SocketAddr,
    token: &'a str,
}

impl Reader<'_> {
    async fn read(&self, path: impl Fn() -> String) -> anyhow::Result<Histogram<u64>> {
        let http = Client::new();
        let latencies = RefCell::new(Histogram::new_with_max(LONGEST_MICROS, 3)?);
        let started = Instant::now();
        let one = || async {
            while started.elapsed() < LASTS {
                let url = format!("http://{}/api/v1/{}", self.address, path());
                let asked = Instant::now();
                let answer = http.get(url).bearer_auth(self.token).send().await?;
                answer.error_for_status()?.bytes().await?;
                record(&mut latencies.borrow_mut(), asked.elapsed());
            }
            anyhow::Ok(())
        };
        try_join_all((0..READERS).map(|_| one())).await?;
        Ok(latencies.into_inner())
    }
}

fn per_second(latencies: &Histogram<u64>) -> f64 {
    latencies.len() as f64 / LASTS.as_secs_f64()
}

/// The same rows through sqlx alone.
async fn bare_pages(pool: &SqlitePool, room_id: Uuid, head: i64) -> anyhow::Result<f64> {
    let started = Instant::now();
    let one = || async {
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
        anyhow::Ok(pages)
    };
    let pages = try_join_all((0..READERS).map(|_| one())).await?;
    Ok(f64::from(pages.iter().sum::<u32>()) / LASTS.as_secs_f64())
}
