//! The one place that knows what every deed is called.

use onedesk_contract::account::Role;
use onedesk_contract::orders::OrderKind;
use onedesk_pricing::{Choice, Date, Money, Term};
use onedesk_subscription::Event;
use onedesk_tax::Totals;
use onedesk_texts::{Language, countries, format, history, shared};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::events;
use super::people::People;
use super::scheduled::billed;
use crate::audit::actions;
use crate::catalog::Catalog;

/// What sentences are made with.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The reader's language.
    pub language: Language,
    /// The names of plans, and the vendor's.
    pub catalog: &'a Catalog,
    /// The names of users.
    pub people: &'a People,
}

/// A member of a row's detail, if it is there and of the shape that is expected.
pub fn read<T: DeserializeOwned>(detail: &Value, name: &str) -> Option<T> {
    T::deserialize(detail.get(name)?).ok()
}

impl Words<'_> {
    /// Who did it: a user, the vendor (whose staff stay unnamed), or nobody.
    pub fn actor(&self, user: Option<Uuid>, detail: &Value) -> String {
        match user {
            Some(user) => self.user(user),
            None if detail.get("staff").is_some() => self.catalog.vendor().name.clone(),
            None => history::actor(self.language).system().to_owned(),
        }
    }

    /// What was done, in one sentence or a few. `None` for an action without words, and where the detail lacks what they
    /// need: a row is never changed, so that an odd one has to be lived with.
    pub fn sentence(&self, action: &str, detail: &Value) -> Option<String> {
        let language = self.language;
        let people = history::people(language);
        let account = history::account(language);
        let user = || read(detail, "user").map(|user| self.user(user));
        Some(match action {
            actions::ACCOUNT_ACTIVATED => account.activated().to_owned(),
            actions::SESSION_STARTED => account.signed_in().to_owned(),
            actions::PASSWORD_CHANGED => account.password_changed().to_owned(),

            actions::USER_ADDED => people.added(user()?, self.role(read(detail, "role")?)),
            actions::USER_JOINED => people.joined().to_owned(),
            actions::USER_INVITATION_WITHDRAWN => people.invitation_withdrawn().to_owned(),
            actions::USER_DEACTIVATED => people.deactivated(user()?),
            actions::USER_REACTIVATED => people.reactivated(user()?),

            actions::TRIAL_REMINDED => match read(detail, "days_left")? {
                0 => history::trial(language).reminded_today().to_owned(),
                days => history::trial(language).reminded(days),
            },
            actions::TRIAL_ENDED => match read::<Vec<Uuid>>(detail, "deactivated")?.len() {
                0 => history::trial(language).ended_alone().to_owned(),
                users => history::trial(language).ended(u64::try_from(users).ok()?),
            },

            actions::BILLING_DETAILS_SAVED | actions::VAT_NUMBER_CONFIRMED | actions::VAT_NUMBER_WRONG => {
                self.billing(action, detail)?
            }

            _ => self
                .order(action, detail)
                .or_else(|| self.subscription(action, detail))?,
        })
    }

    fn billing(&self, action: &str, detail: &Value) -> Option<String> {
        let texts = history::billing(self.language);
        let number: Option<String> = read(detail, "vat_number");
        Some(match action {
            actions::BILLING_DETAILS_SAVED => {
                let company: String = read(detail, "company")?;
                let code: String = read(detail, "country")?;
                let country = self.country(&code);
                match number {
                    Some(number) => texts.saved_with_number(company, country, number),
                    None => texts.saved(company, country),
                }
            }
            actions::VAT_NUMBER_CONFIRMED => texts.number_confirmed(number?),
            actions::VAT_NUMBER_WRONG => texts.number_wrong(number?),
            _ => return None,
        })
    }

    fn order(&self, action: &str, detail: &Value) -> Option<String> {
        let texts = history::orders(self.language);
        let text = |name| read::<String>(detail, name);
        let amount = || Some(format::money(self.language, read::<Money>(detail, "amount")?));
        Some(match action {
            actions::ORDER_PLACED => self.placed(detail)?,
            actions::ORDER_CANCELLED => match text("because").as_deref() {
                Some("not paid in time") => texts.expired().to_owned(),
                _ => texts.given_up().to_owned(),
            },
            actions::ORDER_FAILED => texts.failed().to_owned(),
            actions::ORDER_PAID => self.paid(detail)?,
            actions::ORDER_TRANSFER_REQUESTED => texts.transfer_requested(text("reference")?),
            actions::ORDER_MARKED_PAID => texts.marked_paid(text("reference")?),
            actions::PAYMENT_REFUND_DUE => texts.refund_due(amount()?),
            actions::PAYMENT_REFUNDED => texts.refunded(amount()?),
            actions::PAYMENT_METHOD_REPLACED => texts.method_replaced(text("card")?),
            actions::CREDIT_GIVEN => texts.credit_given(amount()?, text("reason")?),
            _ => return None,
        })
    }

    fn placed(&self, detail: &Value) -> Option<String> {
        let texts = history::orders(self.language);
        let choice: Choice = read(detail, "choice")?;
        let plan = self.catalog.plan_name(self.language, &choice.plan);
        let licences = shared::unit(self.language).licences(choice.seats.get().into());
        let billed = billed(self.language, choice.period);
        let due = format::money(self.language, read::<Totals>(detail, "totals")?.due);
        Some(match read(detail, "kind")? {
            OrderKind::Subscribe => texts.placed(plan, licences, billed, due),
            OrderKind::Change => texts.placed_change(plan, licences, billed, due),
            OrderKind::Renewal => texts.placed_renewal(plan, licences, billed, due),
            OrderKind::Recovery => texts.placed_recovery(due),
            OrderKind::PaymentMethod => texts.placed_card().to_owned(),
        })
    }

    fn paid(&self, detail: &Value) -> Option<String> {
        let texts = history::orders(self.language);
        let invoice: String = read(detail, "invoice")?;
        let some = |name| read::<Money>(detail, name).filter(|amount| !amount.is_zero());
        let told = |amount| format::money(self.language, amount);
        Some(match (some("amount"), some("credit_used")) {
            (Some(amount), None) => texts.paid(told(amount), invoice),
            (Some(amount), Some(credit)) => texts.paid_with_credit(told(amount), told(credit), invoice),
            (None, Some(credit)) => texts.paid_by_credit(told(credit), invoice),
            (None, None) => texts.nothing_due(invoice),
        })
    }

    fn subscription(&self, action: &str, detail: &Value) -> Option<String> {
        let texts = history::subscription(self.language);
        let on = |name| read::<Date>(detail, name);
        let said = || self.events(detail);
        Some(match action {
            actions::SUBSCRIPTION_BEGUN => {
                let term: Term = read(detail, "term")?;
                texts.begun(
                    self.catalog.plan_name(self.language, &term.plan),
                    shared::unit(self.language).licences(term.seats.get().into()),
                    billed(self.language, term.period),
                    format::date(self.language, term.renews_on()),
                )
            }
            actions::SUBSCRIPTION_CHANGED
            | actions::SUBSCRIPTION_CANCELLED
            | actions::SUBSCRIPTION_RESUMED => said().unwrap_or_else(|| texts.changed().to_owned()),
            actions::SUBSCRIPTION_RENEWED => said().unwrap_or_else(|| texts.renewed_plainly().to_owned()),
            actions::SUBSCRIPTION_RENEWAL_ANNOUNCED => texts.announced(
                format::date(self.language, on("renews_on")?),
                format::money(self.language, read(detail, "due")?),
            ),
            actions::SUBSCRIPTION_RECOVERED => said().unwrap_or_else(|| texts.recovered().to_owned()),
            actions::SUBSCRIPTION_PAYMENT_FAILED => match said() {
                Some(said) => said,
                None => self.event(&Event::PaymentFailed {
                    attempt: read(detail, "attempt")?,
                    next_retry: on("next_retry"),
                }),
            },
            actions::SUBSCRIPTION_SUSPENDED => match said() {
                Some(said) => said,
                None => self.event(&Event::Suspended { on: on("since")? }),
            },
            actions::SUBSCRIPTION_ENDED => match said() {
                Some(said) => said,
                None => self.event(&Event::Ended { on: on("on")? }),
            },
            _ => return None,
        })
    }

    /// The sentences of a row's events. One of a later version is passed over; `None` if there is no other.
    fn events(&self, detail: &Value) -> Option<String> {
        let events: Vec<Value> = read(detail, "events")?;
        let said: Vec<String> = events
            .into_iter()
            .filter_map(|event| serde_json::from_value(event).ok())
            .map(|event| self.event(&event))
            .collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn event(&self, event: &Event) -> String {
        events::sentences(self.language, self.catalog, event).join(" ")
    }

    fn user(&self, user: Uuid) -> String {
        match self.people.name(user) {
            Some(name) => name.to_owned(),
            None => history::actor(self.language).former_user().to_owned(),
        }
    }

    fn role(&self, role: Role) -> &'static str {
        let texts = shared::role(self.language);
        match role {
            Role::Owner => texts.owner(),
            Role::Admin => texts.admin(),
            Role::Member => texts.user(),
        }
    }

    /// The name of a country; its code where it has none.
    fn country<'b>(&self, code: &'b str) -> &'b str {
        let names = countries::country(self.language).names().lines();
        let mut known = names.filter_map(|line| line.split_once(' '));
        known
            .find(|(known, _)| *known == code)
            .map_or(code, |(_, name)| name)
    }
}
