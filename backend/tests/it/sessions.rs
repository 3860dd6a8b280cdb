//! Staying logged in, and logging out.

use reqwest::Method;
use serde_json::json;

use crate::support::{Client, PASSWORD, Person, Reply, TestApp};

async fn refresh(app: &TestApp, token: &str) -> Reply {
    app.stranger().post("/auth/refresh", json!({ "refresh_token": token })).await
}

#[tokio::test]
async fn without_a_valid_access_token_nothing_is_answered() {
    let app = TestApp::spawn().await;
    let garbage = Client::new(app.address, Some("garbage".to_owned()));

    assert_eq!(app.stranger().get("/users/me").await.problem(401), "unauthenticated");
    assert_eq!(garbage.get("/users/me").await.problem(401), "unauthenticated");
    assert_eq!(garbage.get("/rooms").await.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn refreshing_gives_new_tokens() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let renewed = refresh(&app, &ada.refresh_token).await.expect(200);

    assert_ne!(renewed["refresh_token"], ada.refresh_token);
    let token = renewed["access_token"].as_str().map(ToOwned::to_owned);
    let me = Client::new(app.address, token).get("/users/me").await.expect(200);
    assert_eq!(me["id"], ada.id);
}

#[tokio::test]
async fn two_tabs_that_refresh_at_once_both_stay_logged_in_with_one_token() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let (one, other) =
        tokio::join!(refresh(&app, &ada.refresh_token), refresh(&app, &ada.refresh_token));

    let (one, other) = (one.expect(200), other.expect(200));
    assert_eq!(one["refresh_token"], other["refresh_token"]);
}

#[tokio::test]
async fn a_refresh_token_used_again_later_ends_the_session() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let second = refresh(&app, &ada.refresh_token).await.expect(200);
    let third = refresh(&app, second["refresh_token"].as_str().unwrap()).await.expect(200);

    let stolen = refresh(&app, &ada.refresh_token).await;

    assert_eq!(stolen.problem(401), "unauthenticated");
    let current = refresh(&app, third["refresh_token"].as_str().unwrap()).await;
    assert_eq!(current.problem(401), "unauthenticated");
    assert_eq!(ada.client.get("/users/me").await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn a_made_up_refresh_token_is_refused() {
    let app = TestApp::spawn().await;

    assert_eq!(refresh(&app, "v1.AAAA").await.problem(401), "unauthenticated");
    assert_eq!(refresh(&app, "").await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn logging_out_ends_the_session_and_closes_its_sockets() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let on_phone = Person::log_in(app.address, "ada").await;
    let (mut socket, mut phone) = (ada.connects().await, on_phone.connects().await);

    let body = json!({ "refresh_token": ada.refresh_token });
    app.stranger().post("/auth/logout", body).await.expect(204);

    assert_eq!(socket.closed().await, 4401);
    assert_eq!(ada.client.get("/users/me").await.problem(401), "unauthenticated");
    assert_eq!(refresh(&app, &ada.refresh_token).await.problem(401), "unauthenticated");
    phone.hears_nothing_but_pong().await;
    on_phone.client.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn a_bearer_can_log_out_too() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    Reply::of(ada.client.request(Method::POST, "/auth/logout")).await.expect(204);

    assert_eq!(ada.client.get("/users/me").await.problem(401), "unauthenticated");
}

#[tokio::test]
async fn a_browser_logs_out_by_its_cookie_even_when_its_access_token_has_run_out() {
    let app = TestApp::spawn().await;
    let login = logs_in_as_a_browser(&app).await;
    let cookie = login.header("set-cookie").split(';').next().unwrap();
    let request = |path: &str| {
        let request = app.stranger().request(Method::POST, path).header("cookie", cookie);
        request.header("sec-fetch-site", "same-origin")
    };

    let logout = request("/auth/logout").bearer_auth("one that has run out");
    let logout = Reply::of(logout).await;

    assert_eq!(logout.status, 204);
    assert!(logout.header("set-cookie").contains("Max-Age=0"), "{:?}", logout.headers);
    assert_eq!(Reply::of(request("/auth/refresh")).await.problem(401), "unauthenticated");
}

async fn logs_in_as_a_browser(app: &TestApp) -> Reply {
    app.person("ada").await;
    let login = json!({ "login": "ada", "password": PASSWORD });
    app.stranger().post("/auth/login", login).await
}

#[tokio::test]
async fn a_browser_gets_the_refresh_token_as_a_cookie_only() {
    let app = TestApp::spawn().await;

    let login = logs_in_as_a_browser(&app).await;

    let cookie = login.header("set-cookie");
    assert!(cookie.starts_with("devschat_refresh=v1."), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(login.json.get("refresh_token").is_none());
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let app = TestApp::with(&["--public-url=https://chat.example.org"]).await;

    let login = logs_in_as_a_browser(&app).await;

    let cookie = login.header("set-cookie");
    assert!(cookie.starts_with("__Host-devschat_refresh=v1."), "{cookie}");
    assert!(cookie.contains("Secure"), "{cookie}");
    assert!(login.header("strict-transport-security").contains("max-age"));
}

#[tokio::test]
async fn a_client_that_asks_for_tokens_gets_no_cookie() {
    let app = TestApp::spawn().await;
    app.person("ada").await;

    let login = json!({ "login": "ada", "password": PASSWORD, "session": "token" });
    let login = app.stranger().post("/auth/login", login).await;

    assert_eq!(login.header("set-cookie"), "");
    assert!(login.json["refresh_token"].is_string());
}

#[tokio::test]
async fn the_cookie_counts_only_on_requests_of_an_allowed_page() {
    let app = TestApp::with(&["--allowed-origins=https://app.example.org"]).await;
    let login = logs_in_as_a_browser(&app).await;
    let cookie = login.header("set-cookie").split(';').next().unwrap().to_owned();
    let refresh_from = |header: &'static str, value: String| {
        let request = app.stranger().request(Method::POST, "/auth/refresh");
        let request = request.header("cookie", cookie.clone()).header(header, value);
        async move { Reply::of(request).await }
    };

    let foreign = refresh_from("origin", "https://evil.example".to_owned()).await;
    let unknown = refresh_from("x-unrelated", String::new()).await;
    let cross_site = refresh_from("sec-fetch-site", "cross-site".to_owned()).await;

    for refused in [foreign, unknown, cross_site] {
        assert_eq!(refused.problem(403), "forbidden");
    }
    refresh_from("origin", format!("http://{}", app.address)).await.expect(200);
    refresh_from("origin", "https://app.example.org".to_owned()).await.expect(200);
    refresh_from("sec-fetch-site", "same-origin".to_owned()).await.expect(200);
}
