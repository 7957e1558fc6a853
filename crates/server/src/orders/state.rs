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
    /// Why it could not be delivered any more if it was paid now.
    pub obstacle: Option<RefundReason>,
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
    /// The subscription is another one than the change was confirmed for: changed by somebody else, renewed, ended.
    SubscriptionChanged,
    /// The account credit that was to pay for a part of the order is used up.
    CreditGone,
    /// More users are active by now than the licences that were bought.
    TooFewLicences,
}

impl RefundReason {
    /// As it is stored and audited.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrderClosed => "order-closed",
            Self::PaidTwice => "paid-twice",
            Self::WrongAmount => "wrong-amount",
            Self::AlreadySubscribed => "already-subscribed",
            Self::SubscriptionChanged => "subscription-changed",
            Self::CreditGone => "credit-gone",
            Self::TooFewLicences => "too-few-licences",
        }
    }
}

/// Decides on what the provider says about the payment of an order.
pub fn decide(order: Standing<'_>, news: &CheckoutState) -> Decision {
    let waits = matches!(order.status, OrderStatus::Pending | OrderStatus::AwaitingTransfer);
    let payment = match news {
        CheckoutState::Paid(payment) => payment.clone(),
        CheckoutState::Closed if waits => return Decision::Cancel,
        CheckoutState::Open | CheckoutState::Closed => return Decision::Nothing,
    };
    match (order.status, order.obstacle) {
        // A card was saved for an order that is over: no money came with it.
        (OrderStatus::Paid | OrderStatus::Failed | OrderStatus::Cancelled, _) if payment.amount.is_zero() => {
            Decision::Nothing
        }
        (OrderStatus::Paid, _) if order.settled_with == Some(payment.reference.as_str()) => Decision::Nothing,
        (OrderStatus::Paid, _) => Decision::Refund(payment, RefundReason::PaidTwice),
        (OrderStatus::Failed | OrderStatus::Cancelled, _) => {
            Decision::Refund(payment, RefundReason::OrderClosed)
        }
        _ if payment.amount != order.total => Decision::Refund(payment, RefundReason::WrongAmount),
        (_, Some(reason)) => Decision::Refund(payment, reason),
        (OrderStatus::Pending | OrderStatus::AwaitingTransfer, None) => Decision::Settle(payment),
    }
}

#[cfg(test)]
mod tests {
    use onedesk_contract::Instant;
    use onedesk_pricing::Currency;

    use super::*;

    const STATUSES: [OrderStatus; 5] = [
        OrderStatus::Pending,
        OrderStatus::AwaitingTransfer,
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
            obstacle: settled_with.map(|_| RefundReason::AlreadySubscribed),
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
        for status in &STATUSES[..2] {
            assert_eq!(decide(order(*status), &CheckoutState::Closed), Decision::Cancel);
        }
        for status in &STATUSES[2..] {
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
            obstacle: Some(RefundReason::AlreadySubscribed),
            ..order(OrderStatus::Pending)
        };
        let decision = decide(standing, &paid());
        assert!(
            matches!(decision, Decision::Refund(_, RefundReason::AlreadySubscribed)),
            "{decision:?}"
        );
    }

    #[test]
    fn a_change_is_not_made_to_another_subscription_than_it_was_confirmed_for() {
        let standing = Standing {
            obstacle: Some(RefundReason::SubscriptionChanged),
            ..order(OrderStatus::Pending)
        };
        let decision = decide(standing, &paid());
        assert!(
            matches!(decision, Decision::Refund(_, RefundReason::SubscriptionChanged)),
            "{decision:?}"
        );
    }

    #[test]
    fn a_saved_card_costs_nothing_and_nothing_goes_back() {
        let saved = CheckoutState::Paid(payment("pay-0", 0, Currency::EUR));
        for status in STATUSES {
            let standing = Standing {
                total: Money::zero(Currency::EUR),
                settled_with: None,
                obstacle: None,
                ..order(status)
            };
            let decision = decide(standing, &saved);
            match status {
                OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
                    assert!(matches!(decision, Decision::Settle(_)), "{decision:?}");
                }
                _ => assert_eq!(decision, Decision::Nothing),
            }
        }
    }
}
