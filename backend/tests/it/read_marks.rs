//! How far one has read, and what is unread.

use serde_json::{Value, json};

use crate::support::{Person, TestApp};

async fn unread(person: &Person, room: &str) -> (Value, Value, Value) {
    let room = person.client.get(&format!("/rooms/{room}")).await.expect(200);
    (room["read_seq"].clone(), room["unread_count"].clone(), room["mention_count"].clone())
}

async fn mark(person: &Person, room: &str, seq: i64) {
    person.client.put(&format!("/rooms/{room}/read"), json!({ "seq": seq })).await.expect(204);
}

#[tokio::test]
async fn messages_of_others_after_the_read_mark_are_unread() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    ada.says(&room, "two").await;
    linus.says(&room, "my own").await;

    let before = unread(&linus, &room).await;
    mark(&linus, &room, 3).await;
    let after = unread(&linus, &room).await;

    assert_eq!(before, (json!(1), json!(2), json!(0)), "what came before joining isn't unread");
    assert_eq!(after, (json!(3), json!(1), json!(0)));
}

#[tokio::test]
async fn a_read_mark_only_moves_forward_and_not_beyond_the_head() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;

    mark(&linus, &room, 1_000_000).await;
    mark(&linus, &room, 1).await;

    assert_eq!(unread(&linus, &room).await.0, 3);
}

#[tokio::test]
async fn mentions_of_members_are_counted_in_any_case_and_before_punctuation() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for body in ["@LINUS?", "thanks @linus.", "linus@example.org", "@linusx", "`@nobody`"] {
        ada.says(&room, body).await;
    }
    linus.says(&room, "@linus is me").await;

    let (_, messages, mentions) = unread(&linus, &room).await;

    assert_eq!((messages, mentions), (json!(5), json!(2)));
}

#[tokio::test]
async fn counting_stops_at_a_hundred() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let sends = (0..105).map(|n| {
        let (ada, room) = (&ada, &room);
        async move { ada.says(room, &format!("@linus {n}")).await }
    });
    futures_util::future::join_all(sends).await;

    let (_, messages, mentions) = unread(&linus, &room).await;

    assert_eq!((messages, mentions), (json!(100), json!(100)));
}

#[tokio::test]
async fn reading_on_one_device_is_told_to_the_others() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    let mut phone = linus.connects().await;
    let mut laptop = linus.connects().await;

    laptop.say(json!({ "type": "read", "room_id": room, "seq": 3 })).await;

    let read = phone.expect("read").await;
    assert_eq!((&read["room_id"], &read["seq"]), (&json!(room), &json!(3)));
    ada.says(&room, "two").await;
    mark(&linus, &room, 4).await;
    assert_eq!(phone.expect("read").await["seq"], 4, "by REST as well");
}

async fn unmark(person: &Person, room: &str, seq: i64) {
    person.client.put(&format!("/rooms/{room}/unread"), json!({ "seq": seq })).await.expect(204);
}

#[tokio::test]
async fn marking_unread_moves_the_mark_back_and_what_follows_counts_again() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for body in ["one", "@linus two", "three"] {
        ada.says(&room, body).await;
    }
    linus.says(&room, "my own").await;
    mark(&linus, &room, 6).await;

    unmark(&linus, &room, 4).await;
    unmark(&linus, &room, 4).await;

    assert_eq!(unread(&linus, &room).await, (json!(3), json!(2), json!(1)));
}

#[tokio::test]
async fn marking_unread_moves_the_mark_forward_too_and_to_the_end_at_most() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for body in ["one", "two", "three"] {
        ada.says(&room, body).await;
    }
    let path = format!("/rooms/{room}/unread");

    unmark(&linus, &room, 5).await;
    let in_between = unread(&linus, &room).await;
    unmark(&linus, &room, 6).await;
    let at_the_end = unread(&linus, &room).await;
    let beyond = linus.client.put(&path, json!({ "seq": 7 })).await;
    let before_the_first = linus.client.put(&path, json!({ "seq": 0 })).await;

    assert_eq!(in_between, (json!(4), json!(1), json!(0)));
    assert_eq!(at_the_end, (json!(5), json!(0), json!(0)));
    for refused in [beyond, before_the_first] {
        assert_eq!(refused.problem(422), "invalid");
        assert_eq!(refused.json["errors"][0]["field"], "seq");
    }
    assert_eq!(unread(&linus, &room).await.0, 5, "a refused mark moves nothing");
}

#[tokio::test]
async fn a_late_mark_of_a_slow_device_does_not_undo_what_was_marked_unread_further_on() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for body in ["one", "two", "three"] {
        ada.says(&room, body).await;
    }
    mark(&linus, &room, 5).await;
    unmark(&linus, &room, 4).await;

    mark(&linus, &room, 2).await;
    let after_a_late_one = unread(&linus, &room).await.0;
    mark(&linus, &room, 5).await;

    assert_eq!(after_a_late_one, 3);
    assert_eq!(unread(&linus, &room).await.0, 5, "reading on moves it forward again");
}

#[tokio::test]
async fn marking_unread_is_told_once_to_ones_devices_and_to_nobody_else() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    ada.says(&room, "two").await;
    mark(&linus, &room, 4).await;
    let mut phone = linus.connects().await;
    let mut adas = ada.connects().await;

    unmark(&linus, &room, 3).await;
    unmark(&linus, &room, 3).await;
    mark(&linus, &room, 4).await;
    mark(&ada, &room, 3).await;

    assert_eq!(phone.expect("read").await["seq"], 2);
    assert_eq!(phone.expect("read").await["seq"], 4, "the repetition told nothing");
    assert_eq!(adas.expect("read").await["seq"], 3, "her own mark, not his");
}

#[tokio::test]
async fn an_archived_room_can_be_marked_unread_and_one_that_was_left_can_not() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    mark(&linus, &room, 3).await;
    ada.client.patch(&format!("/rooms/{room}"), json!({ "archived": true })).await.expect(200);

    unmark(&linus, &room, 3).await;
    let in_the_archive = unread(&linus, &room).await.0;
    ada.removes(&linus, &room).await;
    let path = format!("/rooms/{room}/unread");
    let refused = linus.client.put(&path, json!({ "seq": 1 })).await;

    assert_eq!(in_the_archive, 2);
    assert_eq!(refused.problem(403), "forbidden");
}
