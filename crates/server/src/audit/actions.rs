//! What can stand in the audit trail: the word of every deed, and what its detail holds.
//!
//! A new one is added here and given words in `history/words.rs`, without which a test fails. One that was ever written
//! is never renamed: rows are not changed.

/// Constants, and the list of all of them.
macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = $word;)+

        /// All of them.
        pub const ALL: &[&str] = &[$($name),+];
    };
}

actions! {
    /// `{address, partner}`
    ACCOUNT_ACTIVATED = "account.activated";
    /// `{}`: signed in.
    SESSION_STARTED = "session.started";
    /// `{}`
    PASSWORD_CHANGED = "password.changed";

    /// `{user, role}`: an id, and the role as on the wire.
    USER_ADDED = "user.added";
    /// `{}`: the actor accepted the invitation.
    USER_JOINED = "user.joined";
    /// `{user}`: the address belongs to another account by now.
    USER_INVITATION_WITHDRAWN = "user.invitation_withdrawn";
    /// `{user}`
    USER_DEACTIVATED = "user.deactivated";
    /// `{user}`
    USER_REACTIVATED = "user.reactivated";

    /// `{days_left, told: [user]}`
    TRIAL_REMINDED = "trial.reminded";
    /// `{deactivated: [user]}`
    TRIAL_ENDED = "trial.ended";

    /// `{company, country, vat_number|null}`
    BILLING_DETAILS_SAVED = "billing_details.saved";
    /// `{vat_number}`
    VAT_NUMBER_CONFIRMED = "vat_number.confirmed";
    /// `{vat_number}`
    VAT_NUMBER_WRONG = "vat_number.wrong";

    /// `{order, kind, payment, choice, totals}`: `onedesk_contract::orders::{OrderKind, PaymentWay}`,
    /// `onedesk_pricing::Choice`, `onedesk_tax::Totals`.
    ORDER_PLACED = "order.placed";
    /// `{order, because}`: `"given up"` (the actor did) or `"not paid in time"`.
    ORDER_CANCELLED = "order.cancelled";
    /// `{order, because}`: why nothing could be delivered for the payment.
    ORDER_FAILED = "order.failed";
    /// `{order, kind, payment|null, amount, credit_used, invoice}`: the provider's name for the payment, what was due and what
    /// credit paid (`Money`), the invoice's number.
    ORDER_PAID = "order.paid";
    /// `{order, reference}`: it is to be paid by bank transfer, which quotes the reference.
    ORDER_TRANSFER_REQUESTED = "order.transfer_requested";
    /// `{order, staff, reference}`: the vendor's staff saw the transfer arrive.
    ORDER_MARKED_PAID = "order.marked_paid";
    /// `{order, payment, amount, reason}`
    PAYMENT_REFUND_DUE = "payment.refund_due";
    /// `{order, payment, amount}`
    PAYMENT_REFUNDED = "payment.refunded";
    /// `{order, card}`: the card that later charges are taken from is another one, such as `Visa •••• 4242`.
    PAYMENT_METHOD_REPLACED = "payment_method.replaced";
    /// `{amount, reason, staff, invoice}`: account credit, `Money`; the reason as the staff wrote it; the number of its credit
    /// note.
    CREDIT_GIVEN = "credit.given";

    /// `{subscription, order, term}`: `onedesk_pricing::Term`.
    SUBSCRIPTION_BEGUN = "subscription.begun";
    /// `{events, order|null, version}`: a change by a person. `events` is what the decision tells
    /// (`[onedesk_subscription::Event]`), and what people read is made of; `order` is the one that paid for it. The same
    /// holds for everything below; `deactivated: [user]` stands beside it where users lost their access.
    SUBSCRIPTION_CHANGED = "subscription.changed";
    /// The same: it is not to be renewed.
    SUBSCRIPTION_CANCELLED = "subscription.cancelled";
    /// The same: it is to be renewed after all.
    SUBSCRIPTION_RESUMED = "subscription.resumed";
    /// The next period, charged by time.
    SUBSCRIPTION_RENEWED = "subscription.renewed";
    /// Without events: `{order, attempt, next_retry|null}`, where 1 is the try on the day of the renewal.
    SUBSCRIPTION_PAYMENT_FAILED = "subscription.payment_failed";
    /// Without events: `{since}`, a date.
    SUBSCRIPTION_SUSPENDED = "subscription.suspended";
    /// `{renews_on, due, told: [user]}`: a date; `Money`. Those who administer the account were told of an annual renewal.
    SUBSCRIPTION_RENEWAL_ANNOUNCED = "subscription.renewal_announced";
    /// The overdue renewal was paid: by a retry, or by the actor.
    SUBSCRIPTION_RECOVERED = "subscription.recovered";
    /// Without events: `{on}`, the first day without it.
    SUBSCRIPTION_ENDED = "subscription.ended";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn no_word_stands_for_two_deeds() {
        let mut words = ALL.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ALL.len());
    }
}
