//! What people do in a life: readable when it fails.

use jiff::Timestamp;

use crate::account::Edition;

/// A card, as it is typed on the provider's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Pays, now and later.
    Good,
    /// Pays on the page, and is declined when it is charged later.
    PaysOnce,
    /// Its holder has to confirm each time.
    AsksHolder,
}

/// What becomes of the provider's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPage {
    /// Paid, with this card.
    Pays(Card),
    /// A card is tried that is declined, and the page left open.
    IsDeclined,
    /// The page is left open: time closes it.
    Leaves,
    /// The order is given up.
    GivesUp,
}

/// How an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    /// By card, should it come to the provider's page.
    Card(OnPage),
    /// By bank transfer: it waits until staff mark it.
    Transfer,
}

/// How staff mark the transfer of an order: the one that waits, or the last one that waits no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking {
    /// With what is due.
    Right,
    /// A second time, too.
    Twice,
    /// Two of them at the same moment.
    AtOnce,
    /// With a cent more or less than is due.
    OtherAmount(i8),
    /// As arrived on a day to come.
    OtherDay,
}

/// What is wanted of a subscription, part by part; numbers are counted from what is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub plan: Option<usize>,
    pub seats: Option<i32>,
    pub annual: Option<bool>,
    pub currency: Option<usize>,
}

/// A request to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    Change(Wanted),
    /// One of the parts that are scheduled, if any is.
    Withdraw(usize),
    Cancel,
    Resume,
}

/// What somebody does. It means something whatever was done before, so that a failing life can be made shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Orders; the licences are counted from the active users.
    Subscribe {
        plan: usize,
        more: i32,
        annual: bool,
        currency: usize,
        /// At the prices of the other catalog, as seen on a page that is out of date.
        outdated: bool,
        payment: Payment,
    },
    /// Previews and confirms.
    Ask {
        request: Request,
        page: OnPage,
    },
    /// The same, and sends the confirmation a second time.
    AskTwice(Request),
    /// Another admin previews, and keeps the preview.
    Look(Request),
    /// The other admin confirms the preview that was kept, whatever came between.
    ConfirmLooked,
    /// The other admin previews, the owner changes something, then the other admin confirms.
    Between(Request, Request),
    /// Two admins preview, then confirm at the same moment.
    AtOnce(Request, Request),
    AddUsers(u32),
    /// As many as there are licences for, and so many more.
    FillUp(u32),
    Deactivate(u32),
    /// So many; 0 for as many as the licences allow.
    Reactivate(u32),
    ReplaceCard(Card),
    /// Pays the overdue renewal.
    Recover {
        other_card: bool,
        payment: Payment,
    },
    /// Turns to the page of an order that waits.
    Page(OnPage),
    /// Staff look at their bank account.
    Mark(Marking),
}

/// How a day of a world begins.
#[derive(Clone, Copy, Debug)]
pub struct Morning {
    pub at: Timestamp,
    /// Whether the server is stopped and started before.
    pub restarts: bool,
    /// The catalog that it sells from.
    pub edition: Edition,
}

/// A part of a life: on such a morning the clock is set, then this is done.
pub type Acts = Vec<Act>;
