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
