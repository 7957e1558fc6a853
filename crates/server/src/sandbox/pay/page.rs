//! The markup of the hosted page.

use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, html};
use onedesk_texts::{Language, format, sandbox_payment as texts};

use super::cards::{CardForm, Mistake, Mistakes, Outcome, Refusal, TEST_CARDS};
use super::checkouts;
use crate::error::Error;
use crate::store::entities::sandbox_checkouts::Model;

/// What every page of a checkout shows.
#[derive(Clone, Debug)]
pub struct View<'a> {
    id: &'a str,
    language: Language,
    seller: &'a str,
    lines: Vec<String>,
    amount: String,
    /// Whether the page only saves a card: nothing is due.
    saves: bool,
    return_url: &'a str,
    expires: String,
}

impl<'a> View<'a> {
    /// Reads a checkout.
    pub fn of(checkout: &'a Model) -> Result<Self, Error> {
        let language: Language = checkout.language.parse().unwrap_or_default();
        let expires = checkout.expires_at.timestamp().to_zoned(TimeZone::UTC);
        let amount = checkouts::amount(checkout)?;
        Ok(Self {
            id: &checkout.id,
            language,
            seller: &checkout.seller,
            lines: serde_json::from_str(&checkout.lines).map_err(Error::internal)?,
            amount: format::money(language, amount),
            saves: amount.is_zero(),
            return_url: &checkout.return_url,
            expires: format!("{:02}:{:02}", expires.hour(), expires.minute()),
        })
    }

    /// What the page is for, in a few words.
    fn title(&self) -> String {
        if self.saves {
            texts::save(self.language).title(self.seller)
        } else {
            texts::page(self.language).pay_to(self.seller)
        }
    }
}

/// The address of a checkout's form.
pub fn path(id: &str) -> String {
    format!("/sandbox/pay/{id}")
}

/// The address of the bank's page.
pub fn authentication_path(id: &str) -> String {
    format!("/sandbox/pay/{id}/authentication")
}

/// The form, with what was wrong with the last try.
pub fn form(view: &View<'_>, typed: &CardForm, mistakes: Mistakes, refusal: Option<Refusal>) -> Markup {
    let (page, words) = (texts::page(view.language), texts::form(view.language));
    let save = texts::save(view.language);
    let count = [mistakes.number, mistakes.expiry, mistakes.cvc, mistakes.name]
        .iter()
        .flatten()
        .count();
    // The page says that it does not keep such a number: so it does not repeat it either.
    let number = if mistakes.number == Some(Mistake::NoTestCard) {
        ""
    } else {
        typed.number.as_str()
    };
    let fields = Fields {
        language: view.language,
        first: first(mistakes),
    };
    let body = html! {
        div class="columns" {
            (summary(view))
            section aria-labelledby="card" {
                @if count > 0 {
                    p class="alert" role="alert" { (words.summary(count as u64)) }
                } @else if let Some(refusal) = refusal {
                    (refused(view, refusal))
                }
                form class="card" method="post" action=(path(view.id)) novalidate {
                    h2 id="card" { (words.legend()) }
                    (fields.field("number", words.number(), number, "cc-number", "numeric", None, mistakes.number))
                    div class="pair" {
                        (fields.field("expiry", words.expiry(), &typed.expiry, "cc-exp", "numeric", None, mistakes.expiry))
                        // Typed anew each time: a page that repeats it would be kept by the browser.
                        (fields.field("cvc", words.cvc(), "", "cc-csc", "numeric", Some(words.cvc_note()), mistakes.cvc))
                    }
                    (fields.field("name", words.name(), &typed.name, "cc-name", "text", None, mistakes.name))
                    @if view.saves {
                        button class="primary" type="submit" { (save.save()) }
                        a class="quiet" href=(view.return_url) { (save.back(view.seller)) }
                        p class="note" { (save.expires(&view.expires)) }
                    } @else {
                        button class="primary" type="submit" { (words.pay(&view.amount)) }
                        a class="quiet" href=(view.return_url) { (page.back(view.seller)) }
                        p class="note" { (page.expires(&view.expires)) " " (page.back_note()) }
                    }
                }
            }
        }
        (test_cards(view.language))
    };
    layout(view.language, &view.title(), body)
}

/// The bank's page that asks the holder (3-D Secure).
pub fn challenge(view: &View<'_>, card: &str) -> Markup {
    let words = texts::challenge(view.language);
    let what = if view.saves {
        texts::save(view.language).saving(card, view.seller)
    } else {
        words.paying(&view.amount, view.seller, card)
    };
    let body = html! {
        section class="card single" {
            h1 { (words.title()) }
            p { (words.intro()) }
            p class="what" { (what) }
            form method="post" action=(authentication_path(view.id)) {
                button class="primary" name="outcome" value="complete" { (words.complete()) }
                button class="secondary" name="outcome" value="fail" { (words.fail()) }
            }
            a class="quiet" href=(path(view.id)) { (words.other_card()) }
            a class="quiet" href=(view.return_url) { (texts::page(view.language).back(view.seller)) }
        }
    };
    layout(view.language, words.title(), body)
}

/// For a checkout that is paid.
pub fn paid(view: &View<'_>) -> Markup {
    if view.saves {
        let words = texts::save(view.language);
        return over(view, words.saved_title(), &words.saved(view.seller));
    }
    let words = texts::closed(view.language);
    over(view, words.paid_title(), &words.paid(&view.amount, view.seller))
}

/// For a checkout that can no longer be paid.
pub fn closed(view: &View<'_>) -> Markup {
    let words = texts::closed(view.language);
    over(view, words.closed_title(), words.closed())
}

fn over(view: &View<'_>, title: &str, text: &str) -> Markup {
    let body = html! {
        section class="card single" {
            h1 { (title) }
            p { (text) }
            a class="primary" href=(view.return_url) { (texts::page(view.language).continue_to(view.seller)) }
        }
    };
    layout(view.language, title, body)
}

/// For a name that no checkout has.
pub fn unknown(language: Language) -> Markup {
    let words = texts::closed(language);
    let body = html! {
        section class="card single" {
            h1 { (words.unknown_title()) }
            p { (words.unknown()) }
        }
    };
    layout(language, words.unknown_title(), body)
}

/// What is paid, to whom.
fn summary(view: &View<'_>) -> Markup {
    html! {
        section class="due" {
            h1 {
                @if view.saves {
                    (view.title())
                } @else {
                    span { (view.title()) }
                    " "
                    strong { (view.amount) }
                }
            }
            @if view.saves {
                p { (texts::save(view.language).intro()) }
            } @else {
                ul { @for line in &view.lines { li { (line) } } }
            }
        }
    }
}

fn refused(view: &View<'_>, refusal: Refusal) -> Markup {
    let words = texts::refusal(view.language);
    let title = if view.saves {
        texts::save(view.language).refused()
    } else {
        words.title()
    };
    let text = match refusal {
        Refusal::Declined => words.declined(),
        Refusal::InsufficientFunds => words.insufficient_funds(),
        Refusal::CardExpired => words.card_expired(),
        Refusal::NotConfirmed => words.not_confirmed(),
    };
    html! {
        div class="alert" role="alert" {
            strong { (title) }
            p { (text) }
        }
    }
}

fn test_cards(language: Language) -> Markup {
    let words = texts::cards(language);
    html! {
        section class="card cards" aria-labelledby="test-cards" {
            h2 id="test-cards" { (words.title()) }
            p class="note" { (words.note()) }
            table {
                thead { tr { th scope="col" { (words.number()) } th scope="col" { (words.outcome()) } } }
                tbody {
                    @for card in TEST_CARDS {
                        tr {
                            td class="number" { (card.grouped()) }
                            td { (outcome(language, card.outcome)) " " span class="note" { "· " (card.brand) } }
                        }
                    }
                }
            }
        }
    }
}

fn outcome(language: Language, outcome: Outcome) -> &'static str {
    let words = texts::cards(language);
    match outcome {
        Outcome::Pays => words.pays(),
        Outcome::PaysOnce => words.pays_once(),
        Outcome::AsksHolder => words.asks_holder(),
        Outcome::Refused(Refusal::InsufficientFunds) => words.insufficient_funds(),
        Outcome::Refused(Refusal::CardExpired) => words.card_expired(),
        Outcome::Refused(Refusal::Declined | Refusal::NotConfirmed) => words.declined(),
    }
}

struct Fields {
    language: Language,
    /// The first field that was refused: it takes the focus.
    first: Option<&'static str>,
}

impl Fields {
    #[expect(
        clippy::too_many_arguments,
        reason = "the attributes of one input, each used once"
    )]
    fn field(
        &self,
        name: &'static str,
        label: &str,
        value: &str,
        autocomplete: &str,
        input_mode: &str,
        note: Option<&str>,
        mistake: Option<Mistake>,
    ) -> Markup {
        let (error_id, note_id) = (format!("{name}-error"), format!("{name}-note"));
        let described: Vec<&str> = [mistake.map(|_| error_id.as_str()), note.map(|_| note_id.as_str())]
            .into_iter()
            .flatten()
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        html! {
            div class="field" {
                label for=(name) { (label) }
                input id=(name) name=(name) type="text" value=(value) autocomplete=(autocomplete)
                    inputmode=(input_mode) required aria-invalid=[mistake.map(|_| "true")]
                    aria-describedby=[described] autofocus[self.first == Some(name)];
                @if let Some(note) = note { p class="note" id=(note_id) { (note) } }
                @if let Some(mistake) = mistake { p class="error" id=(error_id) { (self.told(name, mistake)) } }
            }
        }
    }

    fn told(&self, field: &str, mistake: Mistake) -> &'static str {
        let words = texts::mistake(self.language);
        match (mistake, field) {
            (Mistake::Missing, _) => words.missing(),
            (Mistake::NoTestCard, _) => words.no_test_card(),
            (Mistake::Past, _) => words.past(),
            (Mistake::TooLong, _) => words.too_long(),
            (Mistake::Malformed, "number") => words.number(),
            (Mistake::Malformed, "expiry") => words.expiry(),
            (Mistake::Malformed, "cvc") => words.cvc(),
            (Mistake::Malformed, _) => words.name(),
        }
    }
}

fn first(mistakes: Mistakes) -> Option<&'static str> {
    let all = [
        ("number", mistakes.number),
        ("expiry", mistakes.expiry),
        ("cvc", mistakes.cvc),
        ("name", mistakes.name),
    ];
    all.into_iter()
        .find(|(_, mistake)| mistake.is_some())
        .map(|(name, _)| name)
}

/// The frame of every page of the provider: plainly a test.
fn layout(language: Language, title: &str, body: Markup) -> Markup {
    let page = texts::page(language);
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) " — " (page.title()) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/sandbox/pay.css";
            }
            body {
                header {
                    p { strong { (page.banner()) } " " span { (page.banner_note()) } }
                }
                main { (body) }
            }
        }
    }
}
