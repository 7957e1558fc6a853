//! The account and its orders, read by hand: see [`members`](super::members).

use onedesk_contract::Instant;
use onedesk_contract::account::{AccountView, CurrentUser, Role, SubscriptionState, SubscriptionView};
use onedesk_contract::billing::Taxed;
use onedesk_contract::orders::{OrderKind, OrderStatus, OrderView, Receipt, TransferInstructions};
use onedesk_pricing::{Money, Seats};
use uuid::Uuid;

use super::exchange::Body;
use super::members::Members;
use super::subscription::{optional, read};
use super::{Answer, OpenedSession};

/// Reads the answer of `GET /api/account` and of whatever answers with the account.
pub(super) fn account(body: Body) -> Answer<AccountView> {
    read(body, account_view)
}

/// Reads an account that the server has opened a session in.
pub(super) fn opened(body: Body) -> Answer<OpenedSession> {
    account(body).map(OpenedSession::new)
}

/// Reads an answer that is an order.
pub(super) fn order(body: Body) -> Answer<OrderView> {
    read(body, order_view)
}

/// Reads the body of `GET /api/account`.
pub fn account_view(of: &Members) -> Option<AccountView> {
    let user = of.object("user");
    Some(AccountView {
        user: CurrentUser {
            id: id(&user)?,
            name: user.text("name"),
            email: user.text("email"),
            role: match user.text("role").as_str() {
                "owner" => Role::Owner,
                "admin" => Role::Admin,
                "member" => Role::Member,
                _ => return None,
            },
            language: user.text("language"),
        },
        company: of.text("company"),
        address: of.text("address"),
        country: of.text("country"),
        time_zone: of.text("time_zone"),
        today: of.date("today")?,
        active_users: of.json("active_users")?,
        subscription: state(&of.object("subscription"))?,
        treatment: of.json("treatment")?,
        credits: of.json::<Option<Vec<Money>>>("credits")?.unwrap_or_default(),
        preferred_choice: of.json("preferred_choice")?,
        pending_order: optional(of, "pending_order", order_view).ok()?,
    })
}

fn state(of: &Members) -> Option<SubscriptionState> {
    Some(match of.text("state").as_str() {
        "trial" => SubscriptionState::Trial {
            ends_at: instant(of, "ends_at")?,
            days_left: of.json("days_left")?,
        },
        "trial_over" => SubscriptionState::TrialOver {
            ended_at: instant(of, "ended_at")?,
        },
        "active" => SubscriptionState::Active(SubscriptionView {
            plan: of.text("plan").parse().ok()?,
            licences: of.json::<Seats>("licences")?,
            period: of.text("period").parse().ok()?,
            currency: of.money("renewal_amount")?.currency,
            period_start: of.date("period_start")?,
            renews_on: of.date("renews_on")?,
            renewal_amount: of.money("renewal_amount")?,
            overdue_since: of.date("overdue_since"),
            cancelled: of.json::<Option<bool>>("cancelled")?.unwrap_or_default(),
        }),
        "suspended" => SubscriptionState::Suspended {
            since: of.date("since")?,
        },
        "ended" => SubscriptionState::Ended {
            on: of.date("since")?,
        },
        _ => return None,
    })
}

/// Reads the body of `GET /api/orders/{id}`.
pub fn order_view(of: &Members) -> Option<OrderView> {
    let taxed = of.object("taxed");
    Some(OrderView {
        id: id(of)?,
        kind: match of.text("kind").as_str() {
            "subscribe" => OrderKind::Subscribe,
            "change" => OrderKind::Change,
            "renewal" => OrderKind::Renewal,
            "recovery" => OrderKind::Recovery,
            "payment_method" => OrderKind::PaymentMethod,
            _ => return None,
        },
        status: match of.text("status").as_str() {
            "pending" => OrderStatus::Pending,
            "awaiting_transfer" => OrderStatus::AwaitingTransfer,
            "paid" => OrderStatus::Paid,
            "failed" => OrderStatus::Failed,
            "cancelled" => OrderStatus::Cancelled,
            _ => return None,
        },
        choice: of.json("choice")?,
        lines: of.json("lines")?,
        taxed: Taxed {
            net: taxed.money("net")?,
            tax: taxed.money("tax")?,
            gross: taxed.money("gross")?,
            treatment: taxed.json("treatment")?,
        },
        credit_used: of.money("credit_used")?,
        total: of.money("total")?,
        partner: some_text(of, "partner"),
        placed_at: instant(of, "placed_at")?,
        pay_url: some_text(of, "pay_url"),
        transfer: optional(of, "transfer", transfer).ok()?,
        receipt: optional(of, "receipt", receipt).ok()?,
    })
}

/// A text that may not be there.
fn some_text(of: &Members, name: &str) -> Option<String> {
    Some(of.text(name)).filter(|text| !text.is_empty())
}

fn transfer(of: &Members) -> Option<TransferInstructions> {
    Some(TransferInstructions {
        account_holder: of.text("account_holder"),
        iban: of.text("iban"),
        bic: of.text("bic"),
        bank: of.text("bank"),
        reference: of.text("reference"),
        pay_by: of.date("pay_by")?,
        pro_forma: of.text("pro_forma"),
    })
}

fn receipt(of: &Members) -> Option<Receipt> {
    Some(Receipt {
        invoice_number: of.text("invoice_number"),
        paid_on: of.date("paid_on")?,
        payment_method: of.text("payment_method"),
        period_start: of.date("period_start")?,
        renews_on: of.date("renews_on")?,
    })
}

fn id(of: &Members) -> Option<Uuid> {
    of.text("id").parse().ok()
}

/// An instant: the browser reads RFC 3339 itself.
fn instant(of: &Members, name: &str) -> Option<Instant> {
    let milliseconds = js_sys::Date::parse(&of.text(name));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of a date that the browser reads are whole and exact"
    )]
    let whole = milliseconds.is_finite().then_some(milliseconds as i64)?;
    Instant::from_millisecond(whole).ok()
}
