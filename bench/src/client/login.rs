//! A client's login: an access token that is renewed in time, and a way back in when the
//! login has ended.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{backoff::Backoff, doors::Doors};
use crate::tally::Tally;

/// A token is renewed this long before it runs out.
const RENEW_BEFORE: Duration = Duration::from_secs(90);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

pub struct Login {
    username: String,
    password: String,
    tokens: Mutex<Option<Tokens>>,
}

struct Tokens {
    access: String,
    refresh: String,
    renew_at: Instant,
}

#[derive(Deserialize)]
struct LoggedIn {
    access_token: String,
    refresh_token: String,
    expires_in: u64,
}

impl Login {
    pub fn new(username: String, password: String) -> Self {
        Self { username, password, tokens: Mutex::new(None) }
    }

    /// An access token that is good for a while. Tries until there is one.
    pub async fn access_token(&self, doors: &Doors, tally: &Tally) -> String {
        self.token_unless(|tokens| Instant::now() >= tokens.renew_at, doors, tally).await
    }

    /// Another access token than the one that was refused.
    pub async fn renewed(&self, refused: &str, doors: &Doors, tally: &Tally) -> String {
        self.token_unless(|tokens| tokens.access == refused, doors, tally).await
    }

    async fn token_unless(
        &self,
        is_stale: impl Fn(&Tokens) -> bool,
        doors: &Doors,
        tally: &Tally,
    ) -> String {
        let mut tokens = self.tokens.lock().await;
        let mut random = fastrand::Rng::new();
        let mut backoff = Backoff::up_to(LONGEST_PAUSE);
        let mut door = random.usize(0..doors.count());
        loop {
            if let Some(good) = tokens.as_ref().filter(|tokens| !is_stale(tokens)) {
                return good.access.clone();
            }
            let (path, body) = match &*tokens {
                Some(stale) => ("/api/v1/auth/refresh", json!({ "refresh_token": stale.refresh })),
                None => ("/api/v1/auth/login", self.credentials()),
            };
            let answer = doors.request(door, Method::POST, path, None, Some(&body)).await;
            match answer {
                Ok(answer) if answer.status == 200 => {
                    tally.tokens_renewed.add(u64::from(tokens.is_some()));
                    *tokens = read(&answer.text);
                }
                // The login has ended, for example because the reply to a refresh was lost
                // for too long: log in again.
                Ok(answer) if answer.status == 401 && tokens.is_some() => *tokens = None,
                _ => {
                    door += 1;
                    tokio::time::sleep(backoff.next(&mut random)).await;
                }
            }
        }
    }

    fn credentials(&self) -> Value {
        json!({ "login": self.username, "password": self.password, "session": "token" })
    }
}

fn read(text: &str) -> Option<Tokens> {
    let LoggedIn { access_token, refresh_token, expires_in } = serde_json::from_str(text).ok()?;
    let lifetime = Duration::from_secs(expires_in).saturating_sub(RENEW_BEFORE);
    let renew_at = Instant::now() + lifetime;
    Some(Tokens { access: access_token, refresh: refresh_token, renew_at })
}
