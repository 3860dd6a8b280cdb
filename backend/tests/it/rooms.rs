//! Rooms: making, finding, changing and deleting them.

use serde_json::{Value, json};

use crate::support::{Person, TestApp};

async fn names(person: &Person, query: &str) -> Vec<String> {
    let page = person.client.get(&format!("/rooms{query}")).await.expect(200);
    let rooms = page["items"].as_array().unwrap();
    rooms.iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_makes_a_room_owns_it() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let room = json!({ "name": "back-end_2", "topic": " All of it ", "visibility": "private" });
    let room = ada.client.post("/rooms", room).await.expect(201);

    assert_eq!(room["name"], "back-end_2");
    assert_eq!(room["topic"], "All of it");
    assert_eq!(room["visibility"], "private");
    assert_eq!(room["role"], "owner");
    assert_eq!(room["member_count"], 1);
    assert_eq!(room["archived_at"], Value::Null);
}

#[tokio::test]
async fn a_room_name_is_letters_digits_underscore_and_minus() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    for name in ["", "back end", "rööm", "#general", "a/b", &"x".repeat(81)] {
        let reply =
            ada.client.post("/rooms", json!({ "name": name, "visibility": "public" })).await;

        assert_eq!(reply.problem(422), "invalid", "{name:?}");
        assert_eq!(reply.blamed_fields(), ["name"]);
        if name == "back end" {
            let message = "Name can only contain letters, numbers, _, and -";
            assert_eq!(reply.json["errors"][0]["message"], message);
        }
    }
}

#[tokio::test]
async fn room_names_are_unique_without_regard_to_case() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    ada.creates_room("General").await;

    let reply =
        linus.client.post("/rooms", json!({ "name": "gENERAL", "visibility": "public" })).await;

    assert_eq!(reply.problem(409), "conflict");
    assert_eq!(reply.blamed_fields(), ["name"]);
}

#[tokio::test]
async fn of_many_making_a_room_at_once_under_one_name_one_succeeds() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let attempts = (0..8).map(|_| {
        let client = ada.client.clone();
        async move { client.post("/rooms", json!({ "name": "one", "visibility": "public" })).await }
    });

    let replies = futures_util::future::join_all(attempts).await;

    let created = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(created, 1);
    assert!(replies.iter().all(|reply| [201, 409].contains(&reply.status.as_u16())));
}

#[tokio::test]
async fn a_private_room_does_not_exist_for_outsiders() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let room = ada.creates_private_room("secrets").await;

    assert_eq!(names(&linus, "").await, Vec::<String>::new());
    for path in ["", "/members", "/messages"] {
        let reply = linus.client.get(&format!("/rooms/{room}{path}")).await;
        assert_eq!(reply.problem(404), "not_found", "{path}");
    }
    let join = linus.client.put(&format!("/rooms/{room}/members/me"), Value::Null).await;
    assert_eq!(join.problem(404), "not_found");
    let rename = linus.client.patch(&format!("/rooms/{room}"), json!({ "name": "x" })).await;
    assert_eq!(rename.problem(404), "not_found");
    assert_eq!(linus.client.delete(&format!("/rooms/{room}")).await.problem(404), "not_found");
    assert_eq!(linus.says_as(&room, "c", "hi").await.problem(404), "not_found");
}

#[tokio::test]
async fn rooms_are_listed_by_name_page_by_page_and_filtered() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    for name in ["delta", "Alpha", "charlie", "bravo"] {
        ada.creates_room(name).await;
    }
    linus.creates_room("linux").await;
    linus.creates_private_room("home").await;

    let first = ada.client.get("/rooms?limit=3").await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();

    assert_eq!(names(&ada, "?limit=3").await, ["Alpha", "bravo", "charlie"]);
    assert_eq!(names(&ada, &format!("?limit=3&cursor={cursor}")).await, ["delta", "linux"]);
    assert_eq!(names(&ada, "?joined=false").await, ["linux"]);
    assert_eq!(names(&linus, "?joined=true").await, ["home", "linux"]);
    assert_eq!(names(&ada, "?query=LI").await, ["charlie", "linux"]);
}

#[tokio::test]
async fn an_admin_renames_a_room_and_changes_its_topic() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let path = format!("/rooms/{room}");

    let member = linus.client.patch(&path, json!({ "topic": "mine" })).await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);
    let admin =
        linus.client.patch(&path, json!({ "name": "Kernel", "topic": "ours" })).await.expect(200);

    assert_eq!(member.problem(403), "forbidden");
    assert_eq!((&admin["name"], &admin["topic"]), (&json!("Kernel"), &json!("ours")));
}

#[tokio::test]
async fn a_room_may_change_the_case_of_its_own_name_but_not_take_anothers() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let room = ada.creates_room("general").await;
    ada.creates_room("random").await;
    let path = format!("/rooms/{room}");

    let other_case = ada.client.patch(&path, json!({ "name": "General" })).await.expect(200);
    let taken = ada.client.patch(&path, json!({ "name": "Random" })).await;

    assert_eq!(other_case["name"], "General");
    assert_eq!(taken.problem(409), "conflict");
}

#[tokio::test]
async fn an_archived_room_is_read_only_until_it_is_taken_out() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "before").await;
    let path = format!("/rooms/{room}");

    let archived = ada.client.patch(&path, json!({ "archived": true })).await.expect(200);

    assert!(archived["archived_at"].is_string());
    assert_eq!(linus.says_as(&room, "c1", "no").await.problem(403), "forbidden");
    assert_eq!(linus.bodies(&room).await, ["before"]);
    let back = ada.client.patch(&path, json!({ "archived": false })).await.expect(200);
    assert_eq!(back["archived_at"], Value::Null);
    let both = json!({ "topic": "one last change", "archived": true });
    assert_eq!(ada.client.patch(&path, both).await.expect(200)["topic"], "one last change");
    let neither = ada.client.patch(&path, json!({ "topic": "too late" })).await;
    assert_eq!(neither.problem(403), "forbidden");
    ada.client.patch(&path, json!({ "topic": "again", "archived": false })).await.expect(200);
    linus.says_as(&room, "c1", "yes").await.expect(201);
}

#[tokio::test]
async fn only_an_owner_deletes_a_room_and_its_name_is_free_again() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "soon gone").await;
    ada.sets_role(&linus, &room, "admin").await.expect(200);
    let path = format!("/rooms/{room}");

    let by_admin = linus.client.delete(&path).await;
    ada.client.delete(&path).await.expect(204);

    assert_eq!(by_admin.problem(403), "forbidden");
    assert_eq!(ada.client.get(&path).await.problem(404), "not_found");
    assert_eq!(ada.client.get(&format!("{path}/messages")).await.problem(404), "not_found");
    assert_eq!(names(&ada, "").await, Vec::<String>::new());
    linus.creates_room("back-end").await;
}
