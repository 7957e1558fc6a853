//! Which of our languages a person's software asks for.

use crate::Language;

/// The first of the preferred language tags (`navigator.languages`, best first) that there are texts for, if any.
///
/// As RFC 4647 §3.4 (lookup): `fr-CA` is answered with `fr`; letters' case does not matter. `*` is answered with the
/// default language.
pub fn negotiate<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Option<Language> {
    preferred.into_iter().find_map(|tag| {
        let primary = tag.trim().split('-').next().unwrap_or_default();
        if primary == "*" {
            return Some(Language::default());
        }
        Language::all()
            .iter()
            .copied()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
    })
}

/// The language that an `Accept-Language` header (RFC 9110 §12.5.4) prefers among ours, if it accepts any.
///
/// Entries of equal weight keep their order; a weight of 0 refuses; an entry whose weight cannot be read is passed over.
pub fn from_accept_language(header: &str) -> Option<Language> {
    let mut weighted: Vec<(u16, &str)> = header
        .split(',')
        .filter_map(|entry| {
            let mut parts = entry.split(';');
            let tag = parts.next().unwrap_or_default();
            let weight = parts.next().map_or(Some(1000), thousandths)?;
            (weight > 0).then_some((weight, tag))
        })
        .collect();
    weighted.sort_by_key(|(weight, _)| core::cmp::Reverse(*weight));
    negotiate(weighted.into_iter().map(|(_, tag)| tag))
}

/// `q=0.8` → 800. A weight has at most three decimals.
fn thousandths(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, decimals) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let digits = decimals.bytes().chain(core::iter::repeat(b'0')).take(3);
    let fraction = digits.map(|digit| digit.is_ascii_digit().then(|| u16::from(digit - b'0')));
    let fraction = fraction.reduce(|sum, digit| Some(sum? * 10 + digit?))??;
    match (whole, decimals.len()) {
        ("0", ..=3) => Some(fraction),
        ("1", ..=3) if fraction == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{from_accept_language, negotiate};
    use crate::Language::{En, Es, Fr};

    #[test]
    fn regions_fall_back_to_their_language() {
        assert_eq!(negotiate(["fr-CA", "en"]), Some(Fr));
        assert_eq!(negotiate(["FR"]), Some(Fr));
        assert_eq!(negotiate(["en-GB", "fr"]), Some(En));
        // Latin America, by its number of UN M49, as well as a country of it.
        assert_eq!(negotiate(["es-419"]), Some(Es));
        assert_eq!(negotiate(["es-MX", "en"]), Some(Es));
    }

    #[test]
    fn languages_without_texts_are_passed_over() {
        assert_eq!(negotiate(["pt-BR", "fr"]), Some(Fr));
        assert_eq!(negotiate(["pt-BR"]), None);
        assert_eq!(negotiate([""]), None);
        assert_eq!(negotiate([]), None);
        // `fra` and `french` are other tags, not regions of `fr`.
        assert_eq!(negotiate(["french"]), None);
    }

    #[test]
    fn weights_decide() {
        assert_eq!(from_accept_language("en;q=0.5, fr-CH;q=0.9"), Some(Fr));
        assert_eq!(from_accept_language("fr;q=0.125,en;q=0.13"), Some(En));
        assert_eq!(from_accept_language("pt, fr ; q=0.8 , en;q=0.7"), Some(Fr));
        assert_eq!(from_accept_language("fr, en"), Some(Fr));
        assert_eq!(from_accept_language("*"), Some(En));
        assert_eq!(from_accept_language("pt, *;q=0.1"), Some(En));
    }

    #[test]
    fn a_weight_of_zero_refuses_and_nonsense_is_passed_over() {
        assert_eq!(from_accept_language("fr;q=0"), None);
        assert_eq!(from_accept_language("fr;q=2, en;q=0.1"), Some(En));
        assert_eq!(from_accept_language("fr;q=0.1234, en;q=0.1"), Some(En));
        assert_eq!(from_accept_language("fr;level=1, en;q=x"), None);
        assert_eq!(from_accept_language(""), None);
        assert_eq!(from_accept_language(";;,,;q="), None);
    }
}
