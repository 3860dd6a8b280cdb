//! The second factor of log-ins: an authenticator app, and codes for when it is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let secrets = Table::create()
            .table("totp_secrets")
            .col(pk_uuid("user_id"))
            .col(blob("secret"))
            // Null until its user has shown a code made with it.
            .col(big_integer_null("confirmed_at"))
            // The time step of the last code that counted: none counts twice.
            .col(big_integer_null("last_step"))
            .foreign_key(
                ForeignKey::create()
                    .from("totp_secrets", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(secrets).await?;
        let codes = Table::create()
            .table("recovery_codes")
            .col(uuid("user_id"))
            .col(blob("code_hash"))
            .primary_key(Index::create().col("user_id").col("code_hash"))
            .foreign_key(
                ForeignKey::create()
                    .from("recovery_codes", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(codes).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("recovery_codes").to_owned()).await?;
        schema.drop_table(Table::drop().table("totp_secrets").to_owned()).await
    }
}
