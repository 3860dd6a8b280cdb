//! Text that is UTF-8 but perhaps no frame of the protocol: an error, and the socket stays.

use serde_json::json;

use super::case::{Case, upgraded, welcomed};

/// One more in a row than somebody who merely errs says.
const TOO_MANY_MALFORMED: usize = 21;

pub fn cases() -> Vec<Case> {
    let deep = |open: &str| open.repeat(60_000 / open.len());
    let malformed = [
        ("an empty text", String::new()),
        ("blanks", " \t\r\n ".into()),
        ("a NUL", "\0".into()),
        ("null", "null".into()),
        ("a number", "1".into()),
        ("a string", r#""ping""#.into()),
        ("an array", r#"["ping",1]"#.into()),
        ("an empty object", "{}".into()),
        ("half an object", r#"{"type":"ping""#.into()),
        ("two objects", r#"{"type":"ping"}{"type":"ping"}"#.into()),
        ("a byte order mark", "\u{feff}{\"type\":\"ping\"}".into()),
        ("single quotes", "{'type':'ping'}".into()),
        ("a comment", r#"{"type":"ping"/* no */}"#.into()),
        ("a comma too many", r#"{"type":"ping",}"#.into()),
        ("an unknown type", r#"{"type":"sudo"}"#.into()),
        ("a type that is a number", r#"{"type":7}"#.into()),
        ("a type that is an object", r#"{"type":{"type":"ping"}}"#.into()),
        ("a type in capitals", r#"{"type":"PING"}"#.into()),
        ("the server's own frame", r#"{"type":"pong","n":1,"heads":{}}"#.into()),
        ("an unknown field", r#"{"type":"ping","n":1,"x":1}"#.into()),
        ("a type twice", r#"{"type":"ping","type":"ping"}"#.into()),
        ("a field twice", r#"{"type":"ping","n":1,"n":2}"#.into()),
        ("a lone high surrogate", r#"{"type":"auth","id":"\ud83d","token":"x"}"#.into()),
        ("a lone low surrogate", r#"{"type":"auth","id":"\ude00","token":"x"}"#.into()),
        (
            "surrogates in the wrong order",
            r#"{"type":"auth","id":"\ude00\ud83d","token":"x"}"#.into(),
        ),
        (
            "a control character in a string",
            "{\"type\":\"auth\",\"id\":\"\u{1}\",\"token\":\"x\"}".into(),
        ),
        ("an unknown escape", r#"{"type":"auth","id":"\x41","token":"x"}"#.into()),
        ("a negative number", r#"{"type":"ping","n":-1}"#.into()),
        ("a fraction", r#"{"type":"ping","n":1.5}"#.into()),
        ("a number over 64 bits", r#"{"type":"ping","n":18446744073709551616}"#.into()),
        ("a number over any float", r#"{"type":"ping","n":1e999}"#.into()),
        ("a number of many digits", format!(r#"{{"type":"ping","n":{}}}"#, "9".repeat(60_000))),
        ("a number that is none", r#"{"type":"ping","n":NaN}"#.into()),
        ("arrays without end", deep("[")),
        ("objects without end", deep(r#"{"a":"#)),
        ("arrays without end in a field", format!(r#"{{"type":"ping","n":{}"#, deep("["))),
        (
            "closed arrays, deep in a field",
            format!(r#"{{"type":"ping","n":{}{}}}"#, "[".repeat(30_000), "]".repeat(30_000)),
        ),
        ("an id that is an object", r#"{"type":"auth","id":{},"token":"x"}"#.into()),
        (
            "an id over its 64 bytes",
            format!(r#"{{"type":"auth","id":"{}","token":"x"}}"#, "i".repeat(65)),
        ),
        ("a room that is no UUID", r#"{"type":"typing","room_id":"../../etc/passwd"}"#.into()),
        (
            "a hundred thousand fields",
            format!(
                "{{{}}}",
                (0..6_000).map(|n| format!(r#""a{n}":1"#)).collect::<Vec<_>>().join(",")
            ),
        ),
    ];
    let mut cases = Vec::new();
    for (name, text) in malformed {
        cases.push(
            welcomed(name).text(&text).hears(json!({ "type": "error", "code": "invalid" })).stays(),
        );
        cases.push(upgraded(name).text(&text).closes(if text.len() > 4_096 { 1009 } else { 4000 }));
    }
    for (name, text, n) in [
        ("blanks around an object", " \r\n\t{ \"type\" : \"ping\" , \"n\" : 7 } \n", 7),
        ("a type that comes last", r#"{"n":7,"type":"ping"}"#, 7),
        ("a name in escapes", r#"{"\u0074ype":"\u0070ing","n":7}"#, 7),
        ("no number where one has a default", r#"{"type":"ping"}"#, 0),
        ("the largest number", r#"{"type":"ping","n":18446744073709551615}"#, u64::MAX),
    ] {
        cases.push(welcomed(name).text(text).hears(json!({ "type": "pong", "n": n })).stays());
    }
    let mut stubborn = welcomed("malformed frames, one after another");
    for n in 1..=TOO_MANY_MALFORMED {
        stubborn = stubborn.text("{");
        if n < TOO_MANY_MALFORMED {
            stubborn = stubborn.hears(json!({ "type": "error", "code": "invalid" }));
        }
    }
    cases.push(stubborn.closes(4000));
    cases
}
