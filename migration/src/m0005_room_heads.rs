//! The head of each room: narrow and hot, written by every commit.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("room_heads")
            .col(pk_uuid("room_id"))
            .col(big_integer("head_seq"))
            // Moves with every change of membership, role or archival.
            .col(big_integer("acl_version"))
            .to_owned();
        schema.create_table(table).await?;
        if schema.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
            // Half of each page stays free, so that updates stay on it (HOT) and touch no index.
            schema
                .get_connection()
                .execute_unprepared("ALTER TABLE room_heads SET (fillfactor = 50)")
                .await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("room_heads").to_owned()).await
    }
}
