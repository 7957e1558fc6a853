//! The one change that can be on its way from this page, from the question *Confirm?* to what came of it.
//!
//! It belongs to the session, not to a screen, for the reasons of the order's [desk](crate::order::desk); and it keeps what
//! is known of the subscription, which is what a change starts from.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::orders::{OrderStatus, OrderView, PaymentWay};
use onedesk_contract::subscription::{RecoveryRequest, RenewalView, SubscriptionDetails};
use onedesk_pricing::{Money, PriceList};
use onedesk_subscription::Request;
use uuid::Uuid;

use super::outlook::Outlook;
use crate::api::{Answer, ApiError, SignedIn};
use crate::browser;
use crate::order::courier::Courier;
use crate::order::kept::{Errand, KeptOrder};
use crate::order::{Obstacle, Outcome, Placed, Refusal};

/// Where the change stands. Its signals live as long as the page.
#[derive(Clone, Copy, Debug)]
pub struct ChangeDesk {
    details: RwSignal<Option<SubscriptionDetails>>,
    stage: RwSignal<Stage>,
    news: RwSignal<Option<News>>,
    courier: Courier,
    /// What is on its way. Not known of what was taken up after a reload.
    offered: StoredValue<Option<Offer>>,
}

/// What is shown of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nothing.
    Idle,
    /// What will be done, to be confirmed.
    Confirming(Box<Offer>),
    /// It is with the server, or waits to be sent again: see [`ChangeDesk::obstacle`].
    Underway,
    /// It has to be paid; the browser leaves for the payment page.
    Leaving,
    /// Why it was not done.
    Ended(Ending),
}

/// What is to be confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it is.
    pub subject: Subject,
    /// The amount that was confirmed before it was another one.
    pub instead_of: Option<Money>,
}

/// What can be confirmed.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A change.
    Change(Box<Outlook>),
    /// The overdue renewal is paid.
    Recovery {
        /// The renewal as it can be paid now.
        renewal: Box<RenewalView>,
        /// Whether with another card than the stored one.
        other_card: bool,
    },
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// The server refused it.
    Refused(Refusal),
    /// The stored card was declined. What can be tried again, unless the page was reloaded.
    Declined(Option<Box<Offer>>),
    /// It cannot be made; for this reason.
    Impossible(&'static str),
    /// It is something else by now, and there is nothing to confirm anew.
    Gone,
    /// The person gave up waiting.
    Stopped,
    /// The browser cannot make an `Idempotency-Key`.
    NoKey,
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// What was done, as it was confirmed.
    pub said: Vec<String>,
    /// The order, if something was due.
    pub order: Option<OrderView>,
}

impl Offer {
    /// What is due today.
    pub fn due(&self) -> Money {
        match &self.subject {
            Subject::Change(outlook) => outlook.due(),
            Subject::Recovery { renewal, .. } => renewal.totals.due,
        }
    }
}

impl ChangeDesk {
    /// A desk without a change.
    pub fn new() -> Self {
        Self {
            details: RwSignal::new(None),
            stage: RwSignal::new(Stage::Idle),
            news: RwSignal::new(None),
            courier: Courier::new("onedesk.change"),
            offered: StoredValue::new(None),
        }
    }

    /// The subscription as last heard of.
    pub fn details(self) -> Signal<Option<SubscriptionDetails>> {
        self.details.into()
    }

    /// Where the change stands.
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// What the change on its way has met last.
    pub fn obstacle(self) -> Signal<Option<Obstacle>> {
        self.courier.obstacle()
    }

    /// The last change that was made, until it is [taken](Self::take_news).
    pub fn news(self) -> Signal<Option<News>> {
        self.news.into()
    }

    /// The last change that was made. It is news no more.
    pub fn take_news(self) -> Option<News> {
        self.news.try_update(Option::take).flatten()
    }

    /// Asks the server for the subscription.
    pub async fn load(self, client: SignedIn) -> Answer<()> {
        let details = client.subscription().await?;
        if self
            .details
            .with_untracked(|known| known.as_ref() != Some(&details))
        {
            self.details.set(Some(details));
        }
        Ok(())
    }

    /// Asks for the confirmation of a change or a payment.
    pub fn ask(self, subject: Subject) {
        self.news.set(None);
        self.stage.set(Stage::Confirming(Box::new(Offer {
            subject,
            instead_of: None,
        })));
    }

    /// Asks for the confirmation of what a request leads to at these prices, or says why it leads to nothing.
    pub fn ask_for(self, prices: &PriceList, request: Request) {
        let outlook = self.details.with_untracked(|details| {
            details
                .as_ref()
                .map(|details| Outlook::of(details, prices, request))
        });
        match outlook {
            Some(Ok(outlook)) => self.ask(Subject::Change(Box::new(outlook))),
            Some(Err(reason)) => self.stage.set(Stage::Ended(Ending::Impossible(reason))),
            None => {}
        }
    }

    /// Does what is being confirmed, with a key of its own. `said` are the words for it once it is done.
    pub fn confirm(self, client: SignedIn, user: Uuid, offer: Offer, said: Vec<String>) {
        let due = offer.due();
        let order = match &offer.subject {
            Subject::Change(outlook) => KeptOrder::new(
                user,
                Errand::Change,
                &outlook.confirmation(),
                due,
                PaymentWay::Card,
            ),
            Subject::Recovery { other_card, .. } => {
                let request = RecoveryRequest {
                    expected_due: due,
                    payment: PaymentWay::Card,
                    other_card: *other_card,
                };
                KeptOrder::new(user, Errand::Recovery, &request, due, PaymentWay::Card)
            }
        };
        match order {
            Some(order) => {
                self.offered.set_value(Some(offer));
                self.send(client, KeptOrder { said, ..order });
            }
            None => self.stage.set(Stage::Ended(Ending::NoKey)),
        }
    }

    /// Takes up the change that was not answered before the page was reloaded, if there is one.
    pub fn resume(self, client: SignedIn, user: Uuid) {
        if let Some(order) = self.courier.left_over(user) {
            self.send(client, order);
        }
    }

    /// Gives up waiting.
    pub fn stop(self) {
        self.courier.stop();
    }

    /// Puts away what is shown. A change that is on its way stays.
    pub fn put_away(self) {
        if self.stage.get_untracked() != Stage::Underway {
            self.stage.set(Stage::Idle);
        }
    }

    /// Ends everything: the session is over.
    pub fn clear(self) {
        self.courier.clear();
        self.stage.set(Stage::Idle);
        self.details.set(None);
        self.news.set(None);
    }

    fn send(self, client: SignedIn, order: KeptOrder) {
        self.news.set(None);
        self.stage.set(Stage::Underway);
        let tell = move |order: KeptOrder, outcome| {
            spawn_local(async move { self.end(client, order, outcome).await });
        };
        self.courier.send(client, order, Box::new(tell));
    }

    async fn end(self, client: SignedIn, order: KeptOrder, outcome: Outcome) {
        let stage = match outcome {
            Outcome::Placed(placed) => self.placed(order, placed),
            Outcome::Refused(refusal) => {
                // What refused it is to be seen on the screen behind. Failing that, what is known stays.
                let _ = self.load(client).await;
                self.refused(refusal, order.confirmed)
            }
            Outcome::Stopped => {
                let _ = self.load(client).await;
                Stage::Ended(Ending::Stopped)
            }
        };
        self.stage.set(stage);
    }

    fn placed(self, kept: KeptOrder, placed: Placed) -> Stage {
        // An order is not answered here.
        let Placed::Change(view) = placed else {
            return Stage::Idle;
        };
        self.details.set(Some(view.subscription));
        let to_pay = view.order.as_ref().and_then(|order| match order.status {
            OrderStatus::Pending => order.pay_url.clone(),
            _ => None,
        });
        if let Some(address) = to_pay {
            browser::go_to(&address);
            return Stage::Leaving;
        }
        self.news.set(Some(News {
            said: kept.said,
            order: view.order,
        }));
        Stage::Idle
    }

    fn refused(self, refusal: Refusal, confirmed: Money) -> Stage {
        let offered = self.offered.try_update_value(Option::take).flatten();
        let Refusal::Other(ApiError::Problem(problem)) = &refusal else {
            return Stage::Ended(Ending::Refused(refusal));
        };
        match problem.problem_type {
            ProblemType::CardDeclined => Stage::Ended(Ending::Declined(offered.map(Box::new))),
            ProblemType::PreviewStale => {
                let subject = offered.and_then(|offer| match offer.subject {
                    Subject::Change(outlook) => problem
                        .preview()
                        .map(|fresh| Subject::Change(Box::new(Outlook::afresh(outlook.request, fresh)))),
                    Subject::Recovery { other_card, .. } => self.overdue().map(|renewal| Subject::Recovery {
                        renewal: Box::new(renewal),
                        other_card,
                    }),
                });
                match subject {
                    Some(subject) => Stage::Confirming(Box::new(Offer {
                        subject,
                        instead_of: Some(confirmed),
                    })),
                    None => Stage::Ended(Ending::Gone),
                }
            }
            _ => Stage::Ended(Ending::Refused(refusal)),
        }
    }

    /// The renewal that is overdue, as it can be paid now.
    fn overdue(self) -> Option<RenewalView> {
        self.details
            .with_untracked(|details| details.as_ref()?.overdue.clone())
    }
}

impl Default for ChangeDesk {
    fn default() -> Self {
        Self::new()
    }
}
