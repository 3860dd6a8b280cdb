//! Messages that come too fast are refused, and nothing else happens to their sender.

use serde_json::json;

use crate::support::{Data, Person, TestApp, is_scale_out};

const THREE_A_MINUTE: &[&str] = &["--limit-messages=3/m:3"];

#[tokio::test]
async fn a_message_over_the_limit_is_refused_and_the_socket_stays_open() {
    let app = TestApp::with(THREE_A_MINUTE).await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.connects().await;

    for n in 0..3 {
        socket.sends(&room, &format!("c{n}"), "hi").await;
        socket.expect("ack").await;
    }
    socket.sends(&room, "c3", "too fast").await;

    let refused = socket.expect("error").await;
    assert_eq!((&refused["code"], &refused["id"]), (&json!("rate_limited"), &json!("c3")));
    let retry_after_ms = refused["retry_after_ms"].as_u64().unwrap();
    assert!((1..=20_000).contains(&retry_after_ms), "{retry_after_ms}");
    socket.hears_nothing_but_pong().await;
    assert_eq!(ada.bodies(&room).await, ["hi", "hi", "hi"]);
}

#[tokio::test]
async fn rest_answers_429_and_says_when_to_come_back() {
    let app = TestApp::with(THREE_A_MINUTE).await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    let first = ada.says_as(&room, "c0", "hi").await;
    ada.says(&room, "hi").await;
    ada.says(&room, "hi").await;
    let refused = ada.says_as(&room, "c3", "too fast").await;

    assert_eq!(first.header("ratelimit-policy"), "\"messages\";q=3;w=60");
    assert_eq!(first.header("ratelimit"), "\"messages\";r=2;t=0");
    assert_eq!(refused.problem(429), "rate_limited");
    let retry_after: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=20).contains(&retry_after), "{retry_after}");
    assert!(refused.header("ratelimit").starts_with("\"messages\";r=0;t="));
}

#[tokio::test]
async fn both_doors_share_one_limit_and_each_person_has_their_own() {
    let app = TestApp::with(THREE_A_MINUTE).await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for _ in 0..3 {
        ada.says(&room, "hi").await;
    }
    let mut socket = ada.connects().await;

    socket.sends(&room, "c", "too fast").await;

    assert_eq!(socket.expect("error").await["code"], "rate_limited");
    linus.says(&room, "my own first").await;
}

#[tokio::test]
async fn a_refused_message_can_be_sent_when_its_time_has_come() {
    let app = TestApp::with(&["--limit-messages=5/s:1"]).await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.connects().await;
    socket.sends(&room, "c1", "one").await;
    socket.expect("ack").await;
    socket.sends(&room, "c2", "two").await;
    let refused = socket.expect("error").await;

    let wait = std::time::Duration::from_millis(refused["retry_after_ms"].as_u64().unwrap());
    // Not a sleep in hope: the server said this very time.
    tokio::time::sleep(wait).await;
    socket.sends(&room, "c2", "two").await;

    socket.expect("ack").await;
    assert_eq!(ada.bodies(&room).await, ["one", "two"]);
}

#[tokio::test]
async fn instances_share_one_limit() {
    if !is_scale_out() {
        return;
    }
    let data = Data::fresh().await;
    let one = TestApp::on(&data, THREE_A_MINUTE).await;
    let other = TestApp::on(&data, THREE_A_MINUTE).await;
    let (ada, _linus, room) = one.two_members_of_a_room().await;
    let ada_elsewhere = Person::log_in(other.address, "ada").await;
    ada.says(&room, "one").await;
    ada_elsewhere.says(&room, "two").await;
    ada.says(&room, "three").await;

    let refused = ada_elsewhere.says_as(&room, "c", "too fast").await;

    assert_eq!(refused.problem(429), "rate_limited");
}

#[tokio::test]
async fn a_connection_that_floods_frames_is_told_and_then_closed() {
    let app = TestApp::with(&["--limit-frames=1/m:10"]).await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    // Ten are admitted, three times ten refused, one more ends it.
    for n in 0..45 {
        socket.say(json!({ "type": "ping", "n": n })).await;
    }

    for _ in 0..10 {
        socket.expect("pong").await;
    }
    assert_eq!(socket.expect("error").await["code"], "rate_limited");
    assert_eq!(socket.closed().await, 4429);
}

#[tokio::test]
async fn in_slow_mode_members_send_one_message_a_second_and_admins_more() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let change = ada.client.patch(&format!("/rooms/{room}"), json!({ "slow_mode": true })).await;
    assert_eq!(change.expect(200)["slow_mode"], true);
    let mut socket = linus.follows(&room).await;

    socket.sends(&room, "c1", "one").await;
    socket.sends(&room, "c2", "two").await;
    let (acked, refused) = (socket.until("ack").await, socket.until("error").await);

    assert_eq!((&acked["id"], &refused["id"]), (&json!("c1"), &json!("c2")));
    assert_eq!(refused["code"], "rate_limited");
    assert!((1..=1_000).contains(&refused["retry_after_ms"].as_u64().unwrap()), "{refused}");
    assert!(
        linus.says_as(&room, "c1", "one").await.expect(200)["seq"].is_number(),
        "a repeat is no message"
    );
    for n in 0..3 {
        ada.says(&room, &format!("{n}")).await;
    }
    let back = ada.client.patch(&format!("/rooms/{room}"), json!({ "slow_mode": false })).await;
    back.expect(200);
    linus.says(&room, "two").await;
    linus.says(&room, "three").await;
}

#[tokio::test]
async fn signing_up_is_limited_per_address() {
    let app = TestApp::with(&["--limit-signup=1/m:2"]).await;
    app.person("ada").await;
    app.person("linus").await;

    let refused = app.stranger().post("/auth/signup", Person::signup("grace")).await;

    assert_eq!(refused.problem(429), "rate_limited");
    assert_eq!(refused.header("ratelimit-policy"), "\"signup\";q=2;w=120");
}
