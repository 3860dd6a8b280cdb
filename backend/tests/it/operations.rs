//! What those who run the server see.

use crate::support::TestApp;

#[tokio::test]
async fn the_server_says_that_it_lives_and_is_ready() {
    let app = TestApp::spawn().await;

    assert_eq!(app.stranger().get("/livez").await.expect(200)["status"], "ok");
    let ready = app.stranger().get("/readyz").await.expect(200);
    assert!(["ok", "degraded"].contains(&ready["status"].as_str().unwrap()));
}

#[tokio::test]
async fn browsers_are_told_to_be_careful() {
    let app = TestApp::spawn().await;

    let api = app.stranger().get("/rooms").await;

    assert_eq!(api.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(api.header("cache-control"), "no-store");
    assert_eq!(api.header("x-content-type-options"), "nosniff");
    assert_eq!(api.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn pages_elsewhere_may_call_the_api_only_when_they_are_listed() {
    let app = TestApp::with(&["--allowed-origins=https://app.example.org"]).await;
    let preflight = |origin: &'static str| {
        let request = app
            .stranger()
            .request(reqwest::Method::OPTIONS, "/rooms")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        async move { crate::support::Reply::of(request).await }
    };

    let (listed, foreign) =
        (preflight("https://app.example.org").await, preflight("https://evil.example").await);

    assert_eq!(listed.header("access-control-allow-origin"), "https://app.example.org");
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn the_spa_is_served_with_its_places_and_its_policy() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("assets")).unwrap();
    std::fs::write(directory.path().join("index.html"), "<!doctype html><title>DevsChat</title>")
        .unwrap();
    std::fs::write(directory.path().join("assets/app-1.js"), "console.log(1)").unwrap();
    let static_dir = format!("--static-dir={}", directory.path().display());
    let app = TestApp::with(&[&static_dir]).await;
    let get = |path: &'static str| {
        let url = format!("http://{}{path}", app.address);
        async move {
            let response = reqwest::get(url).await.unwrap();
            let header = |name: &str| {
                response
                    .headers()
                    .get(name)
                    .map_or(String::new(), |value| value.to_str().unwrap().to_owned())
            };
            (response.status().as_u16(), header("cache-control"), header("content-security-policy"))
        }
    };

    for page in ["/", "/r/0199", "/login"] {
        let (status, caching, policy) = get(page).await;
        assert_eq!((status, caching.as_str()), (200, "no-cache"), "{page}");
        assert!(policy.contains("script-src 'self';"), "{page}: {policy}");
        let trusts = "require-trusted-types-for 'script'; trusted-types devschat;";
        assert!(policy.contains(trusts), "{page}: {policy}");
        assert!(policy.contains(&format!("connect-src 'self' ws://{}", app.address)), "{policy}");
    }
    let (status, caching, _) = get("/assets/app-1.js").await;
    assert_eq!((status, caching.contains("immutable")), (200, true));
    assert_eq!(app.stranger().get("/assets/app-2.js").await.problem(404), "not_found");
    assert_eq!(get("/api/v1/nonsense").await.0, 404);
}

#[tokio::test]
async fn files_of_the_spa_are_sent_as_the_build_compressed_them() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        std::fs::write(directory.path().join(name), content).unwrap();
    };
    write("index.html", "<!doctype html>");
    write("app.js", "as it is");
    write("app.js.gz", "as gzip");
    write("app.js.br", "as brotli");
    write("small.js", "never compressed");
    let app = TestApp::with(&[&format!("--static-dir={}", directory.path().display())]).await;
    let get = |name: &'static str, accepted: &'static str| {
        let url = format!("http://{}/{name}", app.address);
        let request = reqwest::Client::new().get(url).header("accept-encoding", accepted);
        async move {
            let response = request.send().await.unwrap();
            let header = |name| {
                response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
            };
            assert!(header("content-type").starts_with("text/javascript"));
            let (encoding, vary) = (header("content-encoding"), header("vary"));
            (encoding, vary, response.text().await.unwrap())
        }
    };

    for (accepted, encoding, content) in [
        ("gzip, br", "br", "as brotli"),
        ("gzip", "gzip", "as gzip"),
        ("identity", "", "as it is"),
        ("br;q=0, gzip;q=0", "", "as it is"),
    ] {
        let (sent, vary, body) = get("app.js", accepted).await;
        assert_eq!((sent.as_str(), body.as_str()), (encoding, content), "{accepted}");
        let varies = vary.contains("accept-encoding");
        assert_eq!(varies, !encoding.is_empty(), "{accepted}: {vary}");
    }
    assert_eq!(get("small.js", "gzip, br").await.2, "never compressed");
}

#[tokio::test]
async fn no_path_leads_out_of_the_spa() {
    let directory = tempfile::tempdir().unwrap();
    let spa = directory.path().join("spa");
    std::fs::create_dir(&spa).unwrap();
    std::fs::write(spa.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(directory.path().join("outside.txt"), "a secret").unwrap();
    let app = TestApp::with(&[&format!("--static-dir={}", spa.display())]).await;

    for path in
        ["/../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt", "/.%2e%5coutside.txt"]
    {
        let answer = ask_as_it_stands(&app, path).await;
        assert!(!answer.contains("a secret"), "{path}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
    }
}

/// Clients tidy paths before they send them.
async fn ask_as_it_stands(app: &TestApp, path: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
