//! The relay's contract, kept by every kind of relay.

use std::{sync::Arc, time::Duration};

use devschat::{
    domain::id::{RoomId, Seq, UserId},
    relay::{Delivery, InstanceId, News, Relay, local::LocalRelay, redis::RedisRelay},
};
use futures_util::{StreamExt as _, stream::BoxStream};
use uuid::Uuid;

use crate::support::redis_url;

const PATIENCE: Duration = Duration::from_secs(10);
const ONE_TRY: Duration = Duration::from_millis(100);

/// The relays that run here.
fn relays() -> Vec<Arc<dyn Relay>> {
    let mut relays: Vec<Arc<dyn Relay>> = vec![Arc::new(LocalRelay::new())];
    if let Some(url) = redis_url() {
        relays.push(Arc::new(RedisRelay::start(&url, &fresh_prefix()).expect("a relay")));
    }
    relays
}

fn fresh_prefix() -> String {
    format!("t{}", Uuid::new_v4().simple())
}

fn instance() -> InstanceId {
    InstanceId(Uuid::now_v7())
}

fn moved(room: RoomId, seq: Seq) -> News {
    News::Moved { room_id: room, seq }
}

async fn connected(relay: &Arc<dyn Relay>) {
    let connecting = async {
        while !relay.is_connected() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, connecting).await.expect("the relay connects");
}

/// The next news, whatever is said about lagging in between.
async fn next(deliveries: &mut BoxStream<'static, Delivery>) -> News {
    let waiting = async {
        loop {
            match deliveries.next().await.expect("a relay is endless") {
                Delivery::News(news) => return news,
                Delivery::Lagged => {}
            }
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("news arrive")
}

#[tokio::test]
async fn news_reach_every_other_instance() {
    for relay in relays() {
        connected(&relay).await;
        let (from, room) = (instance(), RoomId(Uuid::now_v7()));
        let mut one = relay.subscribe(instance());
        let mut other = relay.subscribe(instance());

        relay.publish(from, moved(room, 1));
        relay.publish(from, moved(room, 2));

        for deliveries in [&mut one, &mut other] {
            assert_eq!(next(deliveries).await, moved(room, 1));
            assert_eq!(next(deliveries).await, moved(room, 2));
        }
    }
}

#[tokio::test]
async fn what_is_told_in_passing_reaches_every_other_instance() {
    for relay in relays() {
        let from = instance();
        let (user_id, room_id) = (UserId(Uuid::now_v7()), RoomId(Uuid::now_v7()));
        let mut other = relay.subscribe(instance());
        let news = [
            News::Typing { user_id, room_id },
            News::Present { instance: from, users: vec![user_id] },
        ];

        for news in news {
            // It may be lost while the relay is still connecting.
            let heard = async {
                loop {
                    relay.publish(from, news.clone());
                    let hearing = tokio::time::timeout(ONE_TRY, next(&mut other)).await;
                    if hearing.is_ok_and(|heard| heard == news) {
                        return;
                    }
                }
            };
            tokio::time::timeout(PATIENCE, heard).await.expect("it is heard");
        }
    }
}

#[tokio::test]
async fn who_is_connected_to_an_instance_is_known_to_one_that_comes_later() {
    let Some(url) = redis_url() else { return };
    let prefix = fresh_prefix();
    let relay: Arc<dyn Relay> = Arc::new(RedisRelay::start(&url, &prefix).expect("a relay"));
    connected(&relay).await;
    let from = instance();
    let news = News::Present { instance: from, users: vec![UserId(Uuid::now_v7())] };
    let mut witness = relay.subscribe(instance());
    relay.publish(from, news.clone());
    relay.publish(from, moved(RoomId(Uuid::now_v7()), 1));
    next(&mut witness).await;

    let later: Arc<dyn Relay> = Arc::new(RedisRelay::start(&url, &prefix).expect("a relay"));
    let mut deliveries = later.subscribe(instance());

    assert_eq!(next(&mut deliveries).await, news);
}

#[tokio::test]
async fn an_instance_never_gets_its_own_news() {
    for relay in relays() {
        connected(&relay).await;
        let (me, other, room) = (instance(), instance(), RoomId(Uuid::now_v7()));
        let mut deliveries = relay.subscribe(me);

        relay.publish(me, moved(room, 1));
        relay.publish(other, moved(room, 2));

        assert_eq!(next(&mut deliveries).await, moved(room, 2));
    }
}

#[tokio::test]
async fn a_subscriber_that_falls_behind_is_told() {
    for relay in relays() {
        connected(&relay).await;
        let room = RoomId(Uuid::now_v7());
        let mut behind = relay.subscribe(instance());
        let mut witness = relay.subscribe(instance());
        let from = instance();
        // More than any queue holds, but no faster than the relay can carry.
        for last in (999..20_000).step_by(1_000) {
            for seq in last - 999..=last {
                relay.publish(from, moved(room, seq));
            }
            while next(&mut witness).await != moved(room, last) {}
        }

        let told = async { while behind.next().await != Some(Delivery::Lagged) {} };
        tokio::time::timeout(PATIENCE, told).await.expect("lagging is told");
    }
}

#[tokio::test]
async fn redis_may_be_flushed_and_news_flow_on() {
    let Some(url) = redis_url() else { return };
    let prefix = fresh_prefix();
    let relay: Arc<dyn Relay> = Arc::new(RedisRelay::start(&url, &prefix).expect("a relay"));
    connected(&relay).await;
    let (from, room) = (instance(), RoomId(Uuid::now_v7()));
    let mut deliveries = relay.subscribe(instance());
    relay.publish(from, moved(room, 1));
    assert_eq!(next(&mut deliveries).await, moved(room, 1));

    // What a flush does to this test's streams alone.
    let client = deadpool_redis::redis::Client::open(url).expect("a client");
    let mut connection = client.get_multiplexed_async_connection().await.expect("Redis answers");
    for stream in 0..8 {
        deadpool_redis::redis::cmd("DEL")
            .arg(format!("{prefix}:relay:{stream}"))
            .query_async::<()>(&mut connection)
            .await
            .expect("the stream is gone");
        // A stream that begins again far below the ids that were read.
        deadpool_redis::redis::cmd("XADD")
            .arg(format!("{prefix}:relay:{stream}"))
            .arg("1-1")
            .arg("x")
            .arg("y")
            .query_async::<()>(&mut connection)
            .await
            .expect("the stream begins again");
    }
    let told = async { while deliveries.next().await != Some(Delivery::Lagged) {} };
    tokio::time::timeout(PATIENCE, told).await.expect("the restart is noticed");

    relay.publish(from, moved(room, 2));
    assert_eq!(next(&mut deliveries).await, moved(room, 2));
}
