//! Sockets that have not said who they are yet: only so many per address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use actix_web::HttpRequest;
use ipnet::IpNet;
use parking_lot::Mutex;

use crate::{
    domain::client_address,
    error::{Error, Result},
};

/// Unauthenticated sockets of one address at once.
pub const MAX_PER_ADDRESS: usize = 20;

const RETRY_AFTER: Duration = Duration::from_secs(5);

#[derive(Default)]
pub struct Handshakes {
    open: Arc<Mutex<HashMap<String, usize>>>,
    is_closed: AtomicBool,
}

/// One socket that has not said who it is, until it is dropped.
pub struct Handshake {
    address: String,
    open: Arc<Mutex<HashMap<String, usize>>>,
}

impl Handshakes {
    /// No new sockets from now on: the server stops.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
    }

    pub fn begin(
        &self,
        address: String,
        connections: usize,
        max_connections: usize,
    ) -> Result<Handshake> {
        if self.is_closed.load(Ordering::Relaxed) || connections >= max_connections {
            return Err(Error::overloaded(RETRY_AFTER));
        }
        let mut open = self.open.lock();
        let of_address = open.entry(address.clone()).or_default();
        if *of_address >= MAX_PER_ADDRESS {
            let detail = "Too many sockets of this address have not said who they are.";
            return Err(Error::rate_limited(detail, RETRY_AFTER));
        }
        *of_address += 1;
        Ok(Handshake { address, open: Arc::clone(&self.open) })
    }
}

impl Drop for Handshake {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

pub fn client_address(request: &HttpRequest, trusted: &[IpNet]) -> String {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    let lines = request.headers().get_all("x-forwarded-for");
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    client_address::resolve(peer, lines.into_iter(), trusted).to_string()
}
