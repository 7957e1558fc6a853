// Writes what `Intl` makes of money, numbers, percentages and dates, as the expectations of tests/formats.rs:
//
//     node crates/texts/tests/intl.mjs > crates/texts/tests/data/intl.json
//
// Needed only when a language is added or CLDR has changed its mind; any Node with full ICU does (20 and later have it).
// The locales are those of `Conventions::locale`. Node and Chromium share ICU and its data: the browser tests compare with
// Chromium's own.

const locales = ["en-US", "fr-FR", "de-DE", "es-ES"];
const currencies = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "KWD"];
/** In minor units: nothing, one, a price, each side of the marks, both signs, and the largest that a double holds exactly. */
const minors = [0, 1, 99, 100, 1199, 99999, 100000, 123450, 999999, 1000000, 123456789, 9007199254740, -1, -1199, -123450, -123456789];
const numbers = [0, 1, 12, 999, 1000, 1234, 9999, 10000, 12345, 999999, 1000000, 9007199254740991];
const percents = [0, 1, 15, 20, 99, 100];
const dates = [
  ...Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}-22`),
  "2026-01-01", "2026-11-01", "2027-10-02", "2028-02-29", "2099-12-31",
];

const money = (locale, currency, minor) => {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits;
  // As text, so that no double comes between.
  const padded = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = padded.slice(0, padded.length - digits);
  return format.format(`${minor < 0 ? "-" : ""}${whole}.${padded.slice(padded.length - digits) || "0"}`);
};

const symbol = (locale, currency) =>
  new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(1).find((part) => part.type === "currency").value;

const date = (locale, day, month) =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month, day: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

const each = (values, write) => Object.fromEntries(values.map((value) => [value, write(value)]));

const expectations = {
  written_by: `tests/intl.mjs, Node ${process.versions.node}, ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`,
  locales: each(locales, (locale) => ({
    money: each(currencies, (currency) => each(minors, (minor) => money(locale, currency, minor))),
    symbols: each(Intl.supportedValuesOf("currency"), (currency) => symbol(locale, currency)),
    numbers: each(numbers, (number) => new Intl.NumberFormat(locale).format(number)),
    percents: each(percents, (percent) => new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100)),
    dates: each(dates, (day) => date(locale, day, "long")),
    short_dates: each(dates, (day) => date(locale, day, "short")),
  })),
};
console.log(JSON.stringify(expectations, null, 1));
