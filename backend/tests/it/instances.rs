//! Several instances on one database.

use std::collections::HashSet;

use serde_json::json;

use crate::support::{Data, FaultyRelay, Person, TestApp, bodies_of, seqs};

#[tokio::test]
async fn two_instances_chat_with_each_other() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    let mut here = ada.follows(&room).await;
    let mut there = linus.connects_to(other.address).await;
    there.subscribe(&room, json!({})).await;
    there.expect("subscribed").await;

    here.sends(&room, "c1", "from here").await;
    assert_eq!(bodies_of(&there.events_until(3).await), ["from here"]);
    there.sends(&room, "c2", "from there").await;

    assert_eq!(bodies_of(&here.events_until(4).await), ["from here", "from there"]);
}

#[tokio::test]
async fn a_client_resumes_on_another_instance() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    let mut socket = linus.follows_after(&room, 2).await;
    socket.events_until(3).await;
    drop(socket);
    ada.says(&room, "two").await;

    let mut socket = linus.connects_to(other.address).await;
    socket.subscribe(&room, json!({ "after": 3 })).await;
    socket.expect("subscribed").await;

    assert_eq!(bodies_of(&socket.events_until(4).await), ["two"]);
}

#[tokio::test]
async fn a_send_repeated_on_another_instance_returns_the_first_message() {
    let (one, other) = TestApp::pair().await;
    let (ada, _linus, room) = one.two_members_of_a_room().await;
    let ada_elsewhere = Person::log_in(other.address, "ada").await;

    let (first, second) =
        tokio::join!(ada.says_as(&room, "c1", "once"), ada_elsewhere.says_as(&room, "c1", "once"),);

    assert_eq!(first.json["id"], second.json["id"]);
    assert_eq!(ada.bodies(&room).await, ["once"]);
}

#[tokio::test]
async fn who_loses_the_right_to_write_on_another_instance_loses_it_here() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    let ada_elsewhere = Person::log_in(other.address, "ada").await;
    // By the second message the instance has seen that Linus may.
    linus.says(&room, "one").await;
    linus.says(&room, "two").await;

    ada_elsewhere.removes(&linus, &room).await;
    let refused = linus.says_as(&room, "c3", "three").await;

    assert_eq!(refused.problem(403), "forbidden");
    assert_eq!(ada.bodies(&room).await, ["one", "two"]);
}

#[tokio::test]
async fn what_is_marked_unread_on_one_instance_is_told_to_ones_device_on_another() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    linus.client.put(&format!("/rooms/{room}/read"), json!({ "seq": 3 })).await.expect(204);
    let mut phone = linus.connects_to(other.address).await;

    linus.client.put(&format!("/rooms/{room}/unread"), json!({ "seq": 3 })).await.expect(204);

    // The other instance may tell of the mark that went before it first.
    while phone.expect("read").await["seq"] != 2 {}
}

#[tokio::test]
async fn instances_that_write_to_one_room_leave_no_hole_and_agree_on_the_order() {
    let (one, other) = TestApp::pair().await;
    let (ada, _, room) = one.two_members_of_a_room().await;
    let linus = Person::log_in(other.address, "linus").await;
    let (mut here, mut there) = (ada.follows(&room).await, linus.follows(&room).await);

    for n in 0..50 {
        here.sends(&room, &format!("a{n}"), &format!("ada {n}")).await;
        there.sends(&room, &format!("l{n}"), &format!("linus {n}")).await;
    }
    let (heard_here, heard_there) = (here.events_until(102).await, there.events_until(102).await);

    assert_eq!(seqs(&heard_here), (3..=102).collect::<Vec<_>>());
    assert_eq!(bodies_of(&heard_here), bodies_of(&heard_there));
    assert_eq!(bodies_of(&heard_here), ada.bodies(&room).await);
}

#[tokio::test]
async fn a_relay_that_loses_repeats_and_swaps_costs_nobody_an_event() {
    followed_over(FaultyRelay::unreliable()).await;
}

#[tokio::test]
async fn a_dead_relay_costs_nobody_an_event() {
    followed_over(FaultyRelay::dead()).await;
}

async fn followed_over(relay: std::sync::Arc<dyn devschat::relay::Relay>) {
    let data = Data::fresh().await;
    let one = TestApp::relayed(&data, &relay).await;
    let other = TestApp::relayed(&data, &relay).await;
    let (ada, linus, room) = one.two_members_of_a_room().await;
    let mut there = linus.connects_to(other.address).await;
    there.subscribe(&room, json!({ "after": 2 })).await;
    there.expect("subscribed").await;

    for n in 0..40 {
        ada.says(&room, &format!("m{n}")).await;
    }
    let events = there.events_until(42).await;

    assert_eq!(seqs(&events), (3..=42).collect::<Vec<_>>());
    ada.says(&room, "and nothing twice").await;
    assert_eq!(seqs(&there.events_until(43).await), [43]);
}

#[tokio::test]
async fn four_instances_start_at_once_on_an_empty_database() {
    let data = Data::fresh().await;

    let starts = (0..4).map(|_| TestApp::on(&data, &[]));
    let instances = futures_util::future::join_all(starts).await;

    let ada = instances[0].person("ada").await;
    let room = ada.creates_room("back-end").await;
    let mut epochs = HashSet::new();
    for instance in &instances {
        let ada = Person::log_in(instance.address, "ada").await;
        epochs.insert(ada.reads(&room, "").await["epoch"].to_string());
    }
    assert_eq!(epochs.len(), 1, "all agree on the history they serve");
}

#[tokio::test]
async fn logging_out_closes_sockets_on_other_instances() {
    let (one, other) = TestApp::pair().await;
    let ada = one.person("ada").await;
    let mut socket = ada.connects_to(other.address).await;

    let body = json!({ "refresh_token": ada.refresh_token });
    one.stranger().post("/auth/logout", body).await.expect(204);

    assert_eq!(socket.closed().await, 4401);
}

#[tokio::test]
async fn logging_out_closes_sockets_elsewhere_within_ten_seconds_even_with_a_dead_relay() {
    let (data, relay) = (Data::fresh().await, FaultyRelay::dead());
    let one = TestApp::relayed(&data, &relay).await;
    let other = TestApp::relayed(&data, &relay).await;
    let ada = one.person("ada").await;
    let mut socket = ada.connects_to(other.address).await;

    let body = json!({ "refresh_token": ada.refresh_token });
    one.stranger().post("/auth/logout", body).await.expect(204);

    // A socket of the tests waits for at most ten seconds.
    assert_eq!(socket.closed().await, 4401);
}

#[tokio::test]
async fn who_comes_and_goes_is_told_elsewhere_within_ten_seconds_even_with_a_dead_relay() {
    let (data, relay) = (Data::fresh().await, FaultyRelay::dead());
    let one = TestApp::relayed(&data, &relay).await;
    let other = TestApp::relayed(&data, &relay).await;
    let (ada, linus) = (one.person("ada").await, one.person("linus").await);
    let old_room = ada.creates_private_room("old").await;
    ada.adds(&linus, &old_room).await;
    let mut socket = linus.connects_to(other.address).await;

    let new_room = ada.creates_private_room("new").await;
    ada.adds(&linus, &new_room).await;
    ada.removes(&linus, &old_room).await;

    let mut told = [socket.hear().await, socket.hear().await];
    told.sort_by_key(|frame| frame["type"].to_string());
    assert_eq!((&told[0]["type"], &told[0]["room_id"]), (&json!("removed"), &json!(old_room)));
    assert_eq!((&told[1]["type"], &told[1]["room_id"]), (&json!("room_added"), &json!(new_room)));
}

#[tokio::test]
async fn somebody_added_on_one_instance_learns_of_it_on_another() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus) = (one.person("ada").await, one.person("linus").await);
    let room = ada.creates_private_room("secrets").await;
    let mut socket = linus.connects_to(other.address).await;

    ada.adds(&linus, &room).await;

    assert_eq!(socket.expect("room_added").await["room_id"], room.as_str());
}
