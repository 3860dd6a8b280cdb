//! What a device does with each frame it hears.

use std::time::{Duration, Instant};

use uuid::Uuid;

use super::{
    cursor::Verdict,
    device::Device,
    frames::{self, Ack, Event, Events, Frame, Message, Refusal, Removed, Reset, Subscribed},
    knowledge::Known,
    operation::Standing,
    pages::{NoPage, Page},
    rooms::{Heard, Mark, State},
};
use crate::{
    history::What,
    tally::{Count, Tally},
};

/// A pause where the server names none.
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

impl Device {
    pub(super) fn hear(&mut self, text: &str) {
        match frames::parse(text) {
            Ok(Frame::Event(event)) => self.hear_event(event),
            Ok(Frame::Events(events)) => self.hear_events(events),
            Ok(Frame::Ack(ack)) => self.hear_ack(ack),
            Ok(Frame::Error(refusal)) => self.hear_error(refusal),
            Ok(Frame::Subscribed(subscribed)) => self.hear_subscribed(subscribed),
            Ok(Frame::Reset(reset)) => self.hear_reset(reset),
            Ok(Frame::Removed(removed)) => self.hear_removed(removed),
            Ok(Frame::RoomAdded(room)) => self.hear_room_added(room.room_id),
            Ok(Frame::Bye(bye)) => {
                self.bye = Some(Duration::from_millis(bye.retry_after_ms).min(LONGEST_PAUSE));
            }
            Ok(Frame::Welcome(_) | Frame::Other) => {}
            Err(error) => {
                self.wrong(|it| &it.anomalies.wrong_answers, format!("unreadable frame: {error}"));
            }
        }
    }

    fn hear_events(&mut self, batch: Events) {
        let Events { room_id, from, to, events } = batch;
        let seqs = events.iter().map(|event| event.seq);
        if !seqs.eq(from..=to) || events.iter().any(|event| event.room_id != room_id) {
            let sentence = format!("a batch of {room_id} isn't {from} to {to}");
            self.wrong(|it| &it.anomalies.wrong_order, sentence);
        }
        events.into_iter().for_each(|event| self.hear_event(event));
    }

    fn hear_event(&mut self, event: Event) {
        let Event { room_id, seq, kind, actor_id, data } = event;
        if kind == "message_created"
            && let Some(message) = &data.message
        {
            let known = Known { message_id: message.id, author_id: message.author.id };
            self.me.knowledge.lock().learn(room_id, known);
        }
        self.me.witness.tally.events_heard.add(1);
        self.me.witness.record(What::Heard {
            client: self.me.client,
            connection: self.connection,
            room_id,
            seq,
            kind,
            actor_id,
            message: data.message.as_ref().map(Message::seen),
            user_id: data.user.map(|user| user.id),
        });
        let heard = self.me.rooms.lock().hear(room_id, seq);
        let count: fn(&Tally) -> &Count = match heard {
            Heard::Superseded | Heard::Subscribed(Verdict::Next) => return,
            Heard::Subscribed(Verdict::Ahead) => {
                self.follow(vec![room_id]);
                |it| &it.anomalies.gaps
            }
            Heard::Subscribed(Verdict::Known) => |it| &it.anomalies.duplicates,
            Heard::Subscribed(Verdict::Late) => |it| &it.anomalies.wrong_order,
            Heard::Unasked => |it| &it.anomalies.unasked,
        };
        self.wrong(count, format!("{heard:?}: event {seq} of {room_id}"));
    }

    fn hear_ack(&mut self, ack: Ack) {
        let Some(send) = self.outbox.take(ack.id) else {
            let sentence = format!("an ack for {}, which isn't under way", ack.id);
            return self.wrong(|it| &it.anomalies.wrong_answers, sentence);
        };
        send.operation.acked(Standing {
            epoch: Some(self.epoch.clone()),
            seq: Some(ack.seq),
            message_id: Some(ack.message_id),
            is_duplicate: Some(ack.duplicate),
        });
    }

    fn hear_error(&mut self, refusal: Refusal) {
        let Refusal { id, room_id, code, detail, retry_after_ms } = refusal;
        let pause = retry_after_ms.map_or(PAUSE, Duration::from_millis).min(LONGEST_PAUSE);
        if code == "internal" {
            self.me.witness.tally.internal_errors.add(1);
        }
        let place = id.zip(room_id);
        if let Some(place) = place
            && self.asked.remove(&place).is_some()
        {
            return self.not_subscribed(place.1, code, pause);
        }
        let known = match (id, code.as_str()) {
            (None, _) => false,
            (Some(id), "rate_limited" | "overloaded") => {
                self.outbox.postpone(id, Instant::now() + pause).is_some()
            }
            (Some(id), "unavailable" | "internal") => {
                let send = self.outbox.postpone(id, Instant::now() + pause);
                send.map(|send| send.operation.lost_sight()).is_some()
            }
            (Some(id), _) => {
                let send = self.outbox.take(id);
                send.map(|send| send.operation.refused(code.clone())).is_some()
            }
        };
        if !known {
            let sentence = format!("an error to nothing: {code}: {detail}");
            self.wrong(|it| &it.anomalies.wrong_answers, sentence);
        }
    }

    fn not_subscribed(&mut self, room_id: Uuid, code: String, pause: Duration) {
        if !matches!(code.as_str(), "forbidden" | "not_found") {
            return self.again.push((Instant::now() + pause, room_id));
        }
        let client = self.me.client;
        self.me.witness.tally.denials.add(1);
        self.me.witness.record(What::Denied { client, room_id, code });
        self.denied(room_id);
    }

    /// One may not read the room; unless one was let in after that was decided.
    fn denied(&mut self, room_id: Uuid) {
        let was_added = {
            let mut rooms = self.me.rooms.lock();
            rooms.ended(room_id, State::Away);
            std::mem::take(&mut rooms.room(room_id).was_added_meanwhile)
        };
        if was_added {
            self.follow(vec![room_id]);
        }
    }

    fn hear_subscribed(&mut self, subscribed: Subscribed) {
        let Subscribed { id, room_id, epoch, head } = subscribed;
        let Some(after) = self.asked.remove(&(id, room_id)) else {
            let sentence = format!("a subscription to {room_id} that wasn't asked for");
            return self.wrong(|it| &it.anomalies.wrong_answers, sentence);
        };
        self.me.rooms.lock().subscribed(room_id, &epoch, after.unwrap_or(head));
        let (client, connection) = (self.me.client, self.connection);
        let what = What::Subscribed { client, connection, room_id, epoch, head, after };
        self.me.witness.record(what);
    }

    fn hear_reset(&mut self, reset: Reset) {
        let Reset { room_id, epoch, head, reason } = reset;
        self.asked.retain(|(_, room), _| *room != room_id);
        self.me.witness.tally.resets.add(1);
        let (client, connection) = (self.me.client, self.connection);
        let what = What::Reset { client, connection, room_id, epoch, head, reason };
        self.me.witness.record(what);
        {
            let mut rooms = self.me.rooms.lock();
            rooms.ended(room_id, State::Loading);
            rooms.room(room_id).mark = None;
        }
        self.load(room_id);
    }

    fn hear_removed(&mut self, removed: Removed) {
        let Removed { room_id, seq, reason } = removed;
        self.me.witness.tally.removals.add(1);
        let (client, connection) = (self.me.client, self.connection);
        self.me.witness.record(What::Removed { client, connection, room_id, seq, reason });
        self.me.rooms.lock().ended(room_id, State::Away);
    }

    fn hear_room_added(&mut self, room_id: Uuid) {
        self.me.witness.tally.rooms_added.add(1);
        let state = {
            let mut rooms = self.me.rooms.lock();
            let room = rooms.room(room_id);
            room.was_added_meanwhile = room.state != State::Live;
            room.state
        };
        if matches!(state, State::Away | State::Lost) {
            self.follow(vec![room_id]);
        }
    }

    /// A page that was asked for is there, or isn't.
    pub(super) fn loaded(&mut self, room_id: Uuid, page: Result<Page, NoPage>) {
        if self.me.rooms.lock().standing(room_id).0 != State::Loading {
            return;
        }
        match page {
            Ok(page) => {
                let mark = Mark { epoch: page.epoch, seq: page.as_of_seq };
                self.me.rooms.lock().room(room_id).mark = Some(mark);
                self.follow(vec![room_id]);
            }
            Err(NoPage::Denied) => self.denied(room_id),
            Err(NoPage::NotNow) => self.again.push((Instant::now() + PAUSE, room_id)),
        }
    }

    fn wrong(&self, count: fn(&Tally) -> &Count, sentence: String) {
        let tally = &self.me.witness.tally;
        let (client, connection) = (self.me.client, self.connection);
        let sentence = format!("client {client}, connection {connection}: {sentence}");
        tally.anomalies.note(count(tally), sentence);
    }
}
