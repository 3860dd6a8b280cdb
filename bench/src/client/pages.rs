//! Reading a page of messages; what was read goes into the history.

use reqwest::Method;
use serde::Deserialize;
use uuid::Uuid;

use super::{frames::Message, me::Me, rest::Reply};
use crate::history::{SeenMessage, Seq, What};

pub struct Page {
    pub epoch: String,
    pub as_of_seq: Seq,
    pub last_seq: Option<Seq>,
    pub has_more_after: bool,
}

/// Why there is no page.
pub enum NoPage {
    /// One may not read the room.
    Denied,
    /// It may be tried again.
    NotNow,
}

/// Reads one page at a door; `query` is what stands after the question mark.
pub async fn read(me: &Me, door: usize, room_id: Uuid, query: &str) -> Result<Page, NoPage> {
    #[derive(Deserialize)]
    struct Read {
        epoch: String,
        as_of_seq: Seq,
        messages: Vec<Message>,
        has_more_before: bool,
        has_more_after: bool,
    }
    let path = format!("/api/v1/rooms/{room_id}/messages?{query}");
    let text = match me.call(door, Method::GET, &path, None).await {
        Reply::Done { text, .. } => text,
        Reply::Refused { status: 403 | 404, code } => {
            me.witness.tally.denials.add(1);
            me.witness.record(What::Denied { client: me.client, room_id, code });
            return Err(NoPage::Denied);
        }
        Reply::Refused { .. } | Reply::Later(_) | Reply::Unknown(_) => return Err(NoPage::NotNow),
    };
    let Ok(page) = serde_json::from_str::<Read>(&text) else {
        let anomalies = &me.witness.tally.anomalies;
        anomalies.note(&anomalies.wrong_answers, format!("{path} answered no page"));
        return Err(NoPage::NotNow);
    };
    me.witness.tally.pages_read.add(1);
    let messages: Vec<SeenMessage> = page.messages.iter().map(Message::seen).collect();
    let last_seq = messages.last().map(|message| message.seq);
    let Read { epoch, as_of_seq, has_more_before, has_more_after, .. } = page;
    me.witness.record(What::Page {
        client: me.client,
        room_id,
        epoch: epoch.clone(),
        as_of_seq,
        messages,
        has_more_before,
        has_more_after,
    });
    Ok(Page { epoch, as_of_seq, last_seq, has_more_after })
}
