//! What the partner widget is drawn from: plans, prices and its few words, in one answer that any page may read.
//!
//! The widget's program holds no text of its own, so that a language more costs its visitors nothing.

use std::collections::BTreeMap;

use onedesk_pricing::PriceList;
use serde::{Deserialize, Serialize};

use crate::catalog::PlanTexts;

/// `GET /api/widget?lang=fr`: everything that the widget shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WidgetView {
    /// Code of the language of the words: the one asked for, or the default one where that is not sold.
    pub language: String,
    /// The product's name.
    pub product: String,
    /// Path of the page where a trial begins, in this language.
    pub sign_up: String,
    /// Path of the pricing page, in this language.
    pub pricing: String,
    /// Plans with their prices, currencies, limits.
    pub price_list: PriceList,
    /// The words of the plans, from the lowest to the highest, as in the price list.
    pub plans: Vec<PlanTexts>,
    /// The widget's own words, by the names of [`Word`]; `{braces}` stand for what it puts in.
    pub words: BTreeMap<String, String>,
}

macro_rules! words {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)+) => {
        /// A text of the widget: the server, which knows the words, and the widget, which shows them, name it alike.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Word {
            $($(#[$doc])* $variant,)+
        }

        impl Word {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in [`WidgetView::words`].
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

words! {
    /// What the controls are, for screen readers.
    Controls => "controls",
    /// The number of users.
    Seats => "seats",
    /// The button for one user fewer.
    Fewer => "fewer",
    /// The button for one user more.
    More => "more",
    /// The slider.
    Slider => "slider",
    /// The currency.
    Currency => "currency",
    /// The billing period.
    Period => "period",
    /// Billed monthly.
    Monthly => "monthly",
    /// Billed annually.
    Annual => "annual",
    /// Beside the price of one user.
    PerUserMonth => "per_user_month",
    /// What annual billing saves: `{percent}`.
    Save => "save",
    /// Whose prices the periods show: `{plan}`.
    AtPlan => "at_plan",
    /// A settled change, read out: `{plan}`, `{users}`, `{period}`, `{total}`.
    Announce => "announce",
    /// The same while there is no total: `{problem}`.
    AnnounceInvalid => "announce_invalid",
    /// What a month's total is called.
    TotalMonthly => "total_monthly",
    /// What a year's total is called.
    TotalAnnual => "total_annual",
    /// No number of users.
    SeatsEmpty => "seats_empty",
    /// Something else than a number.
    SeatsNotANumber => "seats_not_a_number",
    /// A part of a user.
    SeatsNotWhole => "seats_not_whole",
    /// None, or less.
    SeatsTooFew => "seats_too_few",
    /// More than are sold: `{max}`.
    SeatsTooMany => "seats_too_many",
    /// `{count}` users, where the language says it as for one.
    UsersOne => "users_one",
    /// `{count}` users, where the language says it as for whole millions.
    UsersMany => "users_many",
    /// `{count}` users, otherwise.
    UsersOther => "users_other",
    /// What the plans are, for screen readers.
    Plans => "plans",
    /// The plan that the vendor recommends.
    Recommended => "recommended",
    /// What a year's total is for: `{users}`.
    TotalYear => "total_year",
    /// What a month's total is for: `{users}`.
    TotalMonth => "total_month",
    /// What annual billing saves: `{amount}`, `{percent}`.
    Saves => "saves",
    /// What annual billing would save: `{amount}`.
    CouldSave => "could_save",
    /// What the plan's highlights are, for screen readers.
    Includes => "includes",
    /// The plan has no price in the currency.
    NotSold => "not_sold",
    /// There is no total without a number of users.
    UnknownSeats => "unknown_seats",
    /// The call to action.
    StartTrial => "start_trial",
    /// After it, for screen readers: `{plan}`.
    ForPlan => "for_plan",
    /// What the trial costs.
    TrialTerms => "trial_terms",
    /// What the prices leave out.
    Note => "note",
    /// The way to the pricing page.
    Compare => "compare",
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn each_word_has_a_name_of_its_own() {
        let mut names: Vec<_> = Word::ALL.iter().map(|word| word.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Word::ALL.len());
    }
}
