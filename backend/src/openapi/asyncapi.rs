//! The socket's document (AsyncAPI 3.0): its frames as messages, with the schemas they have in
//! the OpenAPI document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

const REFERENCE: &str = "#/components/schemas/";
const CLIENT_FRAME: &str = "ClientFrame";
const SERVER_FRAME: &str = "ServerFrame";

/// The document, made from the OpenAPI document.
pub fn document(openapi: &Value) -> Value {
    let schemas = &openapi["components"]["schemas"];
    let (client, server) = (messages(&schemas[CLIENT_FRAME]), messages(&schemas[SERVER_FRAME]));
    let mut needed = BTreeMap::new();
    for payload in client.values().chain(server.values()) {
        collect(payload, schemas, &mut needed);
    }
    let described = |side: &str, messages: &Map<String, Value>| -> Map<String, Value> {
        messages.iter().map(|(name, message)| (format!("{side}_{name}"), message.clone())).collect()
    };
    let mut all = described("client", &client);
    all.extend(described("server", &server));
    let in_channel =
        |name: &String| (name.clone(), json!({ "$ref": format!("#/components/messages/{name}") }));
    let channel: Map<String, Value> = all.keys().map(in_channel).collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "DevsChat socket",
            "version": openapi["info"]["version"],
            "description": "One multiplexed WebSocket for everything live, subprotocol \
                `devschat.v1`, JSON text frames tagged by `type`. The first frame is `hello`.",
            "license": { "name": openapi["info"]["license"]["name"] },
        },
        "defaultContentType": "application/json",
        "channels": { "socket": {
            "address": "/api/v1/ws",
            "description": "A WebSocket (RFC 6455).",
            "messages": channel,
        } },
        "operations": {
            "client": operation("receive", "What a client says.", &described("client", &client)),
            "server": operation("send", "What the server says.", &described("server", &server)),
        },
        "components": { "messages": all, "schemas": needed },
    })
}

/// The frames of one side by their type.
fn messages(frames: &Value) -> Map<String, Value> {
    let variants = frames["oneOf"].as_array().into_iter().flatten();
    let named = variants.filter_map(|variant| {
        let name = tag(variant)?;
        let summary = variant.get("description").cloned().unwrap_or_default();
        let message = json!({ "name": name, "summary": summary, "payload": variant });
        Some((name.to_owned(), without_null(message)))
    });
    named.collect()
}

/// The value of a variant's `type`, which may stand in a part of it.
fn tag(variant: &Value) -> Option<&str> {
    let own = variant["properties"]["type"]["enum"][0].as_str();
    own.or_else(|| variant["allOf"].as_array()?.iter().find_map(tag))
}

fn without_null(mut message: Value) -> Value {
    if let Some(fields) = message.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    message
}

fn operation(action: &str, summary: &str, messages: &Map<String, Value>) -> Value {
    let reference = |name: &String| json!({ "$ref": format!("#/channels/socket/messages/{name}") });
    json!({
        "action": action,
        "summary": summary,
        "channel": { "$ref": "#/channels/socket" },
        "messages": messages.keys().map(reference).collect::<Vec<_>>(),
    })
}

/// Adds the schemas that `value` refers to, and those that they refer to.
fn collect(value: &Value, schemas: &Value, needed: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = name.and_then(|reference| reference.strip_prefix(REFERENCE))
                && !needed.contains_key(name)
            {
                needed.insert(name.to_owned(), schemas[name].clone());
                collect(&schemas[name], schemas, needed);
            }
            fields.values().for_each(|value| collect(value, schemas, needed));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, schemas, needed)),
        _ => {}
    }
}
