//! Who is in which room, as what, and how far they have read.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("room_members")
            .col(uuid("room_id"))
            .col(uuid("user_id"))
            .col(string_len("role", 6))
            .col(big_integer("joined_at"))
            .col(big_integer("read_seq"))
            .primary_key(Index::create().col("room_id").col("user_id"))
            .foreign_key(
                ForeignKey::create()
                    .from("room_members", "room_id")
                    .to("rooms", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("room_members", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await?;
        let of_user = Index::create()
            .name("room_members_user_id")
            .table("room_members")
            .col("user_id")
            .to_owned();
        schema.create_index(of_user).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("room_members").to_owned()).await
    }
}
