//! What is sold, in the words of one language: what the pricing page and the widget are drawn from.

use onedesk_pricing::{PlanId, PriceList};
use serde::{Deserialize, Serialize};

/// The whole catalog in one language. Prices are the same in every language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogView {
    /// Language code of the texts, such as `en`.
    pub language: String,
    /// Who sells.
    pub vendor: Vendor,
    /// Plans with their prices, currencies, limits.
    pub price_list: PriceList,
    /// Names of the plans, from the lowest to the highest, as in the price list.
    pub plans: Vec<PlanTexts>,
    /// The feature table, group by group.
    pub feature_groups: Vec<FeatureGroup>,
    /// Questions about prices, in the order to show.
    pub faq: Vec<Question>,
}

impl CatalogView {
    /// The texts of one plan.
    pub fn plan(&self, id: &PlanId) -> Option<&PlanTexts> {
        self.plans.iter().find(|plan| &plan.id == id)
    }

    /// The name of a plan as people read it; its id where the catalog does not know it (any more).
    pub fn plan_name<'a>(&'a self, id: &'a PlanId) -> &'a str {
        self.plan(id)
            .map_or_else(|| id.as_str(), |plan| plan.name.as_str())
    }
}

/// The vendor, as far as visitors meet it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vendor {
    /// The product's name.
    pub name: String,
    /// The domain below which accounts get their address: `example.com` gives `acme.example.com`.
    pub account_domain: String,
    /// For anything: questions, help.
    pub support_email: String,
    /// For other ways to pay, and for more seats than the catalog sells.
    pub sales_email: String,
}

/// The words of one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanTexts {
    /// Which plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Whom it suits, in one line.
    pub summary: String,
    /// What it adds, in a few short lines.
    pub highlights: Vec<String>,
    /// Whether the catalog recommends it; at most one plan is.
    pub recommended: bool,
}

/// Features under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeatureGroup {
    /// Stable name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Features in the order to show.
    pub features: Vec<Feature>,
}

/// One row of the feature table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feature {
    /// Stable name, read by code that asks what a plan includes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A sentence that explains it.
    pub note: String,
    /// The plans that include it.
    pub plans: Vec<PlanId>,
    /// Whether it stands in the application's menu, for those who have it and for those who could.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_menu: bool,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Stable name, the fragment that links to it.
    pub id: String,
    /// The question.
    pub question: String,
    /// Paragraphs of the answer. Plain text; an e-mail address in it is made a link by the page.
    pub answer: Vec<String>,
}
