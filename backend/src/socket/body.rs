//! The response body behind an open socket.
//!
//! actix-ws's own body takes one channel message at a time and encodes it for this connection.
//! Ours hands out frames that were encoded once for all readers; actix joins as many of them
//! as fit into one write. The body it replaces must live on, since dropping it ends the
//! incoming stream, but is never asked for anything: nobody sends through its session.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
};
use bytes::Bytes;

use super::outgoing::Outgoing;

/// The response to the upgrade, with `outgoing` as what is written from now on.
pub fn attach(response: HttpResponse, outgoing: Rc<RefCell<Outgoing>>) -> HttpResponse {
    response.map_body(|_, inner| BoxBody::new(SocketBody { _replaced: inner, outgoing }))
}

struct SocketBody {
    _replaced: BoxBody,
    outgoing: Rc<RefCell<Outgoing>>,
}

impl MessageBody for SocketBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Outgoing::poll_frame(&self.outgoing, context).map(|frame| frame.map(Ok))
    }
}

impl Drop for SocketBody {
    fn drop(&mut self) {
        self.outgoing.borrow_mut().cut_off();
    }
}
