//! An amount of money, in the same pieces and classes as the site's ([`crate::components::amount`]).

use onedesk_pricing::Money;
use onedesk_texts::{Language, format};

use super::dom::{Node, node};
use crate::effect::effect;

/// An amount that rolls to its new value when it changes. A dash stands for an amount that is not known.
pub fn amount(language: Language, class: &str, money: impl Fn() -> Option<Money> + 'static) -> Node {
    let pieces = [node("span", "", ""), node("span", "", "")];
    let [first, second] = &pieces;
    let whole = node("span", class, "").holding(&[first, second]);
    let shown_in = whole.clone();
    let mut shown = None::<Option<Money>>;
    let mut turn = false;
    effect(move || {
        let now = money();
        if shown == Some(now) {
            return;
        }
        if shown.is_some() {
            // Two names of one movement, so that it starts again at every change.
            turn = !turn;
            shown_in.put("data-turn", if turn { "a" } else { "b" });
        }
        shown = Some(now);
        let [first, second] = &pieces;
        let Some(parts) = now.map(|money| format::money_parts(language, money)) else {
            first.say("–");
            second.say("");
            return;
        };
        let (symbol, number) = if parts.symbol_first {
            first.say(&[parts.sign, parts.symbol, parts.space].concat());
            second.say(&parts.amount);
            (first, second)
        } else {
            first.say(&[parts.sign, &parts.amount].concat());
            second.say(&[parts.space, parts.symbol].concat());
            (second, first)
        };
        symbol.put("class", "amount__currency");
        number.put("class", "amount__number");
    });
    whole
}
