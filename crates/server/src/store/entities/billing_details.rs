//! Who is invoiced, as an account's admins say.

use onedesk_tax::VatStanding;
use sea_orm::entity::prelude::*;

use crate::store::At;

/// The billing details of one account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "billing_details")]
pub struct Model {
    /// Whose they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The company that stands on invoices.
    pub company: String,
    /// The lines of the address, as JSON of a list of texts.
    pub address: String,
    /// The postcode, if there is one.
    pub postcode: Option<String>,
    /// The city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Where invoices go, beside whoever ordered.
    pub email: Option<String>,
    /// The VAT number in its canonical form.
    pub vat_number: Option<String>,
    /// What looking it up has shown; none without a number.
    pub vat_standing: Option<StoredStanding>,
    /// When the register last answered.
    pub vat_asked_at: Option<At>,
    /// When it is asked next.
    pub vat_ask_at: Option<At>,
    /// How often it was asked in vain since it last answered.
    pub vat_tries: i32,
    /// When they were last saved.
    pub saved_at: At,
}

/// [`VatStanding`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredStanding {
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    #[sea_orm(string_value = "wrong")]
    Wrong,
}

impl From<StoredStanding> for VatStanding {
    fn from(standing: StoredStanding) -> Self {
        match standing {
            StoredStanding::Pending => Self::Pending,
            StoredStanding::Confirmed => Self::Confirmed,
            StoredStanding::Wrong => Self::Wrong,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
