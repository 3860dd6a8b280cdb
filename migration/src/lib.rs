//! The schema: one file per table, the same on SQLite and PostgreSQL.
//!
//! Types are portable: identifiers are UUIDs, moments are `bigint` milliseconds since 1970,
//! kinds and roles are short texts. A migration that has landed is never edited.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_users;
mod m0002_sessions;
mod m0003_rooms;
mod m0004_room_members;
mod m0005_room_heads;
mod m0006_room_events;
mod m0007_messages;
mod m0008_mentions;
mod m0009_server_state;
mod m0010_message_edits;
mod m0011_reactions;
mod m0012_room_slow_mode;
mod m0013_users_is_admin;
mod m0014_audit_events;
mod m0015_invitations;
mod m0020_api_tokens;
mod m0021_two_factor;
mod m0030_users_email_verified_at;
mod m0031_mail_tokens;
mod m0032_external_identities;
mod m0040_messages_by_place;
mod m0050_users_shares_reads;
mod m0051_room_members_joined_seq;

/// Every migration, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_users::Migration),
            Box::new(m0002_sessions::Migration),
            Box::new(m0003_rooms::Migration),
            Box::new(m0004_room_members::Migration),
            Box::new(m0005_room_heads::Migration),
            Box::new(m0006_room_events::Migration),
            Box::new(m0007_messages::Migration),
            Box::new(m0008_mentions::Migration),
            Box::new(m0009_server_state::Migration),
            Box::new(m0010_message_edits::Migration),
            Box::new(m0011_reactions::Migration),
            Box::new(m0012_room_slow_mode::Migration),
            Box::new(m0013_users_is_admin::Migration),
            Box::new(m0014_audit_events::Migration),
            Box::new(m0015_invitations::Migration),
            Box::new(m0020_api_tokens::Migration),
            Box::new(m0021_two_factor::Migration),
            Box::new(m0030_users_email_verified_at::Migration),
            Box::new(m0031_mail_tokens::Migration),
            Box::new(m0032_external_identities::Migration),
            Box::new(m0040_messages_by_place::Migration),
            Box::new(m0050_users_shares_reads::Migration),
            Box::new(m0051_room_members_joined_seq::Migration),
        ]
    }
}
