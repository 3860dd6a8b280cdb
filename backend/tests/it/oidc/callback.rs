//! The way to the provider and back: in one browser, once, and for a while.

use reqwest::Url;

use super::{app_on, app_with, assert_refused, provider};
use crate::support::{
    Data, Process, Reply,
    openid_provider::{Browser, CALLBACK, page},
};

#[tokio::test]
async fn the_cookies_are_for_this_browser_and_not_for_scripts() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let browser = Browser::new();

    let started = browser.visits(&page(&app, "/api/v1/auth/oidc/start")).await;
    let location: Url = started.header("location").parse().unwrap();
    let back = browser.answers(location.clone(), Some("ada")).await;
    let ended = browser.visits(back.as_str()).await;

    let cookie = started.header("set-cookie");
    assert!(cookie.starts_with("devschat_oidc="), "{cookie}");
    assert!(cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("Max-Age=600"));
    let query = |name: &str| location.query_pairs().find(|(key, _)| key == name).unwrap().1;
    assert_eq!(query("code_challenge_method"), "S256");
    for secret in [query("state"), query("nonce")] {
        assert!(!cookie.contains(&*secret), "{cookie}");
    }
    let cookies: Vec<_> = ended.headers.get_all("set-cookie").iter().collect();
    assert!(cookies.iter().any(|cookie| {
        let cookie = cookie.to_str().unwrap();
        cookie.starts_with("devschat_refresh=v1.") && cookie.contains("HttpOnly; SameSite=Strict")
    }));
    assert!(cookies.iter().any(|cookie| cookie.to_str().unwrap().starts_with("devschat_oidc=; ")));
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let provider = provider();
    let app = app_with(&provider, &["--public-url=https://chat.example.org"]).await;

    let started = Browser::new().visits(&page(&app, "/api/v1/auth/oidc/start")).await;

    let cookie = started.header("set-cookie");
    assert!(cookie.starts_with("__Host-devschat_oidc="), "{cookie}");
    assert!(cookie.contains("Secure") && cookie.contains("Path=/;"), "{cookie}");
    let location: Url = started.header("location").parse().unwrap();
    let redirect = location.query_pairs().find(|(key, _)| key == "redirect_uri").unwrap().1;
    assert_eq!(redirect, "https://chat.example.org/api/v1/auth/oidc/callback");
}

#[tokio::test]
async fn one_instance_ends_what_another_began() {
    let (provider, data) = (provider(), Data::fresh().await);
    let public = ["--public-url=http://localhost:7777"];
    let one = app_on(&data, &provider, &public).await;
    let other = app_on(&data, &provider, &public).await;
    let browser = Browser::new();

    let mut back = browser.answers(browser.begins(&one).await, Some("ada")).await;
    back.set_port(Some(other.address.port())).unwrap();
    let ended = browser.visits(back.as_str()).await;

    assert_eq!(ended.header("location"), "/rooms/a");
}

#[tokio::test]
async fn who_says_no_at_the_provider_is_told_so() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let browser = Browser::new();

    let back = browser.answers(browser.begins(&app).await, None).await;

    assert_refused(&browser.visits(back.as_str()).await, "denied");
}

#[tokio::test]
async fn a_callback_counts_in_the_browser_that_began_and_nowhere_else() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let (browser, thief) = (Browser::new(), Browser::new());
    thief.begins(&app).await;

    let back = browser.answers(browser.begins(&app).await, Some("ada")).await;

    assert_refused(&Browser::new().visits(back.as_str()).await, "expired");
    assert_refused(&thief.visits(back.as_str()).await, "expired");
    assert_eq!(browser.visits(back.as_str()).await.header("location"), "/rooms/a");
}

#[tokio::test]
async fn a_callback_counts_once_even_with_its_cookie() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let browser = Browser::new();
    let started = browser.visits(&page(&app, "/api/v1/auth/oidc/start")).await;
    let cookie = started.header("set-cookie").split(';').next().unwrap().to_owned();
    let back = browser.answers(started.header("location").parse().unwrap(), Some("ada")).await;
    assert_eq!(browser.visits(back.as_str()).await.header("location"), "/");

    assert_refused(&browser.visits(back.as_str()).await, "expired");

    let with_cookie = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let with_cookie = with_cookie.build().unwrap().get(back).header("cookie", cookie);
    assert_refused(&Reply::of(with_cookie).await, "failed");
}

#[tokio::test]
async fn a_wrong_state_or_nonce_is_refused() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    let changed = |url: &Url, name: &str| {
        let mut changed = url.clone();
        changed.query_pairs_mut().clear().extend_pairs(url.query_pairs().map(|(key, value)| {
            let value = if key == name { "another".into() } else { value };
            (key, value)
        }));
        changed
    };

    let browser = Browser::new();
    let back = browser.answers(browser.begins(&app).await, Some("ada")).await;
    assert_refused(&browser.visits(changed(&back, "state").as_str()).await, "expired");

    let began = changed(&browser.begins(&app).await, "nonce");
    let back = browser.answers(began, Some("ada")).await;
    assert_refused(&browser.visits(back.as_str()).await, "failed");

    // Another server's answer, by what it says itself (RFC 9207).
    let back = browser.answers(browser.begins(&app).await, Some("ada")).await;
    assert_refused(&browser.visits(changed(&back, "iss").as_str()).await, "failed");
}

#[tokio::test]
async fn one_returns_to_a_page_of_this_server_only() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;

    for elsewhere in ["https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:x"]
    {
        let browser = Browser::new();
        let start = page(&app, &format!("/api/v1/auth/oidc/start?return_to={elsewhere}"));
        let question = browser.visits(&start).await.header("location").parse().unwrap();
        let back = browser.answers(question, Some("ada")).await;

        assert_eq!(browser.visits(back.as_str()).await.header("location"), "/", "{elsewhere}");
    }
}

#[tokio::test]
async fn new_keys_of_the_provider_count_at_once() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    Browser::new().signs_in(&app, "ada").await;

    let _provider = provider.restarted();

    let signed_in = Browser::new().signs_in(&app, "ada").await;
    assert_eq!(signed_in.header("location"), "/rooms/a");
}

#[tokio::test]
async fn failing_sign_ins_of_one_address_are_limited() {
    let provider = provider();
    let app = app_with(&provider, &["--limit-login=1/m:100", "--limit-login-address=1/m:2"]).await;
    let browser = Browser::new();
    for _ in 0..4 {
        assert_eq!(browser.signs_in(&app, "ada").await.header("location"), "/rooms/a");
    }

    for expected in ["failed", "failed", "limited"] {
        let back = browser.answers(browser.begins(&app).await, Some("ada")).await;
        let state = back.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
        let guess = page(&app, &format!("{CALLBACK}?code=guess&state={state}"));
        assert_refused(&browser.visits(&guess).await, expected);
    }
}

#[tokio::test]
async fn a_provider_that_is_away_stops_nobody_from_logging_in_otherwise() {
    let provider = provider();
    let app = app_with(&provider, &[]).await;
    drop(provider);

    let started = Browser::new().visits(&page(&app, "/api/v1/auth/oidc/start")).await;

    assert_refused(&started, "failed");
    app.person("ada").await;
}

#[tokio::test]
async fn the_log_holds_no_code_no_token_and_no_address() {
    let (provider, data) = (provider(), Data::fresh().await);
    let arguments = provider.arguments();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).chain(["--log=debug"]).collect();
    let process = Process::start_with(&data, Process::free_address(), &arguments).await;
    let browser = Browser::new();
    let start = format!("http://localhost:{}/api/v1/auth/oidc/start", process.address.port());

    let started = browser.visits(&start).await;
    let sealed = started.header("set-cookie")["devschat_oidc=".len()..].split(';').next();
    let sealed = sealed.unwrap().to_owned();
    let back = browser.answers(started.header("location").parse().unwrap(), Some("ada")).await;
    let ended = browser.visits(back.as_str()).await;
    assert_eq!(ended.header("location"), "/", "{}", process.log());
    browser.visits(&format!("{start}?return_to=/rooms/secret-room")).await;

    let log = process.log();
    let said = |name: &str| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    for secret in
        [said("code"), said("state"), sealed, "ada@example.org".into(), "secret-room".into()]
    {
        assert!(!log.contains(&secret), "{secret} in\n{log}");
    }
    assert!(log.contains("/api/v1/auth/oidc/callback"), "{log}");
    assert!(!log.contains("a secret of the tests"));
}
