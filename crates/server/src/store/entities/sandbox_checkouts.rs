//! What the sandbox payment provider knows: its own state, as a real provider's would be out of reach.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One page to pay on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_checkouts")]
pub struct Model {
    /// Its name, which cannot be guessed: who knows the address may pay.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What the seller calls it: the order. Unique, so that asking twice gives one checkout.
    #[sea_orm(unique)]
    pub reference: Uuid,
    /// How far it has come.
    pub status: StoredCheckout,
    /// Who is paid.
    pub seller: String,
    /// What is bought, as JSON of a list of texts.
    pub lines: String,
    /// What is due, in minor units.
    pub amount: i64,
    /// Code of its currency.
    pub currency: String,
    /// Code of the page's language.
    pub language: String,
    /// Where the browser goes afterwards.
    pub return_url: String,
    /// From when on it cannot be paid.
    pub expires_at: At,
    /// When it was opened.
    pub created_at: At,
    /// The test card whose holder is being asked (3-D Secure).
    pub challenge: Option<String>,
    /// Why the last try failed.
    pub refusal: Option<String>,
    /// The name of the payment, once paid. Unique.
    #[sea_orm(unique)]
    pub payment: Option<String>,
    /// How it was paid.
    pub method: Option<String>,
    /// The provider's name for the card that paid, to be charged again.
    pub card: Option<String>,
    /// Until which month the card is good that was typed in, `2034-12`.
    pub expires: Option<String>,
    /// When it was paid.
    pub paid_at: Option<At>,
    /// The seller's name for the refund. Unique.
    #[sea_orm(unique)]
    pub refund: Option<Uuid>,
    /// When the money went back.
    pub refunded_at: Option<At>,
}

/// How far a checkout has come. One that is open but whose time is over counts as closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredCheckout {
    #[sea_orm(string_value = "open")]
    Open,
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "closed")]
    Closed,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
