//! How a socket begins: origin, subprotocol, hello.

use reqwest::Method;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Reply, Socket, TestApp};

#[tokio::test]
async fn hello_is_answered_with_who_one_is_and_where_one_stands() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "hello @linus").await;

    let mut socket = Socket::open(app.address).await;
    let hello = json!({ "type": "hello", "token": linus.token(), "client": "tests/1" });
    socket.say(hello).await;
    let welcome = socket.expect("welcome").await;

    assert_eq!(welcome["user"]["username"], "linus");
    assert!(welcome["connection_id"].is_string());
    assert_eq!(welcome["epoch"], linus.reads(&room, "").await["epoch"]);
    assert_eq!(welcome["heartbeat_ms"], 25_000);
    assert!(welcome["token_expires_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    assert_eq!(welcome["limits"]["max_body_bytes"], 16_384);
    let mine = json!({
        "room_id": room, "head": 3, "read_seq": 1, "role": "member",
        "unread_count": 1, "mention_count": 1,
    });
    assert_eq!(welcome["rooms"], json!([mine]));
}

#[tokio::test]
async fn a_hello_without_a_valid_token_is_closed_with_4401() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    Reply::of(ada.client.request(Method::POST, "/auth/logout")).await.expect(204);

    for token in ["garbage", ada.token()] {
        let mut socket = Socket::open(app.address).await;
        socket.say(json!({ "type": "hello", "token": token })).await;
        assert_eq!(socket.closed().await, 4401, "{token}");
    }
}

#[tokio::test]
async fn whoever_does_not_begin_with_hello_is_closed_with_4000() {
    let app = TestApp::spawn().await;

    for first in [r#"{"type":"ping","n":1}"#, "hello", "[]", r#"{"type":"hello"}"#] {
        let mut socket = Socket::open(app.address).await;
        socket.send(Message::text(first)).await;
        assert_eq!(socket.closed().await, 4000, "{first}");
    }
}

#[tokio::test]
async fn whoever_says_nothing_is_closed_with_4002() {
    let app = TestApp::spawn().await;

    let mut socket = Socket::open(app.address).await;

    assert_eq!(socket.closed().await, 4002);
}

#[tokio::test]
async fn a_second_hello_is_the_wrong_order() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;
    let mut socket = ada.connects().await;

    socket.say(json!({ "type": "hello", "token": ada.token() })).await;

    assert_eq!(socket.closed().await, 4000);
}

#[tokio::test]
async fn an_unknown_subprotocol_is_closed_with_4001_and_none_at_all_is_fine() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    let mut none = Socket::open_with(app.address, &[]).await.ok().unwrap();
    none.say(json!({ "type": "hello", "token": ada.token() })).await;
    none.expect("welcome").await;

    let hello = json!({ "type": "hello", "token": ada.token() }).to_string();
    let raw = RawUpgrade::with_subprotocol(app.address, "devschat.v99").await;
    assert_eq!(raw.says_and_reads_close(&hello).await, 4001);
}

/// A handshake by hand: test clients refuse a server that doesn't take their subprotocol.
struct RawUpgrade(tokio::net::TcpStream);

impl RawUpgrade {
    async fn with_subprotocol(address: std::net::SocketAddr, subprotocol: &str) -> Self {
        use tokio::io::AsyncReadExt as _;
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET /api/v1/ws HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: {subprotocol}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        assert!(answer.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&answer));
        Self(stream)
    }

    async fn says_and_reads_close(mut self, text: &str) -> u16 {
        use tokio::io::AsyncReadExt as _;
        let length = u8::try_from(text.len().min(125)).unwrap();
        let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
        frame.extend(&text.as_bytes()[..usize::from(length)]);
        // The server may have said everything already.
        let _ = self.0.write_all(&frame).await;
        let opcode = self.0.read_u8().await.unwrap();
        assert_eq!(opcode, 0x88, "a close frame");
        let _length = self.0.read_u8().await.unwrap();
        self.0.read_u16().await.unwrap()
    }
}

#[tokio::test]
async fn pages_of_foreign_origins_get_no_socket() {
    let app = TestApp::with(&["--allowed-origins=https://app.example.org"]).await;

    let foreign = Socket::open_with(app.address, &[("origin", "https://evil.example")]).await;
    let listed = Socket::open_with(app.address, &[("origin", "https://app.example.org")]).await;

    assert_eq!(foreign.err(), Some(403));
    assert!(listed.is_ok());
}
