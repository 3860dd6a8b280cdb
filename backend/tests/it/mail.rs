//! A forgotten password and an address that is one's own, by mail through a real SMTP server.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};

use crate::support::{
    Client, Data, Mailbox, PASSWORD, Person, Process, Reply, TestApp, mailbox::token_in,
};

const NEW_PASSWORD: &str = "staple-battery-7";

async fn app_with(mailbox: &Mailbox, further: &[&str]) -> TestApp {
    let smtp = mailbox.arguments();
    let arguments: Vec<_> =
        smtp.iter().map(String::as_str).chain(further.iter().copied()).collect();
    TestApp::with(&arguments).await
}

async fn forgets(client: &Client, name: &str) -> Reply {
    let body = json!({ "email": format!("{name}@example.org") });
    client.post("/auth/password/forgot", body).await
}

async fn resets(client: &Client, token: &str) -> Reply {
    let body = json!({ "token": token, "password": NEW_PASSWORD });
    client.post("/auth/password/reset", body).await
}

async fn logs_in(client: &Client, name: &str, password: &str) -> Reply {
    client.post("/auth/login", json!({ "login": name, "password": password })).await
}

async fn remembered(admin: &Person) -> Vec<String> {
    let page = admin.client.get("/admin/audit").await.expect(200);
    let events = page["items"].as_array().unwrap().iter();
    events.map(|event| event["action"].as_str().unwrap().to_owned()).collect()
}

/// The log of a process, once it holds this.
async fn log_with(process: &Process, words: &str) -> String {
    let started = Instant::now();
    loop {
        let log = process.log();
        if log.contains(words) {
            return log;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "no {words:?} in\n{log}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_forgotten_password_is_reset_by_the_link_of_a_mail() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    let (root, _ada) = (app.person("root").await, app.person("ada").await);
    let stranger = app.stranger();

    forgets(&stranger, "ada").await.expect(202);
    let mail = mailbox.mails(1).await.remove(0);
    resets(&stranger, &token_in(&mail)).await.expect(204);

    assert!(mail.contains("To: ada@example.org"), "{mail}");
    assert!(mail.contains(&format!("http://localhost:{}/reset#", app.address.port())), "{mail}");
    logs_in(&stranger, "ada", NEW_PASSWORD).await.expect(200);
    logs_in(&stranger, "ada", PASSWORD).await.problem(401);
    let remembered = remembered(&root).await;
    for action in ["password_reset_requested", "password_reset"] {
        assert!(remembered.iter().any(|other| other == action), "{remembered:?}");
    }
}

#[tokio::test]
async fn a_link_to_a_new_password_counts_once() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    app.person("ada").await;
    forgets(&app.stranger(), "ada").await.expect(202);
    let token = mailbox.tokens(1).await.remove(0);

    resets(&app.stranger(), &token).await.expect(204);

    let again = resets(&app.stranger(), &token).await;
    assert_eq!(
        (again.problem(422), again.blamed_fields()),
        ("invalid".into(), vec!["token".into()])
    );
}

#[tokio::test]
async fn a_newer_link_makes_the_older_one_void() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    app.person("ada").await;
    forgets(&app.stranger(), "ada").await.expect(202);
    let older = mailbox.tokens(1).await.remove(0);
    forgets(&app.stranger(), "ada").await.expect(202);
    let tokens = mailbox.tokens(2).await;
    let newer = tokens.iter().find(|token| **token != older).unwrap();

    assert_eq!(resets(&app.stranger(), &older).await.problem(422), "invalid");

    resets(&app.stranger(), newer).await.expect(204);
}

#[tokio::test]
async fn a_link_counts_for_an_hour() {
    let mailbox = Mailbox::start().await;
    let data = Data::fresh().await;
    let smtp = mailbox.arguments();
    let app = TestApp::on(&data, &smtp.each_ref().map(String::as_str)).await;
    app.person("ada").await;
    forgets(&app.stranger(), "ada").await.expect(202);
    let token = mailbox.tokens(1).await.remove(0);

    // Nobody waits that long: the hour is taken off the row.
    let db = Database::connect(&data.database_url).await.unwrap();
    let an_hour_later = "UPDATE mail_tokens SET expires_at = expires_at - 3600000";
    assert_eq!(db.execute_unprepared(an_hour_later).await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();

    assert_eq!(resets(&app.stranger(), &token).await.problem(422), "invalid");
}

#[tokio::test]
async fn an_address_nobody_has_is_answered_the_same_and_gets_no_mail() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    app.person("ada").await;

    let unknown = forgets(&app.stranger(), "nobody").await;
    let known = forgets(&app.stranger(), "ada").await;

    assert_eq!((unknown.status, &unknown.text), (known.status, &known.text));
    // Links are made one after the other: the first one would be there by now.
    let mails = mailbox.mails(1).await;
    assert!(mails.len() == 1 && mails[0].contains("ada@example.org"), "{mails:?}");
}

#[tokio::test]
async fn a_password_reset_by_mail_ends_logins_and_closes_sockets() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;
    forgets(&app.stranger(), "ada").await.expect(202);
    let token = mailbox.tokens(1).await.remove(0);

    resets(&app.stranger(), &token).await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(ada.client.get("/users/me").await.problem(401), "unauthenticated");
    let refresh = json!({ "refresh_token": ada.refresh_token });
    app.stranger().post("/auth/refresh", refresh).await.problem(401);
}

#[tokio::test]
async fn a_disabled_account_gets_no_mail_and_its_link_does_not_count() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    let (root, ada) = (app.person("root").await, app.person("ada").await);
    forgets(&app.stranger(), "ada").await.expect(202);
    let token = mailbox.tokens(1).await.remove(0);
    let path = format!("/admin/users/{}", ada.id);
    root.client.patch(&path, json!({ "is_disabled": true })).await.expect(200);

    forgets(&app.stranger(), "ada").await.expect(202);
    forgets(&app.stranger(), "root").await.expect(202);

    assert_eq!(resets(&app.stranger(), &token).await.problem(422), "invalid");
    let mails = mailbox.mails(2).await;
    let to_ada = mails.iter().filter(|mail| mail.contains("To: ada@example.org")).count();
    assert_eq!((mails.len(), to_ada), (2, 1));
}

#[tokio::test]
async fn asking_for_mails_is_limited_alike_for_known_and_unknown_addresses() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &["--limit-mail=1/h:2"]).await;
    app.person("ada").await;

    for _ in 0..2 {
        forgets(&app.stranger(), "ada").await.expect(202);
    }

    assert_eq!(forgets(&app.stranger(), "ada").await.problem(429), "rate_limited");
    assert_eq!(forgets(&app.stranger(), "nobody").await.problem(429), "rate_limited");
}

#[tokio::test]
async fn an_address_is_verified_by_the_link_of_a_mail() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    let ada = app.person("ada").await;
    assert_eq!(ada.client.get("/users/me").await.expect(200)["email_verified"], false);

    ada.client.post("/auth/email/verification", Value::Null).await.expect(202);
    let token = mailbox.tokens(1).await.remove(0);
    assert_eq!(resets(&app.stranger(), &token).await.problem(422), "invalid");
    let body = json!({ "token": token });
    app.stranger().post("/auth/email/verify", body.clone()).await.expect(204);

    assert_eq!(ada.client.get("/users/me").await.expect(200)["email_verified"], true);
    assert_eq!(app.stranger().post("/auth/email/verify", body).await.problem(422), "invalid");
    assert!(remembered(&ada).await.contains(&"email_verified".to_owned()));
}

#[tokio::test]
async fn without_smtp_ones_own_machine_finds_the_link_in_the_log() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let process = Process::start(&data, address).await;
    Person::join(address, "ada").await;
    let stranger = Client::new(address, None);

    forgets(&stranger, "ada").await.expect(202);
    let log = log_with(&process, "/reset#").await;

    assert!(!log.contains("ada@example"), "{log}");
    resets(&stranger, &token_in(&log)).await.expect(204);
    assert_eq!(stranger.get("/auth/policy").await.expect(200)["sends_mail"], true);
}

#[tokio::test]
async fn without_smtp_a_public_server_says_that_it_sends_no_mail() {
    let app = TestApp::with(&["--public-url=https://chat.example.org"]).await;
    let ada = app.person("ada").await;

    assert_eq!(forgets(&app.stranger(), "ada").await.problem(403), "forbidden");
    let asked = ada.client.post("/auth/email/verification", Value::Null).await;
    assert_eq!(asked.problem(403), "forbidden");
    assert_eq!(app.stranger().get("/auth/policy").await.expect(200)["sends_mail"], false);
}

#[tokio::test]
async fn nobody_writes_into_a_mail_by_their_name_or_address() {
    let mailbox = Mailbox::start().await;
    let app = app_with(&mailbox, &[]).await;
    let mut evil = Person::signup("evil");
    evil["first_name"] = json!("Eve\r\nBcc: all@example.org");
    app.stranger().post("/auth/signup", evil.clone()).await.problem(422);
    evil["first_name"] = json!("Visit evil.example");
    app.stranger().post("/auth/signup", evil).await.expect(201);

    let injected = json!({ "email": "evil@example.org\r\nBcc: all@example.org" });
    app.stranger().post("/auth/password/forgot", injected).await.problem(422);
    forgets(&app.stranger(), "evil").await.expect(202);

    let mail = mailbox.mails(1).await.remove(0);
    assert!(!mail.contains("Bcc") && !mail.contains("evil.example"), "{mail}");
}

#[tokio::test]
async fn with_the_smtp_server_down_the_answer_is_the_same_and_the_log_names_no_address() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let smtp = format!("--smtp-url=smtp://{}", Process::free_address());
    let arguments = [smtp.as_str(), "--mail-from=chat@example.org"];
    let process = Process::start_with(&data, address, &arguments).await;
    Person::join(address, "ada").await;

    forgets(&Client::new(address, None), "ada").await.expect(202);

    let log = log_with(&process, "a mail was not sent").await;
    assert!(!log.contains("ada@example") && !log.contains("/reset#"), "{log}");
}
