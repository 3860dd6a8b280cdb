//! Bad input gets a clear answer, never a 500.

use reqwest::Method;
use serde_json::json;

use crate::support::{Reply, TestApp};

#[tokio::test]
async fn bad_requests_are_told_what_is_wrong_with_them() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let post = |content_type: &'static str, body: String| {
        let request = ada.client.request(Method::POST, "/rooms");
        let request = request.header("content-type", content_type).body(body);
        async move { Reply::of(request).await }
    };
    let json_type = "application/json";

    let malformed = post(json_type, "{\"name\": ".to_owned()).await;
    let wrong_type = post(json_type, r#"{"name": 7, "visibility": "public"}"#.to_owned()).await;
    let unknown_field =
        post(json_type, r#"{"name": "x", "visibility": "public", "owner_id": "me"}"#.to_owned())
            .await;
    let missing_field = post(json_type, r#"{"name": "x"}"#.to_owned()).await;
    let no_json = post("text/plain", r#"{"name": "x", "visibility": "public"}"#.to_owned()).await;
    let too_large = post(json_type, format!(r#"{{"name": "{}"}}"#, "x".repeat(70_000))).await;

    for (reply, about) in [
        (malformed, "EOF"),
        (wrong_type, "expected a string"),
        (unknown_field, "owner_id"),
        (missing_field, "visibility"),
    ] {
        assert_eq!(reply.problem(400), "invalid");
        assert!(reply.json["detail"].as_str().unwrap().contains(about), "{}", reply.text);
    }
    assert_eq!(no_json.problem(415), "unsupported_media_type");
    assert_eq!(too_large.problem(413), "payload_too_large");
}

#[tokio::test]
async fn a_wrong_method_is_405_and_an_unknown_path_404() {
    let app = TestApp::spawn().await;
    let stranger = app.stranger();

    let refused = stranger.delete("/users/me").await;
    assert_eq!(refused.header("allow"), "GET, PATCH");
    assert_eq!(refused.problem(405), "method_not_allowed");
    assert_eq!(stranger.get("/auth/signup").await.problem(405), "method_not_allowed");
    assert_eq!(stranger.get("/nonsense").await.problem(404), "not_found");
    assert_eq!(stranger.post("/", json!({})).await.problem(404), "not_found");
}

#[tokio::test]
async fn unknown_paths_are_404_beside_a_served_spa_too() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("index.html"), "<!doctype html>").unwrap();
    let app = TestApp::with(&[&format!("--static-dir={}", directory.path().display())]).await;
    let stranger = app.stranger();

    assert_eq!(stranger.get("/api/v2/rooms").await.problem(404), "not_found");
    assert_eq!(stranger.post("/nonsense", json!({})).await.problem(404), "not_found");
    assert_eq!(stranger.delete("/livez/x").await.problem(404), "not_found");
    assert_eq!(stranger.delete("/auth/login").await.problem(405), "method_not_allowed");
}

#[tokio::test]
async fn what_is_no_websocket_handshake_is_told_so() {
    let app = TestApp::spawn().await;

    let plain = app.stranger().get("/ws").await;
    let without_key = app.stranger().request(Method::GET, "/ws");
    let without_key = without_key.header("upgrade", "websocket").header("connection", "upgrade");

    assert_eq!(plain.problem(400), "invalid");
    assert_eq!(Reply::of(without_key).await.problem(400), "invalid");
}

#[tokio::test]
async fn an_array_is_no_object() {
    let app = TestApp::spawn().await;
    app.person("ada").await;

    let reply = app.stranger().post("/auth/login", json!(["ada", crate::support::PASSWORD])).await;

    assert_eq!(reply.problem(400), "invalid");
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let app = TestApp::spawn().await;
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    let request = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n\
                   Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(request.as_bytes()).await.unwrap();

    let mut answer = [0; 12];
    let reading = stream.read_exact(&mut answer);
    tokio::time::timeout(std::time::Duration::from_secs(20), reading).await.unwrap().unwrap();

    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[tokio::test]
async fn an_id_that_is_none_names_nothing() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    assert_eq!(ada.client.get("/rooms/42").await.problem(404), "not_found");
    assert_eq!(ada.client.get("/users/you").await.problem(404), "not_found");
    let nowhere = format!("/rooms/{}", uuid::Uuid::now_v7());
    assert_eq!(ada.client.get(&nowhere).await.problem(404), "not_found");
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let app = TestApp::spawn().await;

    let (one, other) = (app.stranger().get("/livez").await, app.stranger().get("/rooms").await);

    assert!(!one.header("x-request-id").is_empty());
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[tokio::test]
async fn nul_is_refused_wherever_text_comes_in() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let login = json!({ "login": "a\0", "password": "swordfi5h-9" });
    assert_eq!(app.stranger().post("/auth/login", login).await.problem(422), "invalid");
    for path in ["/users?query=%00", "/rooms?query=%00"] {
        assert_eq!(ada.client.get(path).await.problem(422), "invalid", "{path}");
    }
    for path in ["/users?cursor=AA", "/rooms?cursor=AA"] {
        assert_eq!(ada.client.get(path).await.problem(400), "invalid", "{path}");
    }
    let mut account = crate::support::Person::signup("grace");
    account["email"] = json!("grace\0@example.org");
    assert_eq!(app.stranger().post("/auth/signup", account).await.problem(422), "invalid");
    let room = json!({ "name": "x", "topic": "a\0b", "visibility": "public" });
    assert_eq!(ada.client.post("/rooms", room).await.problem(422), "invalid");
}
