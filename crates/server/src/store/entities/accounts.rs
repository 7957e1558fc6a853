//! A company that tries or uses the application.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// First label of its address: `acme` of `acme.example.com`. Unique.
    #[sea_orm(unique)]
    pub address: String,
    /// The company's name.
    pub company: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// IANA time zone in which its days begin.
    pub time_zone: String,
    /// The instant from which only the owner can sign in, unless something was bought.
    pub trial_ends_at: At,
    /// When the trial was brought to its end, by a subscription or by the lifecycle pass.
    pub trial_settled_at: Option<At>,
    /// What was dialled in before sign-up, as JSON of `Choice`.
    pub preferred_choice: Option<String>,
    /// The partner whose page the owner came from.
    pub partner: Option<String>,
    /// When it was activated.
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::users::Entity")]
    Users,
}

impl Related<super::users::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Users.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
