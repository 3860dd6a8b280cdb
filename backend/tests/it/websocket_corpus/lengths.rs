//! The length of a frame: refused as soon as it is announced, in whatever form.

use serde_json::json;

use super::case::{Case, both, upgraded, welcomed};
use crate::support::wire::{frame, header, masked};

const MAX_BYTES: usize = 64 * 1024;
const TEXT: u8 = 0x81;

/// So large a ping of the protocol.
fn ping_of(bytes: usize) -> Vec<u8> {
    let mut text = br#"{"type":"ping","n":1}"#.to_vec();
    text.resize(bytes, b' ');
    text
}

pub fn cases() -> Vec<Case> {
    let pong = || json!({ "type": "pong", "n": 1 });
    let mut cases = Vec::new();
    for bytes in [21, 125, 126, 127, 65_534, 65_535, MAX_BYTES] {
        cases.push(
            welcomed(format!("a text of {bytes} bytes")).text(ping_of(bytes)).hears(pong()).stays(),
        );
    }
    for (name, length) in [
        ("one byte over the limit", MAX_BYTES as u64 + 1),
        ("a gigabyte", 1 << 30),
        ("more than 32 bits", 1 << 32),
        ("32 bits that end in a small number", (1 << 32) + 5),
        ("all that 63 bits can say", u64::MAX >> 1),
        ("the top bit alone", 1 << 63),
        ("the top bit and a small number", (1 << 63) + 5),
        ("all that 64 bits can say", u64::MAX),
    ] {
        cases.extend(both(format!("a length of {name}, and no payload"), |case| {
            case.write(header(TEXT, 127, &length.to_be_bytes())).closes(1009)
        }));
    }
    cases.extend([
        welcomed("a text over the limit, whole").text(ping_of(MAX_BYTES + 1)).closes(1009),
        welcomed("a large length byte by byte")
            .write_slowly(header(TEXT, 127, &(1_u64 << 30).to_be_bytes()))
            .closes(1009),
        welcomed("a large continuation, announced")
            .write(frame(0x01, b"{"))
            .write(header(0x80, 127, &(1_u64 << 30).to_be_bytes()))
            .closes(1009),
        welcomed("a large binary, announced")
            .write(header(0x82, 127, &(1_u64 << 30).to_be_bytes()))
            .closes(1009),
        upgraded("a hello of 16 bits' length").text(ping_of(65_535)).closes(1009),
    ]);
    // Senders must use the shortest form; a reader needn't mind (RFC 6455, 5.2).
    for (name, short, extended) in [
        ("16 bits", 126, 21_u16.to_be_bytes().to_vec()),
        ("64 bits", 127, 21_u64.to_be_bytes().to_vec()),
    ] {
        cases.push(
            welcomed(format!("a short length in {name}"))
                .write([header(TEXT, short, &extended), masked(&ping_of(21))].concat())
                .hears(pong())
                .stays(),
        );
    }
    cases
}
