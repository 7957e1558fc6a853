//! What somebody may have meant by a name that there is not.

/// `did you mean “…”?` for the nearest name, if one is near enough to be a slip.
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    // A third of the letters: `recomended` is a slip of `recommended`, `sku` is none of `faq`.
    let most = (written.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| {
            (
                strsim::osa_distance(&written.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| format!("did you mean “{name}”?"))
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = ["currencies", "recommended", "EUR", "USD"];
        for (written, meant) in [
            ("currencis", "currencies"),
            ("recomended", "recommended"),
            ("eur", "EUR"),
            ("UDS", "USD"),
            ("EURO", "EUR"),
        ] {
            assert_eq!(
                did_you_mean(written, names),
                Some(format!("did you mean “{meant}”?"))
            );
        }
        assert_eq!(did_you_mean("colour", names), None);
        assert_eq!(did_you_mean("", names), None);
    }
}
