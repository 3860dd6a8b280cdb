//! Who did what to whose account, when and from where. Ids are made in the order of time.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit_events")
            .col(pk_uuid("id"))
            .col(big_integer("at"))
            .col(string_len("action", 40))
            // Null: an operator at the command line, or nobody the server knows.
            .col(uuid_null("actor_id"))
            // Whose account it is about.
            .col(uuid_null("target_id"))
            .col(string_len_null("address", 45))
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("audit_events").to_owned()).await
    }
}
