//! A connection on which a test writes every byte itself, and reads every frame.

use std::{net::SocketAddr, time::Duration};

use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A handshake as a client makes it, but for its host and the empty line at its end.
pub const HANDSHAKE: &str = "GET /api/v1/ws HTTP/1.1\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Protocol: devschat.v1\r\n";

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame as a client sends it (RFC 6455, 5.2): its first byte, and a payload to be masked.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = payload.len() as u64;
    let mut frame = match length {
        0..126 => vec![first, 0x80 | length as u8],
        126..65_536 => header(first, 126, &(length as u16).to_be_bytes()),
        _ => header(first, 127, &length.to_be_bytes()),
    };
    frame.extend(masked(payload));
    frame
}

/// A header up to the mask, with a length in whatever form.
pub fn header(first: u8, short: u8, extended: &[u8]) -> Vec<u8> {
    [&[first, 0x80 | short], extended].concat()
}

/// The mask, and the payload under it.
pub fn masked(payload: &[u8]) -> Vec<u8> {
    let bytes = payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask);
    MASK.into_iter().chain(bytes).collect()
}

/// A frame of the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub first: u8,
    pub payload: Vec<u8>,
}

/// Nothing inside, when the test has reset the connection.
pub struct Wire(Option<TcpStream>);

impl Wire {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("an option");
        Self(Some(stream))
    }

    /// The server may have ended the connection meanwhile: what it said shows why.
    pub async fn write(&mut self, bytes: &[u8]) {
        if let Some(stream) = &mut self.0 {
            let _ = stream.write_all(bytes).await;
        }
    }

    /// Says that nothing more will come.
    pub async fn end(&mut self) {
        if let Some(stream) = &mut self.0 {
            let _ = stream.shutdown().await;
        }
    }

    /// Ends the connection as a program that crashes does.
    pub fn reset(&mut self) {
        if let Some(stream) = self.0.take() {
            SockRef::from(&stream).set_linger(Some(Duration::ZERO)).expect("an option");
        }
    }

    /// The head of an HTTP response; what was read so far, if the connection ends before that.
    pub async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match self.bytes::<1>().await {
                Some(byte) => head.extend(byte),
                None => break,
            }
        }
        String::from_utf8_lossy(&head).into_owned()
    }

    /// The next frame; nothing when the connection has ended.
    pub async fn hear(&mut self) -> Option<Heard> {
        let [first, length] = self.bytes().await?;
        let length = match length {
            126 => u16::from_be_bytes(self.bytes().await?).into(),
            127 => u64::from_be_bytes(self.bytes().await?),
            short => short.into(),
        };
        let mut payload = vec![0; usize::try_from(length).expect("a length")];
        self.0.as_mut()?.read_exact(&mut payload).await.ok()?;
        Some(Heard { first, payload })
    }

    async fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.0.as_mut()?.read_exact(&mut bytes).await.ok()?;
        Some(bytes)
    }
}
