//! What the instances' logs tell at the end of a run.

use std::path::Path;

use serde::Serialize;

#[derive(Debug, Default, Serialize)]
pub struct LogLines {
    pub warnings: u64,
    pub errors: u64,
    /// Nothing a fault does may make the server panic.
    pub panics: u64,
}

/// Counts the lines of all instances' logs in a folder.
pub fn count(folder: &Path) -> LogLines {
    let mut lines = LogLines::default();
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_instance = |name: &str| name.starts_with("instance-");
    for file in files.filter(|file| file.file_name().to_str().is_some_and(is_instance)) {
        let text = std::fs::read(file.path()).unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines() {
            lines.warnings += u64::from(line.contains(r#""level":"WARN""#));
            lines.errors += u64::from(line.contains(r#""level":"ERROR""#));
            lines.panics += u64::from(line.contains("panicked at"));
        }
    }
    lines
}
