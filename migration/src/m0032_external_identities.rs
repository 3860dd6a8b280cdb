//! Who somebody is elsewhere: subjects of an OpenID Connect provider. Of one provider a user is
//! one subject, so that an address that is given to somebody else there opens nothing here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("external_identities")
            .col(string_len("issuer", 255))
            .col(string_len("subject", 255))
            .col(uuid("user_id"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("issuer").col("subject"))
            .foreign_key(
                ForeignKey::create()
                    .from("external_identities", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await?;
        let one_each = Index::create()
            .name("external_identities_user_id_issuer")
            .table("external_identities")
            .col("user_id")
            .col("issuer")
            .unique()
            .to_owned();
        schema.create_index(one_each).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("external_identities").to_owned()).await
    }
}
