//! The file of tax rates that the main file names.
//!
//! What is wrong with the list as a whole is found by [`TaxRates::mistakes`]; here each finding gets its place.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use onedesk_pricing::Date;
use onedesk_tax::{Country, CountryRates, Rate, RateFrom, RatesMistake, TaxRates};

use crate::document::{Document, Node, Table};
use crate::mistake::Mistake;
use crate::vendor;

/// The file, as the main file names it.
pub struct TaxFile {
    /// Joined to the folder of the main file.
    pub path: PathBuf,
    /// Where it is named.
    pub place: Range<usize>,
}

/// The rates as far as they could be read, and what is wrong with them.
#[derive(Default)]
pub struct Reading {
    /// Missing only if there is a mistake.
    pub rates: Option<TaxRates>,
    /// In no order yet.
    pub mistakes: Vec<Mistake>,
}

/// Reads the file; that it cannot be read is a mistake of the main file.
pub fn read(file: &TaxFile, main: &Document, read: &impl Fn(&Path) -> io::Result<Vec<u8>>) -> Reading {
    let document = match Document::read(&file.path, read) {
        Ok(document) => document,
        Err(reason) => {
            let message = format!(
                "{} could not be read: {reason}; write the file or correct its path",
                file.path.display()
            );
            main.mistake(file.place.clone(), "tax_rates", &message);
            return Reading::default();
        }
    };
    let rates = document
        .parse()
        .and_then(|entries| countries(&Table::root(&document, &entries, &["countries"])));
    Reading {
        rates,
        mistakes: document.into_mistakes(),
    }
}

/// One country with the places of what is said of it.
struct Listed<'t> {
    node: Node<'t>,
    rates: CountryRates,
    places: Vec<Node<'t>>,
}

fn countries(root: &Table<'_>) -> Option<TaxRates> {
    let list = root.required("countries", "[[countries]] with a country and its rates")?;
    let entries = list.list()?;
    let listed: Vec<_> = entries.iter().filter_map(country).collect();
    // A country that could not be read would be told as missing, too.
    if listed.len() < entries.len() {
        return None;
    }
    let rates = TaxRates {
        countries: listed.iter().map(|listed| listed.rates.clone()).collect(),
    };
    for mistake in rates.mistakes() {
        place_of(&mistake, &listed)
            .unwrap_or(&list)
            .mistake(&mistake.to_string());
    }
    Some(rates)
}

fn country<'t>(entry: &Node<'t>) -> Option<Listed<'t>> {
    let mut table = entry.any_table()?;
    let node = table.required("country", "the code of a country, such as FR");
    let country = node.as_ref().and_then(vendor::country);
    if let Some(country) = country {
        table.rename(format!("countries.{country}"));
    }
    table.refuse_other_keys(&["country", "rates"]);
    let places = table
        .required(
            "rates",
            "the rates, each with its first day, from the earliest to the latest",
        )
        .and_then(|node| node.list());
    let rates: Option<Vec<_>> = places
        .as_deref()
        .map(|places| places.iter().map(rate).collect::<Vec<_>>())
        .and_then(|rates| rates.into_iter().collect());
    Some(Listed {
        node: node?,
        rates: CountryRates {
            country: country?,
            rates: rates?,
        },
        places: places?,
    })
}

fn rate(node: &Node<'_>) -> Option<RateFrom> {
    let table = node.table(&["from", "percent"])?;
    let from = table
        .required(
            "from",
            "the first day on which the rate holds, such as \"2026-01-01\"",
        )
        .and_then(|node| day(&node));
    let rate = table
        .required("percent", "the rate in quotes, such as \"20\"")
        .and_then(|node| {
            let rate = Rate::parse_percent(node.amount()?);
            if let Err(error) = &rate {
                node.mistake(&error.to_string());
            }
            rate.ok()
        });
    Some(RateFrom {
        from: from?,
        rate: rate?,
    })
}

/// `2026-01-01`, and no other form: a list with two ways to write a day is misread.
fn day(node: &Node<'_>) -> Option<Date> {
    let text = node.text()?;
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    if day.is_none() {
        node.mistake(&format!("“{text}” is no day; write it as 2026-01-31"));
    }
    day
}

/// Where a mistake of the list is to be told: the second of two countries, the rate, or the list for what is missing.
fn place_of<'a, 't>(mistake: &RatesMistake, listed: &'a [Listed<'t>]) -> Option<&'a Node<'t>> {
    let (country, first_day) = match *mistake {
        RatesMistake::MissingMember { .. } => return None,
        RatesMistake::DuplicateCountry { country } | RatesMistake::NoRates { country } => (country, None),
        RatesMistake::Unordered { country, from, .. } | RatesMistake::TooHigh { country, from, .. } => {
            (country, Some(from))
        }
    };
    let of_country = |wanted: Country| {
        listed
            .iter()
            .rev()
            .filter(move |listed| listed.rates.country == wanted)
    };
    match first_day {
        None => of_country(country).next().map(|listed| &listed.node),
        Some(from) => of_country(country).find_map(|listed| {
            let at = listed.rates.rates.iter().rposition(|rate| rate.from == from)?;
            listed.places.get(at)
        }),
    }
}
