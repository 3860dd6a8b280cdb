//! Who is mentioned where, so that mentions can be counted without reading bodies.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("mentions")
            .col(uuid("room_id"))
            .col(uuid("user_id"))
            .col(big_integer("seq"))
            .primary_key(Index::create().col("room_id").col("user_id").col("seq"))
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("mentions").to_owned()).await
    }
}
