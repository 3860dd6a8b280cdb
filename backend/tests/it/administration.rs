//! Server admins, accounts that are out of use, and what is remembered of it.

use serde_json::{Value, json};

use crate::support::{Data, PASSWORD, Person, Process, Reply, TestApp};

async fn logs_in(app: &TestApp, name: &str, password: &str) -> Reply {
    let body = json!({ "login": name, "password": password, "session": "token" });
    app.stranger().post("/auth/login", body).await
}

async fn disables(admin: &Person, other: &Person, is_disabled: bool) -> Reply {
    let path = format!("/admin/users/{}", other.id);
    admin.client.patch(&path, json!({ "is_disabled": is_disabled })).await
}

/// Actions of the audit log, newest first, with who did them to whom.
async fn remembered(admin: &Person, query: &str) -> Vec<(String, String, String)> {
    let page = admin.client.get(&format!("/admin/audit{query}")).await.expect(200);
    let name = |person: &Value| person["username"].as_str().unwrap_or("-").to_owned();
    let events = page["items"].as_array().unwrap().iter();
    events
        .map(|event| {
            let action = event["action"].as_str().unwrap().to_owned();
            (action, name(&event["actor"]), name(&event["target"]))
        })
        .collect()
}

#[tokio::test]
async fn on_ones_own_machine_the_first_account_administers_the_server_and_no_other() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);

    let first = ada.client.get("/users/me").await.expect(200);
    let second = linus.client.get("/users/me").await.expect(200);

    assert_eq!(first["is_admin"], true);
    assert_eq!(second["is_admin"], Value::Null);
}

#[tokio::test]
async fn behind_a_public_address_nobody_is_admin_by_being_first() {
    let app = TestApp::with(&["--public-url=https://chat.example.org"]).await;
    let ada = app.person("ada").await;

    assert_eq!(ada.client.get("/users/me").await.expect(200)["is_admin"], Value::Null);
}

#[tokio::test]
async fn only_server_admins_may_administer() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);

    assert_eq!(linus.client.get("/admin/users").await.problem(403), "forbidden");
    assert_eq!(linus.client.get("/admin/audit").await.problem(403), "forbidden");
    assert_eq!(linus.client.get("/admin/rooms").await.problem(403), "forbidden");
    assert_eq!(disables(&linus, &ada, true).await.problem(403), "forbidden");
    let path = format!("/admin/users/{}/password-reset", ada.id);
    assert_eq!(linus.client.post(&path, json!({})).await.problem(403), "forbidden");
    assert_eq!(app.stranger().get("/admin/users").await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn a_disabled_account_is_thrown_out_everywhere_and_comes_back_when_enabled() {
    let (one, other) = TestApp::pair().await;
    let (ada, linus) = (one.person("ada").await, one.person("linus").await);
    let mut here = linus.connects().await;
    let mut elsewhere = linus.connects_to(other.address).await;

    let disabled = disables(&ada, &linus, true).await.expect(200);

    assert!(disabled["disabled_at"].is_string(), "{disabled}");
    assert_eq!(here.closed().await, 4403);
    assert_eq!(elsewhere.closed().await, 4403);
    assert_eq!(linus.client.get("/users/me").await.problem(401), "unauthenticated");
    let refresh = json!({ "refresh_token": linus.refresh_token });
    let refreshed = one.stranger().post("/auth/refresh", refresh.clone()).await;
    assert_eq!(refreshed.problem(403), "account_disabled");
    assert_eq!(logs_in(&one, "linus", PASSWORD).await.problem(403), "account_disabled");
    assert_eq!(logs_in(&one, "linus", "wrong").await.problem(401), "unauthenticated");

    disables(&ada, &linus, false).await.expect(200);

    logs_in(&one, "linus", PASSWORD).await.expect(200);
    assert_eq!(one.stranger().post("/auth/refresh", refresh).await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn nobody_disables_or_demotes_themselves() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let path = format!("/admin/users/{}", ada.id);

    let disabled = disables(&ada, &ada, true).await;
    let demoted = ada.client.patch(&path, json!({ "is_admin": false })).await;

    assert_eq!(disabled.problem(409), "conflict");
    assert_eq!(demoted.problem(409), "conflict");
    ada.client.get("/admin/users").await.expect(200);
}

#[tokio::test]
async fn of_two_admins_who_take_each_others_power_at_once_one_keeps_it() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let demotes = |admin: &Person, other: &Person, is_admin: bool| {
        let (client, path) = (admin.client.clone(), format!("/admin/users/{}", other.id));
        async move { client.patch(&path, json!({ "is_admin": is_admin })).await.status.as_u16() }
    };
    assert_eq!(demotes(&ada, &linus, true).await, 200);

    let (by_ada, by_linus) =
        tokio::join!(demotes(&ada, &linus, false), demotes(&linus, &ada, false));

    let mut outcomes = [by_ada, by_linus];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [200, 403]);
}

#[tokio::test]
async fn an_admin_makes_others_admin_and_finds_everybody_by_name_or_address() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let path = format!("/admin/users/{}", linus.id);

    let granted = ada.client.patch(&path, json!({ "is_admin": true })).await.expect(200);
    let found = linus.client.get("/admin/users?query=ada@example").await.expect(200);
    let page = linus.client.get("/admin/users?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = linus.client.get(&format!("/admin/users?limit=1&cursor={cursor}")).await.expect(200);

    assert_eq!(granted["is_admin"], true);
    assert_eq!(found["items"][0]["email"], "ada@example.org");
    assert_eq!(page["items"][0]["username"], "ada");
    assert_eq!(next["items"][0]["username"], "linus");
    assert_eq!(next["next_cursor"], Value::Null);
}

#[tokio::test]
async fn an_admin_sees_which_rooms_there_are_and_nothing_that_is_said_in_them() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let secret = linus.creates_private_room("Secret").await;
    linus.says(&secret, "for us only").await;
    let old = linus.creates_room("archive").await;
    linus.client.patch(&format!("/rooms/{old}"), json!({ "archived": true })).await.expect(200);
    let gone = linus.creates_room("gone").await;
    linus.client.delete(&format!("/rooms/{gone}")).await.expect(204);

    let page = ada.client.get("/admin/rooms?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = ada.client.get(&format!("/admin/rooms?limit=1&cursor={cursor}")).await.expect(200);
    let found = ada.client.get("/admin/rooms?query=SEC").await.expect(200);
    let inside = ada.client.get(&format!("/rooms/{secret}/messages")).await;

    assert_eq!(page["items"][0]["name"], "archive");
    assert!(page["items"][0]["archived_at"].is_string(), "{page}");
    assert_eq!(next["next_cursor"], Value::Null);
    let room = next["items"][0].as_object().unwrap();
    let told: Vec<&str> = room.keys().map(String::as_str).collect();
    let expected =
        ["archived_at", "created_at", "head", "id", "member_count", "name", "visibility"];
    assert_eq!(told, expected);
    assert_eq!(room["id"], secret.as_str());
    assert_eq!(room["visibility"], "private");
    assert_eq!(room["member_count"], 1);
    // It was made, and somebody spoke.
    assert_eq!(room["head"], 2);
    assert_eq!(found["items"], next["items"]);
    assert_eq!(inside.problem(404), "not_found");
}

#[tokio::test]
async fn a_given_password_is_shown_once_and_ends_the_logins_made_with_the_old_one() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let mut socket = linus.connects().await;

    let path = format!("/admin/users/{}/password-reset", linus.id);
    let given = ada.client.post(&path, json!({})).await.expect(200);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(logs_in(&app, "linus", PASSWORD).await.problem(401), "unauthenticated");
    logs_in(&app, "linus", given["password"].as_str().unwrap()).await.expect(200);
}

#[tokio::test]
async fn the_audit_log_says_who_did_what_to_whom() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    logs_in(&app, "linus", "wrong").await.expect(401);
    linus.client.delete("/auth/sessions").await.expect(204);
    disables(&ada, &linus, true).await.expect(200);

    let about_linus = remembered(&ada, &format!("?user_id={}", linus.id)).await;
    let disabled = remembered(&ada, "?action=user_disabled").await;
    let newest = ada.client.get("/admin/audit?limit=1").await.expect(200);
    let cursor = newest["next_cursor"].as_str().unwrap();
    let next = remembered(&ada, &format!("?limit=1&cursor={cursor}")).await;

    let event =
        |action: &str, actor: &str| (action.to_owned(), actor.to_owned(), "linus".to_owned());
    assert_eq!(
        about_linus,
        [
            event("user_disabled", "ada"),
            event("sessions_ended", "linus"),
            event("login_refused", "-"),
            event("logged_in", "linus"),
            event("signed_up", "linus"),
        ]
    );
    assert_eq!(disabled, [event("user_disabled", "ada")]);
    assert_eq!(newest["items"][0]["address"], "127.0.0.1");
    assert_eq!(next, [event("sessions_ended", "linus")]);
}

#[tokio::test]
async fn an_operator_administers_at_the_command_line_beside_a_running_server() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &["--public-url=https://chat.example.org"]).await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let mut socket = linus.connects().await;

    Process::admin(&data, &["grant", "ada"]);
    Process::admin(&data, &["disable", "linus@example.org"]);

    // Found in the database, since the command line can tell no running server.
    assert_eq!(socket.closed().await, 4403);
    assert_eq!(linus.client.get("/users/me").await.problem(401), "unauthenticated");
    assert_eq!(
        remembered(&ada, "?limit=2").await,
        [
            ("user_disabled".to_owned(), "-".to_owned(), "linus".to_owned()),
            ("admin_granted".to_owned(), "-".to_owned(), "ada".to_owned()),
        ]
    );

    Process::admin(&data, &["enable", "linus"]);
    logs_in(&app, "linus", PASSWORD).await.expect(200);
    let printed = Process::admin(&data, &["reset-password", "linus"]);
    logs_in(&app, "linus", printed.trim_end().rsplit(' ').next().unwrap()).await.expect(200);
    let command = "create grace --email grace@example.org --first-name Grace --last-name Hopper";
    let printed = Process::admin(&data, &command.split(' ').collect::<Vec<_>>());
    let password = printed.lines().last().unwrap().rsplit(' ').next().unwrap();
    let grace = logs_in(&app, "grace", password).await.expect(200);
    assert_eq!(grace["user"]["is_admin"], true);
    Process::admin(&data, &["revoke", "ada"]);
    assert_eq!(ada.client.get("/admin/users").await.problem(403), "forbidden");
}
