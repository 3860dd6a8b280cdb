//! Opens a socket: TCP, the WebSocket handshake, `hello`, `welcome`.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use socket2::SockRef;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{ClientRequestBuilder, Message, http::Uri},
};

use super::{
    doors::Doors,
    frames::{self, Frame, Say, Welcome},
};

/// All of it, from the first packet to `welcome`.
const OPEN_WITHIN: Duration = Duration::from_secs(5);
/// Little, so that a client that doesn't read is felt at the server soon.
const RECEIVE_BUFFER_BYTES: u32 = 64 * 1024;

pub type Socket = WebSocketStream<TcpStream>;

pub enum Failure {
    /// The server said no, with this close code.
    Closed(u16),
    /// It answered something else, or not in time.
    Unreachable,
}

/// Opens a socket at a door, as the owner of the token.
pub async fn open(doors: &Doors, door: usize, token: &str) -> Result<(Socket, Welcome), Failure> {
    let opening = async {
        let stream = connect(doors, door).await.map_err(|_| Failure::Unreachable)?;
        let mut socket = handshake(stream, doors.address(door)).await?;
        let hello = Say::Hello { token, client: "chaos" }.text();
        socket.send(Message::text(hello)).await.map_err(|_| Failure::Unreachable)?;
        let welcome = welcome(&mut socket).await?;
        Ok((socket, welcome))
    };
    tokio::time::timeout(OPEN_WITHIN, opening).await.unwrap_or(Err(Failure::Unreachable))
}

async fn connect(doors: &Doors, door: usize) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER_BYTES)?;
    socket.bind(SocketAddr::new(doors.source(), 0))?;
    let stream = socket.connect(doors.address(door)).await?;
    stream.set_nodelay(true)?;
    // A client that vanishes leaves no connection in TIME_WAIT: there will be thousands.
    SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
    Ok(stream)
}

async fn handshake(stream: TcpStream, address: SocketAddr) -> Result<Socket, Failure> {
    let uri: Uri = format!("ws://{address}/api/v1/ws").parse().expect("an address makes a URI");
    let request = ClientRequestBuilder::new(uri).with_sub_protocol("devschat.v1");
    match client_async(request, stream).await {
        Ok((socket, _)) => Ok(socket),
        Err(_) => Err(Failure::Unreachable),
    }
}

async fn welcome(socket: &mut Socket) -> Result<Welcome, Failure> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => match frames::parse(text.as_str()) {
                Ok(Frame::Welcome(welcome)) => return Ok(welcome),
                Ok(_) => {}
                Err(_) => return Err(Failure::Unreachable),
            },
            Some(Ok(Message::Close(Some(close)))) => {
                return Err(Failure::Closed(close.code.into()));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(Failure::Unreachable),
        }
    }
}
