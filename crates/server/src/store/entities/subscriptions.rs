//! What an account has paid for, until when, and at which price.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One subscription; an account has one at most.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscriptions")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose subscription it is. Unique.
    #[sea_orm(unique)]
    pub account_id: Uuid,
    /// The plan's identifier.
    pub plan: String,
    /// Licences owned.
    pub seats: i32,
    /// `monthly` or `annual`.
    pub period: String,
    /// Code of the currency that it is billed in.
    pub currency: String,
    /// The price of one licence for one month that was paid, in minor units.
    pub unit_price: i64,
    /// The day that all periods are counted from, `2026-01-31`.
    pub anchor: String,
    /// First day of the period that is paid for.
    pub period_start: String,
    /// The day after its last day: the day of renewal.
    pub period_end: String,
    /// What will be different from the next renewal on, as JSON of `ScheduledChange`.
    pub scheduled: String,
    /// Whether it ends with its period instead of being renewed.
    pub cancels_at_period_end: bool,
    /// Whether it is paid for, as JSON of `Standing`.
    pub standing: String,
    /// Counts its changes.
    pub version: i64,
    /// The day on which time does something to it next, `2027-01-31`; none if only people can.
    pub next_step_on: Option<String>,
    /// When it began.
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
