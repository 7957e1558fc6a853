//! The prices of one plan.

use onedesk_pricing::{BillingPeriod, Currency, Money, MoneyError, Seats, UnitPrice};

use crate::document::{Node, Table};
use crate::suggestion::did_you_mean;

/// Reads the list of currencies, each once.
pub fn currencies(node: &Node<'_>) -> Option<Vec<Currency>> {
    let entries = node.texts()?;
    let mut currencies = Vec::new();
    let mut complete = true;
    for (entry, code) in entries {
        match Currency::from_code(code) {
            Err(_) => {
                entry.mistake(&unknown_currency(code));
                complete = false;
            }
            Ok(currency) if currencies.contains(&currency) => {
                entry.mistake(&format!("{currency} is listed twice; remove one"));
            }
            Ok(currency) => currencies.push(currency),
        }
    }
    complete.then_some(currencies)
}

fn unknown_currency(code: &str) -> String {
    let hint = did_you_mean(code, Currency::all().map(|currency| currency.code()))
        .unwrap_or_else(|| "write the code in capitals, such as EUR".into());
    format!("“{code}” is no currency code of ISO 4217; {hint}")
}

/// Reads `[plans.prices]`: one pair of prices for every currency, in the order of the currencies.
///
/// `currencies` is `None` where their list has a mistake of its own: then nothing is compared with it.
pub fn of_plan(
    prices: &Table<'_>,
    currencies: Option<&[Currency]>,
    max_seats: Option<Seats>,
) -> Vec<UnitPrice> {
    let mut read = Vec::new();
    for (code, place, node) in prices.entries() {
        let Ok(currency) = Currency::from_code(code) else {
            prices.mistake(place, code, &unknown_currency(code));
            continue;
        };
        if currencies.is_some_and(|listed| !listed.contains(&currency)) {
            let message =
                format!("{currency} is not listed in `currencies`; add it there or remove this price");
            prices.mistake(place, code, &message);
        }
        read.extend(unit_price(&node, currency, max_seats));
    }
    for currency in currencies.unwrap_or_default() {
        if prices.optional(currency.code()).is_none() {
            let message = format!(
                "the price in {currency} is missing, though `currencies` lists it; write {currency} = {{ monthly = \
                 \"…\", annual = \"…\" }}"
            );
            prices.missing(currency.code(), &message);
        }
    }
    let rank = |price: &UnitPrice| {
        currencies
            .unwrap_or_default()
            .iter()
            .position(|c| *c == price.currency)
    };
    read.sort_by_key(rank);
    read
}

fn unit_price(node: &Node<'_>, currency: Currency, max_seats: Option<Seats>) -> Option<UnitPrice> {
    let table = node.table(&["monthly", "annual"])?;
    let amount = |key, what: &str| {
        let node = table.required(
            key,
            &format!("the price of one user for a month when billed {what}, in quotes"),
        )?;
        Some((price(&node, currency, max_seats)?, node))
    };
    let (monthly, annual) = (amount("monthly", "each month"), amount("annual", "once a year"));
    let ((monthly, monthly_node), (annual, annual_node)) = (monthly?, annual?);
    if annual.minor > monthly.minor {
        annual_node.mistake(&format!(
            "annual price {} is dearer than the monthly price {} of line {}: both are for one user and month; write the \
             same or less",
            annual.to_decimal_string(),
            monthly.to_decimal_string(),
            monthly_node.line(),
        ));
    }
    Some(UnitPrice {
        currency,
        monthly,
        annual,
    })
}

/// One amount: positive, with the digits of its currency, and small enough for the largest order.
fn price(node: &Node<'_>, currency: Currency, max_seats: Option<Seats>) -> Option<Money> {
    let written = node.amount()?;
    let money = match Money::parse(written, currency) {
        Ok(money) => money,
        Err(MoneyError::TooManyDigits { max: 0, .. }) => {
            node.mistake(&format!(
                "{written} has decimals, but {currency} has none; write a whole number"
            ));
            return None;
        }
        Err(MoneyError::TooManyDigits { max, .. }) => {
            node.mistake(&format!(
                "{written} has more than the {max} decimals of {currency}; write {max} at most"
            ));
            return None;
        }
        Err(MoneyError::Overflow) => {
            node.mistake(&too_large(written));
            return None;
        }
        Err(_) => {
            node.mistake(&format!(
                "“{written}” is no amount; write digits with a point before the decimals, no currency sign and nothing \
                 between thousands"
            ));
            return None;
        }
    };
    if money.minor <= 0 {
        node.mistake(&format!("{written} is no price; write more than zero"));
        return None;
    }
    let most = u64::from(max_seats.map_or(Seats::MAX, Seats::get))
        .saturating_mul(BillingPeriod::Annual.months().into());
    if money.times(most).is_err() {
        node.mistake(&too_large(written));
        return None;
    }
    Some(money)
}

fn too_large(written: &str) -> String {
    format!("{written} is too large: a year of `max_seats` licences could not be calculated; write less")
}
