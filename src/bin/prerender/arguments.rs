//! The command line.

use std::path::PathBuf;

const USAGE: &str =
    "usage: prerender --site DIR --admin DIR --billing DIR --widget DIR --catalog FILE --out DIR [--dev]";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// What Trunk made of the site.
    pub(crate) site: PathBuf,
    /// What Trunk made of the application's entrance and users.
    pub(crate) admin: PathBuf,
    /// What Trunk made of the part of the application that is about payments.
    pub(crate) billing: PathBuf,
    /// What Trunk made of the partner widget.
    pub(crate) widget: PathBuf,
    /// What is sold.
    pub(crate) catalog: PathBuf,
    /// The folder to fill.
    pub(crate) out: PathBuf,
    /// Whether pages load themselves again when they are built anew.
    pub(crate) dev: bool,
}

impl Arguments {
    /// Reads the command line of this process.
    pub(crate) fn from_command_line() -> Result<Self, String> {
        Self::parse(std::env::args_os().skip(1).map(PathBuf::from))
    }

    fn parse(words: impl IntoIterator<Item = PathBuf>) -> Result<Self, String> {
        let mut words = words.into_iter();
        let [mut site, mut admin, mut billing, mut widget, mut catalog, mut out] = [const { None }; 6];
        let mut dev = false;
        while let Some(word) = words.next() {
            let place = match word.to_str() {
                Some("--dev") => {
                    dev = true;
                    continue;
                }
                Some("--site") => &mut site,
                Some("--admin") => &mut admin,
                Some("--billing") => &mut billing,
                Some("--widget") => &mut widget,
                Some("--catalog") => &mut catalog,
                Some("--out") => &mut out,
                _ => return Err(format!("unknown argument {}\n{USAGE}", word.display())),
            };
            *place = Some(
                words
                    .next()
                    .ok_or_else(|| format!("{} needs a value\n{USAGE}", word.display()))?,
            );
        }
        match (site, admin, billing, widget, catalog, out) {
            (Some(site), Some(admin), Some(billing), Some(widget), Some(catalog), Some(out)) => Ok(Self {
                site,
                admin,
                billing,
                widget,
                catalog,
                out,
                dev,
            }),
            _ => Err(USAGE.to_owned()),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split(' ').map(PathBuf::from))
    }

    #[test]
    fn all_six_paths_are_needed() {
        let arguments = parse("--out o --site s --dev --catalog c --admin a --billing b --widget w").unwrap();
        assert_eq!(
            (arguments.site, arguments.out, arguments.dev),
            ("s".into(), "o".into(), true)
        );
        assert!(parse("--out o --site s --catalog c").is_err());
        assert!(
            parse("--out o --site s --catalog c --billing b --admin")
                .unwrap_err()
                .contains("needs a value")
        );
        assert!(parse("--colour").unwrap_err().contains("--colour"));
    }
}
