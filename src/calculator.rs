//! The calculator: what is dialled in, and everything that follows from it.
//!
//! One plain struct of signals and memos, built once a screen and copied to whoever shows a part of it. Nothing here
//! adds or multiplies: amounts come from `onedesk_pricing`.

use leptos::prelude::*;
use onedesk_pricing::{
    BillingPeriod, Choice, Currency, Money, PlanId, PriceList, Quote, Seats, SeatsError, quote, saving,
};

/// Why what stands in the seats field cannot be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatsProblem {
    /// Not a number of licences, or more than the catalog sells.
    Refused(SeatsError),
    /// Fewer licences than users that need one.
    BelowUsers {
        /// Users that need a licence now.
        users: Seats,
    },
}

/// One plan at what is dialled in.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanQuote {
    /// The plan.
    pub plan: PlanId,
    /// The price of one licence for one month, billed monthly. `None` where the plan is not sold so.
    pub monthly: Option<Money>,
    /// The same, billed for twelve months at once.
    pub annual: Option<Money>,
    /// What annual billing saves in a hundred, rounded down: the same for any number of licences. `None` if nothing.
    pub saving_percent: Option<u8>,
    /// What the licences cost; `None` while the seats field holds none, or the amount cannot be had.
    pub quote: Option<Quote>,
}

impl PlanQuote {
    /// The price of one licence for one month when billed so.
    pub const fn unit_price(&self, period: BillingPeriod) -> Option<Money> {
        match period {
            BillingPeriod::Monthly => self.monthly,
            BillingPeriod::Annual => self.annual,
        }
    }
}

/// The state of a calculator.
#[derive(Clone, Copy, Debug)]
pub struct Calculator {
    /// The plan whose price the period's labels show, and that is ordered.
    pub plan: RwSignal<PlanId>,
    /// What stands in the seats field, right or wrong: it is never rewritten under the person's fingers.
    pub seats_text: RwSignal<String>,
    /// How often is billed.
    pub period: RwSignal<BillingPeriod>,
    /// The currency of the prices.
    pub currency: RwSignal<Currency>,
    /// The licences, or why there are none.
    pub seats: Memo<Result<Seats, SeatsProblem>>,
    /// Every plan at what is dialled in, from the lowest to the highest.
    pub quotes: Memo<Vec<PlanQuote>>,
    /// Plan, seats, period and currency; `None` while the seats field holds no licences.
    pub choice: Memo<Option<Choice>>,
    /// The fewest licences that can be bought here: the users that need one, or 1.
    pub least: Signal<Seats>,
    /// The most that the catalog sells at once.
    pub most: Seats,
    currencies: StoredValue<Vec<Currency>>,
}

impl Calculator {
    /// A calculator that begins at `start`. `least` is the number of licences that the account's users need; on the
    /// pricing page it is [`Seats::ONE`].
    pub fn new(price_list: PriceList, start: Choice, least: impl Into<Signal<Seats>>) -> Self {
        let least = least.into();
        let most = price_list.max_seats;
        let currencies = StoredValue::new(price_list.currencies.clone());
        let plan = RwSignal::new(start.plan);
        let seats_text = RwSignal::new(start.seats.to_string());
        let period = RwSignal::new(start.period);
        let currency = RwSignal::new(start.currency);

        let seats = Memo::new(move |_| parse_seats(&seats_text.read(), least.get(), most));
        let choice = Memo::new(move |_| {
            let seats = seats.get().ok()?;
            Some(Choice {
                plan: plan.get(),
                seats,
                period: period.get(),
                currency: currency.get(),
            })
        });
        let quotes = Memo::new(move |_| {
            let (seats, period, currency) = (seats.get().ok(), period.get(), currency.get());
            let price = |plan: &PlanId, period| price_list.unit_price(plan, currency, period).ok();
            let saving_percent = |plan: &PlanId| {
                let choice = Choice {
                    plan: plan.clone(),
                    seats: Seats::ONE,
                    period,
                    currency,
                };
                saving(&price_list, &choice)
                    .ok()
                    .flatten()
                    .map(|saving| saving.percent)
                    .filter(|percent| *percent > 0)
            };
            let quoted = |plan: &PlanId| {
                let choice = Choice {
                    plan: plan.clone(),
                    seats: seats?,
                    period,
                    currency,
                };
                quote(&price_list, &choice).ok()
            };
            let plans = price_list.plans.iter().map(|plan| PlanQuote {
                monthly: price(&plan.id, BillingPeriod::Monthly),
                annual: price(&plan.id, BillingPeriod::Annual),
                saving_percent: saving_percent(&plan.id),
                quote: quoted(&plan.id),
                plan: plan.id.clone(),
            });
            plans.collect()
        });
        Self {
            plan,
            seats_text,
            period,
            currency,
            seats,
            quotes,
            choice,
            least,
            most,
            currencies,
        }
    }

    /// The currencies that can be paid in, in the order to offer.
    pub fn currencies(&self) -> Vec<Currency> {
        self.currencies.get_value()
    }

    /// The quote and prices of one plan.
    pub fn plan_quote(&self, plan: &PlanId) -> Option<PlanQuote> {
        self.quotes
            .read()
            .iter()
            .find(|quote| quote.plan == *plan)
            .cloned()
    }

    /// The quote and prices of the chosen plan.
    pub fn chosen(&self) -> Option<PlanQuote> {
        self.plan_quote(&self.plan.read())
    }

    /// The quote of the chosen plan: what would be ordered.
    pub fn quote(&self) -> Option<Quote> {
        self.chosen().and_then(|plan| plan.quote)
    }

    /// Dials in a whole choice, such as the one of an address.
    pub fn set(&self, choice: Choice) {
        self.plan.set(choice.plan);
        self.seats_text.set(choice.seats.to_string());
        self.period.set(choice.period);
        self.currency.set(choice.currency);
    }

    /// Does something while the calculator stands at `choice`. What is dialled in is put back at once.
    pub fn standing_at(&self, choice: &Choice, act: impl FnOnce()) {
        let dialled = self.plan.get_untracked();
        let typed = self.seats_text.get_untracked();
        let (period, currency) = (self.period.get_untracked(), self.currency.get_untracked());
        let stands_there = dialled == choice.plan
            && typed == choice.seats.to_string()
            && period == choice.period
            && currency == choice.currency;
        if stands_there {
            return act();
        }
        self.set(choice.clone());
        act();
        self.plan.set(dialled);
        self.seats_text.set(typed);
        self.period.set(period);
        self.currency.set(currency);
    }

    /// One licence more (or, from what is no number, the fewest that can be bought). Stops at the most.
    pub fn one_more(&self) {
        self.step(|seats| seats.saturating_add(1));
    }

    /// One licence fewer. Stops at the fewest that can be bought.
    pub fn one_fewer(&self) {
        self.step(|seats| seats.saturating_sub(1));
    }

    fn step(&self, next: impl FnOnce(u32) -> u32) {
        let least = self.least.get_untracked().get();
        // A number that is out of bounds steps back into them; what is no number starts at the fewest.
        let next = Seats::parse(&self.seats_text.read_untracked()).map_or(least, |seats| next(seats.get()));
        // Not `clamp`, which panics should an account have more users than the catalog sells licences.
        self.seats_text
            .set(next.min(self.most.get()).max(least).to_string());
    }
}

/// What the seats field says, within the bounds of the catalog and the account.
pub fn parse_seats(text: &str, least: Seats, most: Seats) -> Result<Seats, SeatsProblem> {
    let seats = Seats::parse(text).map_err(|error| {
        // The limit that the person meets is the catalog's, not the one of the number's type.
        SeatsProblem::Refused(match error {
            SeatsError::TooMany { .. } => SeatsError::TooMany { max: most.get() },
            other => other,
        })
    })?;
    if seats > most {
        return Err(SeatsProblem::Refused(SeatsError::TooMany { max: most.get() }));
    }
    if seats < least {
        return Err(SeatsProblem::BelowUsers { users: least });
    }
    Ok(seats)
}

#[cfg(test)]
mod tests;
