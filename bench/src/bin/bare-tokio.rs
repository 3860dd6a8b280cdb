//! Yardstick: repeats each message to all sockets of its room, and does nothing else.
//!
//! What one read brought is joined into one write per socket, as directly as the runtime
//! allows: the least that fan-out costs when messages come one by one. No history, no limits, no check of what is said.

use std::{cell::RefCell, collections::HashMap, io::ErrorKind, rc::Rc};

use bytes::{BufMut as _, Bytes, BytesMut};
use devschat_bench::load::wire::{self, Opcode};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::{LocalSet, spawn_local},
};

/// For the handshake's one key: the generator always sends the one of RFC 6455.
const ACCEPT: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

type Rooms = Rc<RefCell<HashMap<Vec<u8>, Vec<Rc<Member>>>>>;

struct Member {
    stream: TcpStream,
    /// What a full socket has not taken yet.
    pending: RefCell<Vec<u8>>,
}

impl Member {
    /// Writes what fits, and the rest when there is room again.
    fn tell(self: &Rc<Self>, bytes: &[u8]) {
        let mut pending = self.pending.borrow_mut();
        if !pending.is_empty() {
            return pending.extend_from_slice(bytes);
        }
        let written = self.stream.try_write(bytes).unwrap_or(0);
        if written < bytes.len() {
            pending.extend_from_slice(&bytes[written..]);
            spawn_local(Rc::clone(self).catch_up());
        }
    }

    async fn catch_up(self: Rc<Self>) {
        while self.stream.writable().await.is_ok() {
            let mut pending = self.pending.borrow_mut();
            match self.stream.try_write(&pending) {
                Ok(written) => drop(pending.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
            if pending.is_empty() {
                return;
            }
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let address = std::env::var("DEVSCHAT_LISTEN")?;
    LocalSet::new()
        .run_until(async {
            let listener = TcpListener::bind(address).await?;
            let rooms = Rooms::default();
            loop {
                let (stream, _) = listener.accept().await?;
                let rooms = Rc::clone(&rooms);
                spawn_local(async move {
                    // A socket that ends is forgotten with the process.
                    let _ = serve(stream, &rooms).await;
                });
            }
        })
        .await
}

async fn serve(mut stream: TcpStream, rooms: &Rooms) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    while memchr::memmem::find(&request, b"\r\n\r\n").is_none() {
        anyhow::ensure!(stream.read_buf(&mut request).await? > 0, "no request");
    }
    let path = request.split(|byte| *byte == b' ').nth(1).unwrap_or_default().to_vec();
    stream.write_all(ACCEPT.as_bytes()).await?;
    let member = Rc::new(Member { stream, pending: RefCell::default() });
    rooms.borrow_mut().entry(path.clone()).or_default().push(Rc::clone(&member));
    let (mut bytes, mut joined) = (Vec::new(), Vec::new());
    loop {
        member.stream.readable().await?;
        match member.stream.try_read_buf(&mut bytes) {
            Ok(0) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            outcome => outcome?,
        };
        while let Some((frame, end)) = unmasked(&bytes) {
            bytes.drain(..end);
            joined.extend_from_slice(&frame);
        }
        rooms.borrow()[&path].iter().for_each(|other| other.tell(&joined));
        joined.clear();
    }
}

/// The first client frame as a server's frame. The generator's masks are zero.
fn unmasked(bytes: &[u8]) -> Option<(Bytes, usize)> {
    let header = if *bytes.get(1)? & 0x7f == 126 { 4 } else { 2 };
    let mut plain = bytes.get(..header)?.to_vec();
    plain[1] &= 0x7f;
    let content = bytes.get(header + 4..)?;
    plain.extend(content);
    let (opcode, content) = wire::first_frame(&plain)?;
    let mut frame = BytesMut::with_capacity(content.end);
    if opcode == Opcode::Text {
        frame.put_slice(&plain[..content.end]);
    }
    Some((frame.freeze(), content.end + 4))
}
