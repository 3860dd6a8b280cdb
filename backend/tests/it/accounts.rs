//! Signing up and logging in.

use serde_json::json;

use crate::support::{PASSWORD, Person, Reply, TestApp};

#[tokio::test]
async fn an_account_logs_in_by_username_or_email_in_any_case() {
    let app = TestApp::spawn().await;
    let stranger = app.stranger();

    let user = stranger.post("/auth/signup", Person::signup("ada")).await.expect(201);

    assert_eq!(user["username"], "ada");
    assert_eq!(user["display_name"], "ada Example");
    assert!(user.get("password_hash").is_none());
    for login in ["ada", "ADA", "ada@example.org", "Ada@Example.org"] {
        let login = json!({ "login": login, "password": PASSWORD });
        let login = stranger.post("/auth/login", login).await.expect(200);
        assert_eq!(login["token_type"], "Bearer");
        assert_eq!(login["expires_in"], 600);
        assert_eq!(login["user"]["id"], user["id"]);
    }
}

async fn signs_up_with(app: &TestApp, field: &str, value: &str) -> Reply {
    let mut account = Person::signup("grace");
    account[field] = json!(value);
    app.stranger().post("/auth/signup", account).await
}

#[tokio::test]
async fn a_broken_rule_is_reported_at_its_field() {
    let app = TestApp::spawn().await;
    let too_long = "x".repeat(151);
    let broken = [
        ("username", ""),
        ("username", "grace hopper"),
        ("username", "grace/h"),
        ("username", &too_long),
        ("email", "grace"),
        ("email", "grace@"),
        ("first_name", "   "),
        ("first_name", &too_long),
        ("last_name", ""),
        ("password", "x7!kq2z"),
        ("password", &too_long),
        ("password", "9173640285"),
        ("password", "qwertyuiop"),
        ("password", "Grace123"),
        ("password", "grace@example.org"),
    ];

    for (field, value) in broken {
        let reply = signs_up_with(&app, field, value).await;

        assert_eq!(reply.problem(422), "invalid", "{field} = {value:?}");
        assert_eq!(reply.blamed_fields(), [field], "{field} = {value:?}: {}", reply.text);
    }
}

#[tokio::test]
async fn all_broken_rules_are_reported_at_once() {
    let app = TestApp::spawn().await;
    let account = json!({
        "username": "", "email": "x", "password": "1", "first_name": "", "last_name": "",
    });

    let reply = app.stranger().post("/auth/signup", account).await;

    let fields = ["email", "first_name", "last_name", "password", "username"];
    assert_eq!(reply.blamed_fields(), fields);
}

#[tokio::test]
async fn every_allowed_sign_may_stand_in_a_username() {
    let app = TestApp::spawn().await;

    for name in ["a", "Grace.M+H@navy_1-2", "Łukasz"] {
        let mut account = Person::signup("someone");
        account["username"] = json!(name);
        account["email"] = json!(format!("{}@example.org", name.len()));
        let user = app.stranger().post("/auth/signup", account).await.expect(201);
        assert_eq!(user["username"], name);
    }
}

#[tokio::test]
async fn names_and_addresses_are_taken_without_regard_to_case() {
    let app = TestApp::spawn().await;
    app.person("grace").await;
    let mut same_name = Person::signup("GRACE");
    same_name["email"] = json!("other@example.org");
    let mut same_address = Person::signup("other");
    same_address["email"] = json!("Grace@Example.org");

    let name = app.stranger().post("/auth/signup", same_name).await;
    let address = app.stranger().post("/auth/signup", same_address).await;

    assert_eq!(
        (name.problem(409), name.blamed_fields()),
        ("conflict".into(), vec!["username".into()])
    );
    assert_eq!(
        (address.problem(409), address.blamed_fields()),
        ("conflict".into(), vec!["email".into()])
    );
}

#[tokio::test]
async fn of_two_signing_up_at_once_under_one_name_one_succeeds() {
    let app = TestApp::spawn().await;
    let (first, second) = (app.stranger(), app.stranger());

    let (first, second) = tokio::join!(
        first.post("/auth/signup", Person::signup("grace")),
        second.post("/auth/signup", Person::signup("grace")),
    );

    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn an_unknown_user_and_a_wrong_password_get_one_answer() {
    let app = TestApp::spawn().await;
    app.person("ada").await;
    let log_in = |login: &'static str| {
        let stranger = app.stranger();
        let login = json!({ "login": login, "password": "wrong horse 9" });
        async move { stranger.post("/auth/login", login).await }
    };

    let (wrong, unknown) = (log_in("ada").await, log_in("nobody").await);

    assert_eq!(wrong.problem(401), "unauthenticated");
    assert_eq!(unknown.problem(401), "unauthenticated");
    assert_eq!(wrong.json["detail"], unknown.json["detail"]);
}

#[tokio::test]
async fn taking_somebodys_address_as_a_username_does_not_lock_them_out() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut squatter = Person::signup("mallory");
    squatter["username"] = json!("ada@example.org");
    app.stranger().post("/auth/signup", squatter).await.expect(201);

    let login = json!({ "login": "ada@example.org", "password": PASSWORD });
    let login = app.stranger().post("/auth/login", login).await.expect(200);

    assert_eq!(login["user"]["id"], ada.id);
}

#[tokio::test]
async fn one_sees_oneself_in_full_and_others_in_short() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);

    let me = ada.client.get("/users/me").await.expect(200);
    let other = ada.client.get(&format!("/users/{}", linus.id)).await.expect(200);

    assert_eq!(me["email"], "ada@example.org");
    assert_eq!(
        other,
        json!({ "id": linus.id, "username": "linus", "display_name": "linus Example" }),
    );
}

#[tokio::test]
async fn people_are_found_by_parts_of_their_names_page_by_page() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    for name in ["linus", "linda", "grace_h"] {
        app.person(name).await;
    }

    let mut account = Person::signup("lukasz");
    account["first_name"] = json!("Łukasz");
    app.stranger().post("/auth/signup", account).await.expect(201);

    let first = ada.client.get("/users?query=LIN&limit=1").await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second =
        ada.client.get(&format!("/users?query=LIN&limit=1&cursor={cursor}")).await.expect(200);
    let literal = ada.client.get("/users?query=e_h").await.expect(200);
    let wildcard = ada.client.get("/users?query=%25").await.expect(200);

    let other_case = ada.client.get("/users?query=%C5%82UKASZ%20ex").await.expect(200);
    assert_eq!(other_case["items"][0]["username"], "lukasz");
    assert_eq!(first["items"][0]["username"], "linda");
    assert_eq!(second["items"][0]["username"], "linus");
    assert_eq!(second["next_cursor"], json!(null));
    assert_eq!(literal["items"].as_array().unwrap().len(), 1);
    assert_eq!(wildcard["items"], json!([]));
}
