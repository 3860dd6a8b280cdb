//! Reads every room's messages once more, page by page, at each instance.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use uuid::Uuid;

use super::{database::Heads, town::Town};
use crate::client::{
    me::Me,
    pages::{self, NoPage},
};

const ROOMS_AT_ONCE: usize = 4;
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);

/// One member per room and instance reads all; returns the epochs that were told.
pub async fn everything(town: &Town, heads: &Heads) -> anyhow::Result<BTreeSet<String>> {
    let doors = town.residents.first().map_or(0, |resident| resident.me.doors.count());
    let readings = town.rooms.iter().flat_map(|room| (0..doors).map(move |door| (room.id, door)));
    let epochs: Vec<_> = stream::iter(readings)
        .map(|(room_id, door)| async move {
            let members = heads.members.iter().filter(|member| member.room_id == room_id);
            // Another member at each instance, where there are several.
            let member = members.clone().cycle().nth(door).context("a room without members")?;
            let is_it = |me: &&Arc<Me>| me.user_id == member.user_id;
            let mut people = town.residents.iter().map(|resident| &resident.me);
            let me = people.find(is_it).context("a member from elsewhere")?;
            room(me, room_id, door).await
        })
        .buffer_unordered(ROOMS_AT_ONCE)
        .try_collect()
        .await?;
    Ok(epochs.into_iter().flatten().collect())
}

async fn room(me: &Arc<Me>, room_id: Uuid, door: usize) -> anyhow::Result<BTreeSet<String>> {
    let mut epochs = BTreeSet::new();
    let (mut after, mut attempts) = (0, 0);
    loop {
        match pages::read(me, door, room_id, &format!("after={after}&limit=100")).await {
            Ok(page) => {
                epochs.insert(page.epoch);
                match page.last_seq {
                    Some(last) if page.has_more_after => after = last,
                    _ => return Ok(epochs),
                }
            }
            Err(NoPage::Denied) => bail!("client {} may not read {room_id}", me.client),
            Err(NoPage::NotNow) if attempts < ATTEMPTS => {
                attempts += 1;
                tokio::time::sleep(PAUSE).await;
            }
            Err(NoPage::NotNow) => bail!("{room_id} can't be read at door {door}"),
        }
    }
}
