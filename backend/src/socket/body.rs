//! The response body behind an open socket.
//!
//! actix-ws's own body takes one channel message at a time and encodes it for this connection.
//! Ours stands around it and hands out frames that were encoded once for all readers; actix
//! joins as many of them as fit into one write. The inner body must live on: dropping it ends
//! the incoming stream.

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
    response.map_body(|_, inner| BoxBody::new(SocketBody { inner, outgoing }))
}

struct SocketBody {
    inner: BoxBody,
    outgoing: Rc<RefCell<Outgoing>>,
}

impl MessageBody for SocketBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = Outgoing::poll_frame(&self.outgoing, context);
        match next {
            Poll::Ready(frame) => Poll::Ready(frame.map(Ok)),
            Poll::Pending => Pin::new(&mut self.inner).poll_next(context),
        }
    }
}

impl Drop for SocketBody {
    fn drop(&mut self) {
        self.outgoing.borrow_mut().cut_off();
    }
}
