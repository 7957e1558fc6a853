//! Each country's prefix, forms and check, in one table.

use std::borrow::Cow;

use super::check_digits as check;
use crate::Country;

/// How a country writes its VAT numbers.
pub(super) struct Scheme {
    /// The two letters before the number.
    pub(super) prefix: &'static str,
    /// The forms of the number behind the prefix, with spaces between: `9` is a digit, `n` a digit but 0, `a` a letter,
    /// `s` a letter, a plus or an asterisk, `x` a letter or digit; everything else is itself.
    forms: &'static str,
    /// A number with the prefix that fits form and check.
    pub(super) example: &'static str,
    /// Whether the check digits fit, for a number of one of the forms.
    pub(super) check: fn(&[u8]) -> bool,
}

/// One country of the table.
const fn scheme(
    prefix: &'static str,
    forms: &'static str,
    example: &'static str,
    check: fn(&[u8]) -> bool,
) -> Scheme {
    Scheme {
        prefix,
        forms,
        example,
        check,
    }
}

/// By prefix. `GB` stands before `XI`, so that it is the one that is found for the country.
static SCHEMES: [Scheme; 31] = [
    scheme("AT", "U99999999", "ATU12345602", check::austria),
    scheme("BE", "0999999999 1999999999", "BE0123456749", check::belgium),
    scheme("BG", "999999999 9999999999", "BG123456786", check::bulgaria),
    scheme("CH", "E999999999MWST", "CHE123456788MWST", check::switzerland),
    scheme("CY", "99999999a", "CY10234567S", check::cyprus),
    scheme(
        "CZ",
        "99999999 999999999 9999999999",
        "CZ12345679",
        check::czechia,
    ),
    scheme("DE", "n99999999", "DE123456788", check::germany_and_croatia),
    scheme("DK", "n9999999", "DK12345607", check::denmark),
    scheme("EE", "999999999", "EE101234568", check::estonia),
    scheme("EL", "999999999", "EL123456783", check::greece),
    scheme("ES", "a9999999x 99999999a", "ESB12345674", check::spain),
    scheme("FI", "99999999", "FI12345671", check::finland),
    scheme("FR", "xx999999999", "FR11123456782", check::france),
    scheme(
        "GB",
        "999999999 999999999999 GD999 HA999",
        "GB123456727",
        check::united_kingdom,
    ),
    scheme("HR", "99999999999", "HR12345678903", check::germany_and_croatia),
    scheme("HU", "99999999", "HU12345676", check::hungary),
    scheme("IE", "9999999a 9999999aa 9s99999a", "IE1234567T", check::ireland),
    scheme("IT", "99999999999", "IT12345670017", check::italy),
    scheme("LT", "999999919 999999999919", "LT123456715", check::lithuania),
    scheme("LU", "99999999", "LU12345613", check::luxembourg),
    scheme("LV", "99999999999", "LV40123456707", check::latvia),
    scheme("MT", "n9999999", "MT12345634", check::malta),
    scheme("NL", "999999999B99", "NL123456782B01", check::netherlands),
    scheme("NO", "999999999MVA", "NO123456785MVA", check::norway),
    scheme("PL", "9999999999", "PL1234563218", check::poland),
    scheme("PT", "n99999999", "PT123456789", check::portugal),
    scheme(
        "RO",
        "n9 n99 n999 n9999 n99999 n999999 n9999999 n99999999 n999999999",
        "RO12345674",
        check::romania,
    ),
    scheme("SE", "999999999999", "SE556123456701", check::sweden),
    scheme("SI", "n9999999", "SI12345679", check::slovenia),
    scheme("SK", "n999999999", "SK2023456710", check::slovakia),
    scheme(
        "XI",
        "999999999 999999999999 GD999 HA999",
        "XI123456727",
        check::united_kingdom,
    ),
];

impl Scheme {
    /// The scheme of a prefix. `GR` is taken for `EL`: it is the code of the country, and often written.
    pub(super) fn of_prefix(prefix: &str) -> Option<&'static Self> {
        let prefix = if prefix == "GR" { "EL" } else { prefix };
        SCHEMES.iter().find(|scheme| scheme.prefix == prefix)
    }

    /// The scheme of a country.
    pub(super) fn of_country(country: Country) -> Option<&'static Self> {
        SCHEMES.iter().find(|scheme| scheme.country() == country)
    }

    /// The country, by its code of ISO 3166-1.
    pub(super) fn country(&self) -> Country {
        match self.prefix.as_bytes() {
            b"EL" => Country::of(*b"GR"),
            b"XI" => Country::of(*b"GB"),
            &[first, second] => Country::of([first, second]),
            _ => Country::of([b'?'; 2]),
        }
    }

    /// The number as it is written in full where people leave a part out, or have several words for it: the leading 0
    /// of Belgian numbers (nine digits until 2005), the word for the tax behind Swiss ones (in German, French, Italian
    /// or English) and behind Norwegian ones.
    pub(super) fn complete<'a>(&self, national: &'a str) -> Cow<'a, str> {
        let (number, suffix) = match self.prefix {
            "BE" if national.len() == 9 => return Cow::Owned(["0", national].concat()),
            "CH" => {
                let words = ["MWST", "TVA", "IVA", "VAT"];
                let number = words.iter().find_map(|word| national.strip_suffix(word));
                (number.unwrap_or(national), "MWST")
            }
            "NO" => (national.strip_suffix("MVA").unwrap_or(national), "MVA"),
            _ => return Cow::Borrowed(national),
        };
        Cow::Owned([number, suffix].concat())
    }

    /// Whether the number has one of the country's forms. One of zeros alone has none: it is typed to get past the
    /// field, and some checks would let it.
    pub(super) fn has_form(&self, national: &[u8]) -> bool {
        let fits = |form: &str| {
            form.len() == national.len()
                && form.bytes().zip(national).all(|(class, byte)| match class {
                    b'9' => byte.is_ascii_digit(),
                    b'n' => matches!(byte, b'1'..=b'9'),
                    b'a' => byte.is_ascii_uppercase(),
                    b's' => byte.is_ascii_uppercase() || matches!(byte, b'+' | b'*'),
                    b'x' => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
                    literal => literal == *byte,
                })
        };
        let zeros = national.len() > 5 && !national.iter().any(|byte| matches!(byte, b'1'..=b'9'));
        !zeros && self.forms.split(' ').any(fits)
    }
}
