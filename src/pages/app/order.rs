//! An order: what came of it, and what to do next.

mod card;
mod receipt;
mod transfer;

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::orders::{OrderKind, OrderStatus, OrderView};
use onedesk_texts::{Language, admin, shared, widget};
use uuid::Uuid;

use super::addresses;
use super::open_payment::OpenPayment;
use super::screen::ScreenTitle;
use super::waiting::Waiting;
use crate::api::ApiError;
use crate::changing::changing;
use crate::components::button::{Button, LinkButton};
use crate::components::notice::{Notice, NoticeKind};
use crate::order::pause::pause;
use crate::part::IntoPart;
use crate::session::Account;
use card::CardReplacement;
use receipt::Receipt;
use transfer::AwaitedTransfer;

/// How often, and how many times, a pending order is asked about: for a minute after the buyer came back from paying.
const POLL_MILLISECONDS: u32 = 2_500;
const POLLS: u32 = 24;

/// The order as far as is known.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Asking,
    Order(Box<OrderView>),
    /// This account has none at this address.
    None,
    Failed(ApiError),
}

/// The order of the address.
#[derive(Clone, Copy)]
struct Lookup {
    account: Account,
    known: RwSignal<Known>,
    /// Whether the payment is being asked about.
    polling: RwSignal<bool>,
}

impl Lookup {
    fn begin(account: Account, id: Option<Uuid>) -> Self {
        let known = if id.is_some() { Known::Asking } else { Known::None };
        let lookup = Self {
            account,
            known: RwSignal::new(known),
            polling: RwSignal::new(true),
        };
        if let Some(id) = id {
            lookup.follow(id);
        }
        lookup
    }

    /// Asks for the order, and again while its payment may be on its way.
    fn follow(self, id: Uuid) {
        spawn_local(async move {
            for poll in 0..=POLLS {
                if poll > 0 {
                    pause(POLL_MILLISECONDS, drop).await;
                }
                let known = self.ask(id).await;
                if matches!(&known, Known::Order(order) if order.status == OrderStatus::Paid) {
                    // The receipt tells of licences that are free: the account is to know of them first.
                    let _ = self.account.refresh().await;
                }
                let is_pending =
                    matches!(&known, Known::Order(order) if order.status == OrderStatus::Pending);
                // A failed repetition leaves what is shown. Where there is nothing to set, the screen was left.
                let is_shown = if poll > 0 && matches!(known, Known::Failed(_)) {
                    !self.known.is_disposed()
                } else {
                    self.show(known)
                };
                if !is_shown || !(is_pending || poll > 0 && self.is_pending()) {
                    break;
                }
            }
            self.polling.try_set(false);
            self.account.refresh_soon();
        });
    }

    async fn ask(self, id: Uuid) -> Known {
        match self.account.client.order(id).await {
            Ok(order) => Known::Order(Box::new(order)),
            Err(error) if error.problem_type() == Some(ProblemType::NotFound) => Known::None,
            Err(error) => Known::Failed(error),
        }
    }

    /// Shows what is known, unless it is shown already. `false` if the screen is gone.
    fn show(self, known: Known) -> bool {
        match self.known.try_with_untracked(|shown| *shown == known) {
            None => false,
            Some(true) => true,
            Some(false) => self.known.try_set(known).is_none(),
        }
    }

    fn is_pending(self) -> bool {
        self.known
            .try_with_untracked(
                |known| matches!(known, Known::Order(order) if order.status == OrderStatus::Pending),
            )
            .unwrap_or(false)
    }
}

/// Receipt, open payment, or why there is neither.
#[component]
pub fn OrderPage(
    /// The account.
    account: Account,
    /// The order; none where the address names no order's id.
    id: Option<Uuid>,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::order(language);
    let kinds = admin::order_kind(language);
    let lookup = Lookup::begin(account, id);
    let title = Signal::derive(move || {
        match &*lookup.known.read() {
            Known::Asking | Known::Failed(_) => texts.page(),
            Known::None => texts.unknown_title(),
            Known::Order(order) if order.kind == OrderKind::PaymentMethod => {
                card::title(language, order.status)
            }
            Known::Order(order) => match order.status {
                OrderStatus::Pending => texts.pending_title(),
                OrderStatus::AwaitingTransfer => admin::transfer(language).open_title(),
                OrderStatus::Paid => paid_title(language, order.kind),
                OrderStatus::Failed => texts.failed_title(),
                OrderStatus::Cancelled => texts.cancelled_title(),
            },
        }
        .to_owned()
    });
    let content = move || match lookup.known.get() {
        Known::Asking => view! { <Waiting text=texts.loading()/> }.part(),
        Known::None => view! { <Ended account kind=NoticeKind::Info text=texts.unknown_text()/> }.part(),
        Known::Failed(error) => view! {
            <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                <p>{account.explain(&error)}</p>
            </Notice>
            <Button on_press=move |_| if let Some(id) = id { lookup.follow(id) }>
                {shared::action(language).try_again()}
            </Button>
        }
        .part(),
        Known::Order(order) if order.kind == OrderKind::PaymentMethod => {
            view! { <CardReplacement language order=*order/> }.part()
        }
        Known::Order(order) => match order.status {
            OrderStatus::Paid => view! { <Receipt account order=*order/> }.part(),
            OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
                view! { <Pending lookup order=*order/> }.part()
            }
            OrderStatus::Failed => {
                let text = if is_first(&order) {
                    texts.failed_text()
                } else {
                    kinds.failed()
                };
                view! { <Ended account kind=NoticeKind::Error text/> }.part()
            }
            OrderStatus::Cancelled => {
                let text = if is_first(&order) {
                    texts.cancelled_text()
                } else {
                    kinds.cancelled()
                };
                view! { <Ended account kind=NoticeKind::Info text/> }.part()
            }
        },
    };
    let partner = move || match &*lookup.known.read() {
        Known::Order(order) => order.partner.as_ref().map(|name| {
            view! { <p class="order__partner">{widget::order(language).partner(name)}</p> }
        }),
        _ => None,
    };
    view! {
        <div class="screen screen--narrow">
            <ScreenTitle title window_title=account.window_title(texts.page())/>
            <div class="order" aria-live="polite">{changing(content)}</div>
            {changing(partner)}
        </div>
    }
}

/// Whether it is for a first subscription.
fn is_first(order: &OrderView) -> bool {
    order.kind == OrderKind::Subscribe
}

/// What a paid order brought, in a heading.
fn paid_title(language: Language, kind: OrderKind) -> &'static str {
    let texts = admin::order_kind(language);
    match kind {
        OrderKind::Subscribe => admin::order(language).paid_title(),
        OrderKind::Change => texts.change_done(),
        OrderKind::Renewal | OrderKind::Recovery => texts.renewal_done(),
        OrderKind::PaymentMethod => texts.card_done(),
    }
}

/// Not paid yet; while the payment may be on its way, that is said.
#[component]
fn Pending(lookup: Lookup, order: OrderView) -> impl IntoView {
    let account = lookup.account;
    let texts = admin::order(account.language);
    let id = order.id;
    let on_end = Callback::new(move |_| lookup.follow(id));
    if let Some(transfer) = order.transfer.clone() {
        return view! { <AwaitedTransfer account order transfer on_end/> }.part();
    }
    let words = if is_first(&order) {
        texts.pending_text()
    } else {
        admin::order_kind(account.language).not_paid()
    };
    view! {
        <p class="screen__lead">{words}</p>
        {changing(move || lookup.polling.get().then(|| view! { <Waiting text=texts.pending_asking()/> }))}
        <OpenPayment account order on_end/>
    }
    .part()
}

/// What happened, what was not done, and the way on.
#[component]
fn Ended(account: Account, kind: NoticeKind, text: &'static str) -> impl IntoView {
    view! {
        <Notice kind><p>{text}</p></Notice>
        <LinkButton href=addresses::SUBSCRIPTION>{admin::order(account.language).order_again()}</LinkButton>
    }
}
