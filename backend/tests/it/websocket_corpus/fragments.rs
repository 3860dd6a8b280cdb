//! Messages in several frames: begun once, continued, interrupted by control frames only, and
//! together no larger than one frame may be.

use serde_json::json;

use super::case::{Case, both, upgraded, welcomed};
use crate::support::wire::frame;

const TEXT: u8 = 0x01;
const MORE: u8 = 0x00;
const LAST: u8 = 0x80;
const MAX_BYTES: usize = 64 * 1024;

/// A ping of the protocol, so large.
fn ping_of(bytes: usize) -> Vec<u8> {
    let mut text = br#"{"type":"ping","n":1}"#.to_vec();
    text.resize(bytes, b' ');
    text
}

/// The text in so many frames of about one size.
fn in_frames(text: &[u8], count: usize) -> Vec<u8> {
    let pieces: Vec<_> = text.chunks(text.len().div_ceil(count)).collect();
    let last = pieces.len() - 1;
    let frames = pieces.iter().enumerate().map(|(place, piece)| match place {
        0 => frame(TEXT, piece),
        place if place == last => frame(LAST, piece),
        _ => frame(MORE, piece),
    });
    frames.flatten().collect()
}

pub fn cases() -> Vec<Case> {
    let pong = || json!({ "type": "pong", "n": 1 });
    let empty_frames = || frame(MORE, b"").repeat(10_000);
    let mut cases = Vec::new();
    cases.extend(both("a continuation of nothing", |case| {
        case.write(frame(LAST, b"x")).closes(4000)
    }));
    cases.extend(both("a continuation of nothing that goes on", |case| {
        case.write(frame(MORE, b"x")).closes(4000)
    }));
    for (name, first) in [("text", 0x81), ("text that goes on", 0x01), ("binary", 0x82)] {
        cases.push(
            welcomed(format!("a new {name} within a message"))
                .write(frame(TEXT, b"{"))
                .write(frame(first, b"{"))
                .closes(4000),
        );
    }
    for count in [2, 3, 21] {
        cases.push(
            welcomed(format!("a message in {count} frames"))
                .write(in_frames(&ping_of(21), count))
                .hears(pong())
                .stays(),
        );
    }
    cases.extend([
        welcomed("a message of empty frames")
            .write([frame(TEXT, b""), frame(MORE, b""), frame(LAST, b"")].concat())
            .hears(json!({ "type": "error", "code": "invalid" }))
            .stays(),
        welcomed("a message that ends with an empty frame")
            .write([frame(TEXT, &ping_of(21)), frame(LAST, b"")].concat())
            .hears(pong())
            .stays(),
        welcomed("ten thousand empty frames in a message")
            .write([frame(TEXT, b""), empty_frames(), frame(LAST, &ping_of(21))].concat())
            .hears(pong())
            .stays(),
        welcomed("ten thousand empty frames, and no last")
            .write([frame(TEXT, b""), empty_frames()].concat())
            .finish()
            .ends(),
        welcomed("pings and pongs within a message")
            .write([frame(TEXT, &ping_of(21)), frame(0x89, b"1"), frame(MORE, b"")].concat())
            .write([frame(0x8a, b""), frame(0x89, b"2"), frame(LAST, b"")].concat())
            .hears_pong(b"1")
            .hears_pong(b"2")
            .hears(pong())
            .stays(),
        welcomed("continuations of 64 KiB together")
            .write(in_frames(&ping_of(MAX_BYTES), 7))
            .hears(pong())
            .stays(),
        welcomed("continuations of a byte more together")
            .write(in_frames(&ping_of(MAX_BYTES + 1), 7))
            .closes(1009),
        welcomed("continuations over 64 KiB, and no last")
            .write(frame(TEXT, &[b' '; 40_000]))
            .write(frame(MORE, &[b' '; 40_000]))
            .closes(1009),
        welcomed("one frame of 64 KiB and one of a byte")
            .write(frame(TEXT, &ping_of(MAX_BYTES)))
            .write(frame(LAST, b" "))
            .closes(1009),
        welcomed("a binary message in frames")
            .write([frame(0x02, b"x"), frame(LAST, b"y")].concat())
            .closes(1003),
        upgraded("something else than hello in frames")
            .write(in_frames(&ping_of(21), 3))
            .closes(4000),
        upgraded("hello in frames, over its 4 KiB")
            .write(in_frames(&ping_of(4_097), 3))
            .closes(1009),
    ]);
    cases
}
