//! Do pages show all messages between their bounds, in order?
//!
//! A page may show messages newer than its `as_of_seq`, which is read before the rows; up to
//! there it must be complete. What a page without messages left out can't be told: the place
//! it was asked for isn't in the history.

use super::{evidence::Evidence, findings::Findings};
use crate::{
    history::{SeenMessage, Seq, What},
    snapshot::MessageRow,
};

const ORDER: &str = "page_in_order";
const COMPLETE: &str = "page_is_complete";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    for (line, what) in evidence.story.lines() {
        let What::Page { room_id, as_of_seq, messages, has_more_before, has_more_after, .. } = what
        else {
            continue;
        };
        let is_ascending = messages.is_sorted_by(|one, next| one.seq < next.seq);
        findings.expect(ORDER, is_ascending, || {
            let seqs: Vec<_> = messages.iter().map(|message| message.seq).collect();
            format!("line {line}: {seqs:?} of {room_id}")
        });
        let rows = evidence.log.messages_of.get(room_id).map_or(&[][..], Vec::as_slice);
        let fault = missing(rows, messages, *as_of_seq, (*has_more_before, *has_more_after));
        if let Some(fault) = fault {
            findings.note(COMPLETE, || {
                format!("line {line}, a page of {room_id} as of {as_of_seq}: {fault}")
            });
        }
    }
}

fn missing(
    rows: &[&MessageRow],
    shown: &[SeenMessage],
    as_of: Seq,
    has_more: (bool, bool),
) -> Option<String> {
    let (has_more_before, has_more_after) = has_more;
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        let is_empty = rows.first().is_none_or(|row| row.seq > as_of);
        let claims_so = !has_more_before && !has_more_after;
        return (claims_so && !is_empty).then(|| "it says there is nothing".to_owned());
    };
    if has_more_before && rows.first().is_none_or(|row| row.seq >= first.seq) {
        return Some(format!("there is nothing before {}", first.seq));
    }
    if has_more_after && rows.last().is_none_or(|row| row.seq <= last.seq) {
        return Some(format!("there is nothing after {}", last.seq));
    }
    let from = if has_more_before { first.seq } else { 0 };
    let to = if has_more_after { last.seq } else { last.seq.max(as_of) };
    let between = rows[rows.partition_point(|row| row.seq < from)..].iter();
    let mut shown = shown.iter().map(|message| message.seq).peekable();
    for row in between.take_while(|row| row.seq <= to) {
        while shown.next_if(|seq| *seq < row.seq).is_some() {}
        if shown.next_if_eq(&row.seq).is_none() {
            return Some(format!("the message at {} is missing", row.seq));
        }
    }
    None
}
