//! Rooms. A deleted one keeps its row, without a name, until its log was purged.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("rooms")
            .col(pk_uuid("id"))
            .col(string_len("name", 80))
            // Null when deleted, which frees the name: nulls are not equal to each other.
            .col(string_len_null("name_key", 80).unique_key())
            .col(string_len("topic", 250))
            .col(string_len("visibility", 7))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("archived_at"))
            .col(big_integer_null("deleted_at"))
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("rooms").to_owned()).await
    }
}
