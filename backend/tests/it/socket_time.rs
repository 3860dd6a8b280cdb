//! What time does to a socket: heartbeats, stalled readers, tokens that run out.

use std::time::Duration;

use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Client, Person, TestApp};

const PATIENCE: Duration = Duration::from_secs(20);
/// A close frame's first bytes: final, opcode 8.
const CLOSE: u8 = 0x88;

#[tokio::test]
async fn a_peer_that_falls_silent_is_given_up() {
    let app = TestApp::with(&["--heartbeat-ms=100"]).await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    // Read past the client, which would answer the pings.
    let mut heard = Vec::new();
    let reading = socket.wire().read_to_end(&mut heard);
    tokio::time::timeout(PATIENCE, reading).await.expect("the server ends it").expect("read");

    assert_eq!(code_of_last_close(&heard), Some(4009));
}

#[tokio::test]
async fn a_peer_that_answers_pings_stays() {
    let app = TestApp::with(&["--heartbeat-ms=100"]).await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    for _ in 0..5 {
        assert!(matches!(socket.next().await, Message::Ping(_)));
    }

    socket.hears_nothing_but_pong().await;
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_given_up_though_it_talks() {
    let app = TestApp::with(&["--heartbeat-ms=500"]).await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let mut stalled = linus.follows(&room).await;
    let large = "x".repeat(16_000);

    let flooding = async {
        while !has_closed_with(&app, 4008).await {
            for _ in 0..16 {
                ada.says(&room, &large).await;
            }
        }
    };
    let talking = async {
        let mut every = tokio::time::interval(Duration::from_millis(50));
        loop {
            every.tick().await;
            // Its end breaks the pipe, too.
            if stalled.try_say(json!({ "type": "ping" })).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = async { tokio::join!(flooding, talking); } => {}
        () = tokio::time::sleep(PATIENCE * 2) => panic!("the stalled reader is kept"),
    }
}

#[tokio::test]
async fn a_token_that_runs_out_is_announced_a_minute_before() {
    let app = TestApp::with(&["--access-token-s=61"]).await;
    let ada = app.person("ada").await;

    let mut socket = ada.connects().await;

    let announced = socket.expect("token_expiring").await;
    assert!(announced["at"].as_str().is_some_and(|at| at.ends_with('Z')), "{announced}");
}

#[tokio::test]
async fn a_token_of_less_than_a_minute_is_announced_at_half_of_its_life() {
    let app = TestApp::with(&["--access-token-s=4"]).await;
    let ada = app.person("ada").await;

    let mut socket = ada.connects().await;
    let announced = socket.expect("token_expiring").await;

    let end = OffsetDateTime::parse(announced["at"].as_str().expect("a time"), &Rfc3339).unwrap();
    let left = end - OffsetDateTime::now_utc();
    assert!(left <= Duration::from_millis(2_100), "{left} left");
}

#[tokio::test]
async fn a_socket_ends_with_its_token() {
    let app = TestApp::with(&["--access-token-s=2"]).await;
    let ada = app.person("ada").await;

    let mut socket = ada.connects().await;

    socket.expect("token_expiring").await;
    assert_eq!(socket.closed().await, 4401);
}

#[tokio::test]
async fn a_fresh_token_keeps_the_socket() {
    let app = TestApp::with(&["--access-token-s=3"]).await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;
    let first_end = socket.expect("token_expiring").await["at"].clone();

    let fresh = later_token(&ada, first_end.as_str().expect("a time")).await;
    socket.say(json!({ "type": "auth", "id": 1, "token": fresh })).await;

    socket.expect("ok").await;
    let second_end = socket.expect("token_expiring").await["at"].clone();
    assert!(second_end.as_str() > first_end.as_str(), "{second_end} after {first_end}");
}

/// A token of the same login that lives longer than `end`: tokens count whole seconds.
async fn later_token(person: &Person, end: &str) -> String {
    let anybody = Client::new(person.client.address, None);
    let mut refresh_token = person.refresh_token.clone();
    loop {
        let body = json!({ "refresh_token": refresh_token });
        let login = anybody.post("/auth/refresh", body).await.expect(200);
        let token = login["access_token"].as_str().expect("a token").to_owned();
        let mut probe = crate::support::Socket::open(person.client.address).await;
        probe.say(json!({ "type": "hello", "token": token })).await;
        let welcome = probe.expect("welcome").await;
        if welcome["token_expires_at"].as_str().is_some_and(|at| at > end) {
            return token;
        }
        refresh_token = login["refresh_token"].as_str().expect("a token").to_owned();
    }
}

fn code_of_last_close(bytes: &[u8]) -> Option<u16> {
    let starts = bytes.windows(4).rev().find(|window| window[0] == CLOSE && window[1] < 126)?;
    Some(u16::from_be_bytes([starts[2], starts[3]]))
}

async fn has_closed_with(app: &TestApp, code: u16) -> bool {
    let url = format!("http://{}/metrics", app.address);
    let metrics = reqwest::get(url).await.expect("metrics").text().await.expect("a text");
    metrics.contains(&format!("devschat_sockets_closed_total{{code=\"{code}\"}}"))
}
