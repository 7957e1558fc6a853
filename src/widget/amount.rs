//! An amount of money, in the same pieces and classes as the site's ([`crate::components::amount`]).

use onedesk_pricing::Money;
use onedesk_texts::{Language, format};

use super::dom::{Node, node};

/// Shows an amount, which rolls to its new value when it changes.
#[derive(Debug)]
pub struct Amount {
    language: Language,
    /// Where it stands.
    pub whole: Node,
    first: Node,
    second: Node,
    /// The amount that stands there, which may be none that is known; nothing before it was drawn.
    #[expect(
        clippy::option_option,
        reason = "an unknown amount that is drawn is not one that was never drawn"
    )]
    shown: Option<Option<Money>>,
    turn: bool,
}

impl Amount {
    /// A place for an amount.
    pub fn new(language: Language, class: &str) -> Self {
        let (first, second) = (node("span", "", ""), node("span", "", ""));
        Self {
            language,
            whole: node("span", class, "").holding(&[&first, &second]),
            first,
            second,
            shown: None,
            turn: false,
        }
    }

    /// Puts an amount there. A dash stands for one that is not known.
    pub fn show(&mut self, money: Option<Money>) {
        if self.shown == Some(money) {
            return;
        }
        if self.shown.is_some() {
            // Two names of one movement, so that it starts again at every change.
            self.turn = !self.turn;
            self.whole.put("data-turn", if self.turn { "a" } else { "b" });
        }
        self.shown = Some(money);
        let (first, second) = (&self.first, &self.second);
        let Some(parts) = money.map(|money| format::money_parts(self.language, money)) else {
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
    }
}
