//! Does a fault to the cluster, and repairs it.
//!
//! Faults may overlap, but not on one process: who kills or stops one holds its lock until it
//! is whole again.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use futures_util::future::join_all;
use tokio::{task::JoinSet, time::Instant};

use super::{
    database::Database,
    membership,
    plan::{Fault, FaultKind},
    town::Town,
};
use crate::{
    client::{device::Command, me::Witness},
    cluster::{Cluster, Node, proxy::Proxy},
    history::What,
};

/// Rooms in which people are removed at once, and how many in each.
const ROOMS_AT_ONCE: usize = 8;
const REMOVED_PER_ROOM: usize = 2;
/// Of all clients, this share stops reading.
const ONE_IN: usize = 10;

pub struct Breaker {
    pub cluster: Arc<Cluster>,
    pub town: Arc<Town>,
    pub witness: Arc<Witness>,
    pub database: Arc<Database>,
    pub is_short: bool,
}

/// The three kinds of hop.
#[derive(Clone, Copy)]
enum Hop {
    Clients,
    Postgres,
    Redis,
}

impl Breaker {
    /// Does all faults of the plan; returns when the last one is repaired.
    pub async fn run(self: Arc<Self>, plan: &[Fault]) -> anyhow::Result<()> {
        let started = Instant::now();
        let mut faults = JoinSet::new();
        for fault in plan {
            tokio::time::sleep_until(started + fault.at).await;
            faults.spawn(Arc::clone(&self).run_one(fault.clone()));
        }
        while let Some(ended) = faults.join_next().await {
            ended??;
        }
        Ok(())
    }

    async fn run_one(self: Arc<Self>, fault: Fault) -> anyhow::Result<()> {
        let kind = fault.kind.name();
        let target = self.target(&fault);
        let at_s = self.witness.recorder.elapsed().as_secs_f64();
        println!("  {at_s:6.1} s  {kind} ({target})");
        let record =
            |is_over| What::Fault { kind: kind.to_owned(), target: target.clone(), is_over };
        self.witness.record(record(false));
        self.inflict(&fault).await.with_context(|| format!("{kind} ({target})"))?;
        self.witness.record(record(true));
        Ok(())
    }

    async fn inflict(&self, fault: &Fault) -> anyhow::Result<()> {
        let lasts = fault.lasts;
        match fault.kind {
            FaultKind::KillInstance => self.kill_instance(self.node(fault), lasts).await,
            FaultKind::RestartInstances => self.restart_instances(fault).await,
            FaultKind::StallInstance => {
                let instance = self.node(fault).instance.lock().await;
                instance.stop();
                tokio::time::sleep(lasts).await;
                instance.go_on();
                Ok(())
            }
            FaultKind::KillRedis | FaultKind::FlushRedis | FaultKind::StallRedis => {
                self.hurt_redis(fault.kind, lasts).await
            }
            FaultKind::TerminateBackends => self.database.terminate_backends().await.map(drop),
            FaultKind::CrashPostgres => {
                let postgres = self.cluster.postgres.as_ref().context("there is no PostgreSQL")?;
                postgres.lock().await.crash().await
            }
            FaultKind::ResetHop => {
                self.hops(self.hop(fault), fault).for_each(Proxy::reset);
                Ok(())
            }
            FaultKind::BlackHoleClients
            | FaultKind::BlackHolePostgres
            | FaultKind::BlackHoleRedis => {
                let hop = self.hop(fault);
                self.hops(hop, fault).for_each(Proxy::black_hole);
                tokio::time::sleep(lasts).await;
                self.hops(hop, fault).for_each(Proxy::restore);
                Ok(())
            }
            FaultKind::StopReading => self.stop_reading(fault).await,
            FaultKind::RemoveMembers => self.remove_members(fault).await,
        }
    }

    async fn kill_instance(&self, node: &Node, away: Duration) -> anyhow::Result<()> {
        let mut instance = node.instance.lock().await;
        ensure!(!instance.has_crashed(), "instance {} ended by itself", instance.index);
        instance.kill();
        tokio::time::sleep(away).await;
        instance.start().await?;
        node.from_clients.lead_to(instance.wait_until_ready().await?);
        Ok(())
    }

    async fn restart_instances(&self, fault: &Fault) -> anyhow::Result<()> {
        let nodes = self.cluster.nodes.iter().cycle().skip(fault.target);
        let number = if self.is_short { 1 } else { self.cluster.nodes.len() };
        for node in nodes.take(number) {
            let mut instance = node.instance.lock().await;
            ensure!(!instance.has_crashed(), "instance {} ended by itself", instance.index);
            let has_stopped = instance.terminate().await;
            ensure!(has_stopped, "instance {} does not end on SIGTERM", instance.index);
            instance.start().await?;
            node.from_clients.lead_to(instance.wait_until_ready().await?);
        }
        Ok(())
    }

    async fn hurt_redis(&self, how: FaultKind, lasts: Duration) -> anyhow::Result<()> {
        let redis = self.cluster.redis.as_ref().context("there is no Redis")?;
        let mut redis = redis.lock().await;
        match how {
            FaultKind::KillRedis => {
                redis.kill();
                tokio::time::sleep(lasts).await;
                redis.restart().await
            }
            FaultKind::StallRedis => {
                redis.stop();
                tokio::time::sleep(lasts).await;
                redis.go_on();
                Ok(())
            }
            _ => {
                ensure!(redis.flush().await, "Redis does not flush");
                Ok(())
            }
        }
    }

    async fn stop_reading(&self, fault: &Fault) -> anyhow::Result<()> {
        let residents = self.town.residents.iter().enumerate().skip(fault.target % ONE_IN);
        for (index, resident) in residents.step_by(ONE_IN) {
            // Who wants everything and takes nothing is the worst of readers.
            let from_the_beginning = index % 20 < ONE_IN;
            let stall = Command::Stall { pause: fault.lasts, from_the_beginning };
            // Somebody who is busy is passed over.
            let _ = resident.device.try_send(stall);
        }
        tokio::time::sleep(fault.lasts).await;
        Ok(())
    }

    async fn remove_members(&self, fault: &Fault) -> anyhow::Result<()> {
        let rooms = self.town.rooms.iter().cycle().skip(fault.target).take(ROOMS_AT_ONCE);
        let removals = rooms.flat_map(|room| {
            let owner = &self.town.residents[room.owner].me;
            let guests = room.guests.iter().take(REMOVED_PER_ROOM);
            let guests = guests.map(|guest| self.town.residents[*guest].me.user_id);
            guests.map(move |guest| {
                membership::remove_for_a_while(owner, room.id, guest, fault.lasts, fault.target)
            })
        });
        join_all(removals).await;
        Ok(())
    }

    fn node(&self, fault: &Fault) -> &Node {
        &self.cluster.nodes[fault.target % self.cluster.nodes.len()]
    }

    fn hop(&self, fault: &Fault) -> Hop {
        match fault.kind {
            FaultKind::BlackHolePostgres => Hop::Postgres,
            FaultKind::BlackHoleRedis => Hop::Redis,
            FaultKind::ResetHop if self.cluster.postgres.is_some() => {
                [Hop::Clients, Hop::Postgres, Hop::Redis][fault.target % 3]
            }
            _ => Hop::Clients,
        }
    }

    /// A hop of one instance, or of all: every third time.
    fn hops(&self, hop: Hop, fault: &Fault) -> impl Iterator<Item = &Proxy> {
        let number = if fault.target.is_multiple_of(3) { self.cluster.nodes.len() } else { 1 };
        let nodes = self.cluster.nodes.iter().cycle().skip(fault.target).take(number);
        nodes.filter_map(move |node| match hop {
            Hop::Clients => Some(&node.from_clients),
            Hop::Postgres => node.to_postgres.as_ref(),
            Hop::Redis => node.to_redis.as_ref(),
        })
    }

    /// Whom it concerns, for people.
    fn target(&self, fault: &Fault) -> String {
        let instance = fault.target % self.cluster.nodes.len();
        let hops = |hop| {
            let number = self.hops(self.hop(fault), fault).count();
            let of = if number > 1 { "all".to_owned() } else { format!("instance {instance}") };
            format!("{hop}, {of}")
        };
        match fault.kind {
            FaultKind::KillInstance | FaultKind::StallInstance => format!("instance {instance}"),
            FaultKind::RestartInstances => format!("from instance {instance} on"),
            FaultKind::KillRedis | FaultKind::FlushRedis | FaultKind::StallRedis => "redis".into(),
            FaultKind::TerminateBackends | FaultKind::CrashPostgres => "postgres".into(),
            FaultKind::StopReading | FaultKind::RemoveMembers => "clients".into(),
            _ => hops(match self.hop(fault) {
                Hop::Clients => "from clients",
                Hop::Postgres => "to postgres",
                Hop::Redis => "to redis",
            }),
        }
    }
}
