//! The catalog that the page carries: `<script type="application/json" id="catalog">`, written by `prerender`.
//!
//! The page and the program that takes it over are drawn from the same data, so that they agree to the letter.

use leptos::prelude::{GetValue as _, StoredValue, WithValue as _, document};
use onedesk_contract::catalog::{CatalogView, PlanTexts, Vendor};
use onedesk_pricing::{Choice, PlanId, PriceList};
use onedesk_texts::Language;
use serde::{Deserialize, Serialize};

use crate::choice::default_choice;

/// The id of the element that holds the catalog.
pub const ELEMENT_ID: &str = "catalog";

/// The catalog of the page in its language: a handle that is copied into every closure that reads it.
#[derive(Clone, Copy, Debug)]
pub struct Catalog(StoredValue<CatalogView>);

impl Catalog {
    /// Puts a catalog where the current owner keeps it.
    pub fn new(view: CatalogView) -> Self {
        Self(StoredValue::new(view))
    }

    /// Reads something off it.
    pub fn with<T>(self, read: impl FnOnce(&CatalogView) -> T) -> T {
        self.0.with_value(read)
    }

    /// All of it.
    pub fn get(self) -> CatalogView {
        self.0.get_value()
    }

    /// The name of a plan as people read it.
    pub fn plan_name(self, plan: &PlanId) -> String {
        self.with(|view| view.plan_name(plan).to_owned())
    }

    /// Where the calculator starts. `None` only for a catalog without plans, which its check refuses.
    pub fn default_choice(self, language: Language) -> Option<Choice> {
        self.with(|view| {
            let recommended = view
                .plans
                .iter()
                .find(|plan| plan.recommended)
                .map(|plan| &plan.id);
            default_choice(&view.price_list, recommended, language)
        })
    }
}

/// As much of the catalog as a page's program works with. Features and questions are printed, and nothing else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EmbeddedCatalog {
    language: String,
    vendor: Vendor,
    price_list: PriceList,
    plans: Vec<PlanTexts>,
}

impl From<&CatalogView> for EmbeddedCatalog {
    fn from(view: &CatalogView) -> Self {
        Self {
            language: view.language.clone(),
            vendor: view.vendor.clone(),
            price_list: view.price_list.clone(),
            plans: view.plans.clone(),
        }
    }
}

impl From<EmbeddedCatalog> for CatalogView {
    fn from(embedded: EmbeddedCatalog) -> Self {
        let EmbeddedCatalog {
            language,
            vendor,
            price_list,
            plans,
        } = embedded;
        Self {
            language,
            vendor,
            price_list,
            plans,
            feature_groups: Vec::new(),
            faq: Vec::new(),
        }
    }
}

/// Reads the catalog of the page. `None` if the page holds none that this program understands.
pub fn read() -> Option<CatalogView> {
    let json = document().get_element_by_id(ELEMENT_ID)?.text_content()?;
    serde_json::from_str::<EmbeddedCatalog>(&json)
        .ok()
        .map(CatalogView::from)
}
