//! All sockets are lost, messages are sent meanwhile, and everybody comes back at once.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use uuid::Uuid;

use super::{
    counts::{Place, Verdict},
    dialect::{self, Heard},
    link::Link,
    people,
    report::Figures,
    scenario::Server,
    subject::Subject,
};

/// Handshakes at once.
const AT_ONCE: usize = 256;

/// How long one socket may take to hear what it missed.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(
    (rooms, sockets, missed): (usize, usize, u64),
    server: Server,
    programs: &Path,
) -> anyhow::Result<Figures> {
    let subject = Subject::start(server, programs).await?;
    let address = subject.addresses[0];
    let people = &people::gather(address, rooms).await?;
    let token = |index: usize| people.tokens[index % people.tokens.len()].as_str();
    let room = |index: usize| people.rooms[index % rooms];

    let joining = stream::iter(0..sockets).map(|index| async move {
        let mut link = Link::hello(address, index, token(index)).await?;
        let head = link.subscribe(room(index), None).await?;
        anyhow::Ok((index, head, link))
    });
    let joined: Vec<_> = joining.buffer_unordered(AT_ONCE).try_collect().await?;
    let places: Vec<(usize, u64)> = joined.iter().map(|(index, head, _)| (*index, *head)).collect();
    drop(joined);
    let mut sender = Link::hello(address, 0, token(0)).await?;
    for room_id in &people.rooms {
        for id in 0..missed {
            let send = dialect::send(id, *room_id, Uuid::now_v7(), Duration::ZERO);
            sender.say(&send).await?;
            sender.expect(|heard| matches!(heard, Heard::Ack(_)).then_some(())).await?;
        }
    }

    let started = Instant::now();
    let returning = stream::iter(places).map(|(index, head)| async move {
        let mut link = Link::hello(address, index, token(index)).await?;
        link.subscribe(room(index), Some(head)).await?;
        let mut place = Place::after(head);
        let (mut doubled, mut reordered) = (0_u64, 0_u64);
        let listening = link.expect(|heard| {
            if let Heard::Events(from, to) = heard {
                for seq in *from..=*to {
                    match place.hear(seq) {
                        Verdict::New => {}
                        Verdict::Doubled => doubled += 1,
                        Verdict::Reordered => reordered += 1,
                    }
                }
            }
            (place.missing(head + missed) == 0).then_some(())
        });
        // Who is not told all by then has lost it.
        let _ = tokio::time::timeout(PATIENCE, listening).await;
        anyhow::Ok((link, [place.missing(head + missed), doubled, reordered]))
    });
    let returned: Vec<_> = returning.buffer_unordered(AT_ONCE).try_collect().await?;
    let elapsed = started.elapsed().as_secs_f64();
    let total = |which: usize| returned.iter().map(|(_, counts)| counts[which]).sum::<u64>();
    Ok(Figures {
        connects_per_s: Some(returned.len() as f64 / elapsed),
        seconds_until_all_live: Some(elapsed),
        lost: Some(total(0) as i64),
        doubled: Some(total(1)),
        reordered: Some(total(2)),
        peak_rss_kib: Some(subject.memory_kib("VmHWM")),
        ..Figures::default()
    })
}
