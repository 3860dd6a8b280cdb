//! Who may make an account of their own.

use serde_json::json;

use crate::support::{Data, Person, Process, TestApp};

#[tokio::test]
async fn by_default_everybody_signs_up() {
    let app = TestApp::spawn().await;

    let policy = app.stranger().get("/auth/policy").await.expect(200);

    assert_eq!(policy, json!({ "signup": "open", "mail_domains": [], "sends_mail": true }));
}

#[tokio::test]
async fn where_nobody_signs_up_operators_make_accounts() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &["--signup=closed"]).await;

    let policy = app.stranger().get("/auth/policy").await.expect(200);
    let refused = app.stranger().post("/auth/signup", Person::signup("ada")).await;
    let command =
        "create grace --email grace@example.org --first-name Grace --last-name Hopper --plain";
    let printed = Process::admin(&data, &command.split(' ').collect::<Vec<_>>());
    let password = printed.lines().last().unwrap().rsplit(' ').next().unwrap();
    let login = json!({ "login": "grace", "password": password });
    let grace = app.stranger().post("/auth/login", login).await.expect(200);

    assert_eq!(policy["signup"], "closed");
    assert_eq!(refused.problem(403), "forbidden");
    assert!(grace["user"]["is_admin"].is_null(), "{grace}");
}

#[tokio::test]
async fn only_addresses_of_listed_domains_sign_up_where_some_are() {
    let app = TestApp::with(&["--signup-domains=example.com,Example.ORG"]).await;
    let mut elsewhere = Person::signup("linus");
    elsewhere["email"] = json!("linus@example.net");

    let policy = app.stranger().get("/auth/policy").await.expect(200);
    let refused = app.stranger().post("/auth/signup", elsewhere).await;
    app.stranger().post("/auth/signup", Person::signup("ada")).await.expect(201);

    assert_eq!(policy["mail_domains"], json!(["example.com", "example.org"]));
    assert_eq!(refused.blamed_fields(), ["email"]);
}
