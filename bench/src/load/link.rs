//! One socket of the generator.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr},
};

use anyhow::{bail, ensure};
use tokio::net::{TcpSocket, TcpStream};
use uuid::Uuid;

use super::{
    dialect::{self, Heard},
    wire::{self, Opcode},
};

const READ_BYTES: usize = 64 * 1024;

pub struct Link {
    pub stream: TcpStream,
    /// What was read and not heard yet.
    pub unheard: Vec<u8>,
}

impl Link {
    /// Connects from one of several loopback addresses, so that ports suffice.
    pub async fn open(address: SocketAddr, index: usize, path: &str) -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_nodelay(true)?;
        let from = Ipv4Addr::new(127, 0, 0, 1 + u8::try_from(index % 16)?);
        socket.bind((from, 0).into())?;
        let mut stream = socket.connect(address).await?;
        let unheard = wire::upgrade(&mut stream, path, "devschat.v1").await?;
        Ok(Self { stream, unheard })
    }

    /// Opens a socket and says hello.
    pub async fn hello(address: SocketAddr, index: usize, token: &str) -> anyhow::Result<Self> {
        let mut link = Self::open(address, index, "/api/v1/ws").await?;
        link.say(&dialect::hello(token)).await?;
        link.expect(|heard| matches!(heard, Heard::Welcome).then_some(())).await?;
        Ok(link)
    }

    /// Opens a Socket.IO connection that sends to a room, and hears it if it follows it.
    pub async fn socket_io(
        address: SocketAddr,
        index: usize,
        room: Uuid,
        follows: bool,
    ) -> anyhow::Result<Self> {
        let path = format!("/socket.io/?EIO=4&transport=websocket&room={room}&follows={follows}");
        let mut link = Self::open(address, index, &path).await?;
        let is_welcome = |heard: &Heard| matches!(heard, Heard::Welcome).then_some(());
        link.expect(is_welcome).await?;
        link.say(dialect::SOCKET_IO_CONNECT).await?;
        link.expect(is_welcome).await?;
        Ok(link)
    }

    /// Follows a room; returns its head.
    pub async fn subscribe(&mut self, room_id: Uuid, after: Option<u64>) -> anyhow::Result<u64> {
        self.say(&dialect::subscribe(room_id, after)).await?;
        self.expect(|heard| match heard {
            Heard::Subscribed(head) => Some(*head),
            _ => None,
        })
        .await
    }

    pub async fn say(&self, text: &str) -> anyhow::Result<()> {
        write(&self.stream, &wire::text(text)).await
    }

    /// Hears frames until one is what it should be; what follows it stays unheard.
    pub async fn expect<T>(
        &mut self,
        mut what: impl FnMut(&Heard) -> Option<T>,
    ) -> anyhow::Result<T> {
        loop {
            while let Some((opcode, content)) = wire::first_frame(&self.unheard) {
                let frame = self.unheard[content.clone()].to_vec();
                self.unheard.drain(..content.end);
                ensure!(opcode != Opcode::Close, "closed: {}", String::from_utf8_lossy(&frame));
                let heard = dialect::hear(&frame);
                ensure!(heard != Heard::Refused, "{}", String::from_utf8_lossy(&frame));
                if let Some(found) = what(&heard) {
                    return Ok(found);
                }
            }
            read(&self.stream, &mut self.unheard).await?;
        }
    }
}

pub async fn write(stream: &TcpStream, mut bytes: &[u8]) -> anyhow::Result<()> {
    while !bytes.is_empty() {
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => stream.writable().await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads what has come, or waits for it.
pub async fn read(stream: &TcpStream, into: &mut Vec<u8>) -> anyhow::Result<()> {
    loop {
        if into.capacity() - into.len() < READ_BYTES / 16 {
            into.reserve(READ_BYTES / 8);
        }
        match stream.try_read_buf(into) {
            Ok(0) => bail!("the server closed a socket"),
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => stream.readable().await?,
            Err(error) => return Err(error.into()),
        }
    }
}
