//! What isn't a client's to set is refused in every body that the document has.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{Reply, TestApp};

const NOT_THE_CLIENTS: [&str; 8] =
    ["id", "author_id", "user_id", "role", "seq", "is_admin", "created_at", "password_hash"];

/// The names of an object's fields, through references and alternatives.
fn fields(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(path) = schema["$ref"].as_str() {
        let target = document.pointer(path.trim_start_matches('#')).expect("it is there");
        fields(document, target, found);
    }
    for alternatives in ["oneOf", "anyOf", "allOf"] {
        for alternative in schema[alternatives].as_array().into_iter().flatten() {
            fields(document, alternative, found);
        }
    }
    found.extend(schema["properties"].as_object().into_iter().flat_map(Map::keys).cloned());
}

#[tokio::test]
async fn a_field_that_is_not_the_clients_to_set_is_refused_in_every_body() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let document = ada.client.get("/api/openapi.json").await.expect(200);
    let nobody = uuid::Uuid::nil().to_string();

    let mut asked = 0;
    let mut let_through = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let filled: Vec<_> = path
            .trim_start_matches("/api/v1")
            .split('/')
            .map(|part| if part.starts_with('{') { nobody.as_str() } else { part })
            .collect();
        for (method, operation) in operations.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            let mut known = BTreeSet::new();
            fields(&document, schema, &mut known);
            assert!(!known.is_empty(), "{method} {path} has a body of no fields");
            for field in NOT_THE_CLIENTS.iter().filter(|field| !known.contains(**field)) {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let request = ada.client.request(method, &filled.join("/"));
                let reply = Reply::of(request.json(&json!({ *field: nobody }))).await;
                asked += 1;
                if reply.status != 400 || !reply.text.contains("unknown field") {
                    let_through.push(format!("{field} in {path}: {} {}", reply.status, reply.text));
                }
            }
        }
    }

    assert!(asked > 100, "only {asked} bodies were found");
    assert!(let_through.is_empty(), "{let_through:#?}");
}
