//! One's own account: logins, name, password.

use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, Reply, TestApp};

async fn sessions(person: &Person) -> Vec<Value> {
    let list = person.client.get("/auth/sessions").await.expect(200);
    list["items"].as_array().expect("items").clone()
}

async fn changes_password(person: &Person, current: &str, new: &str) -> Reply {
    let change = json!({ "current_password": current, "new_password": new });
    person.client.post("/users/me/password", change).await
}

async fn logs_in_with(app: &TestApp, password: &str) -> Reply {
    app.stranger().post("/auth/login", json!({ "login": "ada", "password": password })).await
}

#[tokio::test]
async fn one_sees_where_one_is_signed_in() {
    let app = TestApp::spawn().await;
    let first = app.person("ada").await;
    let second = Person::log_in(app.address, "ada").await;
    let _linus = app.person("linus").await;

    let seen_by_first = sessions(&first).await;
    let seen_by_second = sessions(&second).await;

    assert_eq!(seen_by_first.len(), 2);
    let current = |list: &[Value]| -> Vec<bool> {
        list.iter().map(|session| session["is_current"] == true).collect()
    };
    assert_eq!(current(&seen_by_first), [false, true], "the newest comes first");
    assert_eq!(current(&seen_by_second), [true, false]);
    assert!(seen_by_first[0]["last_used_at"].is_string());
}

#[tokio::test]
async fn sessions_come_page_by_page() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    Person::log_in(app.address, "ada").await;

    let first = ada.client.get("/auth/sessions?limit=1").await.expect(200);
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let path = format!("/auth/sessions?limit=1&cursor={cursor}");
    let second = ada.client.get(&path).await.expect(200);

    assert_eq!(
        (&second["items"][0]["is_current"], &second["next_cursor"]),
        (&json!(true), &Value::Null)
    );
}

#[tokio::test]
async fn ending_a_session_elsewhere_closes_its_sockets() {
    let app = TestApp::spawn().await;
    let here = app.person("ada").await;
    let there = Person::log_in(app.address, "ada").await;
    let mut socket = there.connects().await;
    let id = sessions(&there).await[0]["id"].as_str().expect("an id").to_owned();

    here.client.delete(&format!("/auth/sessions/{id}")).await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(there.client.get("/users/me").await.problem(401), "unauthenticated");
    let again = here.client.delete(&format!("/auth/sessions/{id}")).await;
    assert_eq!(again.problem(404), "not_found");
}

#[tokio::test]
async fn nobody_ends_somebody_elses_session() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let id = sessions(&ada).await[0]["id"].as_str().expect("an id").to_owned();

    let refused = linus.client.delete(&format!("/auth/sessions/{id}")).await;

    assert_eq!(refused.problem(404), "not_found");
    ada.client.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn all_other_sessions_end_at_once() {
    let app = TestApp::spawn().await;
    let here = app.person("ada").await;
    let there = Person::log_in(app.address, "ada").await;
    let mut socket = there.connects().await;

    here.client.delete("/auth/sessions").await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(sessions(&here).await.len(), 1);
}

#[tokio::test]
async fn a_changed_password_counts_at_once_and_ends_other_sessions() {
    let app = TestApp::spawn().await;
    let here = app.person("ada").await;
    let there = Person::log_in(app.address, "ada").await;
    let mut socket = there.connects().await;

    changes_password(&here, PASSWORD, "staple-battery-7").await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    here.client.get("/users/me").await.expect(200);
    assert_eq!(logs_in_with(&app, PASSWORD).await.problem(401), "unauthenticated");
    logs_in_with(&app, "staple-battery-7").await.expect(200);
}

#[tokio::test]
async fn a_password_changes_only_for_who_knows_it_and_by_the_rules() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let wrong = changes_password(&ada, "not my password 1", "staple-battery-7").await;
    let common = changes_password(&ada, PASSWORD, "password").await;
    let alike = changes_password(&ada, PASSWORD, "ada@example.org").await;

    for (reply, field) in
        [(wrong, "current_password"), (common, "new_password"), (alike, "new_password")]
    {
        assert_eq!(reply.problem(422), "invalid");
        assert_eq!(reply.json["errors"][0]["field"], field);
    }
    logs_in_with(&app, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn guessing_the_password_of_an_open_session_is_limited() {
    let app = TestApp::with(&["--limit-login=1/h:3"]).await;
    let ada = app.person("ada").await;

    for _ in 0..3 {
        changes_password(&ada, "not my password 1", "staple-battery-7").await.problem(422);
    }

    let refused = changes_password(&ada, PASSWORD, "staple-battery-7").await;
    assert_eq!(refused.problem(429), "rate_limited");
}

#[tokio::test]
async fn a_changed_name_is_seen_by_others_and_found() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);

    let changed =
        ada.client.patch("/users/me", json!({ "last_name": "Lovelace" })).await.expect(200);
    let seen = linus.client.get(&format!("/users/{}", ada.id)).await.expect(200);
    let found = linus.client.get("/users?query=lovelace").await.expect(200);

    assert_eq!(
        (&changed["first_name"], &changed["display_name"]),
        (&json!("ada"), &json!("ada Lovelace"))
    );
    assert_eq!(seen["display_name"], "ada Lovelace");
    assert_eq!(found["items"][0]["id"], ada.id.as_str());
    let refused = ada.client.patch("/users/me", json!({ "first_name": " " })).await;
    assert_eq!(refused.problem(422), "invalid");
}
