//! Did somebody want what is in the log?

use super::{evidence::Evidence, findings::Findings};

const ASKED: &str = "events_were_asked_for";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    for (room_id, seq) in &evidence.bounds.unasked {
        findings.note(ASKED, || {
            let event = evidence.log.event(*room_id, *seq);
            format!("no operation can have made {event:?}")
        });
    }
}
