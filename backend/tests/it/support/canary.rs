//! Nothing that is somebody's alone may reach the log: each secret, message and mail address that
//! a test sends or gets is looked for in all that the servers log, in every test.

use std::{
    collections::HashSet,
    io::Write,
    sync::{LazyLock, Mutex, Once},
};

use devschat::telemetry;
use serde_json::Value;

/// Fields whose texts must not be logged.
const PRIVATE: [&str; 13] = [
    "access_token",
    "body",
    "code",
    "current_password",
    "email",
    "invitation",
    "new_password",
    "password",
    "recovery_codes",
    "refresh_token",
    "secret",
    "token",
    "uri",
];
/// Shorter texts stand in a log by chance.
const SHORTEST: usize = 12;
/// Of the log so far, for what is found out to be private only afterwards.
const KEPT: usize = 1 << 20;

#[derive(Default)]
struct Watch {
    log: String,
    private: HashSet<String>,
}

static WATCH: LazyLock<Mutex<Watch>> = LazyLock::new(Mutex::default);

/// Begins to look at what this process logs.
pub fn watch() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let format = Some(devschat::config::LogFormat::Json);
        telemetry::start_log("info,devschat=trace", format, || Listener).expect("a log");
    });
}

/// What a request or an answer holds is somebody's alone.
pub fn forbid(content: &Value) {
    let mut private = Vec::new();
    collect(content, false, &mut private);
    let mut watch = WATCH.lock().unwrap();
    for text in private {
        stop_if(leaks(&watch.log, [&text]));
        watch.private.insert(text);
    }
}

/// Fails the test when a log holds something private.
pub fn check(log: &str) {
    stop_if(leaks(log, &WATCH.lock().unwrap().private));
}

fn collect(content: &Value, is_private: bool, into: &mut Vec<String>) {
    match content {
        Value::String(text) if is_private && text.len() >= SHORTEST => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, is_private, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            collect(value, is_private || PRIVATE.contains(&name.as_str()), into);
        }),
        _ => {}
    }
}

fn leaks<'a>(log: &str, private: impl IntoIterator<Item = &'a String>) -> Option<String> {
    // Without SMTP, and on one's own machine only, a mail goes to the log.
    let lines = log.lines().filter(|line| !line.contains("no SMTP is set"));
    let lines: Vec<&str> = lines.collect();
    private.into_iter().find_map(|text| {
        let line = lines.iter().find(|line| line.contains(text.as_str()))?;
        Some(format!("{text:?} stands in the log: {line}"))
    })
}

/// A panic on a server's own thread would go unnoticed.
fn stop_if(leak: Option<String>) {
    if let Some(leak) = leak {
        eprintln!("{leak}");
        std::process::abort();
    }
}

struct Listener;

impl Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        let mut watch = WATCH.lock().unwrap();
        stop_if(leaks(&line, &watch.private));
        if watch.log.len() > KEPT {
            watch.log.clear();
        }
        watch.log.push_str(&line);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_private_is_found_wherever_it_stands() {
    let reply = serde_json::json!({
        "user": { "username": "somebody-well-known", "email": "ada@example.org" },
        "recovery_codes": ["abcd-efgh-ijkl"],
        "body": "short",
    });
    let mut private = Vec::new();
    collect(&reply, false, &mut private);
    private.sort();

    assert_eq!(private, ["abcd-efgh-ijkl", "ada@example.org"]);
    assert!(leaks("a\nb ada@example.org c", &private).is_some());
    assert_eq!(leaks("somebody-well-known", &private), None);
}
