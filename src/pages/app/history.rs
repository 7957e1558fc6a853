//! What was done in the account, by whom and when.

use leptos::prelude::*;
use onedesk_contract::history::HistoryEntry;
use onedesk_texts::{Language, billing, format};

use super::asked::Answering;
use super::listing::{Listing, Page};
use super::screen::ScreenTitle;
use crate::components::notice::Notice;
use crate::components::records::{Cell, Group, append};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The deeds, newest first, under their days.
#[component]
pub fn HistoryPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let title = billing::titles(account.language).history();
    let listing = Listing {
        account,
        caption: title,
        columns,
        ask,
        empty,
    };
    view! {
        <div class="screen">
            <ScreenTitle title window_title=account.window_title(title)/>
            <p class="screen__lead">{billing::history(account.language).lead()}</p>
            {listing.view()}
        </div>
    }
}

fn columns(account: Account) -> Vec<&'static str> {
    let texts = billing::history(account.language);
    vec![texts.time(), texts.who(), texts.what()]
}

fn ask(account: Account, before: Option<String>) -> Answering<Page> {
    Box::pin(async move {
        let page = account.client.history(before).await?;
        Ok(Page {
            groups: by_day(account.language, page.entries),
            older: page.older_than,
        })
    })
}

/// The entries under their days.
fn by_day(language: Language, entries: Vec<HistoryEntry>) -> Vec<Group> {
    let mut days = Vec::new();
    for entry in entries {
        let row = [entry.time, entry.actor, entry.text].map(Cell::Text);
        let day = Group {
            title: Some(format::date(language, entry.on)),
            rows: vec![row.into()],
        };
        append(&mut days, vec![day]);
    }
    days
}

fn empty(account: Account) -> Part {
    view! { <Notice><p>{billing::history(account.language).empty()}</p></Notice> }.part()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;
    use onedesk_contract::{Date, Instant};

    #[test]
    fn entries_stand_under_their_days_in_the_order_in_which_they_came() {
        let entry = |day: i8, time: &str| HistoryEntry {
            at: Instant::UNIX_EPOCH,
            on: Date::new(2026, 11, day).unwrap(),
            time: time.to_owned(),
            actor: "Ada".to_owned(),
            action: "user.added".to_owned(),
            text: "Added Bob".to_owned(),
        };
        let days = by_day(
            Language::En,
            vec![entry(22, "14:05"), entry(22, "09:00"), entry(21, "23:59")],
        );
        let titles: Vec<_> = days.iter().map(|day| day.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["November 22, 2026", "November 21, 2026"]);
        assert_eq!(days[0].rows.len(), 2);
        assert_eq!(
            days[1].rows[0],
            ["23:59", "Ada", "Added Bob"].map(|words| Cell::Text(words.to_owned()))
        );
    }
}
