//! Text is UTF-8, wherever frames cut it.

use serde_json::json;

use super::case::{Case, welcomed};
use crate::support::wire::frame;

const INVALID: [(&str, &[u8]); 16] = [
    ("an overlong slash", b"\xc0\xaf"),
    ("an overlong NUL", b"\xc0\x80"),
    ("an overlong code point of three bytes", b"\xe0\x9f\xbf"),
    ("an overlong code point of four bytes", b"\xf0\x8f\xbf\xbf"),
    ("the first surrogate", b"\xed\xa0\x80"),
    ("the last surrogate", b"\xed\xbf\xbf"),
    ("a pair of surrogates", b"\xed\xa0\xbd\xed\xb8\x80"),
    ("the code point after the last", b"\xf4\x90\x80\x80"),
    ("a first byte above the last code point", b"\xf5\x80\x80\x80"),
    ("five bytes", b"\xf8\x88\x80\x80\x80"),
    ("a byte that is in no code point", b"\xff"),
    ("a continuation byte alone", b"\x80"),
    ("two of three bytes", b"\xe2\x82"),
    ("three of four bytes", b"\xf0\x9f\x98"),
    ("a code point cut short by a letter", b"\xe2\x82A"),
    ("two first bytes", b"\xc3\xc3\xa9"),
];

/// At the edges of each length, and of the surrogates.
const VALID: [char; 9] = [
    '\u{7f}',
    '\u{80}',
    '\u{7ff}',
    '\u{800}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{ffff}',
    '\u{10000}',
    '\u{10ffff}',
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, bytes) in INVALID {
        let text = [br#"{"type":"ping","x":""#, bytes, br#""}"#].concat();
        let cut = 20 + bytes.len().div_ceil(2);
        cases.extend([
            welcomed(format!("{name} in a text")).text(&text).closes(1007),
            welcomed(format!("{name} at the end of a text"))
                .text(&text[..20 + bytes.len()])
                .closes(1007),
            welcomed(format!("{name} over two frames"))
                .write([frame(0x01, &text[..cut]), frame(0x80, &text[cut..])].concat())
                .closes(1007),
        ]);
    }
    for character in VALID {
        let name = character.escape_unicode();
        let text = json!({ "type": "auth", "id": character.to_string(), "token": "x" }).to_string();
        let answer =
            json!({ "type": "error", "id": character.to_string(), "code": "unauthenticated" });
        let text = text.as_bytes();
        cases.push(welcomed(format!("{name}")).text(text).hears(answer.clone()).stays());
        let at = 7 + text.windows(6).position(|window| window == b"\"id\":\"").expect("an id") - 1;
        for cut in 1..character.len_utf8() {
            let (begin, end) = text.split_at(at + cut);
            cases.push(
                welcomed(format!("{name}, cut after {cut} bytes, and a ping between"))
                    .write([frame(0x01, begin), frame(0x89, b""), frame(0x80, end)].concat())
                    .hears_pong(b"")
                    .hears(answer.clone())
                    .stays(),
            );
        }
    }
    cases
}
