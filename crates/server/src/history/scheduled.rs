//! What is scheduled for a renewal, in words: for the history and for letters.

use onedesk_pricing::{BillingPeriod, ScheduledChange};
use onedesk_texts::{Language, history, shared};

use crate::catalog::Catalog;

/// The parts that will be different, such as “plan Standard, 5 licences”; empty if none will.
pub fn change(language: Language, catalog: &Catalog, change: &ScheduledChange) -> String {
    let texts = history::change(language);
    let parts = [
        change
            .plan
            .as_ref()
            .map(|plan| texts.plan(catalog.plan_name(language, plan))),
        change
            .seats
            .map(|seats| shared::unit(language).licences(seats.get().into())),
        change.period.map(|period| billed(language, period).to_owned()),
        change.currency.map(|currency| texts.currency(currency.code())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How often is billed, within a sentence.
pub fn billed(language: Language, period: BillingPeriod) -> &'static str {
    let texts = shared::period(language);
    match period {
        BillingPeriod::Monthly => texts.billed_monthly(),
        BillingPeriod::Annual => texts.billed_annually(),
    }
}
