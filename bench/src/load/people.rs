//! Accounts, rooms and tokens, made over REST before anything is measured.

use std::net::SocketAddr;

use anyhow::{Context as _, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use uuid::Uuid;

pub const PASSWORD: &str = "correct-horse-battery-7";

/// Ten people, all of them in all rooms; sockets are shared out among them.
const PEOPLE: usize = 10;

pub struct People {
    pub tokens: Vec<String>,
    pub rooms: Vec<Uuid>,
}

pub fn username(index: usize) -> String {
    format!("person{index}")
}

pub async fn gather(address: SocketAddr, rooms: usize) -> anyhow::Result<People> {
    let http = Client::new();
    let mut people = People { tokens: Vec::new(), rooms: Vec::new() };
    for index in 0..PEOPLE {
        let name = username(index);
        let account = json!({
            "username": name, "email": format!("{name}@example.org"), "password": PASSWORD,
            "first_name": "Ada", "last_name": "Lovelace",
        });
        call(&http, address, Method::POST, "auth/signup", None, Some(account)).await?;
        let login = json!({ "login": name, "password": PASSWORD, "session": "token" });
        let answer = call(&http, address, Method::POST, "auth/login", None, Some(login)).await?;
        people.tokens.push(answer["access_token"].as_str().context("no token")?.to_owned());
    }
    for index in 0..rooms {
        let room = json!({ "name": format!("room-{index}"), "visibility": "public" });
        let owner = Some(people.tokens[0].as_str());
        let answer = call(&http, address, Method::POST, "rooms", owner, Some(room)).await?;
        let room_id: Uuid = answer["id"].as_str().context("no room id")?.parse()?;
        for token in &people.tokens[1..] {
            let path = format!("rooms/{room_id}/members/me");
            call(&http, address, Method::PUT, &path, Some(token), None).await?;
        }
        people.rooms.push(room_id);
    }
    Ok(people)
}

pub async fn call(
    http: &Client,
    address: SocketAddr,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Option<Value>,
) -> anyhow::Result<Value> {
    let mut request = http.request(method, format!("http://{address}/api/v1/{path}"));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "{path}: {status} {text}");
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}
