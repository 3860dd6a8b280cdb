//! Handshakes (RFC 6455, 4.2.1), right and wrong.

use super::case::{Case, connected};
use crate::support::wire::frame;

/// A request, line by line.
#[derive(Clone)]
struct Handshake {
    line: &'static str,
    headers: Vec<(&'static str, String)>,
}

impl Handshake {
    fn usual() -> Self {
        let headers = [
            ("Host", "localhost"),
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Sec-WebSocket-Protocol", "devschat.v1"),
        ];
        let headers = headers.map(|(name, value)| (name, value.to_owned())).into();
        Self { line: "GET /api/v1/ws HTTP/1.1", headers }
    }

    fn line(mut self, line: &'static str) -> Self {
        self.line = line;
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn instead(self, name: &'static str, value: impl Into<String>) -> Self {
        self.without(name).with(name, value)
    }

    fn bytes(&self) -> Vec<u8> {
        let headers = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        format!("{}\r\n{}\r\n", self.line, headers.collect::<String>()).into_bytes()
    }
}

pub fn cases() -> Vec<Case> {
    let usual = Handshake::usual;
    let accepted = [
        ("as usual", usual()),
        ("without a subprotocol", usual().without("Sec-WebSocket-Protocol")),
        (
            "our subprotocol among others",
            usual().instead("Sec-WebSocket-Protocol", "chat, devschat.v1"),
        ),
        (
            "our subprotocol in a second line",
            usual()
                .instead("Sec-WebSocket-Protocol", "chat")
                .with("Sec-WebSocket-Protocol", "devschat.v1"),
        ),
        (
            "other capitals",
            usual().instead("Upgrade", "WebSocket").instead("Connection", "upgrade"),
        ),
        ("more in Connection", usual().instead("Connection", "keep-alive, Upgrade")),
        (
            "an extension, which is not taken",
            usual().with("Sec-WebSocket-Extensions", "permessage-deflate"),
        ),
        ("a query", usual().line("GET /api/v1/ws?token=x HTTP/1.1")),
        ("a cookie, which is not read", usual().with("Cookie", "devschat_refresh=x")),
    ];
    let refused = [
        ("no Upgrade", 400, usual().without("Upgrade")),
        ("an Upgrade to something else", 400, usual().instead("Upgrade", "h2c")),
        ("no Connection", 400, usual().without("Connection")),
        ("a Connection that is no Upgrade", 400, usual().instead("Connection", "close")),
        ("no version", 400, usual().without("Sec-WebSocket-Version")),
        ("an old version", 400, usual().instead("Sec-WebSocket-Version", "8")),
        ("a version to come", 400, usual().instead("Sec-WebSocket-Version", "14")),
        ("no key", 400, usual().without("Sec-WebSocket-Key")),
        ("an empty key", 400, usual().instead("Sec-WebSocket-Key", "")),
        ("a short key", 400, usual().instead("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==")),
        (
            "a key that is no base64",
            400,
            usual().instead("Sec-WebSocket-Key", "!!!!!!!!!!!!!!!!!!!!!!=="),
        ),
        ("a foreign origin", 403, usual().with("Origin", "https://evil.example")),
        ("an origin that is none", 403, usual().with("Origin", "null")),
        ("another path", 404, usual().line("GET /api/v1/wss HTTP/1.1")),
        ("POST", 405, usual().line("POST /api/v1/ws HTTP/1.1").with("Content-Length", "0")),
        ("HEAD", 405, usual().line("HEAD /api/v1/ws HTTP/1.1")),
        ("a method nobody knows", 405, usual().line("FETCH /api/v1/ws HTTP/1.1")),
        ("two hosts", 400, usual().with("Host", "example.org")),
        ("no host", 400, usual().without("Host")),
        ("a head of 200 KiB", 431, usual().with("X-Large", "x".repeat(200_000))),
        ("a request that is none", 400, usual().line("\u{1}\u{2}")),
    ];
    let mut cases = Vec::new();
    for (name, handshake) in accepted {
        cases.push(connected(name).write(handshake.bytes()).answered_with_status(101).stays());
    }
    for (name, status, handshake) in refused {
        cases.push(connected(name).write(handshake.bytes()).answered_with_status(status));
    }
    let hello = frame(0x81, br#"{"type":"hello","token":"x"}"#);
    let foreign = usual().instead("Sec-WebSocket-Protocol", "devschat.v99");
    cases.extend([
        connected("another version of the protocol")
            .write(foreign.bytes())
            .answered_with_status(101)
            .closes(4001),
        connected("another version of the protocol, and hello")
            .write([foreign.bytes(), hello.clone()].concat())
            .answered_with_status(101)
            .closes(4001),
        connected("hello in the same packet")
            .write([usual().bytes(), hello].concat())
            .answered_with_status(101)
            .closes(4401),
        connected("a handshake byte by byte")
            .write_slowly(usual().bytes())
            .answered_with_status(101)
            .stays(),
        connected("TLS")
            .write(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(10))
            .answered_with_status(400),
    ]);
    cases
}
