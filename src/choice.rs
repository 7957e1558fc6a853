//! The choice in an address: `?plan=premium&seats=12&period=annual&currency=EUR`.
//!
//! Anything may stand in an address. What cannot be used falls back to the default and is told ([`Fault`]); parameters
//! that are not ours stay where they are.

use onedesk_pricing::{BillingPeriod, Choice, Currency, PlanId, PriceList, Seats};
use onedesk_texts::Language;

/// The names of our parameters, in the order in which they are written.
const PARAMETERS: [&str; 4] = ["plan", "seats", "period", "currency"];
/// The seats that the pricing page begins with: a small team's, so that totals mean something at first sight.
const DEFAULT_SEATS: u32 = 10;
/// How much of a value that could not be used is repeated to the person.
const LONGEST_QUOTED: usize = 40;

/// What could not be used, in the words of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No such plan is sold.
    Plan(String),
    /// Not a number of licences, or more than are sold at once.
    Seats(String),
    /// Neither `monthly` nor `annual`.
    Period(String),
    /// Not sold in this currency.
    Currency(String),
}

impl Fault {
    /// The name of the parameter, and what stood there.
    pub fn parts(&self) -> (&'static str, &str) {
        let [plan, seats, period, currency] = PARAMETERS;
        match self {
            Self::Plan(value) => (plan, value),
            Self::Seats(value) => (seats, value),
            Self::Period(value) => (period, value),
            Self::Currency(value) => (currency, value),
        }
    }
}

/// A choice read from an address, and what had to be replaced in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadChoice {
    /// What can be shown and ordered.
    pub choice: Choice,
    /// What fell back to the default.
    pub faults: Vec<Fault>,
    /// Whether the address named any of the four, rightly or wrongly.
    pub is_given: bool,
}

/// Where the calculator starts when the address says nothing: the recommended plan (or the middle one), a small team,
/// annual billing, and the currency that the language's readers are likeliest to pay in.
///
/// `None` only for a price list that sells nothing.
pub fn default_choice(list: &PriceList, recommended: Option<&PlanId>, language: Language) -> Option<Choice> {
    let middle = list.plans.get(list.plans.len() / 2).map(|plan| &plan.id);
    let plan = recommended
        .filter(|plan| list.plan(plan).is_some())
        .or(middle)?
        .clone();
    let likely = language.conventions().currency;
    let currency = if list.sells(likely) {
        likely
    } else {
        *list.currencies.first()?
    };
    let seats = Seats::new(DEFAULT_SEATS)
        .unwrap_or(Seats::ONE)
        .min(list.max_seats);
    Some(Choice {
        plan,
        seats,
        period: BillingPeriod::Annual,
        currency,
    })
}

/// Reads the choice from a query (with or without its `?`).
pub fn read(query: &str, list: &PriceList, default: &Choice) -> ReadChoice {
    read_from(|name| parameter(query, name), list, default)
}

/// Reads the choice from whatever has the four by their names: a query, or the attributes of an element.
pub fn read_from(
    given: impl Fn(&'static str) -> Option<String>,
    list: &PriceList,
    default: &Choice,
) -> ReadChoice {
    let given = PARAMETERS.map(given);
    let is_given = given.iter().any(Option::is_some);
    let [plan, seats, period, currency] = given;
    let mut faults = Vec::new();
    let plan = take(plan, &default.plan, &mut faults, Fault::Plan, |text| {
        PlanId::new(text).ok().filter(|plan| list.plan(plan).is_some())
    });
    let seats = take(seats, &default.seats, &mut faults, Fault::Seats, |text| {
        Seats::parse(text).ok().filter(|seats| *seats <= list.max_seats)
    });
    let period = take(period, &default.period, &mut faults, Fault::Period, |text| {
        text.parse().ok()
    });
    let currency = take(
        currency,
        &default.currency,
        &mut faults,
        Fault::Currency,
        |text| {
            Currency::from_code(&text.to_ascii_uppercase())
                .ok()
                .filter(|currency| list.sells(*currency))
        },
    );
    ReadChoice {
        choice: Choice {
            plan,
            seats,
            period,
            currency,
        },
        faults,
        is_given,
    }
}

fn take<T: Clone>(
    given: Option<String>,
    default: &T,
    faults: &mut Vec<Fault>,
    fault: impl FnOnce(String) -> Fault,
    parse: impl FnOnce(&str) -> Option<T>,
) -> T {
    let Some(text) = given else {
        return default.clone();
    };
    parse(text.trim()).unwrap_or_else(|| {
        faults.push(fault(text.chars().take(LONGEST_QUOTED).collect()));
        default.clone()
    })
}

/// The choice as a query without its `?`.
pub fn query(choice: &Choice) -> String {
    let seats = choice.seats.get().to_string();
    let values = [
        choice.plan.as_str(),
        &seats,
        choice.period.as_str(),
        choice.currency.code(),
    ];
    let mut out = String::new();
    for (name, value) in PARAMETERS.iter().zip(values) {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
    out
}

/// A query with its choice replaced and everything else (a campaign's name, a partner's) kept as it was.
pub fn merged(existing: &str, choice: &Choice) -> String {
    let mut out = query(choice);
    let ours = |pair: &str| PARAMETERS.contains(&pair.split('=').next().unwrap_or_default());
    for pair in existing
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty() && !ours(pair))
    {
        out.push('&');
        out.push_str(pair);
    }
    out
}

/// The first value of a parameter, decoded; nothing if the query does not hold it.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    query.trim_start_matches('?').split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key) == name).then(|| decoded(value))
    })
}

/// `application/x-www-form-urlencoded`, backwards. A broken escape stays as it is; broken UTF-8 is replaced.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).copied().and_then(hexadecimal);
        let (decoded, length) = match (byte, hex(1), hex(2)) {
            (b'+', ..) => (b' ', 1),
            (b'%', Some(high), Some(low)) => (high * 16 + low, 3),
            _ => (*byte, 1),
        };
        out.push(decoded);
        at += length;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The value of a hexadecimal digit.
const fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
