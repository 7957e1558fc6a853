//! The loaded catalog, and its answers made ready once.

use std::path::Path;

use onedesk_catalog::{ChatHours, Mistakes, Seller};
use onedesk_contract::catalog::Vendor;
use onedesk_pricing::PriceList;
use onedesk_tax::TaxRates;
use onedesk_texts::Language;
use sha2::{Digest, Sha256};

use crate::encoding::base64url;

/// What is sold. It does not change while the server runs.
#[derive(Debug)]
pub struct Catalog {
    content: onedesk_catalog::Catalog,
    answers: Vec<(Language, Answer)>,
}

/// The body of `GET /api/catalog` in one language.
#[derive(Clone, Debug)]
pub struct Answer {
    /// JSON of a `CatalogView`.
    pub json: String,
    /// Strong entity tag of that body, quotes included.
    pub etag: String,
}

impl Catalog {
    /// Reads the catalog from its file; a catalog with a mistake is refused in the words of `subscribe catalog check`.
    pub fn load(file: &Path) -> Result<Self, Mistakes> {
        let content = onedesk_catalog::load(file)?;
        let answers = content
            .languages()
            .filter_map(|language| {
                let view = content.view(language.code())?;
                let json = serde_json::to_string(&view).expect("a catalog view has string keys only");
                let etag = format!("\"{}\"", &base64url(&Sha256::digest(&json))[..22]);
                Some((language, Answer { json, etag }))
            })
            .collect();
        Ok(Self { content, answers })
    }

    /// Plans with prices, currencies and limits.
    pub fn price_list(&self) -> &PriceList {
        &self.content.price_list
    }

    /// Who sells.
    pub fn vendor(&self) -> &Vendor {
        &self.content.vendor
    }

    /// The same, as invoices name it.
    pub fn seller(&self) -> &Seller {
        &self.content.seller
    }

    /// When questions are answered in the live chat, if it has hours.
    pub fn chat_hours(&self) -> Option<&ChatHours> {
        self.content.chat_hours.as_ref()
    }

    /// What is added to the prices, by country and day.
    pub fn tax_rates(&self) -> &TaxRates {
        &self.content.tax_rates
    }

    /// The name of a plan as people read it; its id where the catalog does not know it (any more).
    pub fn plan_name(&self, language: Language, plan: &onedesk_pricing::PlanId) -> String {
        let view = self.content.view(language.code());
        view.map_or_else(
            || plan.as_str().to_owned(),
            |view| view.plan_name(plan).to_owned(),
        )
    }

    /// The ready answer in a language.
    pub fn answer(&self, language: Language) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|(known, _)| *known == language)
            .map(|(_, answer)| answer)
    }
}
