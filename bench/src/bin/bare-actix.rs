//! Yardstick: repeats each message to all sockets of its room through actix-web and actix-ws,
//! in frames encoded once and shared: what the framework costs.
//!
//! One worker. No history, no limits, no check of what is said.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    body::{BodySize, BoxBody, MessageBody},
    rt, web,
};
use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::StreamExt as _;

#[derive(Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    waker: Option<Waker>,
}

type Shared = Rc<RefCell<Queue>>;

thread_local! {
    static ROOMS: RefCell<HashMap<String, Vec<Shared>>> = RefCell::default();
}

/// Hands out shared frames; the inner body keeps the incoming stream alive.
struct SharedBody {
    inner: BoxBody,
    queue: Shared,
}

impl MessageBody for SharedBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        {
            let mut queue = self.queue.borrow_mut();
            if let Some(frame) = queue.frames.pop_front() {
                return Poll::Ready(Some(Ok(frame)));
            }
            queue.waker = Some(context.waker().clone());
        }
        Pin::new(&mut self.inner).poll_next(context)
    }
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let address = std::env::var("DEVSCHAT_LISTEN")?;
    let app = || App::new().route("/rooms/{room}", web::get().to(join));
    Ok(HttpServer::new(app).workers(1).tcp_nodelay(true).bind(address)?.run().await?)
}

async fn join(
    request: HttpRequest,
    body: web::Payload,
    room: web::Path<String>,
) -> actix_web::Result<HttpResponse> {
    let (response, session, mut messages) = actix_ws::handle(&request, body)?;
    let queue = Shared::default();
    let of_body = Rc::clone(&queue);
    let response =
        response.map_body(move |_, inner| BoxBody::new(SharedBody { inner, queue: of_body }));
    ROOMS.with_borrow_mut(|rooms| rooms.entry(room.clone()).or_default().push(queue));
    rt::spawn(async move {
        // Dropping it would end the socket.
        let _session = session;
        while let Some(Ok(message)) = messages.next().await {
            if let actix_ws::Message::Text(text) = message {
                tell(&room, &frame(text.as_bytes()));
            }
        }
    });
    Ok(response)
}

fn tell(room: &str, frame: &Bytes) {
    ROOMS.with_borrow(|rooms| {
        for queue in rooms.get(room).into_iter().flatten() {
            let mut queue = queue.borrow_mut();
            queue.frames.push_back(frame.clone());
            if let Some(waker) = queue.waker.take() {
                waker.wake();
            }
        }
    });
}

fn frame(content: &[u8]) -> Bytes {
    let mut frame = BytesMut::with_capacity(content.len() + 4);
    frame.put_u8(0x81);
    match u8::try_from(content.len()) {
        Ok(length @ 0..126) => frame.put_u8(length),
        _ => {
            frame.put_u8(126);
            frame.put_u16(content.len() as u16);
        }
    }
    frame.put_slice(content);
    frame.freeze()
}
