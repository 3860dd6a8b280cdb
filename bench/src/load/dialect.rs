//! What is said to a server, and what to look for in its frames.
//!
//! Yardsticks repeat what they hear to everybody in the room, so they are sent an event as
//! long as DevsChat's, ready made.

use std::time::Duration;

use memchr::memmem;
use serde_json::json;
use uuid::Uuid;

/// A message of a hundred bytes says when it was meant to be sent.
const BODY_BYTES: usize = 100;
const STAMP: &[u8] = b"\"body\":\"t=";
const STAMP_DIGITS: usize = 12;

/// What a text frame is.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Events from one seq to another.
    Events(u64, u64),
    Ack(u64),
    Subscribed(u64),
    Welcome,
    Refused,
    /// Socket.IO's own, as text; [`PONG`] is the answer.
    Ping,
    Other,
}

/// Of Engine.IO 4, below Socket.IO.
pub const PONG: &str = "3";
/// Joins the namespace that everybody is in.
pub const SOCKET_IO_CONNECT: &str = "40";

fn body(intended: Duration) -> String {
    let stamp = format!("t={:0width$}", intended.as_micros(), width = STAMP_DIGITS);
    format!("{stamp:.<BODY_BYTES$}")
}

pub fn hello(token: &str) -> String {
    json!({ "type": "hello", "token": token }).to_string()
}

pub fn subscribe(room_id: Uuid, after: Option<u64>) -> String {
    let mut room = json!({ "room_id": room_id });
    if let Some(after) = after {
        room["after"] = json!(after);
    }
    json!({ "type": "subscribe", "id": 0, "rooms": [room] }).to_string()
}

pub fn send(id: u64, room_id: Uuid, client_id: Uuid, intended: Duration) -> String {
    let body = body(intended);
    format!(
        r#"{{"type":"send","id":{id},"room_id":"{room_id}","client_id":"{client_id}","body":"{body}"}}"#
    )
}

pub fn socket_io_send(id: u64, intended: Duration) -> String {
    format!(r#"42{id}["send","{}"]"#, body(intended))
}

/// An event as DevsChat would make it, for who only repeats.
pub fn ready_made(seq: u64, room_id: Uuid, intended: Duration) -> String {
    let (id, body) = (Uuid::nil(), body(intended));
    format!(
        r#"{{"type":"event","room_id":"{room_id}","seq":{seq},"actor_id":"{id}","at":"2026-01-01T00:00:00.000Z","kind":"message_created","data":{{"message":{{"id":"{id}","room_id":"{room_id}","seq":{seq},"revision":{seq},"author":{{"id":"{id}","username":"ada","display_name":"Ada Lovelace"}},"body":"{body}","reply_to":null,"reactions":[],"created_at":"2026-01-01T00:00:00.000Z","edited_at":null,"deleted_at":null}}}}}}"#
    )
}

pub fn hear(frame: &[u8]) -> Heard {
    // Every frame begins with its type.
    let Some(rest) = frame.strip_prefix(br#"{"type":""#) else { return hear_socket_io(frame) };
    match rest {
        [b'e', b'v', b'e', b'n', b't', b'"', ..] => {
            number(rest, b"\"seq\":").map_or(Heard::Other, |seq| Heard::Events(seq, seq))
        }
        [b'e', b'v', b'e', b'n', b't', b's', ..] => {
            match (number(rest, b"\"from\":"), number(rest, b"\"to\":")) {
                (Some(from), Some(to)) => Heard::Events(from, to),
                _ => Heard::Other,
            }
        }
        [b'a', b'c', b'k', ..] => number(rest, b"\"id\":").map_or(Heard::Other, Heard::Ack),
        [b's', b'u', b'b', ..] => {
            number(rest, b"\"head\":").map_or(Heard::Other, Heard::Subscribed)
        }
        [b'w', b'e', b'l', ..] => Heard::Welcome,
        [b'e', b'r', b'r', ..] | [b'r', b'e', b's', b'e', ..] | [b'b', b'y', ..] => Heard::Refused,
        _ => Heard::Other,
    }
}

/// None of its frames begins like one of DevsChat's.
fn hear_socket_io(frame: &[u8]) -> Heard {
    match frame {
        [b'4', b'2', rest @ ..] => {
            number(rest, b"\"seq\":").map_or(Heard::Other, |seq| Heard::Events(seq, seq))
        }
        [b'4', b'3', ..] => number(frame, b"43").map_or(Heard::Other, Heard::Ack),
        [b'0', b'{', ..] | [b'4', b'0', ..] => Heard::Welcome,
        [b'1'] | [b'4', b'1' | b'4', ..] => Heard::Refused,
        [b'2'] => Heard::Ping,
        _ => Heard::Other,
    }
}

/// When each message of a frame was meant to be sent.
pub fn stamps(frame: &[u8]) -> impl Iterator<Item = Duration> + '_ {
    memmem::find_iter(frame, STAMP).filter_map(|at| {
        let micros = frame.get(at + STAMP.len()..)?.get(..STAMP_DIGITS)?;
        Some(Duration::from_micros(std::str::from_utf8(micros).ok()?.parse().ok()?))
    })
}

fn number(frame: &[u8], key: &[u8]) -> Option<u64> {
    let digits = &frame[memmem::find(frame, key)? + key.len()..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_tells_its_seq_and_when_it_was_meant_to_be_sent() {
        let intended = Duration::from_micros(1_234_567);

        let event = ready_made(42, Uuid::nil(), intended);

        assert_eq!(hear(event.as_bytes()), Heard::Events(42, 42));
        assert_eq!(stamps(event.as_bytes()).collect::<Vec<_>>(), [intended]);
    }

    #[test]
    fn frames_of_socket_io_are_told_apart() {
        assert_eq!(hear(br#"0{"sid":"x","pingInterval":25000}"#), Heard::Welcome);
        assert_eq!(hear(br#"40{"sid":"x"}"#), Heard::Welcome);
        assert_eq!(hear(br#"42["event",{"room_id":"0","seq":12,"at":""}]"#), Heard::Events(12, 12));
        assert_eq!(hear(b"4317[12]"), Heard::Ack(17));
        assert_eq!(hear(br#"44{"message":"no"}"#), Heard::Refused);
        assert_eq!(hear(b"2"), Heard::Ping);
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(hear(br#"{"type":"ack","id":7,"room_id":"x"}"#), Heard::Ack(7));
        assert_eq!(hear(br#"{"type":"subscribed","id":0,"head":12}"#), Heard::Subscribed(12));
        assert_eq!(hear(br#"{"type":"events","from":3,"to":9,"events":[]}"#), Heard::Events(3, 9));
        assert_eq!(hear(br#"{"type":"error","code":"overloaded"}"#), Heard::Refused);
    }
}
