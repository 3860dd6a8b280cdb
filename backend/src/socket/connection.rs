//! One socket's life: hello, then frames in, answers out, until somebody ends it.

use std::{cell::RefCell, rc::Rc, sync::Arc, time::Duration};

use actix_ws::{AggregatedMessage, AggregatedMessageStream};
use tokio::time::Instant;

use super::{
    SocketSettings,
    control::{self, CloseCode},
    greeting::{broken, greet},
    handshake::Handshake,
    heartbeat::Heartbeat,
    inbound::Inbound,
    outgoing::Outgoing,
    protocol::ServerFrame,
};
use crate::{
    auth::access_token::Identity,
    domain::id::ConnectionId,
    feed::people::{Notice, Seat},
    service::{self, Chat},
};

/// How long the close frame may take to leave.
const GOODBYE_WITHIN: Duration = Duration::from_secs(5);
/// How long before its end a token's holder is told, where it lives longer than that.
const EXPIRY_NOTICE: Duration = Duration::from_secs(60);

/// A socket that was just opened.
pub struct Accepted {
    pub chat: Arc<Chat>,
    pub settings: Arc<SocketSettings>,
    /// Until it is known who this is.
    pub handshake: Option<Handshake>,
    pub outgoing: Rc<RefCell<Outgoing>>,
    pub stream: AggregatedMessageStream,
    /// Of the request that opened it: names the socket's lines in the log.
    pub request_id: Option<String>,
    pub is_version_supported: bool,
}

/// Why a connection is over: because we end it, or because the peer is gone.
pub type Ending = Option<CloseCode>;

/// Serves the socket until it ends.
///
/// A task keeps room for the largest of its steps as long as it lives, and for what it is given
/// twice, so what is large or needed only for a moment is in a box, here and below.
pub async fn run(mut accepted: Box<Accepted>) {
    let started = Instant::now();
    let greeted = Box::pin(greet(&mut accepted)).await;
    drop(accepted.handshake.take());
    let ending = match greeted {
        Ok(mut connection) => {
            let (user_id, id) = (connection.identity.user_id, connection.id);
            let ending = connection.serve(&mut accepted.stream).await;
            let code = ending.map(CloseCode::number);
            let duration_ms = started.elapsed().as_millis() as u64;
            let (request_id, frames) = (accepted.request_id.as_deref(), connection.frames);
            tracing::info!(request_id, connection.id = %id, user.id = %user_id, code, duration_ms, frames, "socket closed");
            ending
        }
        Err(ending) => {
            let code = ending.map(CloseCode::number);
            let request_id = accepted.request_id.as_deref();
            tracing::info!(request_id, code, "socket closed before hello");
            ending
        }
    };
    let code = ending.unwrap_or(CloseCode::Done);
    metrics::counter!("devschat_sockets_closed_total", "code" => code.number().to_string())
        .increment(1);
    accepted.outgoing.borrow_mut().close(code);
    // The body writes the close frame.
    let goodbye = async {
        while !accepted.outgoing.borrow().is_closed() {
            let progress = Rc::clone(&accepted.outgoing.borrow().progress);
            progress.notified().await;
        }
    };
    let _ = tokio::time::timeout(GOODBYE_WITHIN, goodbye).await;
    accepted.outgoing.borrow_mut().cut_off();
}

pub struct Connection {
    id: ConnectionId,
    identity: Identity,
    seat: Seat,
    outgoing: Rc<RefCell<Outgoing>>,
    inbound: Inbound,
    heartbeat: Heartbeat,
    /// How long before the token's end its holder is told.
    expiry_notice: Duration,
    has_told_expiry: bool,
    /// Text frames heard, for the log.
    frames: u64,
}

impl Connection {
    pub fn new(
        id: ConnectionId,
        identity: Identity,
        seat: Seat,
        inbound: Inbound,
        outgoing: Rc<RefCell<Outgoing>>,
        heartbeat: Heartbeat,
    ) -> Self {
        let expiry_notice = expiry_notice(identity);
        let has_told_expiry = false;
        let frames = 0;
        Self {
            id,
            identity,
            seat,
            outgoing,
            inbound,
            heartbeat,
            expiry_notice,
            has_told_expiry,
            frames,
        }
    }

    async fn serve(&mut self, stream: &mut AggregatedMessageStream) -> Ending {
        let progress = Rc::clone(&self.outgoing.borrow().progress);
        loop {
            let (is_congested, is_closed) = {
                let outgoing = self.outgoing.borrow();
                (outgoing.is_congested(), outgoing.is_closed())
            };
            if is_closed {
                return None;
            }
            let deadline = self.next_deadline();
            tokio::select! {
                message = stream.recv(), if !is_congested => {
                    self.heartbeat.heard();
                    match message {
                        Some(Ok(message)) => if let Err(ending) = self.hear(message).await { return ending },
                        Some(Err(error)) => return broken(&error),
                        None => return None,
                    }
                }
                notice = self.seat.notices.recv() => match notice {
                    Some(notice) => if let Err(ending) = self.notice(*notice).await { return ending },
                    None => return Some(CloseCode::Stalled),
                },
                () = progress.notified() => {}
                () = tokio::time::sleep_until(deadline) => {
                    if let Err(ending) = self.keep_time() { return ending }
                }
            }
        }
    }

    async fn hear(&mut self, message: AggregatedMessage) -> Result<(), Ending> {
        match message {
            AggregatedMessage::Text(text) => {
                self.frames += 1;
                let renewed = self.inbound.hear(&text, self.identity).await?;
                if let Some(identity) = renewed {
                    self.identity = identity;
                    self.expiry_notice = expiry_notice(identity);
                    self.has_told_expiry = false;
                }
                Ok(())
            }
            AggregatedMessage::Ping(content) => {
                self.inbound.admit_control_frame()?;
                self.outgoing.borrow_mut().answer_bytes(control::pong(&content));
                Ok(())
            }
            AggregatedMessage::Pong(_) => self.inbound.admit_control_frame(),
            AggregatedMessage::Binary(_) => Err(Some(CloseCode::Unsupported)),
            AggregatedMessage::Close(_) => Err(Some(CloseCode::Done)),
        }
    }

    async fn notice(&mut self, notice: Notice) -> Result<(), Ending> {
        match notice {
            Notice::RoomAdded { room_id } => {
                match Box::pin(self.inbound.room_added(room_id, self.identity)).await {
                    Ok(Some(frame)) => self.outgoing.borrow_mut().tell(&frame),
                    Ok(None) => {}
                    Err(error) => {
                        tracing::warn!(error = ?error, "a new room could not be announced")
                    }
                }
            }
            Notice::Removed { room_id, seq, reason } => {
                let mut outgoing = self.outgoing.borrow_mut();
                // Who follows the room learns it in its place, from the log.
                if !outgoing.subscriptions().contains(room_id) {
                    outgoing.tell(&ServerFrame::Removed { room_id, seq, reason });
                }
            }
            Notice::Read { room_id, seq } => {
                self.outgoing.borrow_mut().answer(&ServerFrame::Read { room_id, seq });
            }
            Notice::SessionEnded => return Err(Some(CloseCode::TokenInvalid)),
            Notice::AccountDisabled => return Err(Some(CloseCode::AccountDisabled)),
            Notice::Restarting { retry_after_ms } => {
                let code = CloseCode::Restarting;
                let bye = ServerFrame::Bye { code: code.number(), retry_after_ms };
                self.outgoing.borrow_mut().answer(&bye);
                return Err(Some(code));
            }
        }
        Ok(())
    }

    fn expires_in(&self) -> Duration {
        expires_in(self.identity)
    }

    fn next_deadline(&self) -> Instant {
        let until_expiry = self.expires_in();
        let until_notice = if self.has_told_expiry {
            until_expiry
        } else {
            until_expiry.saturating_sub(self.expiry_notice)
        };
        self.heartbeat.next().min(Instant::now() + until_notice)
    }

    /// Does what the clock asks for.
    fn keep_time(&mut self) -> Result<(), Ending> {
        let is_ping_due = self.heartbeat.beat(&self.outgoing.borrow())?;
        if is_ping_due {
            self.outgoing.borrow_mut().answer_bytes(control::ping());
        }
        let until_expiry = self.expires_in();
        if until_expiry.is_zero() {
            return Err(Some(CloseCode::TokenInvalid));
        }
        if until_expiry <= self.expiry_notice && !self.has_told_expiry {
            self.has_told_expiry = true;
            let frame = ServerFrame::TokenExpiring { at: self.identity.expires_at };
            self.outgoing.borrow_mut().answer(&frame);
        }
        Ok(())
    }
}

fn expires_in(identity: Identity) -> Duration {
    identity.expires_at.since(service::now())
}

/// Told at once of every token, a client would do nothing but renew.
fn expiry_notice(identity: Identity) -> Duration {
    let life = expires_in(identity);
    if life > EXPIRY_NOTICE { EXPIRY_NOTICE } else { life / 2 }
}
