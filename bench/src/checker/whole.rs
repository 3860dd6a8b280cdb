//! Is the history one that can be judged, and did its run come to an end?

use super::{evidence::Evidence, findings::Findings};
use crate::history::What;

const WHOLE: &str = "history_is_whole";
const CONVERGED: &str = "converged";

pub fn check(evidence: &Evidence<'_>, findings: &mut Findings) {
    let story = &evidence.story;
    let is_run = story.history.first().is_some_and(|first| matches!(first.what, What::Run { .. }));
    findings.expect(WHOLE, is_run, || "it doesn't begin with a run".to_owned());
    let has = |is_it: fn(&What) -> bool| story.lines().any(|(_, what)| is_it(what));
    let has_start = has(|what| matches!(what, What::Start));
    findings.expect(WHOLE, has_start, || "the run never starts".to_owned());
    findings.expect(WHOLE, has(|what| matches!(what, What::Quiet)), || {
        "operations never came to an end".to_owned()
    });
    for (line, op) in &story.strays {
        findings.note(WHOLE, || format!("line {line} tells of operation {op}, never invoked"));
    }
    for operation in &story.operations {
        let is_known = story.users.contains_key(&operation.client);
        findings.expect(WHOLE, is_known, || {
            format!("operation {} is of client {}, whoever that is", operation.id, operation.client)
        });
    }
    let after = story.lines().find_map(|(_, what)| match what {
        What::Converged { after_us } => Some(*after_us),
        _ => None,
    });
    findings.expect(WHOLE, after.is_some(), || "nobody looked whether it converged".to_owned());
    findings.expect(CONVERGED, after != Some(None), || {
        "not everybody reached the heads after the last fault".to_owned()
    });
}
