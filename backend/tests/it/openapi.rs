//! The document of the public interface.

use serde_json::Value;

use crate::support::TestApp;

#[test]
fn the_committed_document_is_what_the_handlers_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/openapi.json");
    let committed = std::fs::read_to_string(path).expect("openapi/openapi.json is there");

    let current = devschat::openapi::json().expect("the document can be written");

    assert!(committed == current, "openapi/openapi.json is stale: run `make openapi`");
}

#[test]
fn the_committed_document_of_the_socket_is_what_the_frames_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/asyncapi.json");
    let committed = std::fs::read_to_string(path).expect("openapi/asyncapi.json is there");

    let current = devschat::openapi::asyncapi_json().expect("the document can be written");

    assert!(committed == current, "openapi/asyncapi.json is stale: run `make openapi`");
}

#[tokio::test]
async fn the_sockets_document_is_served_and_every_reference_in_it_resolves() {
    let app = TestApp::spawn().await;

    let document = app.stranger().get("/api/asyncapi.json").await.expect(200);

    assert_eq!(document["asyncapi"], "3.0.0");
    for frame in ["client_hello", "client_typing", "server_welcome", "server_event"] {
        assert!(document["components"]["messages"][frame]["payload"].is_object(), "{frame}");
    }
    for reference in references(&document) {
        let target = document.pointer(reference.trim_start_matches('#'));
        assert!(target.is_some_and(Value::is_object), "{reference} leads nowhere");
    }
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned);
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn the_document_is_served_and_shown_with_a_way_to_authorize() {
    let app = TestApp::spawn().await;

    let document = app.stranger().get("/api/openapi.json").await.expect(200);
    let page = app.stranger().get("/swagger-ui/").await;

    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("swagger-ui"), "{}", page.text);
}

#[test]
fn every_operation_says_whether_it_needs_a_token_and_what_its_problems_look_like() {
    let document: Value = serde_json::from_str(&devschat::openapi::json().unwrap()).unwrap();
    let public = ["/api/v1/auth/", "/api/v1/ws", "/livez", "/readyz", "/metrics"];

    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let is_public = public.iter().any(|prefix| path.starts_with(prefix));
            let has_security = operation.get("security").is_some();
            assert!(is_public || has_security, "{method} {path} says nothing about tokens");
            let is_api = path.starts_with("/api/") && path != "/api/v1/ws";
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert!(!is_api || problem.is_object(), "{method} {path} hides its problems");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_declares_its_path() {
    let document: Value = serde_json::from_str(&devschat::openapi::json().unwrap()).unwrap();
    let mut names = std::collections::HashSet::new();

    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} names two operations");
            let declared = operation["parameters"].as_array().cloned().unwrap_or_default();
            for variable in path.split('/').filter_map(|part| part.strip_prefix('{')) {
                let variable = variable.trim_end_matches('}');
                let is_declared = declared
                    .iter()
                    .any(|parameter| parameter["in"] == "path" && parameter["name"] == variable);
                assert!(is_declared, "{method} {path} does not declare {variable}");
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let json = devschat::openapi::json().unwrap();
    let document: Value = serde_json::from_str(&json).unwrap();

    for (at, _) in json.match_indices("\"$ref\": \"#") {
        let pointer = json[at + "\"$ref\": \"#".len()..].split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer} is not there");
    }
}
