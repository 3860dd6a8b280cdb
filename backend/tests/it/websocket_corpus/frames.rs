//! The first two bytes of a frame: opcodes, masks, and what comes before `hello`.

use super::case::{Case, both, upgraded, welcomed};
use crate::support::wire::{frame, header};

const PING: &str = r#"{"type":"ping","n":1}"#;

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for opcode in (3..=7).chain(0xb..=0xf) {
        cases.extend(both(format!("reserved opcode {opcode:#x}"), |case| {
            case.write(frame(0x80 | opcode, b"")).closes(4000)
        }));
        cases.push(
            welcomed(format!("reserved opcode {opcode:#x}, not final, with a payload"))
                .write(frame(opcode, b"x"))
                .closes(4000),
        );
    }
    for (name, opcode) in
        [("continuation", 0), ("text", 1), ("binary", 2), ("close", 8), ("ping", 9), ("pong", 10)]
    {
        cases.extend(both(format!("unmasked {name}"), |case| {
            case.write([0x80 | opcode, 1, b'x']).closes(4000)
        }));
        cases.push(
            welcomed(format!("unmasked and empty {name}")).write([0x80 | opcode, 0]).closes(4000),
        );
    }
    cases.extend([
        upgraded("binary").write(frame(0x82, b"x")).closes(1003),
        welcomed("binary").write(frame(0x82, b"x")).closes(1003),
        welcomed("empty binary").write(frame(0x82, b"")).closes(1003),
        welcomed("binary of a hello").write(frame(0x82, PING.as_bytes())).closes(1003),
        upgraded("anything before hello").text(PING).closes(4000),
        upgraded("empty text before hello").text("").closes(4000),
        upgraded("hello without a token").text(r#"{"type":"hello"}"#).closes(4000),
        upgraded("hello with a broken token").text(r#"{"type":"hello","token":"x"}"#).closes(4401),
        upgraded("hello over its 4 KiB")
            .text(format!(r#"{{"type":"hello","token":"{}"}}"#, "x".repeat(4_096)))
            .closes(1009),
        upgraded("pings before hello").write(frame(0x89, b"x")).hears_pong(b"x").stays(),
        upgraded("pongs before hello").write(frame(0x8a, b"x")).stays(),
        welcomed("hello again").text(r#"{"type":"hello","token":"x"}"#).closes(4000),
        welcomed("a mask of zeros")
            .write([&header(0x89, 1, b"")[..], &[0, 0, 0, 0, b'x']].concat())
            .hears_pong(b"x")
            .stays(),
        welcomed("a frame byte by byte")
            .write_slowly(frame(0x81, PING.as_bytes()))
            .hears(serde_json::json!({ "type": "pong", "n": 1 }))
            .stays(),
        upgraded("a control frame byte by byte")
            .write_slowly(frame(0x89, b"slow"))
            .hears_pong(b"slow")
            .stays(),
        welcomed("many frames at once")
            .write([frame(0x89, b"1"), frame(0x8a, b"2"), frame(0x89, b"3")].concat())
            .hears_pong(b"1")
            .hears_pong(b"3")
            .stays(),
    ]);
    cases
}
