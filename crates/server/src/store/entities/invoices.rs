//! Invoices: written once, never changed.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One invoice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number: 1, 2, 3, … without gaps.
    #[sea_orm(unique)]
    pub number: i64,
    /// Whose invoice it is.
    pub account_id: Uuid,
    /// The order that it is for, unique; none for a goodwill credit, which no order led to.
    #[sea_orm(unique)]
    pub order_id: Option<Uuid>,
    /// The seller as it was called that day, as JSON of `invoices::Seller`.
    pub seller: String,
    /// The buyer as they were called that day, as JSON of `invoices::Buyer`.
    pub buyer: String,
    /// Code of its language.
    pub language: String,
    /// Code of the currency of every amount on it.
    pub currency: String,
    /// The sum of its lines, in minor units, without tax.
    pub net: i64,
    /// The tax on it.
    pub tax: i64,
    /// Both together: due + `credit_used` − `credit_added`. Below zero on a credit note and a goodwill credit.
    pub gross: i64,
    /// Account credit that paid for a part of it.
    pub credit_used: i64,
    /// What a credit note or a goodwill credit added to the account credit.
    pub credit_added: i64,
    /// What was charged.
    pub due: i64,
    /// Which tax it is, as JSON of `Treatment`.
    pub treatment: String,
    /// The day of issue in the account's time zone, `2026-07-28`.
    pub issued_on: String,
    /// The day of payment in the account's time zone, `2026-07-28`.
    pub paid_on: String,
    /// The first day of the billing period; none where nothing was bought.
    pub period_start: Option<String>,
    /// The day after its last day.
    pub period_end: Option<String>,
    /// When it was written.
    pub issued_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::invoice_lines::Entity")]
    Lines,
}

impl Related<super::invoice_lines::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Lines.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
