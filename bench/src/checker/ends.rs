//! Is it one history from beginning to end, and does everybody have all of it?

use std::collections::{HashMap, HashSet};

use super::{evidence::Evidence, findings::Findings};
use crate::history::What;

const EPOCH: &str = "one_epoch";
const CURSORS: &str = "cursors_at_heads";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let expected = evidence.log.snapshot.epoch.as_str();
    for (line, what) in evidence.story.lines() {
        let told = match what {
            What::Connected { epoch, .. }
            | What::Subscribed { epoch, .. }
            | What::Reset { epoch, .. }
            | What::Page { epoch, .. }
            | What::Cursor { epoch, .. }
            | What::Ack { epoch: Some(epoch), .. } => epoch,
            _ => continue,
        };
        findings.expect(EPOCH, told == expected, || {
            format!("line {line} tells the epoch {told}, the database's is {expected}")
        });
    }
    cursors(evidence, findings);
}

fn cursors(evidence: &Evidence<'_>, findings: &mut Findings) {
    let (story, log) = (&evidence.story, &evidence.log);
    let members: HashSet<_> =
        log.snapshot.members.iter().map(|row| (row.user_id, row.room_id)).collect();
    let mut followed = HashMap::new();
    for (_, what) in story.lines() {
        if let What::Cursor { client, room_id, seq, .. } = what {
            followed.insert((*client, *room_id), *seq);
            let head = log.head(*room_id);
            findings.expect(CURSORS, *seq == head, || {
                format!("client {client} stands at {seq} of {room_id}, whose head is {head}")
            });
            let is_member = members.contains(&(story.user(*client), *room_id));
            findings.expect(CURSORS, is_member, || {
                format!("client {client} follows {room_id} and is no member")
            });
        }
    }
    for (client, user_id) in &story.users {
        let rooms = log.heads.keys().filter(|room_id| members.contains(&(*user_id, **room_id)));
        for room_id in rooms {
            findings.expect(CURSORS, followed.contains_key(&(*client, *room_id)), || {
                format!("client {client} is a member of {room_id} and doesn't follow it")
            });
        }
    }
}
