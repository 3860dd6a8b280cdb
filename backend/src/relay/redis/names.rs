//! What things of the relay are called in Redis.

use crate::relay::InstanceId;

pub const STREAMS: usize = 8;

#[derive(Clone, Debug)]
pub struct Names {
    prefix: String,
}

impl Names {
    pub fn beginning_with(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// The streams, in order.
    pub fn streams(&self) -> Vec<String> {
        (0..STREAMS).map(|index| format!("{}:relay:{index}", self.prefix)).collect()
    }

    /// Where things are told in passing.
    pub fn channel(&self) -> String {
        format!("{}:passing", self.prefix)
    }

    /// Who is connected to an instance.
    pub fn presence(&self, instance: InstanceId) -> String {
        format!("{}:presence:{}", self.prefix, instance.0)
    }

    pub fn presence_pattern(&self) -> String {
        format!("{}:presence:*", self.prefix)
    }
}
