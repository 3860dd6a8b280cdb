//! Joining and leaving, and who is what.

use serde_json::{Value, json};

use crate::support::{Person, TestApp};

async fn roles(person: &Person, room: &str) -> Vec<(String, String)> {
    let page = person.client.get(&format!("/rooms/{room}/members")).await.expect(200);
    let members = page["items"].as_array().unwrap().iter().map(|member| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&member["user"]["username"]), text(&member["role"]))
    });
    let mut members: Vec<_> = members.collect();
    members.sort();
    members
}

fn role(name: &str, role: &str) -> (String, String) {
    (name.to_owned(), role.to_owned())
}

#[tokio::test]
async fn anybody_joins_a_public_room_and_joining_again_changes_nothing() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let room = ada.creates_room("back-end").await;
    let path = format!("/rooms/{room}/members/me");

    let first = linus.client.put(&path, Value::Null).await.expect(201);
    let second = linus.client.put(&path, Value::Null).await.expect(200);

    assert_eq!(first["role"], "member");
    assert_eq!(first["user"]["username"], "linus");
    assert_eq!(second["joined_at"], first["joined_at"]);
    assert_eq!(roles(&ada, &room).await, [role("ada", "owner"), role("linus", "member")]);
    let head = linus.client.get(&format!("/rooms/{room}")).await.expect(200)["head"].clone();
    assert_eq!(head, 2, "one event for each of the two who came");
}

#[tokio::test]
async fn one_can_leave_and_come_back() {
    let app = TestApp::spawn().await;
    let (_ada, linus, room) = app.two_members_of_a_room().await;

    linus.leaves(&room).await;

    let outside = linus.client.get(&format!("/rooms/{room}/messages")).await;
    assert_eq!(outside.problem(403), "forbidden");
    linus.joins(&room).await;
    linus.says(&room, "back again").await;
}

#[tokio::test]
async fn admins_add_people_to_a_private_room_and_members_do_not() {
    let app = TestApp::spawn().await;
    let (ada, linus, grace) =
        (app.person("ada").await, app.person("linus").await, app.person("grace").await);
    let room = ada.creates_private_room("secrets").await;
    ada.adds(&linus, &room).await;
    let path = format!("/rooms/{room}/members/{}", grace.id);

    let by_member = linus.client.put(&path, Value::Null).await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);
    let by_admin = linus.client.put(&path, Value::Null).await;

    assert_eq!(by_member.problem(403), "forbidden");
    by_admin.expect(201);
    assert_eq!(
        roles(&grace, &room).await,
        [role("ada", "owner"), role("grace", "member"), role("linus", "admin")],
    );
}

#[tokio::test]
async fn nobody_is_added_who_does_not_exist() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let room = ada.creates_room("back-end").await;
    let nobody = uuid::Uuid::now_v7();

    let reply = ada.client.put(&format!("/rooms/{room}/members/{nobody}"), Value::Null).await;

    assert_eq!(reply.problem(404), "not_found");
}

#[tokio::test]
async fn admins_remove_members_but_not_each_other() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    grace.joins(&room).await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);

    let of_owner = linus.client.delete(&format!("/rooms/{room}/members/{}", ada.id)).await;
    let by_member = grace.client.delete(&format!("/rooms/{room}/members/{}", linus.id)).await;
    linus.removes(&grace, &room).await;

    assert_eq!(of_owner.problem(403), "forbidden");
    assert_eq!(by_member.problem(403), "forbidden");
    assert_eq!(grace.says_as(&room, "c", "hi").await.problem(403), "forbidden");
}

#[tokio::test]
async fn only_owners_make_owners() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    grace.joins(&room).await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);

    let by_admin = linus.sets_role(&grace, &room, "owner").await;
    let promoted = linus.sets_role(&grace, &room, "admin").await.expect(200);
    let by_owner = ada.sets_role(&linus, &room, "owner").await.expect(200);

    assert_eq!(by_admin.problem(403), "forbidden");
    assert_eq!(promoted["role"], "admin");
    assert_eq!(by_owner["role"], "owner");
}

#[tokio::test]
async fn a_room_keeps_at_least_one_owner() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;

    let leave = ada.client.delete(&format!("/rooms/{room}/members/me")).await;
    let step_down = ada.sets_role(&ada, &room, "member").await;
    ada.sets_role(&linus, &room, "owner").await.expect(200);

    assert_eq!(leave.problem(409), "conflict");
    assert_eq!(step_down.problem(409), "conflict");
    ada.leaves(&room).await;
    assert_eq!(roles(&linus, &room).await, [role("linus", "owner")]);
}

#[tokio::test]
async fn of_two_owners_leaving_at_once_one_stays() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.sets_role(&linus, &room, "owner").await.expect(200);
    let path = format!("/rooms/{room}/members/me");

    let (one, other) = tokio::join!(ada.client.delete(&path), linus.client.delete(&path));

    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort();
    assert_eq!(statuses, [204, 409]);
}

#[tokio::test]
async fn who_is_not_a_member_has_no_role_to_change() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let room = ada.creates_room("back-end").await;

    assert_eq!(ada.sets_role(&linus, &room, "admin").await.problem(404), "not_found");
    let remove = ada.client.delete(&format!("/rooms/{room}/members/{}", linus.id)).await;
    assert_eq!(remove.problem(404), "not_found");
}

#[tokio::test]
async fn members_are_listed_page_by_page() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    let first = ada.client.get(&format!("/rooms/{room}/members?limit=1")).await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second =
        ada.client.get(&format!("/rooms/{room}/members?limit=1&cursor={cursor}")).await.expect(200);

    assert_eq!(first["items"][0]["user"]["username"], "ada");
    assert_eq!(second["items"][0]["user"]["username"], "linus");
    assert_eq!(second["next_cursor"], json!(null));
}

#[tokio::test]
async fn members_are_found_by_part_of_their_name_and_nobody_else_is() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let _outside = app.person("linnea").await;

    let path = format!("/rooms/{room}/members?query=LIN");
    let found = ada.client.get(&path).await.expect(200);

    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["items"][0]["user"]["username"], "linus");
}
