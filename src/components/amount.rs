//! An amount of money: the number large, its currency small beside it, figures of one width.

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
    let piece = move |symbol: bool, first: bool| {
        let parts = parts.read();
        match parts.as_ref() {
            None if symbol || first => String::new(),
            None => "–".to_owned(),
            Some(parts) if symbol == (parts.symbol_first == first) => {
                let space = if first { "" } else { parts.space };
                let after = if first { parts.space } else { "" };
                let sign = if first { parts.sign } else { "" };
                let text = if symbol { parts.symbol } else { parts.amount.as_str() };
                [sign, space, text, after].concat()
            }
            Some(_) => String::new(),
        }
    };
    // Four places, of which two are filled: the elements stay, whatever the currency.
    view! {
        <span class=size.class() data-turn=data_turn>
            <span class="amount__currency">{move || piece(true, true)}</span>
            <span class="amount__number">{move || piece(false, true)}</span>
            <span class="amount__number">{move || piece(false, false)}</span>
            <span class="amount__currency">{move || piece(true, false)}</span>
        </span>
    }
    .into_any()
}
