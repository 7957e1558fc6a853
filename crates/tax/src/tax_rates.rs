//! The standard rates of VAT, by country and the day from which each holds.
//!
//! Rates are data, not code: the server reads them from `catalog/tax.toml`, whose head says where they come from and who
//! keeps them up to date. Only standard rates: software sold by subscription is taxed at no other.

use onedesk_pricing::Date;
use serde::{Deserialize, Serialize};

use crate::{Country, Rate};

/// The rates of all countries in which tax is charged.
///
/// As a file:
///
/// ```toml
/// [[countries]]
/// country = "EE"
/// rates = [{ from = "2024-01-01", percent = "22" }, { from = "2025-07-01", percent = "24" }]
/// ```
///
/// What can be read is not yet right: [`TaxRates::mistakes`] is to be asked once, before anything is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRates {
    /// One entry a country.
    pub countries: Vec<CountryRates>,
}

/// The rates of one country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountryRates {
    /// The country.
    pub country: Country,
    /// Its standard rates from the earliest to the latest.
    pub rates: Vec<RateFrom>,
}

/// A rate, and the first day on which it holds; it holds until the next one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateFrom {
    /// The first day.
    pub from: Date,
    /// The rate; in a file a percentage in quotes, under the name `percent`.
    #[serde(rename = "percent", with = "crate::rate::percent")]
    pub rate: Rate,
}

/// What is wrong with a list of rates, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RatesMistake {
    /// A country has two entries: the second would never be read.
    #[error("{country} is listed twice; put its rates into one entry")]
    DuplicateCountry {
        /// The country.
        country: Country,
    },
    /// A country has an entry without a rate.
    #[error("{country} has no rate; add one, or remove the entry")]
    NoRates {
        /// The country.
        country: Country,
    },
    /// A rate begins on the day of the one before it, or earlier.
    #[error(
        "{country}: the rate from {from} stands after one from {previous}; put the earliest first, one a day"
    )]
    Unordered {
        /// The country.
        country: Country,
        /// The first day of the rate.
        from: Date,
        /// The first day of the rate before it.
        previous: Date,
    },
    /// A rate is higher than the amount that is taxed.
    #[error("{country}: {rate} from {from} is more than 100 %; write 20 for 20 %")]
    TooHigh {
        /// The country.
        country: Country,
        /// The first day of the rate.
        from: Date,
        /// The rate.
        rate: Rate,
    },
    /// A member state of the European Union has no entry: its consumers could not be charged.
    #[error("{country} is missing; a seller in the European Union charges the rate of each member state")]
    MissingMember {
        /// The member state.
        country: Country,
    },
}

impl TaxRates {
    /// The rate of a country on a day: the latest that began by then. `None` if the country is not listed, or its first
    /// rate began later.
    pub fn rate_of(&self, country: Country, on: Date) -> Option<Rate> {
        let listed = self.countries.iter().find(|listed| listed.country == country)?;
        let begun = listed.rates.iter().filter(|rate| rate.from <= on);
        begun.max_by_key(|rate| rate.from).map(|rate| rate.rate)
    }

    /// Everything that is wrong with the list, in its order; the member states that are missing come last. Empty if the
    /// list can be used.
    pub fn mistakes(&self) -> Vec<RatesMistake> {
        let mut mistakes = Vec::new();
        for (place, &CountryRates { country, ref rates }) in self.countries.iter().enumerate() {
            let mut before = self.countries.iter().take(place);
            if before.any(|earlier| earlier.country == country) {
                mistakes.push(RatesMistake::DuplicateCountry { country });
            }
            if rates.is_empty() {
                mistakes.push(RatesMistake::NoRates { country });
            }
            let mut latest: Option<Date> = None;
            for &RateFrom { from, rate } in rates {
                if let Some(previous) = latest.filter(|previous| from <= *previous) {
                    mistakes.push(RatesMistake::Unordered {
                        country,
                        from,
                        previous,
                    });
                }
                latest = Some(from);
                if rate > Rate::WHOLE {
                    mistakes.push(RatesMistake::TooHigh { country, from, rate });
                }
            }
        }
        let listed = |member: &Country| self.countries.iter().any(|listed| listed.country == *member);
        let missing = Country::eu_members().filter(|member| !listed(member));
        mistakes.extend(missing.map(|country| RatesMistake::MissingMember { country }));
        mistakes
    }
}
