//! An amount of money: the number large, its currency small beside it, figures of one width.

use crate::changing::text;
use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_pricing::Money;
use onedesk_texts::{Language, format};

/// How large an amount is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountSize {
    /// As the text around it.
    #[default]
    Text,
    /// A total among others.
    Large,
    /// The largest thing on its card.
    Display,
}

impl AmountSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "amount",
            Self::Large => "amount amount--large",
            Self::Display => "amount amount--display",
        }
    }
}

/// An amount that rolls to its new value when it changes. A dash stands for an amount that is not known.
#[component]
pub fn Amount(
    /// What to show.
    #[prop(into)]
    money: Signal<Option<Money>>,
    /// How it is written.
    language: Language,
    /// How large.
    #[prop(optional)]
    size: AmountSize,
) -> impl IntoView {
    let parts = Memo::new(move |_| money.get().map(|money| format::money_parts(language, money)));
    // Flips at every change after the first, so that the style sheet's animation starts again.
    let turn = Memo::new(move |before: Option<&(u32, Option<Money>)>| {
        let now = money.get();
        match before {
            None => (0, now),
            Some((turn, last)) if *last == now => (*turn, now),
            Some((turn, _)) => (if *turn == 1 { 2 } else { 1 }, now),
        }
    });
    let data_turn = move || match turn.get().0 {
        0 => None,
        1 => Some("a"),
        _ => Some("b"),
    };
    // Never an empty text: prerendering writes a blank for it.
    let first = move || match parts.read().as_ref() {
        None => "–".to_owned(),
        Some(parts) if parts.symbol_first => [parts.sign, parts.symbol, parts.space].concat(),
        Some(parts) => [parts.sign, parts.amount.as_str()].concat(),
    };
    let second = move || match parts.read().as_ref() {
        None => NOTHING.to_owned(),
        Some(parts) if parts.symbol_first => parts.amount.clone(),
        Some(parts) => [parts.space, parts.symbol].concat(),
    };
    let symbol_first = Memo::new(move |_| parts.read().as_ref().is_some_and(|parts| parts.symbol_first));
    let class = move |symbol: bool| {
        if symbol {
            "amount__currency"
        } else {
            "amount__number"
        }
    };
    view! {
        <span class=size.class() data-turn=data_turn>
            <span class=text(move || class(symbol_first.get()))>{text(first)}</span>
            <span class=text(move || class(!symbol_first.get()))>{text(second)}</span>
        </span>
    }
    .part()
}

/// A character without width.
const NOTHING: &str = "\u{200b}";
