//! What a subscription goes on to cost.

use onedesk_pricing::{BillingPeriod, Date, Money};
use onedesk_texts::{Language, admin, format};

/// When a subscription renews and for how much: *Then €431.64 each year, next on November 22, 2027.*
pub fn renewal_sentence(language: Language, period: BillingPeriod, amount: Money, on: Date) -> String {
    let texts = admin::subscription(language);
    let (amount, on) = (format::money(language, amount), format::date(language, on));
    match period {
        BillingPeriod::Monthly => texts.then_monthly(amount, on),
        BillingPeriod::Annual => texts.then_annually(amount, on),
    }
}
