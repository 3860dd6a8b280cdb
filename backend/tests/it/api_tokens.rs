//! Tokens for scripts and bots: they do what they were made for, and nothing else.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::support::{Client, PASSWORD, Person, Reply, Socket, TestApp, bodies_of};

const EVERY_SCOPE: [&str; 5] =
    ["users:read", "rooms:read", "rooms:write", "messages:read", "messages:write"];

/// What needs a login whatever a token's scopes are.
const FOR_PEOPLE_ONLY: [&str; 24] = [
    "ask_for_verification",
    "begin_two_factor",
    "change_password",
    "confirm_two_factor",
    "create_invitation",
    "create_token",
    "disable_two_factor",
    "end_other_sessions",
    "end_session",
    "get_metrics_as_admin",
    "get_two_factor",
    "give_password",
    "list_accounts",
    "list_all_rooms",
    "list_audit_events",
    "list_invitations",
    "list_sessions",
    "list_tokens",
    "log_out",
    "renew_recovery_codes",
    "revoke_invitation",
    "revoke_token",
    "update_account",
    "update_me",
];

fn after(duration: Duration) -> String {
    (OffsetDateTime::now_utc() + duration).format(&Rfc3339).unwrap()
}

async fn makes_token(owner: &Person, scopes: &[&str], lifetime: Duration) -> Reply {
    let token = json!({ "name": "deploy bot", "scopes": scopes, "expires_at": after(lifetime) });
    owner.client.post("/users/me/tokens", token).await
}

/// A client that speaks with a token made for these scopes, and the token's id.
async fn bot(owner: &Person, scopes: &[&str]) -> (Client, String) {
    let made = makes_token(owner, scopes, Duration::from_secs(3_600)).await.expect(201);
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (Client::new(owner.client.address, Some(text("token"))), text("id"))
}

async fn greets(bot: &Client) -> Socket {
    let mut socket = Socket::open(bot.address).await;
    socket.say(json!({ "type": "hello", "token": bot.token })).await;
    socket
}

#[tokio::test]
async fn a_bot_reads_and_writes_by_rest_and_over_the_socket() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let (bot, _) = bot(&ada, &["messages:read", "messages:write"]).await;

    let message = json!({ "client_id": "build-1", "body": "deployed" });
    bot.post(&format!("/rooms/{room}/messages"), message).await.expect(201);
    let mut socket = greets(&bot).await;
    socket.expect("welcome").await;
    socket.sends(&room, "build-2", "and again").await;
    let ack = socket.expect("ack").await;
    socket.subscribe(&room, json!({ "after": 0 })).await;
    socket.expect("subscribed").await;
    let heard = socket.events_until(ack["seq"].as_i64().unwrap()).await;

    assert_eq!(bodies_of(&heard), ["deployed", "and again"]);
    assert_eq!(linus.bodies(&room).await, ["deployed", "and again"]);
    let page = bot.get(&format!("/rooms/{room}/messages")).await.expect(200);
    assert_eq!(page["messages"][0]["author"]["username"], "ada");
}

#[tokio::test]
async fn a_token_is_shown_once_and_listed_without_its_secret() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let (bot, id) = bot(&ada, &["rooms:read"]).await;
    let unused = ada.client.get("/users/me/tokens").await.expect(200);

    bot.get("/rooms").await.expect(200);
    let used = ada.client.get("/users/me/tokens").await;

    assert_eq!(unused["items"][0]["last_used_at"], Value::Null);
    assert!(!used.text.contains(bot.token.as_ref().unwrap()), "{}", used.text);
    let listed = &used.json["items"][0];
    assert_eq!((&listed["id"], &listed["name"]), (&json!(id), &json!("deploy bot")));
    assert_eq!(listed["scopes"], json!(["rooms:read"]));
    assert!(listed["last_used_at"].is_string(), "{listed}");
}

#[tokio::test]
async fn what_a_token_was_not_made_for_is_refused_with_the_scope_it_lacks() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let (reader, _) = bot(&ada, &["messages:read"]).await;
    let (writer, _) = bot(&ada, &["messages:write"]).await;

    let message = json!({ "client_id": "c", "body": "no" });
    let by_rest = reader.post(&format!("/rooms/{room}/messages"), message).await;
    let mut socket = greets(&reader).await;
    socket.expect("welcome").await;
    socket.sends(&room, "c", "no").await;
    let over_socket = socket.expect("error").await;

    assert_eq!(by_rest.problem(403), "forbidden");
    assert!(by_rest.text.contains("messages:write"), "{}", by_rest.text);
    assert_eq!(over_socket["code"], "forbidden");
    socket.say(json!({ "type": "typing", "room_id": room })).await;
    assert_eq!(socket.expect("error").await["code"], "forbidden");
    assert_eq!(reader.get("/rooms").await.problem(403), "forbidden");
    assert_eq!(greets(&writer).await.closed().await, 4401, "a socket is for reading");
    assert!(ada.bodies(&room).await.is_empty());
}

#[tokio::test]
async fn every_documented_operation_has_a_scope_or_is_for_people_only() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let (bot, _) = bot(&ada, &EVERY_SCOPE).await;
    let document = bot.get("/api/openapi.json").await.expect(200);
    let nobody = uuid::Uuid::nil().to_string();

    let mut refused = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            if operation["security"].is_null() {
                continue;
            }
            let path = path.strip_prefix("/api/v1").unwrap_or(path);
            let path: Vec<_> = path
                .split('/')
                .map(|part| if part.starts_with('{') { nobody.as_str() } else { part })
                .collect();
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let id = operation["operationId"].as_str().unwrap();
            let request = bot.request(method, &path.join("/"));
            let reply = Reply::of(match id {
                "log_out" => request,
                _ => request.json(&body_of(id)),
            })
            .await;
            if reply.status == 403 && reply.text.contains("needs a login") {
                refused.push(id.to_owned());
            }
        }
    }

    refused.sort();
    assert_eq!(refused, FOR_PEOPLE_ONLY);
}

/// A body that is not refused before the token is looked at, where an empty one would be.
fn body_of(operation: &str) -> Value {
    match operation {
        "begin_two_factor" | "renew_recovery_codes" | "disable_two_factor" => {
            json!({ "password": "old" })
        }
        "confirm_two_factor" => json!({ "code": "000000" }),
        "create_invitation" => {
            json!({ "expires_at": after(Duration::from_secs(60)), "max_uses": 1 })
        }
        "create_token" => {
            let expires_at = after(Duration::from_secs(60));
            json!({ "name": "b", "scopes": ["rooms:read"], "expires_at": expires_at })
        }
        "change_password" => {
            json!({ "current_password": "old", "new_password": "staple-battery-7" })
        }
        _ => json!({}),
    }
}

#[tokio::test]
async fn a_revoked_token_counts_no_more_and_its_sockets_close_everywhere() {
    let (one, other) = TestApp::pair().await;
    let ada = one.person("ada").await;
    let (bot, id) = bot(&ada, &["messages:read", "rooms:read"]).await;
    let mut here = greets(&bot).await;
    here.expect("welcome").await;
    let elsewhere = Client::new(other.address, bot.token.clone());
    let mut there = greets(&elsewhere).await;
    there.expect("welcome").await;

    ada.client.delete(&format!("/users/me/tokens/{id}")).await.expect(204);

    assert_eq!(here.closed().await, 4401);
    assert_eq!(there.closed().await, 4401);
    assert_eq!(bot.get("/rooms").await.problem(401), "unauthenticated");
    assert_eq!(elsewhere.get("/rooms").await.problem(401), "unauthenticated");
    let again = ada.client.delete(&format!("/users/me/tokens/{id}")).await;
    assert_eq!(again.problem(404), "not_found");
    ada.client.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn nobody_revokes_somebody_elses_token() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let (bot, id) = bot(&ada, &["rooms:read"]).await;

    let refused = linus.client.delete(&format!("/users/me/tokens/{id}")).await;

    assert_eq!(refused.problem(404), "not_found");
    bot.get("/rooms").await.expect(200);
}

#[tokio::test]
async fn a_token_expires_and_its_socket_with_it() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let scopes = ["messages:read", "rooms:read"];
    let made = makes_token(&ada, &scopes, Duration::from_secs(2)).await.expect(201);
    let token = made["token"].as_str().unwrap().to_owned();
    let bot = Client::new(app.address, Some(token));
    let mut socket = greets(&bot).await;
    socket.expect("welcome").await;

    assert_eq!(socket.closed().await, 4401);
    let started = Instant::now();
    while bot.get("/rooms").await.status != 401 {
        assert!(started.elapsed() < Duration::from_secs(10), "it still counts");
    }
}

#[tokio::test]
async fn a_token_lives_for_a_year_at_most_and_has_a_name_and_scopes() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let (day, expires_at) = (24 * 3_600, after(Duration::from_secs(60)));
    let make = |token: Value| ada.client.post("/users/me/tokens", token);

    let long = makes_token(&ada, &["rooms:read"], Duration::from_secs(400 * day)).await;
    let past = make(
        json!({ "name": "b", "scopes": ["rooms:read"], "expires_at": "2020-01-01T00:00:00Z" }),
    )
    .await;
    let no_scope = make(json!({ "name": "b", "scopes": [], "expires_at": expires_at })).await;
    let no_name =
        make(json!({ "name": " ", "scopes": ["rooms:read"], "expires_at": expires_at })).await;
    let unknown = make(json!({ "name": "b", "scopes": ["admin"], "expires_at": expires_at })).await;

    assert_eq!(long.blamed_fields(), ["expires_at"]);
    assert_eq!(past.blamed_fields(), ["expires_at"]);
    assert_eq!(no_scope.blamed_fields(), ["scopes"]);
    assert_eq!(no_name.blamed_fields(), ["name"]);
    assert_eq!(unknown.problem(400), "invalid");
}

#[tokio::test]
async fn nobody_has_more_than_fifty_tokens_however_fast_they_ask() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let asked = (0..60).map(|_| makes_token(&ada, &["rooms:read"], Duration::from_secs(60)));
    let replies = join_all(asked).await;

    let made = replies.iter().filter(|reply| reply.status == 201).count();
    let refused = replies.iter().filter(|reply| reply.status == 409).count();
    assert_eq!((made, refused), (50, 10));
}

#[tokio::test]
async fn a_changed_password_revokes_the_tokens_made_before() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let (bot, _) = bot(&ada, &["rooms:read", "messages:read"]).await;
    let mut socket = greets(&bot).await;
    socket.expect("welcome").await;

    let change = json!({ "current_password": PASSWORD, "new_password": "staple-battery-7" });
    ada.client.post("/users/me/password", change).await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(bot.get("/rooms").await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn a_disabled_users_tokens_count_no_more() {
    let app = TestApp::spawn().await;
    let (ada, linus) = (app.person("ada").await, app.person("linus").await);
    let (bot, _) = bot(&linus, &["rooms:read"]).await;

    let path = format!("/admin/users/{}", linus.id);
    ada.client.patch(&path, json!({ "is_disabled": true })).await.expect(200);

    assert_eq!(bot.get("/rooms").await.problem(401), "unauthenticated");
}
