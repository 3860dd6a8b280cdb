//! Following a room: from now on, from a place, after any absence.

use serde_json::json;

use crate::support::{TestApp, bodies_of, seqs};

#[tokio::test]
async fn a_client_that_was_away_receives_what_it_missed_once_and_in_order() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    drop(linus.follows(&room).await);

    for body in ["one", "two", "three"] {
        ada.says(&room, body).await;
    }
    let mut socket = linus.follows_after(&room, 2).await;
    let missed = socket.events_until(5).await;

    assert_eq!(bodies_of(&missed), ["one", "two", "three"]);
    socket.hears_nothing_but_pong().await;
}

#[tokio::test]
async fn resuming_works_from_every_place_in_the_log() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    // Keeps the feed alive, so that part of it comes from memory.
    let _follower = ada.follows(&room).await;
    for n in 3..=12 {
        ada.says(&room, &format!("m{n}")).await;
    }

    for after in 0..12 {
        let mut socket = linus.follows_after(&room, after).await;
        let events = socket.events_until(12).await;
        assert_eq!(seqs(&events), (after + 1..=12).collect::<Vec<_>>(), "after {after}");
    }
}

#[tokio::test]
async fn a_reader_far_behind_catches_up_while_others_write() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let mut writer = ada.connects().await;
    // More than the feed keeps, so that catching up begins in the database.
    for n in 0..700 {
        writer.sends(&room, &format!("c{n}"), &format!("m{n}")).await;
    }
    for _ in 0..700 {
        writer.expect("ack").await;
    }

    let mut socket = linus.follows_after(&room, 0).await;
    for n in 700..900 {
        writer.sends(&room, &format!("c{n}"), &format!("m{n}")).await;
    }
    let events = socket.events_until(902).await;

    assert_eq!(seqs(&events), (1..=902).collect::<Vec<_>>());
}

#[tokio::test]
async fn catching_up_comes_in_frames_of_bounded_size() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for n in 0..12 {
        ada.says(&room, &format!("{n} {}", "x".repeat(10_000))).await;
    }

    let mut socket = linus.follows_after(&room, 0).await;
    let mut received = 0;
    while received < 14 {
        let frame = socket.hear().await;
        let events = match frame["type"].as_str() {
            Some("events") => frame["events"].as_array().unwrap().clone(),
            Some("event") => vec![frame.clone()],
            other => panic!("{other:?}"),
        };
        assert!(frame.to_string().len() <= 49 * 1024, "{} bytes", frame.to_string().len());
        if frame["type"] == "events" {
            assert_eq!(frame["from"], events[0]["seq"]);
            assert_eq!(frame["to"], events.last().unwrap()["seq"]);
            assert_eq!(frame["room_id"], room.as_str());
        }
        received += events.len();
    }
}

#[tokio::test]
async fn a_page_and_a_subscription_after_it_leave_no_seam() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let writing = async {
        for n in 0..50 {
            ada.says(&room, &format!("m{n}")).await;
        }
    };
    let reading = async {
        let page = linus.reads(&room, "?limit=100").await;
        let as_of = page["as_of_seq"].as_i64().unwrap();
        let mut socket = linus.follows_after(&room, as_of).await;
        let mut bodies = crate::support::bodies(&page);
        if as_of < 52 {
            bodies.extend(bodies_of(&socket.events_until(52).await));
        }
        bodies
    };

    let ((), bodies) = tokio::join!(writing, reading);

    assert_eq!(bodies, (0..50).map(|n| format!("m{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn subscribing_again_moves_the_cursor() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    let mut socket = linus.follows_after(&room, 2).await;
    socket.events_until(3).await;

    socket.subscribe(&room, json!({ "after": 2 })).await;

    socket.expect("subscribed").await;
    assert_eq!(bodies_of(&socket.events_until(3).await), ["one"]);
}

#[tokio::test]
async fn numbers_of_another_history_are_reset() {
    let app = TestApp::spawn().await;
    let (_ada, linus, room) = app.two_members_of_a_room().await;
    let epoch = linus.reads(&room, "").await["epoch"].clone();
    let mut socket = linus.connects().await;

    socket.subscribe(&room, json!({ "epoch": "another", "after": 1 })).await;
    let other_epoch = socket.expect("reset").await;
    socket.subscribe(&room, json!({ "epoch": epoch, "after": 1_000 })).await;
    let beyond_head = socket.expect("reset").await;

    for reset in [other_epoch, beyond_head] {
        assert_eq!((&reset["reason"], &reset["head"]), (&json!("epoch"), &json!(2)));
        assert_eq!((&reset["room_id"], &reset["epoch"]), (&json!(room), &epoch));
    }
    socket.subscribe(&room, json!({ "epoch": epoch, "after": 1 })).await;
    assert_eq!(socket.expect("subscribed").await["head"], 2);
}

#[tokio::test]
async fn every_kind_of_change_is_an_event_at_its_place() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let room = ada.creates_room("back-end").await;
    let mut socket = ada.follows_after(&room, 0).await;
    let path = format!("/rooms/{room}");

    linus.joins(&room).await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);
    linus.says(&room, "hello").await;
    ada.client.patch(&path, json!({ "topic": "new" })).await.expect(200);
    linus.leaves(&room).await;
    linus.joins(&room).await;
    ada.removes(&linus, &room).await;
    ada.client.patch(&path, json!({ "archived": true })).await.expect(200);
    ada.client.patch(&path, json!({ "archived": false })).await.expect(200);
    ada.client.delete(&path).await.expect(204);

    let events = socket.events_until(11).await;
    let kinds: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "member_joined",
            "member_joined",
            "role_changed",
            "message_created",
            "room_updated",
            "member_left",
            "member_joined",
            "member_removed",
            "room_archived",
            "room_updated",
            "room_deleted",
        ],
    );
    assert_eq!(events[2]["data"]["role"], "admin");
    assert_eq!(events[4]["data"]["room"]["topic"], "new");
    assert_eq!(events[7]["data"]["user"]["username"], "linus");
    assert!(events[8]["data"]["room"]["archived_at"].is_string());
    assert_eq!(socket.expect("removed").await["reason"], "room_deleted");
}

#[tokio::test]
async fn a_removed_member_sees_the_removal_and_nothing_after_it() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let other_room = ada.creates_room("front-end").await;
    linus.joins(&other_room).await;
    let mut live = linus.follows(&room).await;
    live.subscribe(&other_room, json!({})).await;
    live.expect("subscribed").await;
    let mut elsewhere = linus.connects().await;

    ada.says(&room, "last").await;
    ada.removes(&linus, &room).await;
    ada.says(&room, "secret").await;
    let removed = elsewhere.expect("removed").await;
    ada.says(&room, "more secrets").await;

    assert_eq!((&removed["seq"], &removed["reason"]), (&json!(4), &json!("removed")));
    let events = live.events_until(4).await;
    assert_eq!(events[1]["kind"], "member_removed");
    assert_eq!(live.expect("removed").await["seq"], 4);
    // Rooms are read in turns: what was said here would have come before this.
    ada.says(&other_room, "to everybody").await;
    assert_eq!(live.expect("event").await["room_id"], other_room.as_str());
    live.subscribe(&room, json!({ "after": 4 })).await;
    assert_eq!(live.expect("error").await["code"], "forbidden");
}

#[tokio::test]
async fn who_left_and_came_back_while_away_misses_nothing() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    linus.leaves(&room).await;
    ada.says(&room, "while out").await;
    linus.joins(&room).await;

    // A device that knows nothing of the leaving and the coming back.
    let mut device = linus.follows_after(&room, 2).await;

    let events = device.events_until(5).await;
    assert_eq!(seqs(&events), [3, 4, 5]);
    ada.says(&room, "and on it goes").await;
    assert_eq!(bodies_of(&device.events_until(6).await), ["and on it goes"]);
}

#[tokio::test]
async fn who_is_far_behind_in_many_rooms_catches_up_in_all_of_them() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let mut rooms = Vec::new();
    for n in 0..8 {
        let room = ada.creates_room(&format!("room-{n}")).await;
        linus.joins(&room).await;
        for body in ["one", "two", "three"] {
            ada.says(&room, &format!("{body} {}", "x".repeat(12_000))).await;
        }
        rooms.push(room);
    }
    let mut socket = linus.connects().await;
    let places: Vec<_> = rooms.iter().map(|room| json!({ "room_id": room, "after": 0 })).collect();

    socket.say(json!({ "type": "subscribe", "id": 1, "rooms": places })).await;

    let mut heads = std::collections::HashMap::new();
    while heads.values().filter(|head| **head == 5).count() < rooms.len() {
        let frame = socket.hear().await;
        let last = match frame["type"].as_str() {
            Some("events") => frame["to"].as_i64(),
            Some("event") => frame["seq"].as_i64(),
            _ => continue,
        };
        let first = frame["from"].as_i64().or(frame["seq"].as_i64());
        let head = heads.entry(frame["room_id"].to_string()).or_insert(0);
        assert_eq!(first, Some(*head + 1), "{frame}");
        *head = last.unwrap();
    }
}

#[tokio::test]
async fn who_comes_back_reads_on_in_the_same_log() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.removes(&linus, &room).await;
    ada.says(&room, "meanwhile").await;
    linus.joins(&room).await;

    let mut socket = linus.follows_after(&room, 3).await;

    assert_eq!(bodies_of(&socket.events_until(5).await), ["meanwhile"]);
    ada.says(&room, "hello again").await;
    assert_eq!(bodies_of(&socket.events_until(6).await), ["hello again"]);
}
