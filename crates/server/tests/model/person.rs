//! Somebody who lives a life: does what it says over HTTP, and compares the server with the model after every step.
//!
//! - [`http`]: requests and what they are answered.
//! - [`ordering`], [`cards`], [`transfers`]: subscribing and paying.
//! - [`changing`]: previews and confirmations, by one admin and by two.
//! - [`users`]: who may work.
//! - [`comparing`], [`wire`]: what the server shows, and how it writes that.

mod cards;
mod changing;
mod comparing;
mod http;
mod ordering;
mod transfers;
mod users;
mod wire;

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

pub use http::Desk;

use crate::account::{Account, counted};
use crate::acts::{Act, Morning, OnPage};
use crate::books;
use changing::Looked;

/// What went wrong, as a sentence.
type Outcome<T = ()> = Result<T, String>;

/// What was done, and what was not as it has to be.
#[derive(Clone, Debug)]
pub struct Told {
    pub log: Vec<String>,
    pub wrong: String,
}

/// An account as it was set up: its row, and who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: Uuid,
    /// The session of the owner.
    pub owner: String,
    /// That of another admin, who loses it when they are deactivated.
    pub admin: String,
}

#[derive(Debug)]
pub struct Person {
    pub life: u64,
    pub account: Account,
    /// Commands that the server was asked for something by.
    pub acts: u64,
    /// Changes that it carried out.
    pub accepted: u64,
    pub failed: Option<Told>,
    signed_in: SignedIn,
    added: u32,
    looked: Option<Looked>,
    log: Vec<String>,
}

impl Person {
    pub fn new(life: u64, signed_in: SignedIn, account: Account) -> Self {
        Self {
            life,
            account,
            acts: 0,
            accepted: 0,
            failed: None,
            signed_in,
            added: 0,
            looked: None,
            log: Vec::new(),
        }
    }

    /// Lives through a morning; a life that has failed is over.
    pub async fn lives(&mut self, desk: &Desk, morning: &Morning, before: Option<Timestamp>, acts: &[Act]) {
        if self.failed.is_none()
            && let Err(wrong) = self.chapter(desk, morning, before, acts).await
        {
            self.fails(wrong);
        }
    }

    async fn chapter(
        &mut self,
        desk: &Desk,
        morning: &Morning,
        before: Option<Timestamp>,
        acts: &[Act],
    ) -> Outcome {
        let held = self.account.subscription.clone();
        self.account.time_comes(morning.at, morning.edition);
        self.log.push(format!(
            "{}, {} for the account{}{}",
            morning.at,
            self.account.today,
            if morning.restarts { ", after a restart" } else { "" },
            if morning.edition == crate::account::Edition::Sale {
                ", at the prices of a sale"
            } else {
                ""
            }
        ));
        if let Some(before) = before {
            let hours = morning.at.duration_since(before).as_hours();
            if hours < 24 {
                self.account.reached.note("jumps of some hours");
            }
            if hours > 370 * 24 {
                self.account.reached.note("jumps of more than a year");
            }
        }
        if self.account.subscription != held {
            self.compare(desk).await?;
        }
        for act in acts {
            self.log.push(format!("  {act:?}"));
            let asked = desk.asked();
            self.act(desk, *act).await?;
            if desk.asked() == asked {
                // Nothing was there to do it to.
                continue;
            }
            self.acts += 1;
            self.catches_up(desk).await;
            self.compare(desk).await?;
            if let Some(day) = self.account.announced() {
                self.account.letters.announceable.insert(day);
            }
        }
        self.compare_account(desk).await?;
        books::of_account(&desk.db, self.signed_in.account, &self.account).await
    }

    /// At the end of a life: everything once more, and the lists.
    pub async fn ends(&mut self, desk: &Desk) {
        if self.failed.is_some() {
            return;
        }
        let mut outcome = self.compare(desk).await;
        if outcome.is_ok() {
            outcome = self.compare_lists(desk).await;
        }
        if outcome.is_ok() {
            outcome = books::letters(&desk.db, self.life, &self.account).await;
        }
        if let Err(wrong) = outcome {
            self.fails(format!("at the end: {wrong}"));
        }
        if !self.account.letters.announced.is_empty() {
            self.account.reached.note("annual renewals announced");
        }
    }

    fn fails(&mut self, wrong: String) {
        let log = self.log.clone();
        self.failed = Some(Told { log, wrong });
    }

    async fn act(&mut self, desk: &Desk, act: Act) -> Outcome {
        match act {
            Act::Subscribe {
                plan,
                more,
                annual,
                currency,
                outdated,
                payment,
            } => {
                let seats = counted(self.account.active, more);
                self.subscribes(desk, (plan, seats, annual, currency), outdated, payment)
                    .await
            }
            Act::Ask { request, page } => self.asks(desk, request, page, false).await,
            Act::AskTwice(request) => self.asks(desk, request, OnPage::Leaves, true).await,
            Act::Look(request) => self.looks(desk, request).await,
            Act::ConfirmLooked => self.confirms_looked(desk).await,
            Act::Between(looked, asked) => {
                self.looks(desk, looked).await?;
                self.asks(desk, asked, OnPage::Leaves, false).await?;
                self.confirms_looked(desk).await
            }
            Act::AtOnce(one, other) => self.at_once(desk, one, other).await,
            Act::AddUsers(count) => self.adds(desk, count).await,
            Act::FillUp(more) => {
                let free = self
                    .account
                    .licences()
                    .map_or(0, |licences| licences.saturating_sub(self.account.active));
                self.adds(desk, (free + more).min(8)).await
            }
            Act::Deactivate(count) => self.deactivates(desk, count).await,
            Act::Reactivate(count) => self.reactivates(desk, count).await,
            Act::ReplaceCard(card) => self.replaces_card(desk, card).await,
            Act::Recover { other_card, payment } => self.recovers(desk, other_card, payment).await,
            Act::Page(page) => self.turns_to_page(desk, page).await,
            Act::Mark(marking) => self.is_marked(desk, marking).await,
        }
    }

    /// Paid, or given up, so late that the next step of time is due already: the next pass takes it.
    async fn catches_up(&mut self, desk: &Desk) {
        if self.account.is_due() {
            desk.clock(&json!({ "advance_hours": 0 })).await;
            self.account.renewals_come();
        }
    }
}
