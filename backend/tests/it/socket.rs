//! The socket's frames and close codes.

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::support::{Person, Socket, TestApp};

#[tokio::test]
async fn a_send_is_acknowledged_with_its_place_and_reaches_everybody() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (mut sender, mut receiver) = (ada.follows(&room).await, linus.follows(&room).await);

    sender.sends(&room, "c-1", "hello").await;

    let ack = sender.until("ack").await;
    let event = receiver.expect("event").await;
    assert_eq!(
        (&ack["id"], &ack["seq"], &ack["duplicate"]),
        (&json!("c-1"), &json!(3), &json!(false))
    );
    assert_eq!(ack["room_id"], room.as_str());
    assert_eq!((&event["kind"], &event["seq"]), (&json!("message_created"), &json!(3)));
    assert_eq!(event["actor_id"], ada.id.as_str());
    assert_eq!(event["at"], ack["created_at"]);
    let message = &event["data"]["message"];
    assert_eq!((&message["id"], &message["body"]), (&ack["message_id"], &json!("hello")));
    assert_eq!(linus.reads(&room, "").await["messages"][0], *message);
}

#[tokio::test]
async fn an_event_shows_its_client_id_to_its_author_only() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (mut own, mut others) = (ada.follows(&room).await, linus.follows(&room).await);

    ada.says_as(&room, "c-1", "hello").await.expect(201);

    assert_eq!(own.expect("event").await["data"]["message"]["client_id"], "c-1");
    assert!(others.expect("event").await["data"]["message"].get("client_id").is_none());
}

#[tokio::test]
async fn a_repeated_send_is_acknowledged_like_the_first() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.connects().await;

    socket.sends(&room, "c-1", "once").await;
    let first = socket.expect("ack").await;
    socket.sends(&room, "c-1", "once").await;
    let again = socket.expect("ack").await;
    socket.sends(&room, "c-1", "twice").await;
    let other_body = socket.expect("error").await;

    assert_eq!(again["duplicate"], true);
    assert_eq!((&again["seq"], &again["message_id"]), (&first["seq"], &first["message_id"]));
    assert_eq!(other_body["code"], "idempotency_conflict");
    let by_rest = ada.says_as(&room, "c-1", "once").await.expect(200);
    assert_eq!(by_rest["id"], first["message_id"]);
}

#[tokio::test]
async fn one_senders_messages_keep_their_order() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.connects().await;

    for n in 0..100 {
        socket.sends(&room, &format!("c-{n}"), &format!("m{n}")).await;
    }
    for _ in 0..100 {
        socket.expect("ack").await;
    }

    let expected: Vec<String> = (0..100).map(|n| format!("m{n}")).collect();
    assert_eq!(ada.bodies(&room).await, expected);
}

#[tokio::test]
async fn what_a_client_may_not_do_is_an_error_and_the_socket_stays() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    let private = ada.creates_private_room("secrets").await;
    let nowhere = uuid::Uuid::now_v7().to_string();
    let mut socket = grace.connects().await;

    for (place, code) in [(&room, "forbidden"), (&private, "not_found"), (&nowhere, "not_found")] {
        socket.subscribe(place, json!({})).await;
        let error = socket.expect("error").await;
        assert_eq!((&error["code"], &error["room_id"]), (&json!(code), &json!(place)));
        socket.sends(place, "c", "hi").await;
        let error = socket.expect("error").await;
        assert_eq!((&error["code"], &error["id"]), (&json!(code), &json!("c")));
        assert!(error["detail"].is_string());
    }
    socket.hears_nothing_but_pong().await;
}

#[tokio::test]
async fn a_malformed_frame_is_an_error_and_the_socket_stays() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    let frames = [
        "{",
        "hello",
        "[1]",
        r#"{"type":"sudo"}"#,
        r#"{"type":"send","id":7}"#,
        r#"{"type":"ping","n":"x"}"#,
        r#"{"type":"ping","n":1,"x":2}"#,
        &format!(r#"{{"type":"auth","id":"{}","token":"x"}}"#, "x".repeat(65)),
    ];
    for frame in frames {
        socket.send(Message::text(frame)).await;
        assert_eq!(socket.expect("error").await["code"], "invalid", "{frame}");
    }
    socket.say(json!({ "type": "send", "id": 7 })).await;
    assert_eq!(socket.expect("error").await["id"], 7, "the answer names what failed");
    socket.hears_nothing_but_pong().await;
}

#[tokio::test]
async fn a_body_that_breaks_a_rule_is_an_error() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.connects().await;

    for (client_id, body) in [("c", " "), ("c", "a\0b"), ("", "hi"), ("with space", "hi")] {
        socket.sends(&room, client_id, body).await;
        let error = socket.expect("error").await;
        assert_eq!(error["code"], "invalid", "{client_id:?} {body:?}: {error}");
    }
    assert_eq!(ada.bodies(&room).await, Vec::<String>::new());
}

#[tokio::test]
async fn bytes_that_are_no_text_frame_close_with_their_code() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let mut binary = ada.connects().await;
    binary.send(Message::binary(Bytes::from_static(b"x"))).await;
    assert_eq!(binary.closed().await, 1003);

    let mut bad_text = ada.connects().await;
    bad_text.wire().write_all(&[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]).await.unwrap();
    assert_eq!(bad_text.closed().await, 1007);
}

#[tokio::test]
async fn a_frame_announced_too_large_is_refused_before_it_is_sent() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    let mut header = vec![0x81, 0x80 | 127];
    header.extend((1_u64 << 30).to_be_bytes());
    header.extend([0, 0, 0, 0]);
    socket.wire().write_all(&header).await.unwrap();

    assert_eq!(socket.closed().await, 1009);
}

#[tokio::test]
async fn continuations_count_together() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    let piece = vec![b' '; 40 * 1024];
    let frame = |opcode: u8| {
        let mut frame = vec![opcode, 0x80 | 126];
        frame.extend((piece.len() as u16).to_be_bytes());
        frame.extend([0, 0, 0, 0]);
        frame.extend(&piece);
        frame
    };
    socket.wire().write_all(&frame(0x01)).await.unwrap();
    // The server may end the connection while this is written.
    let _ = socket.wire().write_all(&frame(0x80)).await;

    assert_eq!(socket.closed().await, 1009);
}

#[tokio::test]
async fn after_unsubscribing_nothing_comes_any_more() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let other_room = ada.creates_room("front-end").await;
    linus.joins(&other_room).await;
    let mut socket = linus.follows(&room).await;
    socket.subscribe(&other_room, json!({})).await;
    socket.expect("subscribed").await;

    socket.say(json!({ "type": "unsubscribe", "id": "u", "rooms": [room] })).await;
    assert_eq!(socket.expect("ok").await["id"], "u");
    ada.says(&room, "unheard").await;
    ada.says(&other_room, "heard").await;

    assert_eq!(socket.expect("event").await["data"]["message"]["body"], "heard");
}

#[tokio::test]
async fn a_pong_tells_heads_that_moved() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let mut socket = linus.follows(&room).await;
    ada.says(&room, "one").await;
    socket.expect("event").await;

    socket.say(json!({ "type": "ping", "n": 1 })).await;
    let moved = socket.expect("pong").await;
    socket.say(json!({ "type": "ping", "n": 2 })).await;
    let still = socket.expect("pong").await;

    assert_eq!(moved, json!({ "type": "pong", "n": 1, "heads": { room: 3 } }));
    assert_eq!(still, json!({ "type": "pong", "n": 2, "heads": {} }));
}

#[tokio::test]
async fn a_fresh_token_renews_a_living_socket_and_anothers_does_not() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let mut socket = ada.connects().await;
    let body = json!({ "refresh_token": ada.refresh_token });
    let renewed = app.stranger().post("/auth/refresh", body).await.expect(200);

    socket.say(json!({ "type": "auth", "id": 1, "token": renewed["access_token"] })).await;
    assert_eq!(socket.expect("ok").await["id"], 1);
    socket.say(json!({ "type": "auth", "id": 2, "token": linus.token() })).await;
    assert_eq!(socket.expect("error").await["code"], "forbidden");
    socket.say(json!({ "type": "auth", "id": 3, "token": "garbage" })).await;
    assert_eq!(socket.expect("error").await["code"], "unauthenticated");
}

#[tokio::test]
async fn a_subscribe_names_one_to_a_hundred_rooms() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    let room = json!({ "room_id": uuid::Uuid::now_v7() });
    let rooms: Vec<Value> = std::iter::repeat_n(room, 101).collect();
    for rooms in [rooms, Vec::new()] {
        socket.say(json!({ "type": "subscribe", "id": 1, "rooms": rooms })).await;
        assert_eq!(socket.expect("error").await["code"], "invalid");
    }
}

#[tokio::test]
async fn somebody_who_is_added_learns_of_the_room() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let room = ada.creates_private_room("secrets").await;
    let mut socket = linus.connects().await;

    ada.adds(&linus, &room).await;

    let added = socket.expect("room_added").await;
    assert_eq!((&added["room_id"], &added["role"]), (&json!(room), &json!("member")));
    assert_eq!((&added["head"], &added["unread_count"]), (&json!(2), &json!(0)));
}

#[tokio::test]
async fn the_end_of_a_room_is_told_to_its_members_and_nobody_else() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    let (mut member, mut outsider) = (linus.connects().await, grace.connects().await);

    ada.client.delete(&format!("/rooms/{room}")).await.expect(204);

    let removed = member.expect("removed").await;
    assert_eq!((&removed["room_id"], &removed["reason"]), (&json!(room), &json!("room_deleted")));
    let private = ada.creates_private_room("secrets").await;
    ada.adds(&grace, &private).await;
    assert_eq!(outsider.expect("room_added").await["room_id"], private.as_str());
}

#[tokio::test]
async fn a_user_has_at_most_so_many_connections() {
    let app = TestApp::with(&["--max-connections-per-user=2"]).await;
    let ada = app.person("ada").await;
    let (_one, two) = (ada.connects().await, ada.connects().await);

    let mut third = Socket::open(app.address).await;
    third.say(json!({ "type": "hello", "token": ada.token() })).await;
    assert_eq!(third.closed().await, 4409);

    drop(two);
    wait_for_a_connection(&ada).await;
}

/// The server learns of an end a moment later.
async fn wait_for_a_connection(person: &Person) {
    for _ in 0..200 {
        let mut socket = Socket::open(person.client.address).await;
        socket.say(json!({ "type": "hello", "token": person.token() })).await;
        if let Some(frame) = socket.heard_before_closing().await {
            assert_eq!(frame["type"], "welcome");
            return;
        }
    }
    panic!("the place of a closed connection is never free again");
}

#[tokio::test]
async fn an_address_has_at_most_twenty_sockets_that_have_not_said_hello() {
    let app = TestApp::spawn().await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(Socket::open(app.address).await);
    }

    assert_eq!(Socket::open_with(app.address, &[]).await.err(), Some(429));

    let ada = app.person("ada").await;
    let mut socket = silent.pop().unwrap();
    socket.say(json!({ "type": "hello", "token": ada.token() })).await;
    socket.expect("welcome").await;
    assert!(Socket::open_with(app.address, &[]).await.is_ok());
}

#[tokio::test]
async fn a_client_that_closes_is_answered() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    socket.send(Message::Close(None)).await;

    assert_eq!(socket.closed().await, 1000);
}
