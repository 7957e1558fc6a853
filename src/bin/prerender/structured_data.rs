//! What search engines read off the pricing page: one JSON-LD document in the vocabulary of schema.org.
//!
//! It says what the page says, from the same catalog: who sells, each plan with what a user costs as the calculator begins
//! (the language's likely currency, the period that is chosen at first), and the questions with their answers.

use onedesk_contract::catalog::{CatalogView, PlanTexts, Question};
use onedesk_pricing::{BillingPeriod, Choice, Money, QuoteError, Seats, quote};
use onedesk_subscribe::addresses::SitePage;
use onedesk_texts::{Language, shared};
use serde_json::{Value, json};

use super::robots;

/// Codes of UN/CEFACT Recommendation 20, which schema.org takes for units.
const MONTH: &str = "MON";
const YEAR: &str = "ANN";

/// The document of the pricing page in the catalog's language, with the prices of a choice.
///
/// # Errors
/// [`QuoteError`] if a plan is not sold so, which a checked catalog rules out.
pub(crate) fn of_pricing(
    catalog: &CatalogView,
    language: Language,
    description: &str,
    choice: &Choice,
) -> Result<Value, QuoteError> {
    let page = robots::address(SitePage::Pricing, language);
    // The seller is one, whatever the language of the page.
    let seller = format!(
        "{}#organization",
        robots::address(SitePage::Pricing, Language::default())
    );
    let offers = catalog
        .plans
        .iter()
        .map(|plan| offer(catalog, language, plan, choice, &page, &seller))
        .collect::<Result<Vec<_>, _>>()?;
    let name = &catalog.vendor.name;
    Ok(json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Organization",
                "@id": seller,
                "name": name,
                "url": page,
                "contactPoint": [
                    contact("customer support", &catalog.vendor.support_email),
                    contact("sales", &catalog.vendor.sales_email),
                ],
            },
            {
                "@type": "Product",
                "@id": format!("{page}#product"),
                "name": name,
                "description": description,
                "url": page,
                "brand": { "@type": "Brand", "name": name },
                "offers": offers,
            },
            {
                "@type": "FAQPage",
                "@id": format!("{page}#faq"),
                "inLanguage": language.code(),
                "mainEntity": catalog.faq.iter().map(question).collect::<Vec<_>>(),
            },
        ],
    }))
}

fn contact(kind: &str, email: &str) -> Value {
    let languages: Vec<&str> = Language::all().iter().map(|language| language.code()).collect();
    json!({ "@type": "ContactPoint", "contactType": kind, "email": email, "availableLanguage": languages })
}

/// A plan: what a user costs a month, and, where a year is billed at once, what that comes to.
fn offer(
    catalog: &CatalogView,
    language: Language,
    plan: &PlanTexts,
    choice: &Choice,
    page: &str,
    seller: &str,
) -> Result<Value, QuoteError> {
    let one_user = Choice {
        plan: plan.id.clone(),
        seats: Seats::ONE,
        ..choice.clone()
    };
    let quote = quote(&catalog.price_list, &one_user)?;
    let per_month = shared::price(language).per_user_and_month();
    let mut prices = vec![price(quote.unit_price, MONTH, Some(per_month))];
    if choice.period == BillingPeriod::Annual {
        prices.push(price(quote.total, YEAR, None));
    }
    Ok(json!({
        "@type": "Offer",
        "@id": format!("{page}#offer-{}", plan.id),
        "name": plan.name,
        "description": plan.summary,
        "url": format!("{page}?plan={}", plan.id),
        "price": quote.unit_price.to_decimal_string(),
        "priceCurrency": quote.unit_price.currency.code(),
        "availability": "https://schema.org/InStock",
        "seller": { "@id": seller },
        "priceSpecification": prices,
    }))
}

/// What one user costs for a unit of time.
fn price(amount: Money, unit: &str, words: Option<&str>) -> Value {
    let mut price = json!({
        "@type": "UnitPriceSpecification",
        "price": amount.to_decimal_string(),
        "priceCurrency": amount.currency.code(),
        "valueAddedTaxIncluded": false,
        "referenceQuantity": { "@type": "QuantitativeValue", "value": 1, "unitCode": unit },
    });
    if let Some(words) = words {
        price["unitText"] = words.into();
    }
    price
}

fn question(question: &Question) -> Value {
    json!({
        "@type": "Question",
        "name": question.question,
        "acceptedAnswer": { "@type": "Answer", "text": question.answer.join("\n\n") },
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use std::path::Path;

    use onedesk_pricing::Currency;

    use super::super::document;
    use super::super::program::Program;
    use super::super::render;
    use super::*;

    fn catalog_in(language: Language) -> CatalogView {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog/onedesk.toml");
        onedesk_catalog::load(&file)
            .unwrap()
            .view(language.code())
            .unwrap()
    }

    /// The page as it is written to the folder.
    fn html(page: SitePage, catalog: &CatalogView, language: Language) -> String {
        let program = Program {
            boot: "/assets/boot.js".into(),
            style: "/assets/style.css".into(),
            font: "/assets/font.woff2".into(),
            sections: std::collections::BTreeSet::default(),
        };
        let rendered = render::page(page, language, catalog);
        document::site_page(
            page,
            catalog,
            "",
            "/assets/social.png",
            &rendered,
            &program,
            false,
        )
        .unwrap()
    }

    /// The one document in a page.
    fn data_of(html: &str) -> Value {
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        assert!(!rest.contains("application/ld+json"), "more than one");
        let (json, _) = rest.split_once("</script>").unwrap();
        serde_json::from_str(json).unwrap()
    }

    fn of_type<'a>(data: &'a Value, kind: &str) -> &'a Value {
        let graph = data["@graph"].as_array().unwrap();
        graph.iter().find(|thing| thing["@type"] == kind).unwrap()
    }

    #[test]
    fn each_plan_is_offered_at_the_price_that_the_page_shows() {
        for language in Language::all().iter().copied() {
            let catalog = catalog_in(language);
            let html = html(SitePage::Pricing, &catalog, language);
            let data = data_of(&html);
            let product = of_type(&data, "Product");
            assert_eq!(product["name"], catalog.vendor.name.as_str());
            let offers = product["offers"].as_array().unwrap();
            assert_eq!(offers.len(), catalog.plans.len());
            for (offer, plan) in offers.iter().zip(&catalog.plans) {
                let currency = language.conventions().currency;
                let unit = catalog
                    .price_list
                    .unit_price(&plan.id, currency, BillingPeriod::Annual)
                    .unwrap();
                assert_eq!(offer["name"], plan.name.as_str());
                assert_eq!(offer["priceCurrency"], currency.code());
                assert_eq!(offer["price"], unit.to_decimal_string().as_str());
                let [month, year] = offer["priceSpecification"].as_array().unwrap().as_slice() else {
                    panic!("a price a month and one a year: {offer}");
                };
                assert_eq!(month["price"], offer["price"]);
                assert_eq!(month["referenceQuantity"]["unitCode"], MONTH);
                assert_eq!(
                    year["price"],
                    unit.times(12).unwrap().to_decimal_string().as_str()
                );
                assert_eq!(year["referenceQuantity"]["unitCode"], YEAR);
                // A reader of the page sees the same amount.
                let shown = onedesk_texts::format::money(language, unit);
                assert!(html.contains(&shown), "{language}: {shown}");
            }
        }
    }

    #[test]
    fn questions_and_contacts_are_those_of_the_catalog() {
        for language in Language::all().iter().copied() {
            let catalog = catalog_in(language);
            let data = data_of(&html(SitePage::Pricing, &catalog, language));
            let page = of_type(&data, "FAQPage");
            assert_eq!(page["inLanguage"], language.code());
            let questions = page["mainEntity"].as_array().unwrap();
            assert!(!questions.is_empty());
            assert_eq!(questions.len(), catalog.faq.len());
            for (told, known) in questions.iter().zip(&catalog.faq) {
                assert_eq!(told["name"], known.question.as_str());
                assert_eq!(told["acceptedAnswer"]["text"], known.answer.join("\n\n").as_str());
            }
            let contacts = &of_type(&data, "Organization")["contactPoint"];
            assert_eq!(contacts[0]["email"], catalog.vendor.support_email.as_str());
            assert_eq!(contacts[1]["email"], catalog.vendor.sales_email.as_str());
        }
    }

    #[test]
    fn only_the_pricing_page_carries_it() {
        let catalog = catalog_in(Language::En);
        for page in SitePage::ALL
            .into_iter()
            .filter(|page| *page != SitePage::Pricing)
        {
            assert!(
                !html(page, &catalog, Language::En).contains("ld+json"),
                "{page:?}"
            );
        }
    }

    #[test]
    fn texts_of_the_catalog_cannot_end_the_element() {
        let hostile = "</script><script>alert(1)</script><!--";
        let mut catalog = catalog_in(Language::En);
        catalog.vendor.name = hostile.into();
        catalog.plans[0].summary = hostile.into();
        catalog.faq[0].question = hostile.into();
        let html = html(SitePage::Pricing, &catalog, Language::En);
        assert!(!html.contains("<script>alert"));
        let data = data_of(&html);
        assert_eq!(of_type(&data, "Organization")["name"], hostile);
        assert_eq!(of_type(&data, "Product")["offers"][0]["description"], hostile);
        assert_eq!(of_type(&data, "FAQPage")["mainEntity"][0]["name"], hostile);
    }

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        for (code, minor, month, year) in [
            ("JPY", 1700, "1700", "20400"),
            ("EUR", 1090, "10.90", "130.80"),
            ("KWD", 3005, "3.005", "36.060"),
        ] {
            let currency = Currency::from_code(code).unwrap();
            let mut catalog = catalog_in(Language::En);
            catalog.price_list.currencies = vec![currency];
            for plan in &mut catalog.price_list.plans {
                plan.prices.truncate(1);
                plan.prices[0].currency = currency;
                plan.prices[0].monthly = Money::new(minor * 2, currency);
                plan.prices[0].annual = Money::new(minor, currency);
            }
            let mut choice = render::page(SitePage::Pricing, Language::En, &catalog)
                .choice
                .unwrap();
            let offer = |choice: &Choice| {
                let data = of_pricing(&catalog, Language::En, "", choice).unwrap();
                of_type(&data, "Product")["offers"][0].clone()
            };
            let annual = offer(&choice);
            assert_eq!(
                (&annual["price"], &annual["priceCurrency"]),
                (&json!(month), &json!(code))
            );
            assert_eq!(annual["priceSpecification"][1]["price"], year);
            // Billed each month, nothing costs anything a year.
            choice.period = BillingPeriod::Monthly;
            let monthly = offer(&choice);
            assert_eq!(monthly["priceSpecification"].as_array().unwrap().len(), 1);
            assert_eq!(
                monthly["price"],
                Money::new(minor * 2, currency).to_decimal_string().as_str()
            );
        }
    }
}
