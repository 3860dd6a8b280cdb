//! Close frames: which codes and reasons may be said, and what comes after.

use super::case::{Case, both, welcomed};
use crate::support::wire::frame;

const CLOSE: u8 = 0x88;

fn close(code: u16, reason: &[u8]) -> Vec<u8> {
    frame(CLOSE, &[&code.to_be_bytes()[..], reason].concat())
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(both("a close without a code", |case| case.write(frame(CLOSE, b"")).closes(1000)));
    cases
        .extend(both("a close of one byte", |case| case.write(frame(CLOSE, b"\x03")).closes(4000)));
    for code in [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999] {
        cases.push(welcomed(format!("a close with {code}")).write(close(code, b"")).closes(1000));
    }
    for code in [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65_535] {
        cases.push(
            welcomed(format!("a close with {code}, which nobody may send"))
                .write(close(code, b""))
                .closes(4000),
        );
    }
    cases.extend([
        welcomed("a close with the longest reason").write(close(1000, &[b'x'; 123])).closes(1000),
        welcomed("a close with a reason of one byte too many")
            .write(close(1000, &[b'x'; 124]))
            .closes(4000),
        welcomed("a close with a reason in UTF-8")
            .write(close(1000, "Tschüß 👋".as_bytes()))
            .closes(1000),
        welcomed("a close whose reason is not UTF-8").write(close(1000, b"\xc0\x80")).closes(4000),
        welcomed("a close whose reason ends in the middle of a code point")
            .write(close(1000, b"\xf0\x9f\x91"))
            .closes(4000),
        welcomed("a text after a close")
            .write(close(1000, b""))
            .text(r#"{"type":"ping","n":1}"#)
            .closes(1000),
        welcomed("a ping after a close")
            .write(close(1000, b""))
            .write(frame(0x89, b""))
            .closes(1000),
        welcomed("a close and the end").write(close(1000, b"")).finish().closes(1000),
        welcomed("a close twice").write(close(1001, b"")).write(close(1001, b"")).closes(1000),
        welcomed("a close in the middle of a message")
            .write(frame(0x01, b"{"))
            .write(close(1000, b""))
            .closes(1000),
    ]);
    cases
}
