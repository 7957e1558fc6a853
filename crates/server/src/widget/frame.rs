//! `/embed/pricing`: the widget on a page of its own, for the frame of a page that lets no program of ours run; and
//! `/embed.js`, by which such a page lets the frame grow with what it holds.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use onedesk_contract::catalog::CatalogView;
use onedesk_contract::fields::Partner;
use onedesk_pricing::{BillingPeriod, Currency, PlanId, PriceList};
use onedesk_texts::{Language, format, negotiate, site, widget};

use crate::address;
use crate::error::Error;
use crate::state::AppState;

/// Any page may hold it: all that it shows is public, and nothing in it acts for whoever is signed in.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors *";
/// What the element of the widget may be given.
const ATTRIBUTES: [&str; 5] = ["plan", "seats", "period", "currency", "partner"];
/// How long a value of the address is read at most; plans, currencies and partners are shorter.
const LONGEST: usize = 80;

/// The page, what it loads, and what the page around it loads.
pub fn routes() -> Router<AppState> {
    let script = "text/javascript; charset=utf-8";
    let file = |kind: &'static str, content: &'static str| {
        get(async move || ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], content))
    };
    Router::new()
        .route("/embed/pricing", get(page))
        .route("/embed/frame.js", file(script, include_str!("frame.js")))
        .route(
            "/embed/frame.css",
            file("text/css; charset=utf-8", include_str!("frame.css")),
        )
        .route("/embed.js", file(script, include_str!("embed.js")))
}

/// What the address asks for. Anything may stand in it: the widget tells what it cannot use.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn read(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.chars().take(LONGEST).collect()))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

async fn page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let asked = Asked::read(query.as_deref());
    let language = negotiate(asked.get("lang")).unwrap_or_default();
    let catalog = state
        .catalog
        .view(language)
        .ok_or_else(|| Error::internal(format!("the catalog has no texts in “{language}”")))?;
    let scheme = match asked.get("scheme") {
        Some("dark") => "dark",
        Some("auto") => "light dark",
        _ => "light",
    };
    let title = widget::frame(language).title(&catalog.vendor.name);
    let given = |name: &'static str| asked.get(name);
    let [plan, seats, period, currency, partner] = ATTRIBUTES.map(given);
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content=(scheme);
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/embed/frame.css";
                script type="module" src="/widget.js" {}
                script type="module" src="/embed/frame.js" {}
            }
            body {
                h1 { (title) }
                // As it was asked for, so that what cannot be used is told once, in the one place that tells it.
                onedesk-pricing
                    plan=[plan] seats=[seats] period=[period] currency=[currency] partner=[partner]
                    lang=[asked.get("lang")] target="_top"
                {
                    (prices(language, &catalog, &asked))
                }
            }
        }
    };
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    Ok((headers, page).into_response())
}

/// What can be read before the widget stands there, and without scripts: each plan's price, and the way to its trial.
fn prices(language: Language, catalog: &CatalogView, asked: &Asked) -> Markup {
    let list = &catalog.price_list;
    let (period, currency) = (period(asked), currency(language, list, asked));
    let calculator = site::calculator(language);
    html! {
        ul {
            @for plan in &catalog.plans {
                li {
                    h2 { (plan.name) }
                    @if let Ok(price) = list.unit_price(&plan.id, currency, period) {
                        p {
                            strong { (format::money(language, price)) } " " (calculator.per_user_month()) ", "
                            (match period {
                                BillingPeriod::Monthly => site::plan_card(language).billed_monthly(),
                                BillingPeriod::Annual => site::plan_card(language).billed_annually(),
                            }.to_lowercase())
                        }
                    }
                    p { (plan.summary) }
                    p {
                        a target="_top" href=(sign_up(language, &plan.id, period, currency, asked)) {
                            (site::pricing(language).start_trial())
                        }
                    }
                }
            }
        }
        p { (site::pricing(language).sample()) }
    }
}

fn period(asked: &Asked) -> BillingPeriod {
    let period = asked.get("period").and_then(|text| text.parse().ok());
    period.unwrap_or(BillingPeriod::Annual)
}

/// The currency that is asked for; else the one that the widget begins with in this language.
fn currency(language: Language, list: &PriceList, asked: &Asked) -> Currency {
    let sold = |currency: &Currency| list.sells(*currency);
    let named = asked
        .get("currency")
        .and_then(|code| Currency::from_code(&code.to_ascii_uppercase()).ok());
    let likely = language.conventions().currency;
    named
        .filter(sold)
        .or(Some(likely).filter(sold))
        .or(list.currencies.first().copied())
        .unwrap_or(likely)
}

fn sign_up(
    language: Language,
    plan: &PlanId,
    period: BillingPeriod,
    currency: Currency,
    asked: &Asked,
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("plan", plan.as_str());
    if let Some(seats) = asked.get("seats") {
        query.append_pair("seats", seats);
    }
    query.append_pair("period", period.as_str());
    query.append_pair("currency", currency.code());
    if let Some(partner) = Partner::lenient(asked.get("partner")) {
        query.append_pair("partner", partner.as_str());
    }
    format!("{}?{}", address::of(language, "/signup"), query.finish())
}
