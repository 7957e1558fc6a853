//! The tables behind [`format`](crate::format), a constant a language.
//!
//! Source: Unicode CLDR 48, as Chromium's and Node's `Intl` show it; `tests/formats.rs` compares every table with
//! expectations that Node has written. A table may stand ready for a language without a folder in `locales/`: one that no
//! language uses costs a bundle nothing.

use onedesk_pricing::Currency;

/// How a language writes money, numbers and dates.
#[derive(Debug)]
pub struct Conventions {
    /// The BCP 47 tag of the locale whose conventions these are, such as `fr-FR`; what `Intl` takes.
    pub locale: &'static str,
    /// The currency of the locale's territory (CLDR `supplementalData/currencyData`): what its readers are likeliest to
    /// pay in.
    pub currency: Currency,
    /// Between units and decimals.
    pub(super) decimal_mark: char,
    /// Between groups of three digits.
    pub(super) group_mark: char,
    /// The fewest digits before the first group mark: 1 writes `1,234`, 2 writes `1234` but `12.345`.
    pub(super) fewest_leading_digits: u32,
    /// Whether the currency stands before the amount.
    pub(super) symbol_first: bool,
    /// What follows the number of a percentage, its space included.
    pub(super) percent_sign: &'static str,
    /// Currency code and symbol, where the symbol is not the code itself. Sorted by code.
    pub(super) symbols: &'static [(&'static str, &'static str)],
    /// A date with the month in full: `{0}` day, `{1}` month, `{2}` year.
    pub(super) long_date: &'static str,
    /// A date with the month abbreviated.
    pub(super) short_date: &'static str,
    /// What the first of a month is called, where it is not `1`.
    pub(super) first_of_month: Option<&'static str>,
    /// From January.
    pub(super) months: [&'static str; 12],
    /// From January, abbreviated.
    pub(super) short_months: [&'static str; 12],
}

/// English as in the United States (CLDR `en`).
pub const EN: Conventions = Conventions {
    locale: "en-US",
    currency: Currency::USD,
    decimal_mark: '.',
    group_mark: ',',
    fewest_leading_digits: 1,
    symbol_first: true,
    percent_sign: "%",
    symbols: &[
        ("AUD", "A$"),
        ("BRL", "R$"),
        ("CAD", "CA$"),
        ("CNY", "CN¥"),
        ("EUR", "€"),
        ("GBP", "£"),
        ("HKD", "HK$"),
        ("ILS", "₪"),
        ("INR", "₹"),
        ("JPY", "¥"),
        ("KRW", "₩"),
        ("MXN", "MX$"),
        ("NZD", "NZ$"),
        ("PHP", "₱"),
        ("TWD", "NT$"),
        ("USD", "$"),
        ("VND", "₫"),
        ("XAF", "FCFA"),
        ("XCD", "EC$"),
        ("XCG", "Cg."),
        ("XOF", "F\u{202f}CFA"),
        ("XPF", "CFPF"),
    ],
    long_date: "{1} {0}, {2}",
    short_date: "{1} {0}, {2}",
    first_of_month: None,
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
};

/// French as in France (CLDR `fr`).
///
/// The first of a month is “1er”, as French writes it in prose (*Lexique des règles typographiques*); `Intl` alone
/// says “1”.
pub const FR: Conventions = Conventions {
    locale: "fr-FR",
    currency: Currency::EUR,
    decimal_mark: ',',
    group_mark: '\u{202f}',
    fewest_leading_digits: 1,
    symbol_first: false,
    percent_sign: "\u{a0}%",
    symbols: &[
        ("ARS", "$AR"),
        ("AUD", "$AU"),
        ("BMD", "$BM"),
        ("BND", "$BN"),
        ("BRL", "R$"),
        ("BZD", "$BZ"),
        ("CAD", "$CA"),
        ("CLP", "$CL"),
        ("COP", "$CO"),
        ("EUR", "€"),
        ("FJD", "$FJ"),
        ("FKP", "£FK"),
        ("GBP", "£GB"),
        ("GIP", "£GI"),
        ("ILS", "₪"),
        ("INR", "₹"),
        ("KRW", "₩"),
        ("LBP", "£LB"),
        ("MXN", "$MX"),
        ("NAD", "$NA"),
        ("NZD", "$NZ"),
        ("SBD", "$SB"),
        ("SGD", "$SG"),
        ("SRD", "$SR"),
        ("TTD", "$TT"),
        ("USD", "$US"),
        ("UYU", "$UY"),
        ("VND", "₫"),
        ("WST", "$WS"),
        ("XAF", "FCFA"),
        ("XCG", "Cg."),
        ("XOF", "F\u{202f}CFA"),
        ("XPF", "FCFP"),
    ],
    long_date: "{0} {1} {2}",
    short_date: "{0} {1} {2}",
    first_of_month: Some("1er"),
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
};

/// German as in Germany (CLDR `de`).
pub const DE: Conventions = Conventions {
    locale: "de-DE",
    currency: Currency::EUR,
    decimal_mark: ',',
    group_mark: '.',
    fewest_leading_digits: 1,
    symbol_first: false,
    percent_sign: "\u{a0}%",
    symbols: &[
        ("AUD", "AU$"),
        ("BRL", "R$"),
        ("CAD", "CA$"),
        ("CNY", "CN¥"),
        ("EUR", "€"),
        ("GBP", "£"),
        ("HKD", "HK$"),
        ("ILS", "₪"),
        ("INR", "₹"),
        ("JPY", "¥"),
        ("KRW", "₩"),
        ("MXN", "MX$"),
        ("NZD", "NZ$"),
        ("THB", "฿"),
        ("TWD", "NT$"),
        ("USD", "$"),
        ("VND", "₫"),
        ("XAF", "FCFA"),
        ("XCD", "EC$"),
        ("XCG", "Cg."),
        ("XOF", "F\u{202f}CFA"),
        ("XPF", "CFPF"),
    ],
    long_date: "{0}. {1} {2}",
    short_date: "{0}. {1} {2}",
    first_of_month: None,
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
};

/// Spanish as in Spain (CLDR `es`).
pub const ES: Conventions = Conventions {
    locale: "es-ES",
    currency: Currency::EUR,
    decimal_mark: ',',
    group_mark: '.',
    fewest_leading_digits: 2,
    symbol_first: false,
    percent_sign: "\u{a0}%",
    symbols: &[
        ("EUR", "€"),
        ("THB", "฿"),
        ("USD", "US$"),
        ("VND", "₫"),
        ("XCG", "Cg."),
        ("XPF", "CFPF"),
    ],
    long_date: "{0} de {1} de {2}",
    short_date: "{0} {1} {2}",
    first_of_month: None,
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ],
};
