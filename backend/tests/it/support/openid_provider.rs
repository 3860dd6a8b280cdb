//! A real OpenID Connect provider, and a browser to sign in with.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
};

use reqwest::{StatusCode, Url, redirect::Policy};
use serde_json::Value;

use super::{Reply, TestApp};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openid-provider/server.mjs");
pub const CALLBACK: &str = "/api/v1/auth/oidc/callback";

/// The provider in `tests/openid-provider`, as a process of its own.
pub struct OpenIdProvider {
    pub issuer: String,
    people: Value,
    child: Child,
    /// It writes a few lines more, and ends when it can't.
    _output: BufReader<ChildStdout>,
}

impl OpenIdProvider {
    /// With these users: their claims by their subjects.
    pub fn start(people: Value) -> Self {
        Self::start_on("0", people)
    }

    /// The same provider once more, which has forgotten everything and has new keys.
    pub fn restarted(self) -> Self {
        let people = self.people.clone();
        let port = self.issuer.rsplit(':').next().expect("a port").to_owned();
        drop(self);
        Self::start_on(&port, people)
    }

    fn start_on(port: &str, people: Value) -> Self {
        let mut child = Command::new("node")
            .args([PROGRAM, &people.to_string(), port])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Node.js");
        let mut issuer = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output is ours"));
        output.read_line(&mut issuer).expect("its output is text");
        assert!(issuer.starts_with("http://"), "no provider: see `make test-deps`");
        Self { issuer: issuer.trim().to_owned(), people, child, _output: output }
    }

    /// How a server is told to use it.
    pub fn arguments(&self) -> Vec<String> {
        vec![
            format!("--oidc-issuer={}", self.issuer),
            "--oidc-client-id=devschat".to_owned(),
            "--oidc-client-secret=a secret of the tests".to_owned(),
            "--oidc-name=Example ID".to_owned(),
        ]
    }
}

impl Drop for OpenIdProvider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps cookies and follows a redirect only when told to.
pub struct Browser {
    client: reqwest::Client,
}

impl Browser {
    pub fn new() -> Self {
        let client = reqwest::Client::builder().cookie_store(true).redirect(Policy::none());
        Self { client: client.build().expect("a client") }
    }

    pub async fn visits(&self, url: &str) -> Reply {
        Reply::of(self.client.get(url)).await
    }

    /// Follows the link on the log-in page; where it leads.
    pub async fn begins(&self, app: &TestApp) -> Url {
        let reply = self.visits(&page(app, "/api/v1/auth/oidc/start?return_to=/rooms/a")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        reply.header("location").parse().expect("the provider's address")
    }

    /// Tells the provider who they are, or nothing; where it sends them back to.
    pub async fn answers(&self, question: Url, login: Option<&str>) -> Url {
        let mut url = question;
        while !url.path().ends_with(CALLBACK) {
            let reply = self.visits(url.as_str()).await;
            url = match reply.status {
                StatusCode::SEE_OTHER => url.join(reply.header("location")).expect("an address"),
                StatusCode::OK => {
                    let query = login.map(|login| format!("?login={login}")).unwrap_or_default();
                    url.join(&format!("{}/answer{query}", url.path())).expect("an address")
                }
                other => panic!("{other} at {url}: {}", reply.text),
            };
        }
        url
    }

    /// All of it; what the callback answers.
    pub async fn signs_in(&self, app: &TestApp, login: &str) -> Reply {
        let back = self.answers(self.begins(app).await, Some(login)).await;
        self.visits(back.as_str()).await
    }

    /// Goes on with the login as the SPA does.
    pub async fn refreshes(&self, app: &TestApp) -> Reply {
        let refresh = self.client.post(page(app, "/api/v1/auth/refresh"));
        Reply::of(refresh.header("sec-fetch-site", "same-origin")).await
    }
}

/// An address of the server, as browsers know it.
pub fn page(app: &TestApp, path: &str) -> String {
    format!("http://localhost:{}{path}", app.address.port())
}
