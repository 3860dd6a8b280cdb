//! Pings and pongs: whole, of at most 125 bytes, and answered with what they brought.

use super::case::{Case, both, welcomed};
use crate::support::wire::{frame, header, masked};

/// The lengths from nothing to the most, and what is next to a boundary.
const LENGTHS: [usize; 7] = [0, 1, 2, 64, 123, 124, 125];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for length in LENGTHS {
        let content: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
        cases.extend(both(format!("a ping of {length} bytes"), |case| {
            case.write(frame(0x89, &content)).hears_pong(&content).stays()
        }));
        cases.push(
            welcomed(format!("an unasked pong of {length} bytes"))
                .write(frame(0x8a, &content))
                .stays(),
        );
    }
    for (name, opcode) in [("close", 8), ("ping", 9), ("pong", 10)] {
        cases.extend([
            welcomed(format!("a {name} that is not final")).write(frame(opcode, b"")).closes(4000),
            welcomed(format!("a {name} that is not final, with a payload"))
                .write(frame(opcode, &1000_u16.to_be_bytes()))
                .closes(4000),
            welcomed(format!("a {name} of 126 bytes"))
                .write(frame(0x80 | opcode, &[b'x'; 126]))
                .closes(4000),
            welcomed(format!("a {name} of 126 bytes in the 64-bit form"))
                .write(header(0x80 | opcode, 127, &126_u64.to_be_bytes()))
                .write(masked(&[b'x'; 126]))
                .closes(4000),
            welcomed(format!("a {name} of 64 KiB"))
                .write(frame(0x80 | opcode, &[b'x'; 65_536]))
                .closes(4000),
            welcomed(format!("a {name} over 64 KiB"))
                .write(header(0x80 | opcode, 127, &65_537_u64.to_be_bytes()))
                .closes(1009),
        ]);
    }
    cases
}
