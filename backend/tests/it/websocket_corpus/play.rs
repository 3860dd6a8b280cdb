//! Plays a case on a connection of its own, and says what was otherwise.

use std::time::Duration;

use serde_json::{Value, json};

use super::case::{Answer, Case, End, Stage, Step};
use crate::support::{
    Person, Wire,
    wire::{HANDSHAKE, Heard, frame},
};

pub const PATIENCE: Duration = Duration::from_secs(20);

const UPGRADED: u16 = 101;
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;

pub async fn play(case: &Case, person: &Person) -> Result<(), String> {
    let played = tokio::time::timeout(PATIENCE, play_all(case, person)).await;
    played.unwrap_or_else(|_| Err("nothing happens".to_owned()))
}

async fn play_all(case: &Case, person: &Person) -> Result<(), String> {
    let mut wire = Wire::connect(person.client.address).await;
    if case.begins != Stage::Connected {
        let handshake = format!("{HANDSHAKE}Host: {}\r\n\r\n", person.client.address);
        wire.write(handshake.as_bytes()).await;
        expect_status(&mut wire, UPGRADED).await?;
    }
    if case.begins == Stage::Welcomed {
        say_hello(&mut wire, person).await?;
    }

    take_steps(case, &mut wire).await;

    if let Some(status) = case.status {
        expect_status(&mut wire, status).await?;
    }
    if case.status.is_some_and(|status| status != UPGRADED) {
        return Ok(());
    }
    for answer in &case.hears {
        let heard = wire.hear().await.ok_or("it ended instead of an answer")?;
        expect_answer(answer, &heard)?;
    }
    match case.end {
        End::Stays => {
            if case.begins != Stage::Welcomed {
                say_hello(&mut wire, person).await?;
            }
            expect_to_stay(&mut wire).await
        }
        End::Closes(code) => expect_close(&mut wire, code).await,
        End::Ends => expect_end(&mut wire).await,
    }
}

async fn take_steps(case: &Case, wire: &mut Wire) {
    for step in &case.steps {
        match step {
            Step::Write(bytes) => wire.write(bytes).await,
            Step::WriteSlowly(bytes) => {
                for byte in bytes {
                    wire.write(&[*byte]).await;
                    // The others' turn, the server's among them.
                    tokio::task::yield_now().await;
                }
            }
            Step::Finish => wire.end().await,
            Step::Reset => wire.reset(),
        }
    }
}

async fn say_hello(wire: &mut Wire, person: &Person) -> Result<(), String> {
    let hello = json!({ "type": "hello", "token": person.token() }).to_string();
    wire.write(&frame(TEXT, hello.as_bytes())).await;
    let welcome = wire.hear().await.ok_or("hello was not answered")?;
    expect_answer(&Answer::Json(json!({ "type": "welcome" })), &welcome)
}

async fn expect_status(wire: &mut Wire, status: u16) -> Result<(), String> {
    let head = wire.head().await;
    let found = head.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
    if found == Some(status) { Ok(()) } else { Err(format!("expected {status}, got {head:?}")) }
}

fn expect_answer(expected: &Answer, heard: &Heard) -> Result<(), String> {
    let is_it = match expected {
        Answer::Frame(frame) => frame == heard,
        Answer::Json(fields) => {
            let json: Value = serde_json::from_slice(&heard.payload).unwrap_or_default();
            let fields = fields.as_object().expect("fields");
            heard.first == TEXT && fields.iter().all(|(name, value)| json[name] == *value)
        }
    };
    if is_it { Ok(()) } else { Err(format!("expected {expected:?}, got {}", shown(heard))) }
}

/// It answers as ever, and closes when it is asked to.
async fn expect_to_stay(wire: &mut Wire) -> Result<(), String> {
    wire.write(&frame(TEXT, br#"{"type":"ping","n":4711}"#)).await;
    let pong = wire.hear().await.ok_or("it did not stay")?;
    expect_answer(&Answer::Json(json!({ "type": "pong", "n": 4711 })), &pong)?;
    wire.write(&frame(CLOSE, &1000_u16.to_be_bytes())).await;
    expect_close(wire, 1000).await
}

async fn expect_close(wire: &mut Wire, code: u16) -> Result<(), String> {
    let close = wire.hear().await.ok_or("it ended without a close frame")?;
    let (found, reason) = close.payload.split_at_checked(2).unwrap_or_default();
    let is_it = close.first == CLOSE && found == code.to_be_bytes();
    if !is_it || std::str::from_utf8(reason).is_err() {
        return Err(format!("expected to be closed with {code}, got {}", shown(&close)));
    }
    // As a client does; the server would wait for it a while.
    wire.end().await;
    match wire.hear().await {
        None => Ok(()),
        Some(more) => Err(format!("after the close frame came {}", shown(&more))),
    }
}

/// All that may still come is a farewell.
async fn expect_end(wire: &mut Wire) -> Result<(), String> {
    while let Some(heard) = wire.hear().await {
        if heard.first != CLOSE {
            return Err(format!("expected the end, got {}", shown(&heard)));
        }
    }
    Ok(())
}

fn shown(heard: &Heard) -> String {
    let payload = match heard.first {
        CLOSE => {
            let (code, reason) = heard.payload.split_at_checked(2).unwrap_or_default();
            format!(
                "close {} {}",
                code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)),
                String::from_utf8_lossy(reason)
            )
        }
        _ => String::from_utf8_lossy(&heard.payload[..heard.payload.len().min(200)]).into_owned(),
    };
    format!("{:#x} {payload}", heard.first)
}
