//! The command line.

use std::path::PathBuf;

const USAGE: &str = "usage: prerender --bundles DIR --catalog FILE --out DIR [--dev]";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// What Trunk made of the programs, a folder each, named after it.
    pub(crate) bundles: PathBuf,
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
        let [mut bundles, mut catalog, mut out] = [const { None }; 3];
        let mut dev = false;
        while let Some(word) = words.next() {
            let place = match word.to_str() {
                Some("--dev") => {
                    dev = true;
                    continue;
                }
                Some("--bundles") => &mut bundles,
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
        match (bundles, catalog, out) {
            (Some(bundles), Some(catalog), Some(out)) => Ok(Self {
                bundles,
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
    fn all_three_paths_are_needed() {
        let arguments = parse("--out o --bundles b --dev --catalog c").unwrap();
        assert_eq!(
            (arguments.bundles, arguments.out, arguments.dev),
            ("b".into(), "o".into(), true)
        );
        assert!(parse("--out o --catalog c").is_err());
        assert!(
            parse("--out o --catalog c --bundles")
                .unwrap_err()
                .contains("needs a value")
        );
        assert!(parse("--colour").unwrap_err().contains("--colour"));
    }
}
