//! Access tokens that are signed with the right key and wrong in one thing: none gets in.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use serde_json::{Value, json};

use crate::support::{Client, Data, Reply, TestApp};

/// Writes tokens as the server does, from its secret.
struct Forger {
    key: Vec<u8>,
    header: Value,
    claims: Value,
}

impl Forger {
    fn of(data: &Data, genuine: &str) -> Self {
        let purpose = hmac::Key::new(hmac::HMAC_SHA256, b"devschat access token");
        let key = hmac::sign(&purpose, data.secret().as_bytes()).as_ref().to_vec();
        let mut parts = genuine.split('.').map(|part| {
            let json = URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice(&json).unwrap_or_default()
        });
        Self { key, header: parts.next().unwrap(), claims: parts.next().unwrap() }
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        self.signed(hmac::HMAC_SHA256, header, claims)
    }

    fn signed(&self, algorithm: hmac::Algorithm, header: &Value, claims: &Value) -> String {
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let tag = hmac::sign(&hmac::Key::new(algorithm, &self.key), message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
    }
}

/// The object with one thing set, or taken away where that is null.
fn but(object: &Value, field: &str, value: Value) -> Value {
    let mut changed = object.clone();
    if value.is_null() {
        changed.as_object_mut().unwrap().remove(field);
    } else {
        changed[field] = value;
    }
    changed
}

async fn asks(app: &TestApp, token: String) -> Reply {
    Client::new(app.address, Some(token)).get("/users/me").await
}

#[tokio::test]
async fn one_wrong_thing_is_enough_to_be_refused() {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    let ada = app.person("ada").await;
    let forger = Forger::of(&data, ada.token());
    let (header, claims) = (&forger.header, &forger.claims);

    let genuine = asks(&app, forger.token(header, claims)).await.expect(200);
    assert_eq!(genuine["username"], "ada", "the forger has the right key");

    let mut forged = vec![
        forger.signed(hmac::HMAC_SHA512, &but(header, "alg", json!("HS512")), claims),
        forger.signed(hmac::HMAC_SHA384, &but(header, "alg", json!("HS384")), claims),
    ];
    for (field, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS512")),
        ("typ", json!("JWT")),
        ("typ", Value::Null),
        ("kid", json!("00000000")),
        ("kid", Value::Null),
    ] {
        forged.push(forger.token(&but(header, field, value), claims));
    }
    for (field, value) in [
        ("aud", json!("another-api")),
        ("aud", Value::Null),
        ("iss", json!("another-server")),
        ("iss", Value::Null),
        ("exp", Value::Null),
        ("exp", json!("tomorrow")),
        ("sub", json!(uuid::Uuid::now_v7())),
        ("sub", Value::Null),
        ("sid", json!(uuid::Uuid::now_v7())),
        ("sid", Value::Null),
    ] {
        forged.push(forger.token(header, &but(claims, field, value)));
    }
    for token in forged {
        let reply = asks(&app, token.clone()).await;
        assert_eq!(reply.problem(401), "unauthenticated", "{token}");
    }

    let long_ago = claims["iat"].as_i64().unwrap() - 1;
    let expired = forger.token(header, &but(claims, "exp", json!(long_ago)));
    assert_eq!(asks(&app, expired).await.problem(401), "token_expired");
}
