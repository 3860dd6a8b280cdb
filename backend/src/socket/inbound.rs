//! What a connection does with the frames it hears.
//!
//! A well-formed frame that can't be done is answered with `error`; so is a malformed one,
//! unless the peer sends nothing else. Trouble with one room never closes the socket.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use garde::Validate as _;
use tokio::{sync::Semaphore, time::Instant};

use super::{
    SocketSettings,
    control::CloseCode,
    flood::Flood,
    outgoing::Outgoing,
    protocol::{
        ClientFrame, FrameId, MAX_ROOMS_PER_FRAME, MAX_SUBSCRIPTIONS, ServerFrame, SubscribeRoom,
        frame_id,
    },
    subscriptions::Viewer,
    typing::Typing,
};
use crate::{
    auth::access_token::Identity,
    domain::{id::RoomId, scope::Scope},
    error::{Error, Result},
    rate_limit::local::Bucket,
    service::{
        Chat,
        follow::{Following, Place},
    },
    store::ledger::Post,
};

/// Messages of one connection that may wait for their commit.
const MAX_UNCOMMITTED: usize = 256;

/// After so many malformed frames in a row the peer speaks something else.
const MAX_MALFORMED: u32 = 20;

pub struct Inbound {
    chat: Arc<Chat>,
    outgoing: Rc<RefCell<Outgoing>>,
    frames: Bucket,
    subscribes: Bucket,
    uncommitted: Arc<Semaphore>,
    malformed_in_a_row: u32,
    flood: Flood,
    typing: Typing,
}

impl Inbound {
    pub fn new(
        chat: &Arc<Chat>,
        settings: &SocketSettings,
        outgoing: &Rc<RefCell<Outgoing>>,
    ) -> Self {
        Self {
            chat: Arc::clone(chat),
            outgoing: Rc::clone(outgoing),
            frames: Bucket::new(settings.frames),
            subscribes: Bucket::new(settings.subscribes),
            uncommitted: Arc::new(Semaphore::new(MAX_UNCOMMITTED)),
            malformed_in_a_row: 0,
            flood: Flood::over(settings.frames),
            typing: Typing::default(),
        }
    }

    /// Does what one frame asks for. Returns a new identity when the frame brought one.
    pub async fn hear(
        &mut self,
        text: &str,
        identity: Identity,
    ) -> std::result::Result<Option<Identity>, Option<CloseCode>> {
        let decision = self.frames.check();
        if !decision.is_allowed {
            self.flood.count()?;
            let error = Error::rate_limited("Too many frames; slow down.", decision.retry_after);
            self.answer(&ServerFrame::error(frame_id(text), None, &error));
            return Ok(None);
        }
        let frame = match ClientFrame::parse(text) {
            Ok(frame) => frame,
            Err(error) => {
                self.malformed_in_a_row += 1;
                if self.malformed_in_a_row > MAX_MALFORMED {
                    return Err(Some(CloseCode::Protocol));
                }
                self.answer(&ServerFrame::error(frame_id(text), None, &error));
                return Ok(None);
            }
        };
        self.malformed_in_a_row = 0;
        match frame {
            ClientFrame::Hello { .. } => return Err(Some(CloseCode::Protocol)),
            ClientFrame::Auth { id, token } => {
                return Box::pin(self.authenticate(id, &token, identity)).await;
            }
            ClientFrame::Subscribe { id, rooms } => {
                Box::pin(self.subscribe(&id, rooms, identity)).await;
            }
            ClientFrame::Unsubscribe { id, rooms } => self.unsubscribe(id, &rooms),
            ClientFrame::Send { id, room_id, client_id, body, reply_to } => {
                if let Err(error) = self.chat.require_scope(identity, Scope::MessagesWrite) {
                    self.answer(&ServerFrame::error(Some(id), Some(room_id), &error));
                    return Ok(None);
                }
                let author_id = identity.user_id;
                self.send(id, Post { room_id, author_id, client_id, body, reply_to }).await;
            }
            ClientFrame::Read { room_id, seq } => {
                let marking = self.chat.mark_read(identity.user_id, room_id, seq.max(0));
                if let Err(error) = Box::pin(marking).await {
                    self.answer(&ServerFrame::error(None, Some(room_id), &error));
                }
            }
            ClientFrame::Typing { room_id } => {
                match self.chat.require_scope(identity, Scope::MessagesWrite) {
                    Ok(()) => Box::pin(self.typing(room_id, identity)).await,
                    Err(error) => self.answer(&ServerFrame::error(None, Some(room_id), &error)),
                }
            }
            ClientFrame::Ping { n } => {
                let heads = self.outgoing.borrow_mut().subscriptions().moved_heads().collect();
                self.answer(&ServerFrame::Pong { n, heads });
            }
        }
        Ok(None)
    }

    /// Counts a control frame: answering pings is work, too.
    pub fn admit_control_frame(&mut self) -> std::result::Result<(), Option<CloseCode>> {
        if self.frames.check().is_allowed { Ok(()) } else { self.flood.count() }
    }

    /// The announcement of a room that was joined; nothing if it was left again meanwhile.
    pub async fn room_added(
        &self,
        room_id: RoomId,
        identity: Identity,
    ) -> Result<Option<ServerFrame>> {
        let rooms = self.chat.joined_rooms(identity.user_id).await?;
        Ok(rooms.into_iter().find(|room| room.room_id == room_id).map(|room| {
            ServerFrame::RoomAdded {
                room_id,
                head: room.head,
                read_seq: room.read_seq,
                role: room.role,
                unread_count: room.unread_count,
                mention_count: room.mention_count,
            }
        }))
    }

    async fn authenticate(
        &self,
        id: FrameId,
        token: &str,
        identity: Identity,
    ) -> std::result::Result<Option<Identity>, Option<CloseCode>> {
        let renewed = match self.chat.authenticate(token).await {
            Ok(renewed) => renewed,
            Err(error) => {
                self.answer(&ServerFrame::error(Some(id), None, &error));
                return Ok(None);
            }
        };
        // A socket belongs to one login; another one opens its own.
        if (renewed.user_id, renewed.session_id) != (identity.user_id, identity.session_id) {
            let error = Error::forbidden("This token belongs to another login.");
            self.answer(&ServerFrame::error(Some(id), None, &error));
            return Ok(None);
        }
        self.answer(&ServerFrame::Ok { id });
        Ok(Some(renewed))
    }

    async fn subscribe(&self, id: &FrameId, rooms: Vec<SubscribeRoom>, identity: Identity) {
        if rooms.is_empty() || rooms.len() > MAX_ROOMS_PER_FRAME {
            let error =
                Error::invalid(format!("Subscribe to 1 to {MAX_ROOMS_PER_FRAME} rooms a frame."));
            self.answer(&ServerFrame::error(Some(id.clone()), None, &error));
            return;
        }
        for room in rooms {
            let room_id = room.room_id;
            if let Err(error) = self.subscribe_to(id, room, identity).await {
                self.answer(&ServerFrame::error(Some(id.clone()), Some(room_id), &error));
            }
        }
    }

    async fn subscribe_to(
        &self,
        id: &FrameId,
        room: SubscribeRoom,
        identity: Identity,
    ) -> Result<()> {
        let room_id = room.room_id;
        let decision = self.subscribes.check();
        if !decision.is_allowed {
            return Err(Error::rate_limited(
                "Too many subscriptions; slow down.",
                decision.retry_after,
            ));
        }
        if room.after.is_some_and(|after| after < 0) {
            return Err(Error::invalid("after is 0 or more."));
        }
        if !self.outgoing.borrow_mut().subscriptions().has_room_for(room_id) {
            return Err(Error::invalid(format!(
                "A connection follows at most {MAX_SUBSCRIPTIONS} rooms."
            )));
        }
        let place = Place { epoch: room.epoch.as_deref(), after: room.after };
        let following = self.chat.follow(identity.user_id, room_id, place).await?;
        let mut outgoing = self.outgoing.borrow_mut();
        match following {
            Following::Reset { epoch, head, reason } => {
                outgoing.unsubscribe(room_id);
                outgoing.answer(&ServerFrame::Reset {
                    room_id,
                    epoch,
                    head,
                    reason: reason.into(),
                });
            }
            Following::From { lease, epoch, head, cursor } => {
                let subscribed =
                    ServerFrame::Subscribed { id: id.clone(), room_id, epoch: epoch.clone(), head };
                outgoing.answer(&subscribed);
                let viewer = Viewer { user_id: identity.user_id, chat: Arc::clone(&self.chat) };
                outgoing.subscribe(lease, &epoch, cursor, viewer);
            }
        }
        Ok(())
    }

    fn unsubscribe(&self, id: FrameId, rooms: &[RoomId]) {
        let mut outgoing = self.outgoing.borrow_mut();
        for room_id in rooms {
            outgoing.unsubscribe(*room_id);
        }
        outgoing.answer(&ServerFrame::Ok { id });
    }

    async fn typing(&mut self, room_id: RoomId, identity: Identity) {
        if !self.typing.may_tell(room_id, Instant::now()) {
            return;
        }
        let follows = self.outgoing.borrow_mut().subscriptions().follows_as_member(room_id);
        if follows {
            self.chat.hub.typing(identity.user_id, room_id);
        } else if let Err(error) = self.chat.typing(identity.user_id, room_id).await {
            self.answer(&ServerFrame::error(None, Some(room_id), &error));
        }
    }

    /// Queues the message, in the order of the frames, and answers when it is committed.
    async fn send(&self, id: FrameId, post: Post) {
        let room_id = post.room_id;
        let queued = self.queue(post).await;
        let (outgoing, uncommitted) = (Rc::clone(&self.outgoing), Arc::clone(&self.uncommitted));
        let answering = match queued {
            Ok(answer) => answer,
            Err(error) => {
                self.answer(&ServerFrame::error(Some(id), Some(room_id), &error));
                return;
            }
        };
        // Never closed, so this only waits.
        let permit = uncommitted.acquire_owned().await;
        actix_web::rt::spawn(async move {
            let _permit = permit;
            let frame = match answering.await {
                Ok(posted) => ServerFrame::Ack {
                    id,
                    room_id,
                    seq: posted.message.seq,
                    message_id: posted.message.id,
                    created_at: posted.message.created_at,
                    duplicate: posted.duplicate,
                },
                Err(error) => ServerFrame::error(Some(id), Some(room_id), &error),
            };
            outgoing.borrow_mut().answer(&frame);
        });
    }

    async fn queue(
        &self,
        post: Post,
    ) -> Result<impl Future<Output = Result<crate::store::ledger::Posted>> + use<>> {
        post.client_id.validate()?;
        post.body.validate()?;
        self.chat.admit_message(post.author_id).await?;
        self.chat.post(post)
    }

    fn answer(&self, frame: &ServerFrame) {
        self.outgoing.borrow_mut().answer(frame);
    }
}
