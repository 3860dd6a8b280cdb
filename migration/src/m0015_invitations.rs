//! Links that let people make an account. Only a hash of what each carries is kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("invitations")
            .col(uuid("id").primary_key())
            .col(blob("secret_hash").unique_key())
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer("max_uses"))
            .col(big_integer("uses"))
            .foreign_key(
                ForeignKey::create()
                    .from("invitations", "created_by")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("invitations").to_owned()).await
    }
}
