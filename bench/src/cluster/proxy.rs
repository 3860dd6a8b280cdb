//! A TCP proxy on one hop, which can break it: reset all connections, or swallow everything.
//!
//! Swallowing is what a network does that delivers nothing and tells nobody: connections are
//! taken, nothing passes in either direction, not even an end. What was on its way passes when
//! the hop is whole again, as TCP would repeat it.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpSocket, TcpStream,
        tcp::{ReadHalf, WriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

const BUFFER_BYTES: usize = 16 * 1024;
const BACKLOG: u32 = 1_024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Connections go on from the address they came from, which limits are counted by.
    Kept,
    Own,
}

pub struct Proxy {
    address: SocketAddr,
    control: watch::Sender<Control>,
    accepting: JoinHandle<()>,
}

#[derive(Clone, Copy, Debug)]
struct Control {
    upstream: SocketAddr,
    is_passing: bool,
    resets: u64,
}

impl Proxy {
    /// Listens; leads nowhere yet.
    pub async fn start(source: Source) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        let (control, watching) =
            watch::channel(Control { upstream: nowhere, is_passing: true, resets: 0 });
        let accepting = tokio::spawn(accept(listener, watching, source));
        Ok(Self { address, control, accepting })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// New connections go there from now on.
    pub fn lead_to(&self, upstream: SocketAddr) {
        self.control.send_modify(|control| control.upstream = upstream);
    }

    /// Ends all connections with a reset.
    pub fn reset(&self) {
        self.control.send_modify(|control| control.resets += 1);
    }

    pub fn black_hole(&self) {
        self.control.send_modify(|control| control.is_passing = false);
    }

    pub fn restore(&self) {
        self.control.send_modify(|control| control.is_passing = true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, control: watch::Receiver<Control>, source: Source) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                tokio::spawn(serve(stream, peer.ip(), control.clone(), source));
            }
            // Out of descriptors, for example, which passes.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// One connection. Ends with a reset unless both sides have ended it.
async fn serve(
    mut client: TcpStream,
    peer: IpAddr,
    mut control: watch::Receiver<Control>,
    source: Source,
) {
    let resets = control.borrow().resets;
    let was_reset = {
        let mut control = control.clone();
        async move { control.wait_for(|now| now.resets != resets).await.map(drop) }
    };
    tokio::pin!(was_reset);
    let connecting = async {
        let upstream = passing(&mut control).await?.upstream;
        connect(upstream, (source == Source::Kept).then_some(peer)).await
    };
    let server = tokio::select! {
        server = connecting => server.ok(),
        _ = &mut was_reset => None,
    };
    let Some(mut server) = server else {
        return end_with_reset(&client);
    };
    let _ = client.set_nodelay(true);
    let has_ended = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let there = pump(from_client, to_server, control.clone());
        let back = pump(from_server, to_client, control.clone());
        tokio::select! {
            both = async { tokio::try_join!(there, back) } => both.is_ok(),
            _ = &mut was_reset => false,
        }
    };
    if !has_ended {
        end_with_reset(&client);
        end_with_reset(&server);
    }
}

async fn connect(upstream: SocketAddr, from: Option<IpAddr>) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if let Some(from) = from {
        socket.bind((from, 0).into())?;
    }
    let stream = socket.connect(upstream).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Waits until the hop lets something pass.
async fn passing(control: &mut watch::Receiver<Control>) -> io::Result<Control> {
    let state = control.wait_for(|now| now.is_passing).await;
    state.map(|state| *state).map_err(io::Error::other)
}

/// Passes one direction on, and its end.
async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    mut control: watch::Receiver<Control>,
) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        passing(&mut control).await?;
        let length = from.read(&mut buffer).await?;
        // What was read when the hop broke meanwhile stays on the way.
        passing(&mut control).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..length]).await?;
    }
}

/// Without lingering, an end is a reset (SO_LINGER of 0 s, socket(7)).
fn end_with_reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}
