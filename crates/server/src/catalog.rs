//! The loaded catalog, and its answers made ready once.

use std::path::Path;

use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use onedesk_catalog::{ChatHours, Holding, Mistakes, Seller};
use onedesk_contract::catalog::{CatalogView, Vendor};
use onedesk_contract::entitlements::FeatureEntitlement;
use onedesk_pricing::PriceList;
use onedesk_tax::TaxRates;
use onedesk_texts::Language;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::encoding::base64url;
use crate::{etag, widget};

/// What is sold. It does not change while the server runs.
#[derive(Debug)]
pub struct Catalog {
    content: onedesk_catalog::Catalog,
    answers: Vec<(Language, Answer)>,
    widgets: Vec<(Language, Answer)>,
}

/// A body with its entity tag. Those of the catalog are made once, and stay the same while the server runs.
#[derive(Clone, Debug)]
pub struct Answer {
    json: String,
    /// Strong entity tag of that body, quotes included.
    etag: String,
}

impl Answer {
    /// The JSON of a value, with its tag.
    pub fn of(value: &impl Serialize) -> Self {
        let json = serde_json::to_string(value).expect("views have string keys only");
        let etag = format!("\"{}\"", &base64url(&Sha256::digest(&json))[..22]);
        Self { json, etag }
    }

    /// The body, or that it is still the one which the request names. `caching` is the value of `Cache-Control`.
    pub fn respond(
        &self,
        request: &HeaderMap,
        caching: &'static str,
        language: Option<Language>,
    ) -> Response {
        let caching = [(ETAG, self.etag.as_str()), (CACHE_CONTROL, caching)];
        if etag::matches(request.get(IF_NONE_MATCH), &self.etag) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let kind = [(CONTENT_TYPE, "application/json")];
        let language = language.map(|language| [(CONTENT_LANGUAGE, language.code())]);
        (caching, kind, language, self.json.clone()).into_response()
    }
}

impl Catalog {
    /// Reads the catalog from its file; a catalog with a mistake is refused in the words of `subscribe catalog check`.
    pub fn load(file: &Path) -> Result<Self, Mistakes> {
        let content = onedesk_catalog::load(file)?;
        let views: Vec<_> = content
            .languages()
            .filter_map(|language| Some((language, content.view(language.code())?)))
            .collect();
        let answers = views.iter().map(|(language, view)| (*language, Answer::of(view)));
        let answers = answers.collect();
        let widgets = views
            .iter()
            .map(|(language, view)| (*language, Answer::of(&widget::view(*language, view))));
        let widgets = widgets.collect();
        Ok(Self {
            content,
            answers,
            widgets,
        })
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

    /// Every feature in the words of a language, with what an account that holds this may use of it.
    pub fn entitlements(&self, language: Language, holding: Holding<'_>) -> Vec<FeatureEntitlement> {
        self.content.entitlements(language, holding)
    }

    /// The body of `GET /api/catalog` in a language.
    pub fn answer(&self, language: Language) -> Option<&Answer> {
        of_language(&self.answers, language)
    }

    /// The body of `GET /api/widget` in a language.
    pub fn widget(&self, language: Language) -> Option<&Answer> {
        of_language(&self.widgets, language)
    }

    /// All that visitors are told of it, in a language.
    pub fn view(&self, language: Language) -> Option<CatalogView> {
        self.content.view(language.code())
    }
}

fn of_language(answers: &[(Language, Answer)], language: Language) -> Option<&Answer> {
    let found = answers.iter().find(|(known, _)| *known == language);
    found.map(|(_, answer)| answer)
}
