//! What is told in passing: who is online, who is typing.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn members_are_told_who_comes_online_and_who_goes() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let mut socket = ada.follows(&room).await;
    let linus_is_here = linus.connects().await;

    socket.is_told_that(&linus.id, "online").await;
    drop(linus_is_here);

    socket.is_told_that(&linus.id, "offline").await;
}

#[tokio::test]
async fn who_comes_later_is_told_who_is_there() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let _linus_is_here = linus.connects().await;
    let mut first = ada.follows(&room).await;
    first.is_told_that(&linus.id, "online").await;

    let mut second = ada.follows(&room).await;

    second.is_told_that(&linus.id, "online").await;
}

#[tokio::test]
async fn presence_and_typing_reach_other_instances() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    let mut here = ada.follows(&room).await;
    let mut there = linus.connects_to(other.address).await;
    there.subscribe(&room, json!({})).await;
    there.expect("subscribed").await;

    here.is_told_that(&linus.id, "online").await;
    there.is_told_that(&ada.id, "online").await;
    there.say(json!({ "type": "typing", "room_id": room })).await;

    assert_eq!(here.overhears("typing").await["user_id"], linus.id.as_str());
}

#[tokio::test]
async fn only_people_who_share_a_room_are_told() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    let elsewhere = grace.creates_room("elsewhere").await;
    let mut socket = ada.follows(&room).await;
    let _grace_is_here = grace.follows(&elsewhere).await;
    let _linus_is_here = linus.connects().await;

    let told = loop {
        let presence = socket.overhears("presence").await;
        if presence.to_string().contains(&linus.id) {
            break presence.to_string();
        }
        assert!(!presence.to_string().contains(&grace.id), "{presence}");
    };

    assert!(!told.contains(&grace.id), "{told}");
}

#[tokio::test]
async fn others_see_somebody_typing_and_the_typist_does_not() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (mut typist, mut reader) = (ada.follows(&room).await, linus.follows(&room).await);

    typist.say(json!({ "type": "typing", "room_id": room })).await;
    let typing = reader.overhears("typing").await;
    reader.say(json!({ "type": "typing", "room_id": room })).await;

    assert_eq!(typing["room_id"], room.as_str());
    assert_eq!(typing["user_id"], ada.id.as_str());
    assert_eq!(typist.overhears("typing").await["user_id"], linus.id.as_str());
}

#[tokio::test]
async fn typing_is_never_stored() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (mut typist, mut reader) = (ada.follows(&room).await, linus.follows(&room).await);

    typist.say(json!({ "type": "typing", "room_id": room })).await;
    reader.overhears("typing").await;
    let log = ada.client.get(&format!("/rooms/{room}/events")).await.expect(200);

    assert_eq!(log["next_after"], 2, "{log}");
}

#[tokio::test]
async fn outsiders_can_not_type() {
    let app = TestApp::spawn().await;
    let (_ada, _linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    let mut outside = grace.connects().await;

    outside.say(json!({ "type": "typing", "room_id": room })).await;

    assert_eq!(outside.expect("error").await["code"], "forbidden");
}

#[tokio::test]
async fn who_was_removed_is_told_nothing_more() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    grace.joins(&room).await;
    let (mut removed, mut witness) = (linus.follows(&room).await, grace.follows(&room).await);
    ada.removes(&linus, &room).await;
    removed.until("removed").await;

    let mut typist = ada.follows(&room).await;
    typist.say(json!({ "type": "typing", "room_id": room })).await;
    witness.overhears("typing").await;

    removed.say(json!({ "type": "ping", "n": 1 })).await;
    assert_eq!(removed.hears_at_all().await["type"], "pong");
}
