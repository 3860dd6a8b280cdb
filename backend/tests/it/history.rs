//! A database whose history becomes another one, by a restore for example.

use serde_json::json;

use crate::support::{Data, Process, TestApp, bodies_of, is_scale_out};

#[tokio::test]
async fn who_follows_a_room_is_reset_and_goes_on_in_the_new_history() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "before").await;
    let old = linus.reads(&room, "").await["epoch"].clone();
    let mut socket = linus.follows(&room).await;

    Process::admin(&data, &["bump-epoch"]);
    let reset = socket.expect("reset").await;

    assert_eq!((&reset["room_id"], &reset["reason"]), (&json!(room), &json!("epoch")));
    assert_ne!(reset["epoch"], old);
    let page = linus.reads(&room, "").await;
    assert_eq!(page["epoch"], reset["epoch"]);
    socket.subscribe(&room, json!({ "epoch": page["epoch"], "after": page["as_of_seq"] })).await;
    assert_eq!(socket.expect("subscribed").await["epoch"], reset["epoch"]);
    ada.says(&room, "after").await;
    assert_eq!(bodies_of(&socket.events_until(4).await), ["after"]);
}

#[tokio::test]
async fn who_comes_back_with_the_old_epoch_is_reset() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    let (_ada, linus, room) = app.two_members_of_a_room().await;
    let old = linus.reads(&room, "").await["epoch"].clone();
    drop(app);

    Process::admin(&data, &["bump-epoch"]);
    let app = TestApp::on(&data, &[]).await;
    let mut socket = linus.connects_to(app.address).await;
    socket.subscribe(&room, json!({ "epoch": old, "after": 2 })).await;

    assert_eq!(socket.expect("reset").await["reason"], "epoch");
}

#[tokio::test]
async fn who_waits_for_events_is_told_of_the_conflict() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    let (_ada, linus, room) = app.two_members_of_a_room().await;
    let epoch = linus.reads(&room, "").await["epoch"].clone();
    let epoch = epoch.as_str().expect("a text");
    let path = format!("/rooms/{room}/events?after=2&wait=25&epoch={epoch}");

    let (waited, ()) = tokio::join!(linus.client.get(&path), async {
        Process::admin(&data, &["bump-epoch"]);
    });

    assert_eq!(waited.problem(409), "conflict");
}

#[tokio::test]
async fn all_instances_and_restarts_agree_on_the_epoch() {
    let data = Data::fresh().await;
    let one = TestApp::on(&data, &[]).await;
    let (ada, _linus, room) = one.two_members_of_a_room().await;
    let first = ada.reads(&room, "").await["epoch"].clone();
    drop(one);

    let _other = TestApp::on(&data, &[]).await;
    let other = TestApp::on(&data, &[]).await;
    let socket_epoch = {
        let mut socket = crate::support::Socket::open(other.address).await;
        socket.say(json!({ "type": "hello", "token": ada.token() })).await;
        socket.expect("welcome").await["epoch"].clone()
    };

    assert_eq!(socket_epoch, first);
    let parts = first.as_str().expect("a text").split('-').count();
    assert_eq!(parts, if is_scale_out() { 3 } else { 1 }, "nonce, system and timeline: {first}");
}
