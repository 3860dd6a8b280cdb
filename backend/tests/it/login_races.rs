//! A change that ends logins also ends those that are being made while it happens.

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Person, Reply, TestApp};

/// Enough that some wait for their turn to be hashed while others are done.
const AT_ONCE: usize = 12;

/// Begins many log-ins of Linus's, does something as soon as the first is done, and returns
/// clients of all that succeeded.
async fn log_ins_around(app: &TestApp, change: impl Future<Output = ()>) -> Vec<Client> {
    let login = json!({ "login": "linus", "password": PASSWORD, "session": "token" });
    let mut under_way: FuturesUnordered<_> = (0..AT_ONCE)
        .map(|_| {
            let (stranger, login) = (app.stranger(), login.clone());
            async move { stranger.post("/auth/login", login).await }
        })
        .collect();
    let mut replies: Vec<Reply> = under_way.next().await.into_iter().collect();
    let rest = async { under_way.by_ref().collect::<Vec<_>>().await };
    let (rest, ()) = tokio::join!(rest, change);
    replies.extend(rest);
    let logged_in = replies.iter().filter(|reply| reply.status == 200);
    let token = |reply: &Reply| reply.json["access_token"].as_str().map(ToOwned::to_owned);
    logged_in.map(|reply| Client::new(app.address, token(reply))).collect()
}

async fn still_in(clients: &[Client]) -> usize {
    let mut count = 0;
    for client in clients {
        count += usize::from(client.get("/users/me").await.status == 200);
    }
    count
}

async fn ada_and_linus(app: &TestApp) -> (Person, Person) {
    (app.person("ada").await, app.person("linus").await)
}

#[tokio::test]
async fn a_log_in_under_way_does_not_outlive_its_account_being_disabled() {
    let app = TestApp::spawn().await;
    let (ada, linus) = ada_and_linus(&app).await;
    let path = format!("/admin/users/{}", linus.id);

    let clients = log_ins_around(&app, async {
        ada.client.patch(&path, json!({ "is_disabled": true })).await.expect(200);
    })
    .await;
    ada.client.patch(&path, json!({ "is_disabled": false })).await.expect(200);

    assert_eq!(still_in(&clients).await, 0, "of {}", clients.len());
}

#[tokio::test]
async fn a_log_in_under_way_does_not_outlive_a_change_of_the_password() {
    let app = TestApp::spawn().await;
    let (_ada, linus) = ada_and_linus(&app).await;
    let change = json!({ "current_password": PASSWORD, "new_password": "staple-battery-7" });

    let clients = log_ins_around(&app, async {
        linus.client.post("/users/me/password", change).await.expect(204);
    })
    .await;

    assert_eq!(still_in(&clients).await, 0, "of {}", clients.len());
    linus.client.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn a_log_in_under_way_does_not_outlive_a_password_given_by_an_admin() {
    let app = TestApp::spawn().await;
    let (ada, linus) = ada_and_linus(&app).await;
    let path = format!("/admin/users/{}/password-reset", linus.id);

    let clients = log_ins_around(&app, async {
        ada.client.post(&path, Value::Null).await.expect(200);
    })
    .await;

    assert_eq!(still_in(&clients).await, 0, "of {}", clients.len());
}
