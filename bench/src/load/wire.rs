//! WebSocket frames as bytes, without a library between the clock and the socket.

use std::ops::Range;

use anyhow::ensure;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const FINAL_TEXT: u8 = 0x81;
const PONG: u8 = 0x8a;
const MASKED: u8 = 0x80;

/// What a frame is to the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    Text,
    Ping,
    Close,
    Other,
}

/// A client's frame. The mask is zero, which is a mask: the content stays as it is.
pub fn text(content: &str) -> Vec<u8> {
    frame(FINAL_TEXT, content.as_bytes())
}

pub fn pong(content: &[u8]) -> Vec<u8> {
    frame(PONG, content)
}

fn frame(head: u8, content: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(content.len() + 14);
    frame.push(head);
    match content.len() {
        length @ 0..126 => frame.push(MASKED | length as u8),
        length @ 126..65_536 => {
            frame.push(MASKED | 126);
            frame.extend((length as u16).to_be_bytes());
        }
        length => {
            frame.push(MASKED | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(content);
    frame
}

/// The first frame of a server's bytes: what it is, where its content stands, where it ends.
pub fn first_frame(bytes: &[u8]) -> Option<(Opcode, Range<usize>)> {
    let short = usize::from(*bytes.get(1)? & 0x7f);
    let (start, length) = match short {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, short),
    };
    let opcode = match bytes[0] & 0x0f {
        1 => Opcode::Text,
        8 => Opcode::Close,
        9 => Opcode::Ping,
        _ => Opcode::Other,
    };
    (bytes.len() >= start + length).then_some((opcode, start..start + length))
}

/// Asks for the upgrade; returns what the server sent after its answer.
pub async fn upgrade(
    stream: &mut TcpStream,
    path: &str,
    protocol: &str,
) -> anyhow::Result<Vec<u8>> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: {protocol}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::with_capacity(1024);
    loop {
        ensure!(stream.read_buf(&mut bytes).await? > 0, "closed instead of upgraded");
        if let Some(end) = memchr::memmem::find(&bytes, b"\r\n\r\n") {
            ensure!(
                bytes.starts_with(b"HTTP/1.1 101"),
                "not upgraded: {}",
                String::from_utf8_lossy(&bytes)
            );
            return Ok(bytes.split_off(end + 4));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_once_it_is_complete() {
        let bytes = [0x81, 2, b'h', b'i', 0x89, 0];

        assert_eq!(first_frame(&bytes[..3]), None);
        assert_eq!(first_frame(&bytes), Some((Opcode::Text, 2..4)));
        assert_eq!(first_frame(&bytes[4..]), Some((Opcode::Ping, 2..2)));
    }
}
