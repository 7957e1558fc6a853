//! What becomes of an order when something is learnt about its payment: a pure decision.
//!
//! Rule: *Orders and payment* ("`pending → paid | failed | cancelled`; licences exist only when paid; a paid order is
//! exactly one charge, one invoice, one subscription change"). News of a payment come twice, late and out of order, and
//! from three sides: the provider's notification, the buyer's return, and the clock. Whoever brings them, the decision
//! depends only on the order as it is stored and on what the provider says now, so that the order of arrival is of no
//! consequence.

use onedesk_contract::orders::OrderStatus;
use onedesk_pricing::Money;

use crate::payments::{CheckoutState, Payment};

/// What the decision depends on, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// How far the order has come.
    pub status: OrderStatus,
    /// What it costs.
    pub total: Money,
    /// The provider's reference of the payment that it was settled with, once paid.
    pub settled_with: Option<&'a str>,
    /// Whether the account has a paid subscription by now.
    pub subscribed: bool,
}

/// What is to be done with the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing is new.
    Nothing,
    /// The payment fits: charge, invoice and subscription are written, all at once.
    Settle(Payment),
    /// Nothing was paid and nothing will be.
    Cancel,
    /// Money came that nothing can be delivered for: it goes back. An order that still waited has failed by that.
    Refund(Payment, RefundReason),
}

/// Why a payment goes back to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundReason {
    /// The order was cancelled, or had failed, before the payment arrived.
    OrderClosed,
    /// The order was paid by another payment.
    PaidTwice,
    /// Another amount or another currency than the order's.
    WrongAmount,
    /// The account has a subscription already.
    AlreadySubscribed,
}

impl RefundReason {
    /// As it is stored and audited.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrderClosed => "order-closed",
            Self::PaidTwice => "paid-twice",
            Self::WrongAmount => "wrong-amount",
            Self::AlreadySubscribed => "already-subscribed",
        }
    }
}

/// Decides on what the provider says about the payment of an order.
pub fn decide(order: Standing<'_>, news: &CheckoutState) -> Decision {
    let payment = match news {
        CheckoutState::Paid(payment) => payment.clone(),
        CheckoutState::Closed if order.status == OrderStatus::Pending => return Decision::Cancel,
        CheckoutState::Open | CheckoutState::Closed => return Decision::Nothing,
    };
    match order.status {
        OrderStatus::Paid if order.settled_with == Some(payment.reference.as_str()) => Decision::Nothing,
        OrderStatus::Paid => Decision::Refund(payment, RefundReason::PaidTwice),
        OrderStatus::Failed | OrderStatus::Cancelled => Decision::Refund(payment, RefundReason::OrderClosed),
        OrderStatus::Pending | OrderStatus::AwaitingTransfer if payment.amount != order.total => {
            Decision::Refund(payment, RefundReason::WrongAmount)
        }
        OrderStatus::Pending | OrderStatus::AwaitingTransfer if order.subscribed => {
            Decision::Refund(payment, RefundReason::AlreadySubscribed)
        }
        OrderStatus::Pending | OrderStatus::AwaitingTransfer => Decision::Settle(payment),
    }
}

#[cfg(test)]
mod tests {
    use onedesk_contract::Instant;
    use onedesk_pricing::Currency;

    use super::*;

    const STATUSES: [OrderStatus; 4] = [
        OrderStatus::Pending,
        OrderStatus::Paid,
        OrderStatus::Failed,
        OrderStatus::Cancelled,
    ];

    fn order(status: OrderStatus) -> Standing<'static> {
        let settled_with = (status == OrderStatus::Paid).then_some("pay-1");
        Standing {
            status,
            total: Money::new(14_388, Currency::EUR),
            settled_with,
            subscribed: settled_with.is_some(),
        }
    }

    fn payment(reference: &str, minor: i64, currency: Currency) -> Payment {
        Payment {
            reference: reference.into(),
            amount: Money::new(minor, currency),
            method: "Visa •••• 4242".into(),
            reusable: None,
            paid_at: Instant::UNIX_EPOCH,
        }
    }

    fn paid() -> CheckoutState {
        CheckoutState::Paid(payment("pay-1", 14_388, Currency::EUR))
    }

    #[test]
    fn a_payment_settles_a_pending_order_and_the_same_payment_again_is_nothing_new() {
        assert!(matches!(
            decide(order(OrderStatus::Pending), &paid()),
            Decision::Settle(_)
        ));
        assert_eq!(decide(order(OrderStatus::Paid), &paid()), Decision::Nothing);
    }

    #[test]
    fn an_open_checkout_changes_nothing() {
        for status in STATUSES {
            assert_eq!(decide(order(status), &CheckoutState::Open), Decision::Nothing);
        }
    }

    #[test]
    fn a_closed_checkout_cancels_only_what_still_waits() {
        assert_eq!(
            decide(order(OrderStatus::Pending), &CheckoutState::Closed),
            Decision::Cancel
        );
        for status in &STATUSES[1..] {
            assert_eq!(decide(order(*status), &CheckoutState::Closed), Decision::Nothing);
        }
    }

    #[test]
    fn money_for_a_closed_order_goes_back() {
        for status in [OrderStatus::Cancelled, OrderStatus::Failed] {
            let decision = decide(order(status), &paid());
            assert!(
                matches!(decision, Decision::Refund(_, RefundReason::OrderClosed)),
                "{decision:?}"
            );
        }
    }

    #[test]
    fn a_second_payment_goes_back() {
        let second = CheckoutState::Paid(payment("pay-2", 14_388, Currency::EUR));
        let decision = decide(order(OrderStatus::Paid), &second);
        assert!(
            matches!(decision, Decision::Refund(_, RefundReason::PaidTwice)),
            "{decision:?}"
        );
    }

    #[test]
    fn another_amount_or_currency_settles_nothing() {
        for wrong in [
            payment("p", 14_387, Currency::EUR),
            payment("p", 14_388, Currency::USD),
        ] {
            let decision = decide(order(OrderStatus::Pending), &CheckoutState::Paid(wrong));
            assert!(
                matches!(decision, Decision::Refund(_, RefundReason::WrongAmount)),
                "{decision:?}"
            );
        }
    }

    #[test]
    fn an_account_with_a_subscription_gets_no_second_one() {
        let standing = Standing {
            subscribed: true,
            ..order(OrderStatus::Pending)
        };
        let decision = decide(standing, &paid());
        assert!(
            matches!(decision, Decision::Refund(_, RefundReason::AlreadySubscribed)),
            "{decision:?}"
        );
    }
}
