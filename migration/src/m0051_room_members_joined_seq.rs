//! The event with which a membership began. A read mark starts at the room's head, so it says
//! nothing about what was written before.
//!
//! Memberships that are older than this column have 0: they count as having been there always.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("room_members")
            .add_column(big_integer("joined_seq").default(0))
            .to_owned();
        schema.alter_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("room_members").drop_column("joined_seq").to_owned();
        schema.alter_table(table).await
    }
}
