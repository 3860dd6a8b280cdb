//! Signing in with a real OpenID Connect provider: whose account it is.

mod callback;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};

use crate::support::{
    Data, PASSWORD, Person, Reply, TestApp,
    openid_provider::{Browser, OpenIdProvider},
};

/// Ada, whose address the provider has verified, and some whom it knows less well.
fn provider() -> OpenIdProvider {
    let ada = json!({
        "email": "ada@example.org", "email_verified": true, "preferred_username": "ada",
        "given_name": "Ada", "family_name": "Lovelace",
    });
    let mut other_ada = ada.clone();
    other_ada["email"] = json!("another-ada@example.org");
    let mut unverified = ada.clone();
    unverified["email_verified"] = json!(false);
    let terse = json!({ "email": "grace@example.org", "email_verified": true });
    OpenIdProvider::start(json!({
        "ada": ada, "ada-again": ada, "other-ada": other_ada, "unverified": unverified,
        "terse": terse, "unknown": {},
    }))
}

async fn app_on(data: &Data, provider: &OpenIdProvider, further: &[&str]) -> TestApp {
    let set = provider.arguments();
    let arguments: Vec<_> = set.iter().map(String::as_str).chain(further.iter().copied()).collect();
    TestApp::on(data, &arguments).await
}

async fn app_with(provider: &OpenIdProvider, further: &[&str]) -> TestApp {
    app_on(&Data::fresh().await, provider, further).await
}

/// Who a browser is logged in as.
async fn user_of(browser: &Browser, app: &TestApp) -> Value {
    browser.refreshes(app).await.expect(200)["user"].take()
}

#[track_caller]
fn assert_refused(reply: &Reply, code: &str) {
    assert_eq!(reply.status, 303, "{}", reply.text);
    assert_eq!(reply.header("location"), format!("/login?refused={code}"));
    let cookies = reply.headers.get_all("set-cookie").iter();
    assert!(cookies.into_iter().all(|cookie| !cookie.to_str().unwrap().contains("refresh")));
}

async fn execute(data: &Data, sql: &str) {
    let db = Database::connect(&data.database_url).await.unwrap();
    assert_eq!(db.execute_unprepared(sql).await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
}

async fn remembered(admin: &Person) -> Vec<String> {
    let page = admin.client.get("/admin/audit").await.expect(200);
    let events = page["items"].as_array().unwrap().iter();
    events.map(|event| event["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_first_sign_in_makes_an_account_and_the_next_one_finds_it() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let (browser, elsewhere) = (Browser::new(), Browser::new());

    let first = browser.signs_in(&app, "ada").await;
    let second = elsewhere.signs_in(&app, "ada").await;

    assert_eq!((first.status.as_u16(), first.header("location")), (303, "/rooms/a"));
    assert_eq!((second.status.as_u16(), second.header("location")), (303, "/rooms/a"));
    let user = user_of(&browser, &app).await;
    assert_eq!(user["username"], "ada");
    assert_eq!(user["email"], "ada@example.org");
    assert_eq!(user["display_name"], "Ada Lovelace");
    assert_eq!(user["email_verified"], true);
    assert_eq!(user_of(&elsewhere, &app).await["id"], user["id"]);
}

#[tokio::test]
async fn a_taken_username_gets_a_number_and_missing_names_are_made_up() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let (ada, other, terse) = (Browser::new(), Browser::new(), Browser::new());

    ada.signs_in(&app, "ada").await;
    other.signs_in(&app, "other-ada").await;
    terse.signs_in(&app, "terse").await;

    assert_eq!(user_of(&other, &app).await["username"], "ada-2");
    let user = user_of(&terse, &app).await;
    assert_eq!((&user["username"], &user["first_name"]), (&json!("grace"), &json!("grace")));
}

#[tokio::test]
async fn where_nobody_signs_up_a_stranger_is_refused_and_a_known_person_is_not() {
    let (provider, data) = (provider(), Data::fresh().await);
    let open = app_on(&data, &provider, &[]).await;
    Browser::new().signs_in(&open, "ada").await;
    drop(open);
    let closed = app_on(&data, &provider, &["--signup=closed"]).await;

    assert_refused(&Browser::new().signs_in(&closed, "terse").await, "closed");

    let known = Browser::new().signs_in(&closed, "ada").await;
    assert_eq!(known.header("location"), "/rooms/a");
}

#[tokio::test]
async fn the_domains_that_may_sign_up_count_here_too() {
    let provider = provider();
    let app = app_with(&provider, &["--signup-domains=example.com"]).await;

    assert_refused(&Browser::new().signs_in(&app, "ada").await, "domain");
}

#[tokio::test]
async fn an_address_the_provider_has_not_verified_makes_no_account() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;

    assert_refused(&Browser::new().signs_in(&app, "unverified").await, "unverified");
    assert_refused(&Browser::new().signs_in(&app, "unknown").await, "unverified");
}

#[tokio::test]
async fn an_account_is_linked_only_when_both_sides_have_verified_its_address() {
    let (provider, data) = (provider(), Data::fresh().await);
    let app = app_on(&data, &provider, &[]).await;
    let (root, ada) = (app.person("root").await, app.person("ada").await);

    assert_refused(&Browser::new().signs_in(&app, "unverified").await, "unverified");
    assert_refused(&Browser::new().signs_in(&app, "ada").await, "exists");

    execute(&data, "UPDATE users SET email_verified_at = 1 WHERE username = 'ada'").await;
    assert_refused(&Browser::new().signs_in(&app, "unverified").await, "unverified");
    let browser = Browser::new();
    assert_eq!(browser.signs_in(&app, "ada").await.header("location"), "/rooms/a");
    assert_eq!(user_of(&browser, &app).await["id"], ada.id);
    // Her password counts as before.
    Person::log_in(app.address, "ada").await;
    assert!(remembered(&root).await.contains(&"identity_linked".to_owned()));
}

#[tokio::test]
async fn an_address_given_to_somebody_else_at_the_provider_opens_nothing() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    Browser::new().signs_in(&app, "ada").await;

    assert_refused(&Browser::new().signs_in(&app, "ada-again").await, "exists");
}

#[tokio::test]
async fn a_disabled_user_is_refused() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let root = app.person("root").await;
    let browser = Browser::new();
    browser.signs_in(&app, "ada").await;
    let id = user_of(&browser, &app).await["id"].as_str().unwrap().to_owned();

    let disable = json!({ "is_disabled": true });
    root.client.patch(&format!("/admin/users/{id}"), disable).await.expect(200);

    assert_refused(&Browser::new().signs_in(&app, "ada").await, "disabled");
    assert_eq!(browser.refreshes(&app).await.problem(403), "account_disabled");
}

#[tokio::test]
async fn no_password_logs_in_to_an_account_without_one() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    Browser::new().signs_in(&app, "ada").await;

    for password in ["", PASSWORD, "!"] {
        let login = json!({ "login": "ada", "password": password });
        let refusal = app.stranger().post("/auth/login", login).await;
        assert_eq!(refusal.problem(401), "unauthenticated");
        let unknown = json!({ "login": "nobody", "password": password });
        let other = app.stranger().post("/auth/login", unknown).await;
        assert_eq!(refusal.json["detail"], other.json["detail"]);
    }
}

#[tokio::test]
async fn the_policy_names_the_provider_and_without_one_there_is_nothing() {
    let provider = provider();
    let (with, without) = (app_with(&provider, &[]).await, TestApp::spawn().await);

    let policy = with.stranger().get("/auth/policy").await.expect(200);
    assert_eq!(policy["oidc_name"], "Example ID");

    let policy = without.stranger().get("/auth/policy").await.expect(200);
    assert_eq!(policy.get("oidc_name"), None);
    without.stranger().get("/auth/oidc/start").await.problem(404);
    without.stranger().get("/auth/oidc/callback?code=a&state=b").await.problem(404);
}

#[test]
fn a_server_with_half_a_provider_does_not_start_and_says_what_to_do() {
    for (arguments, expected) in [
        (vec!["--oidc-issuer=https://id.example.org"], "DEVSCHAT_OIDC_CLIENT_ID must be set"),
        (vec!["--oidc-client-id=devschat"], "DEVSCHAT_OIDC_ISSUER must be set"),
        (vec!["--oidc-issuer=http://id.example.org"], "must begin with https://"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_devschat"))
            .args(arguments)
            .current_dir(directory.path())
            .output()
            .unwrap();

        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(expected), "{said}");
    }
}
