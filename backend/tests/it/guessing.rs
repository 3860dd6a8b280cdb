//! Guessing passwords gets nobody anywhere, and locks nobody out.

use futures_util::future::join_all;
use serde_json::json;

use crate::support::{PASSWORD, Reply, TestApp};

/// The limits as they are by default.
const BY_DEFAULT: &[&str] = &["--limit-login=12/h:5"];

async fn tries(app: &TestApp, login: &str, password: &str) -> Reply {
    let body = json!({ "login": login, "password": password, "session": "token" });
    app.stranger().post("/auth/login", body).await
}

fn evaluated(replies: &[Reply]) -> usize {
    replies.iter().filter(|reply| reply.status == 401).count()
}

#[tokio::test]
async fn of_a_thousand_guesses_at_once_ten_at_most_are_looked_at() {
    let app = TestApp::with(BY_DEFAULT).await;
    app.person("ada").await;

    let mut replies = Vec::new();
    for round in 0..10 {
        let guesses: Vec<_> = (0..100).map(|n| format!("guess {round} {n}")).collect();
        replies.extend(join_all(guesses.iter().map(|guess| tries(&app, "ada", guess))).await);
    }

    assert!((1..=10).contains(&evaluated(&replies)), "{}", evaluated(&replies));
    let refused: Vec<_> = replies.iter().filter(|reply| reply.status != 401).collect();
    for reply in refused {
        assert_eq!(reply.problem(429), "rate_limited");
        assert_ne!(reply.header("retry-after"), "");
    }
}

#[tokio::test]
async fn name_and_address_of_an_account_count_together() {
    let app = TestApp::with(BY_DEFAULT).await;
    app.person("ada").await;
    for _ in 0..3 {
        tries(&app, "ada", "wrong").await.expect(401);
    }

    let by_mail =
        [tries(&app, "Ada@example.org", "wrong").await, tries(&app, "ADA ", "wrong").await];
    let sixth = tries(&app, "ada@example.org", "wrong").await;

    assert_eq!(evaluated(&by_mail), 2);
    assert_eq!(sixth.problem(429), "rate_limited");
}

#[tokio::test]
async fn who_knows_the_password_may_log_in_as_often_as_they_like() {
    let app = TestApp::with(BY_DEFAULT).await;
    app.person("ada").await;
    for _ in 0..4 {
        tries(&app, "ada", "wrong").await.expect(401);
    }

    for _ in 0..10 {
        tries(&app, "ada", PASSWORD).await.expect(200);
    }
}

#[tokio::test]
async fn guessing_at_one_account_keeps_nobody_else_at_that_address_out() {
    let app = TestApp::with(BY_DEFAULT).await;
    app.person("ada").await;
    app.person("linus").await;

    for n in 0..40 {
        tries(&app, "ada", &format!("guess {n}")).await;
    }

    tries(&app, "linus", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn many_accounts_can_not_be_tried_from_one_address() {
    let app = TestApp::with(BY_DEFAULT).await;

    let mut replies = Vec::new();
    for n in 0..30 {
        replies.push(tries(&app, &format!("somebody{n}"), "password").await);
    }

    assert!((20..=22).contains(&evaluated(&replies)), "{}", evaluated(&replies));
}

#[tokio::test]
async fn claiming_another_address_does_not_help() {
    let app = TestApp::with(BY_DEFAULT).await;
    app.person("ada").await;

    let mut looked_at = 0;
    for n in 0..20 {
        let body = json!({ "login": "ada", "password": "wrong" });
        let request = app.stranger().request(reqwest::Method::POST, "/auth/login").json(&body);
        let reply = Reply::of(request.header("x-forwarded-for", format!("203.0.113.{n}"))).await;
        looked_at += usize::from(reply.status == 401);
    }

    assert_eq!(looked_at, 5);
}
