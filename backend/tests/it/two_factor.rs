//! Two-factor log-in: the password and a code.

use devschat::{
    domain::id::UserId,
    store::{database::Database, two_factor},
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use time::OffsetDateTime;
use totp_rs::{Builder, Secret};

use crate::support::{Client, Data, PASSWORD, Person, Process, Reply, TestApp};

const PATH: &str = "/users/me/two-factor";

/// What the authenticator app shows, some steps of 30 seconds from now.
fn shown_by_app(secret: &str, steps: i64) -> String {
    let at = OffsetDateTime::now_utc().unix_timestamp() + steps * 30;
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("ada").build().unwrap();
    app.generate(at.cast_unsigned()).to_string()
}

async fn begins(person: &Person) -> String {
    let setup = person.client.post(PATH, json!({ "password": PASSWORD })).await.expect(200);
    let secret = setup["secret"].as_str().unwrap().to_owned();
    let uri = setup["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(&secret), "{uri}");
    secret
}

async fn confirms(person: &Person, code: &str) -> Reply {
    person.client.post(&format!("{PATH}/confirm"), json!({ "code": code })).await
}

fn codes(list: &Value) -> Vec<String> {
    let codes = list["recovery_codes"].as_array().unwrap();
    codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

/// Turns it on; returns the secret and the recovery codes. The code of the step before is used
/// for it, so that those of now and after are left.
async fn turns_on(person: &Person) -> (String, Vec<String>) {
    let secret = begins(person).await;
    let list = confirms(person, &shown_by_app(&secret, -1)).await.expect(200);
    (secret, codes(&list))
}

async fn logs_in(stranger: &Client, code: Option<&str>) -> Reply {
    let mut login = json!({ "login": "ada", "password": PASSWORD, "session": "token" });
    if let Some(code) = code {
        login["code"] = code.into();
    }
    stranger.post("/auth/login", login).await
}

async fn state(person: &Person) -> Value {
    person.client.get(PATH).await.expect(200)
}

#[tokio::test]
async fn a_log_in_takes_the_password_and_a_code() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let stranger = app.stranger();
    let (secret, _) = turns_on(&ada).await;

    assert_eq!(logs_in(&stranger, None).await.problem(401), "second_factor_required");
    assert_eq!(logs_in(&stranger, Some("000")).await.problem(401), "unauthenticated");
    let login = logs_in(&stranger, Some(&shown_by_app(&secret, 0))).await.expect(200);

    assert!(login["access_token"].is_string());
    assert_eq!(state(&ada).await, json!({ "is_enabled": true, "recovery_codes_left": 10 }));
}

#[tokio::test]
async fn a_wrong_password_says_nothing_of_a_second_factor() {
    let app = TestApp::spawn().await;
    turns_on(&app.person("ada").await).await;

    let login = json!({ "login": "ada", "password": "not the right one" });

    assert_eq!(app.stranger().post("/auth/login", login).await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn nothing_changes_until_a_code_is_confirmed() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let first = begins(&ada).await;
    let second = begins(&ada).await;

    assert_eq!(confirms(&ada, &shown_by_app(&first, 0)).await.blamed_fields(), ["code"]);
    logs_in(&app.stranger(), None).await.expect(200);
    assert_eq!(state(&ada).await["is_enabled"], false);
    confirms(&ada, &shown_by_app(&second, 0)).await.expect(200);
    assert_eq!(confirms(&ada, &shown_by_app(&second, 1)).await.problem(409), "conflict");
}

#[tokio::test]
async fn turning_it_on_and_off_takes_the_password() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let wrong = json!({ "password": "not the right one" });
    let right = json!({ "password": PASSWORD });

    assert_eq!(ada.client.post(PATH, wrong.clone()).await.blamed_fields(), ["password"]);
    turns_on(&ada).await;
    assert_eq!(ada.client.post(PATH, right.clone()).await.problem(409), "conflict");
    for action in ["disable", "recovery-codes"] {
        let path = format!("{PATH}/{action}");
        assert_eq!(ada.client.post(&path, wrong.clone()).await.blamed_fields(), ["password"]);
    }
    ada.client.post(&format!("{PATH}/disable"), right).await.expect(204);

    logs_in(&app.stranger(), None).await.expect(200);
    assert_eq!(state(&ada).await, json!({ "is_enabled": false, "recovery_codes_left": 0 }));
}

#[tokio::test]
async fn a_code_counts_once_however_many_bring_it() {
    let (one, other) = TestApp::pair().await;
    let (secret, recovery) = turns_on(&one.person("ada").await).await;
    let clients = [one.stranger(), other.stranger()];

    for code in [shown_by_app(&secret, 0), recovery[0].clone()] {
        let logins = clients.iter().chain(&clients).map(|client| logs_in(client, Some(&code)));
        let replies = join_all(logins).await;
        let counted = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(counted, 1, "{code}");
    }
    let earlier = logs_in(&clients[0], Some(&shown_by_app(&secret, -1))).await;
    assert_ne!(earlier.status, 200, "a code before one that counted is over");
}

#[tokio::test]
async fn recovery_codes_log_in_without_the_app() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let (_, old) = turns_on(&ada).await;

    logs_in(&app.stranger(), Some(&old[0].to_uppercase().replace('-', " "))).await.expect(200);
    assert_eq!(state(&ada).await["recovery_codes_left"], 9);
    let renewed = json!({ "password": PASSWORD });
    let renewed = ada.client.post(&format!("{PATH}/recovery-codes"), renewed).await.expect(200);

    assert_eq!(logs_in(&app.stranger(), Some(&old[1])).await.problem(401), "unauthenticated");
    logs_in(&app.stranger(), Some(&codes(&renewed)[0])).await.expect(200);
}

/// Asks the store itself: each request hashes a password first, so that they arrive one by one.
#[tokio::test]
async fn what_is_asked_for_several_times_at_once_happens_once() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    let ada = app.person("ada").await;
    let user_id = UserId(ada.id.parse().unwrap());
    let db = Database::connect(&data.database_url).await.unwrap();
    let hashes = |of: u8| (0..10).map(|n| vec![of, n]).collect::<Vec<_>>();

    for begun in join_all((0..8).map(|n| two_factor::begin(&db, user_id, vec![n; 20]))).await {
        begun.unwrap();
    }
    turns_on(&ada).await;
    for renewed in join_all((0..8).map(|n| two_factor::renew_codes(&db, user_id, hashes(n)))).await
    {
        assert!(renewed.unwrap());
    }

    assert_eq!(state(&ada).await["recovery_codes_left"], 10);
    db.close().await;
}

#[tokio::test]
async fn guesses_of_codes_are_few() {
    let app = TestApp::with(&["--limit-login=12/h:5"]).await;
    turns_on(&app.person("ada").await).await;
    let stranger = app.stranger();

    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(logs_in(&stranger, Some("000")).await.status.as_u16());
    }

    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
}

#[tokio::test]
async fn an_operator_lets_somebody_in_who_lost_everything() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    turns_on(&app.person("ada").await).await;

    Process::admin(&data, &["reset-two-factor", "ada"]);

    logs_in(&app.stranger(), None).await.expect(200);
}
