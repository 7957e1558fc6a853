//! The account and its orders as they are read by hand: each answer of the server is what it was written from.

use onedesk_contract::account::{AccountView, CurrentUser, Role, SubscriptionState, SubscriptionView};
use onedesk_contract::billing::Taxed;
use onedesk_contract::orders::{OrderKind, OrderStatus, OrderView, Receipt, TransferInstructions};
use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Money, Seats, quote};
use onedesk_subscribe::api::account::{account_view, order_view};
use onedesk_subscribe::api::members::Members;
use serde::Serialize;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::price_list;

fn members(view: &impl Serialize) -> Members {
    Members::parse(&serde_json::to_string(view).unwrap()).unwrap()
}

fn treatment() -> Treatment {
    Treatment {
        kind: TreatmentKind::ReverseCharge,
        rate: Rate::ZERO,
        country: Country::parse("DE").unwrap(),
    }
}

fn choice() -> Choice {
    let plan = &price_list().plans[0];
    Choice {
        plan: plan.id.clone(),
        seats: Seats::new(3).unwrap(),
        period: BillingPeriod::Annual,
        currency: plan.prices[0].currency,
    }
}

fn order() -> OrderView {
    let quote = quote(&price_list(), &choice()).unwrap();
    OrderView {
        id: Uuid::from_u128(7),
        kind: OrderKind::Subscribe,
        status: OrderStatus::Pending,
        choice: choice(),
        lines: quote.lines,
        taxed: Taxed {
            net: quote.total,
            tax: Money::zero(quote.total.currency),
            gross: quote.total,
            treatment: treatment(),
        },
        credit_used: Money::zero(quote.total.currency),
        total: quote.total,
        partner: Some("acme".to_owned()),
        placed_at: "2026-04-01T10:11:12.345Z".parse().unwrap(),
        pay_url: Some("https://pay.example.com/1".to_owned()),
        transfer: None,
        receipt: None,
    }
}

#[wasm_bindgen_test]
fn an_order_of_every_kind_and_status_is_read_back() {
    let kinds = [
        OrderKind::Subscribe,
        OrderKind::Change,
        OrderKind::Renewal,
        OrderKind::Recovery,
        OrderKind::PaymentMethod,
    ];
    for kind in kinds {
        let view = OrderView { kind, ..order() };
        assert_eq!(order_view(&members(&view)), Some(view));
    }
    let transfer = TransferInstructions {
        account_holder: "Sample Seller SAS".to_owned(),
        iban: "FR76 3000 6000 0112 3456 7890 189".to_owned(),
        bic: "AGRIFRPP".to_owned(),
        bank: String::new(),
        reference: "RF18 5390 0754 7034".to_owned(),
        pay_by: Date::constant(2026, 5, 1),
        pro_forma: "/api/orders/7/pro-forma.pdf".to_owned(),
    };
    let receipt = Receipt {
        invoice_number: "INV-000042".to_owned(),
        paid_on: Date::constant(2026, 4, 1),
        payment_method: "Visa •••• 4242".to_owned(),
        period_start: Date::constant(2026, 4, 1),
        renews_on: Date::constant(2027, 4, 1),
    };
    let (transfer, receipt) = (Some(transfer), Some(receipt));
    for (status, transfer, receipt) in [
        (OrderStatus::Pending, None, None),
        (OrderStatus::AwaitingTransfer, transfer, None),
        (OrderStatus::Paid, None, receipt),
        (OrderStatus::Failed, None, None),
        (OrderStatus::Cancelled, None, None),
    ] {
        let view = OrderView {
            status,
            transfer,
            receipt,
            pay_url: None,
            ..order()
        };
        assert_eq!(order_view(&members(&view)), Some(view));
    }
}

fn account(subscription: SubscriptionState) -> AccountView {
    AccountView {
        user: CurrentUser {
            id: Uuid::from_u128(3),
            name: "Ada".to_owned(),
            email: "ada@example.com".to_owned(),
            role: Role::Owner,
            language: "en".to_owned(),
        },
        company: "Acme".to_owned(),
        address: "acme.example.com".to_owned(),
        country: "DE".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        today: Date::constant(2026, 4, 16),
        active_users: 2,
        subscription,
        treatment: treatment(),
        credits: Vec::new(),
        preferred_choice: None,
        pending_order: None,
    }
}

#[wasm_bindgen_test]
fn an_account_in_every_state_is_read_back() {
    let paid = SubscriptionView {
        plan: choice().plan,
        licences: Seats::new(3).unwrap(),
        period: BillingPeriod::Monthly,
        currency: Currency::EUR,
        period_start: Date::constant(2026, 4, 1),
        renews_on: Date::constant(2026, 5, 1),
        renewal_amount: Money::new(4_500, Currency::EUR),
        overdue_since: None,
        cancelled: false,
    };
    let overdue = SubscriptionView {
        overdue_since: Some(Date::constant(2026, 4, 2)),
        cancelled: true,
        ..paid.clone()
    };
    let instant = "2026-04-30T22:00:00Z".parse().unwrap();
    let day = Date::constant(2026, 4, 9);
    for state in [
        SubscriptionState::Trial {
            ends_at: instant,
            days_left: 14,
        },
        SubscriptionState::TrialOver { ended_at: instant },
        SubscriptionState::Active(paid),
        SubscriptionState::Active(overdue),
        SubscriptionState::Suspended { since: day },
        SubscriptionState::Ended { on: day },
    ] {
        let view = account(state);
        assert_eq!(account_view(&members(&view)), Some(view));
    }
    let view = AccountView {
        credits: vec![Money::new(2_000, Currency::EUR), Money::new(5, Currency::JPY)],
        preferred_choice: Some(choice()),
        pending_order: Some(order()),
        ..account(SubscriptionState::Suspended { since: day })
    };
    assert_eq!(account_view(&members(&view)), Some(view));
}

#[wasm_bindgen_test]
fn an_answer_of_another_shape_is_not_guessed_at() {
    let text = serde_json::to_string(&order()).unwrap();
    for (is, becomes) in [
        ("\"pending\"", "\"lost\""),
        ("\"subscribe\"", "\"gift\""),
        ("2026-04-01T10:11:12.345Z", "some day"),
        ("00000000-0000-0000-0000-000000000007", "7"),
    ] {
        let broken = text.replace(is, becomes);
        assert_ne!(broken, text, "{is}");
        assert_eq!(order_view(&Members::parse(&broken).unwrap()), None, "{becomes}");
    }
}
