//! Connections that end in the middle of something.

use super::case::{Case, Stage, at, connected};
use crate::support::wire::{HANDSHAKE, frame, header};

pub fn cases() -> Vec<Case> {
    let text = frame(0x81, br#"{"type":"ping","n":1}"#);
    let beginnings = [
        ("nothing", Vec::new()),
        ("one byte", text[..1].to_vec()),
        ("half a mask", text[..4].to_vec()),
        ("a header", text[..6].to_vec()),
        ("half a text", text[..15].to_vec()),
        ("half a length", header(0x81, 127, &[0, 0, 0])),
        ("half a ping", frame(0x89, b"ping")[..8].to_vec()),
        ("half a close", frame(0x88, b"\x03\xe8")[..7].to_vec()),
        ("half a message", frame(0x01, b"{")),
        ("most of 64 KiB", frame(0x81, &[b' '; 65_536])[..60_000].to_vec()),
    ];
    let mut cases = Vec::new();
    for stage in [Stage::Upgraded, Stage::Welcomed] {
        for (name, bytes) in &beginnings {
            cases
                .push(at(stage, format!("{name}, then the end")).write(&bytes[..]).finish().ends());
            cases.push(at(stage, format!("{name}, then a reset")).write(&bytes[..]).reset().ends());
        }
    }
    cases.extend([
        connected("nothing at all, then the end").finish().ends(),
        connected("nothing at all, then a reset").reset().ends(),
        connected("half a handshake, then the end").write(&HANDSHAKE[..40]).finish().ends(),
        connected("half a handshake, then a reset").write(&HANDSHAKE[..40]).reset().ends(),
        connected("a handshake, then a reset")
            .write(format!("{HANDSHAKE}Host: x\r\n\r\n"))
            .reset()
            .ends(),
    ]);
    cases
}
