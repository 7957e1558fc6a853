//! What the widget offers: plans, prices and words, read from the answer of the server.

use onedesk_contract::catalog::PlanTexts;
use onedesk_pricing::{
    Choice, Currency, PlanId, PlanPrices, PriceList, ProrationUnit, Seats, Trial, UnitPrice,
};
use onedesk_texts::Language;

use super::words::Words;
use crate::api::members::Members;
use crate::choice;

/// The answer to `GET /api/widget`, and where it came from.
#[derive(Debug)]
pub struct Offer {
    /// The language of the words.
    pub language: Language,
    /// Plans with their prices, currencies, limits.
    pub price_list: PriceList,
    /// The words of the plans.
    pub plans: Vec<PlanTexts>,
    /// The other words.
    pub words: Words,
    /// The address of the page where a trial begins.
    pub sign_up: String,
    /// The address of the pricing page.
    pub pricing: String,
}

impl Offer {
    /// Reads an answer; `server` is the address that it came from, without a path.
    ///
    /// Member by member (see [`Members`]): reading it by serde would be a seventh of the program.
    pub fn read(answer: &str, server: &str) -> Option<Self> {
        let answer = Members::parse(answer)?;
        let address = |name| [server, &answer.text(name)].concat();
        let language: Language = answer.text("language").parse().ok()?;
        Some(Self {
            language,
            price_list: price_list(&answer.object("price_list"))?,
            plans: answer
                .list("plans")
                .iter()
                .map(plan_texts)
                .collect::<Option<_>>()?,
            words: Words::new(language, answer.object("words")),
            sign_up: address("sign_up"),
            pricing: address("pricing"),
        })
    }

    /// Where the calculator starts without attributes: as the pricing page does.
    pub fn default_choice(&self) -> Option<Choice> {
        let recommended = self.plans.iter().find(|plan| plan.recommended);
        choice::default_choice(&self.price_list, recommended.map(|plan| &plan.id), self.language)
    }

    /// The name of a plan as people read it.
    pub fn plan_name(&self, id: &PlanId) -> String {
        let named = self.plans.iter().find(|plan| plan.id == *id);
        named.map_or_else(|| id.as_str().to_owned(), |plan| plan.name.clone())
    }
}

fn plan_texts(plan: &Members) -> Option<PlanTexts> {
    Some(PlanTexts {
        id: PlanId::new(&plan.text("id")).ok()?,
        name: plan.text("name"),
        summary: plan.text("summary"),
        highlights: plan.texts("highlights"),
        recommended: plan.is("recommended"),
    })
}

fn price_list(list: &Members) -> Option<PriceList> {
    let trial = list.object("trial");
    let currencies = list.texts("currencies").into_iter();
    Some(PriceList {
        version: list.text("version"),
        currencies: currencies
            .map(|code| Currency::from_code(&code).ok())
            .collect::<Option<_>>()?,
        max_seats: Seats::new(u32::try_from(list.number("max_seats")).ok()?).ok()?,
        trial: Trial {
            days: u16::try_from(trial.number("days")).ok()?,
            plan: PlanId::new(&trial.text("plan")).ok()?,
        },
        // Nothing is added to a running period here.
        proration: ProrationUnit::default(),
        plans: list
            .list("plans")
            .iter()
            .map(plan_prices)
            .collect::<Option<_>>()?,
    })
}

fn plan_prices(plan: &Members) -> Option<PlanPrices> {
    let price = |price: &Members| {
        let monthly = price.money("monthly")?;
        Some(UnitPrice {
            currency: monthly.currency,
            monthly,
            annual: price.money("annual")?,
        })
    };
    Some(PlanPrices {
        id: PlanId::new(&plan.text("id")).ok()?,
        prices: plan.list("prices").iter().map(price).collect::<Option<_>>()?,
    })
}
