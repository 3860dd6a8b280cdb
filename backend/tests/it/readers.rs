//! Who has read a message, and who sees it.

use serde_json::{Value, json};

use crate::support::{Client, Person, TestApp, id_of};

/// Moves somebody's mark to a message.
async fn reads_up_to(person: &Person, message: &Value) {
    let path = format!("/rooms/{}/read", message["room_id"].as_str().unwrap());
    person.client.put(&path, json!({ "seq": message["seq"] })).await.expect(204);
}

fn readers_of(message: &Value) -> String {
    let (room, id) = (message["room_id"].as_str().unwrap(), message["id"].as_str().unwrap());
    format!("/rooms/{room}/messages/{id}/readers")
}

fn usernames(page: &Value) -> Vec<String> {
    let people = page["items"].as_array().unwrap().iter();
    people.map(|person| person["username"].as_str().unwrap().to_owned()).collect()
}

async fn readers(client: &Client, message: &Value) -> Vec<String> {
    usernames(&client.get(&readers_of(message)).await.expect(200))
}

async fn shares_reads(person: &Person, shares: bool) -> Value {
    person.client.patch("/users/me", json!({ "shares_reads": shares })).await.expect(200)
}

/// Ada and Linus with Grace and Ken, all in one room.
async fn four_members(app: &TestApp) -> ([Person; 4], String) {
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (grace, ken) = (app.person("grace").await, app.person("ken").await);
    grace.joins(&room).await;
    ken.joins(&room).await;
    ([ada, linus, grace, ken], room)
}

#[tokio::test]
async fn who_has_read_a_message_is_listed_and_who_has_not_and_its_author_are_not() {
    let app = TestApp::spawn().await;
    let ([ada, linus, grace, ken], room) = four_members(&app).await;
    let first = ada.says(&room, "first").await;
    let second = ada.says(&room, "second").await;
    let before = readers(&ada.client, &first).await;

    reads_up_to(&ada, &second).await;
    reads_up_to(&linus, &first).await;
    reads_up_to(&grace, &second).await;

    assert!(before.is_empty(), "{before:?}");
    assert_eq!(readers(&ada.client, &first).await, ["linus", "grace"]);
    assert_eq!(readers(&ada.client, &second).await, ["grace"]);
    assert_eq!(readers(&ken.client, &first).await, ["linus", "grace"], "any member may ask");
    let page = ada.client.get(&readers_of(&second)).await.expect(200);
    let grace = json!({ "id": grace.id, "username": "grace", "display_name": "grace Example" });
    assert_eq!(page, json!({ "items": [grace], "next_cursor": null }));
}

#[tokio::test]
async fn whoever_asks_is_among_the_readers_of_what_others_wrote() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let message = ada.says(&room, "hello").await;

    reads_up_to(&linus, &message).await;

    assert_eq!(readers(&linus.client, &message).await, ["linus"]);
}

#[tokio::test]
async fn who_joins_later_is_no_reader_of_what_was_there_before() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let earlier = ada.says(&room, "earlier").await;
    let grace = app.person("grace").await;

    grace.joins(&room).await;
    let later = ada.says(&room, "later").await;
    reads_up_to(&grace, &later).await;

    assert!(readers(&ada.client, &earlier).await.is_empty());
    assert_eq!(readers(&linus.client, &later).await, ["grace"]);
}

#[tokio::test]
async fn who_left_or_was_removed_is_not_listed_not_even_when_they_come_back() {
    let app = TestApp::spawn().await;
    let ([ada, linus, grace, ken], room) = four_members(&app).await;
    let message = ada.says(&room, "hello").await;
    for person in [&linus, &grace, &ken] {
        reads_up_to(person, &message).await;
    }

    linus.leaves(&room).await;
    ada.removes(&grace, &room).await;
    let without_them = readers(&ada.client, &message).await;
    linus.joins(&room).await;

    assert_eq!(without_them, ["ken"]);
    assert_eq!(readers(&ada.client, &message).await, ["ken"]);
}

#[tokio::test]
async fn a_disabled_account_is_listed_as_long_as_it_is_a_member() {
    let app = TestApp::spawn().await;
    // The first account administers the server.
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let message = ada.says(&room, "hello").await;
    reads_up_to(&linus, &message).await;

    let account = format!("/admin/users/{}", linus.id);
    ada.client.patch(&account, json!({ "is_disabled": true })).await.expect(200);

    assert_eq!(readers(&ada.client, &message).await, ["linus"]);
}

#[tokio::test]
async fn what_is_marked_unread_is_read_no_more() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let first = ada.says(&room, "first").await;
    let second = ada.says(&room, "second").await;
    reads_up_to(&linus, &second).await;

    let unread = json!({ "seq": second["seq"] });
    linus.client.put(&format!("/rooms/{room}/unread"), unread).await.expect(204);

    assert_eq!(readers(&ada.client, &first).await, ["linus"]);
    assert!(readers(&ada.client, &second).await.is_empty());
}

#[tokio::test]
async fn who_does_not_share_what_they_read_is_listed_nowhere() {
    let app = TestApp::spawn().await;
    let ([ada, linus, grace, _ken], room) = four_members(&app).await;
    let message = ada.says(&room, "hello").await;
    reads_up_to(&linus, &message).await;
    reads_up_to(&grace, &message).await;

    let withdrawn = shares_reads(&linus, false).await;
    let without_him = readers(&ada.client, &message).await;
    let to_himself = readers(&linus.client, &message).await;
    shares_reads(&linus, true).await;

    assert_eq!(withdrawn["shares_reads"], false);
    assert_eq!(without_him, ["grace"]);
    assert_eq!(to_himself, ["grace"], "he still sees who shares");
    assert_eq!(readers(&ada.client, &message).await, ["linus", "grace"]);
}

#[tokio::test]
async fn whether_one_shares_is_told_to_oneself_only_and_a_change_of_name_leaves_it() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);

    let at_first = linus.client.get("/users/me").await.expect(200);
    shares_reads(&linus, false).await;
    let renamed = linus.client.patch("/users/me", json!({ "last_name": "T" })).await.expect(200);
    let own = linus.client.get("/users/me").await.expect(200);
    let to_others = ada.client.get(&format!("/users/{}", linus.id)).await.expect(200);
    let to_an_admin = ada.client.get("/admin/users?query=linus").await.expect(200);

    assert_eq!((&at_first["shares_reads"], &own["shares_reads"]), (&json!(true), &json!(false)));
    assert_eq!((&renamed["last_name"], &renamed["shares_reads"]), (&json!("T"), &json!(false)));
    assert_eq!(own["first_name"], "linus");
    for told in [to_others, to_an_admin["items"][0].clone()] {
        assert_eq!(told["username"], "linus");
        assert!(told.get("shares_reads").is_none(), "{told}");
    }
}

#[tokio::test]
async fn of_a_deleted_message_nobody_is_told() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let message = ada.says(&room, "a secret").await;
    reads_up_to(&linus, &message).await;
    let path = format!("/rooms/{room}/messages/{}", id_of(message.clone()));

    ada.client.delete(&path).await.expect(204);

    assert!(readers(&ada.client, &message).await.is_empty());
}

#[tokio::test]
async fn readers_come_page_by_page_in_one_order() {
    let app = TestApp::spawn().await;
    let ([ada, linus, grace, ken], room) = four_members(&app).await;
    let message = ada.says(&room, "hello").await;
    for person in [&ken, &linus, &grace] {
        reads_up_to(person, &message).await;
    }
    let page = async |query: &str| ada.client.get(&(readers_of(&message) + query)).await;

    let first = page("?limit=2").await.expect(200);
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = page(&format!("?limit=2&cursor={cursor}")).await.expect(200);

    assert_eq!(usernames(&first), ["linus", "grace"]);
    assert_eq!(usernames(&second), ["ken"]);
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!(page("?limit=101").await.problem(422), "invalid");
    assert_eq!(page("?cursor=bm9uZQ").await.problem(400), "invalid");
}

#[tokio::test]
async fn outsiders_learn_nothing_and_a_message_is_asked_for_in_its_own_room() {
    let app = TestApp::spawn().await;
    let (ada, linus, public) = app.two_members_of_a_room().await;
    let private = ada.creates_private_room("secrets").await;
    let said = ada.says(&public, "hello").await;
    let whispered = ada.says(&private, "hello").await;
    let elsewhere = json!({ "room_id": public, "id": whispered["id"] });
    let grace = app.person("grace").await;
    let ask =
        async |person: &Person, message: &Value| person.client.get(&readers_of(message)).await;

    assert_eq!(ask(&grace, &said).await.problem(403), "forbidden");
    assert_eq!(ask(&linus, &whispered).await.problem(404), "not_found");
    assert_eq!(ask(&ada, &elsewhere).await.problem(404), "not_found");
    ada.removes(&linus, &public).await;
    assert_eq!(ask(&linus, &said).await.problem(403), "forbidden");
}

#[tokio::test]
async fn what_is_read_on_one_instance_is_seen_on_the_other() {
    let (one, other) = TestApp::pair().await;
    let (ada, _linus, room) = one.two_members_of_a_room().await;
    let message = ada.says(&room, "hello").await;
    let linus = Person::log_in(other.address, "linus").await;
    let mut socket = linus.connects().await;

    let read = json!({ "type": "read", "room_id": room, "seq": message["seq"] });
    socket.say(read).await;
    socket.expect("read").await;
    let after_reading = readers(&ada.client, &message).await;
    shares_reads(&linus, false).await;

    assert_eq!(after_reading, ["linus"]);
    assert!(readers(&ada.client, &message).await.is_empty());
}
