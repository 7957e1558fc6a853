//! Lines of invoices.

use sea_orm::entity::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_lines")]
pub struct Model {
    /// The invoice that it stands on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    /// Its place: 1 is the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// What was bought, in words and numbers, in the invoice's language.
    pub text: String,
    /// What it adds to the total, in minor units; below zero for a credit.
    pub amount: i64,
    /// What it was written from, as JSON of `Line`; `null` for a line that no calculation led to.
    pub line: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::invoices::Entity",
        from = "Column::InvoiceId",
        to = "super::invoices::Column::Id"
    )]
    Invoice,
}

impl Related<super::invoices::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Invoice.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
