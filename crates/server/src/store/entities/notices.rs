//! What an account was told that has to be told once.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One thing told. Unique by account, kind and occasion.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who was told.
    pub account_id: Uuid,
    /// What.
    pub kind: Kind,
    /// Which of the times that there is something of this kind to tell, such as the instant at which the trial ends.
    pub occasion: String,
    /// When.
    pub at: At,
}

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// The trial ends in seven days. The occasion is the instant of its end, as for all notices of a trial.
    #[sea_orm(string_value = "trial.7_days")]
    SevenTrialDaysLeft,
    /// The trial ends in three days.
    #[sea_orm(string_value = "trial.3_days")]
    ThreeTrialDaysLeft,
    /// The trial ends in one day.
    #[sea_orm(string_value = "trial.1_day")]
    OneTrialDayLeft,
    /// The trial has ended.
    #[sea_orm(string_value = "trial.ended")]
    TrialEnded,
    /// An annual renewal comes in a week. The occasion is its day.
    #[sea_orm(string_value = "renewal.7_days")]
    AnnualRenewal,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
