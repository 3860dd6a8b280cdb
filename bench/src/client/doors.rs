//! HTTP to one of several instances: plain requests, without tokens and without retries.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use reqwest::{Method, header};
use serde_json::Value;

const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// Longer than the server takes to give up on its database, so that mostly it is the server
/// that says so.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
const KEEP_IDLE: Duration = Duration::from_secs(5);

/// The ways in: one address per instance.
#[derive(Clone)]
pub struct Doors {
    http: reqwest::Client,
    addresses: Vec<SocketAddr>,
    /// Where this client's connections come from: limits are per address.
    source: IpAddr,
}

pub struct Answer {
    pub status: u16,
    pub text: String,
    pub retry_after: Option<Duration>,
}

impl Doors {
    pub fn new(addresses: Vec<SocketAddr>, source: IpAddr) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .pool_idle_timeout(KEEP_IDLE)
            .local_address(source)
            .build()?;
        Ok(Self { http, addresses, source })
    }

    pub fn count(&self) -> usize {
        self.addresses.len()
    }

    /// The address of a door; doors beyond the last begin anew, so that one can count on.
    pub fn address(&self, door: usize) -> SocketAddr {
        self.addresses[door % self.addresses.len()]
    }

    pub fn source(&self) -> IpAddr {
        self.source
    }

    /// One request. An error leaves open what became of it.
    pub async fn request(
        &self,
        door: usize,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> reqwest::Result<Answer> {
        let url = format!("http://{}{path}", self.address(door));
        let mut request = self.http.request(method, url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let retry_after = response.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(Answer {
            status: response.status().as_u16(),
            retry_after: retry_after.map(Duration::from_secs),
            text: response.text().await?,
        })
    }
}
