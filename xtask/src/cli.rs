//! What may be typed after `cargo xtask`.

use std::path::PathBuf;

use lexopt::prelude::*;

/// The text of `cargo xtask --help`.
pub const HELP: &str = "\
Builds, runs and tests OneDesk Subscribe. Every command does the set-up that it needs first:
the wasm target, wasm-bindgen, Trunk and wasm-opt (below target/tools; some minutes, the first time only).

Usage: cargo xtask <command> [options]

Commands:
  serve        Build everything and run it with sandbox payments and sandbox mail
  build        Build everything that `serve` runs, without running it
  demo         Fill a new data folder with sample accounts in every state, and say how to sign in to them
  test         Formatting, lints, and all tests, those in a browser included
  size         Check the download sizes of the browser bundles against their limits
  prerender    Build the bundles and the pages in target/pages, without the server
  screenshots  Take a picture of every screen in every width, theme and language, and show them side by side
  lighthouse   Run Lighthouse on the pricing page in every language; reports go to target/lighthouse

Options of serve:
  --port PORT  Port on 127.0.0.1 to listen on [default: 8080]
  --data DIR   Folder of the database; made when it is missing [default: ./data]
  --dev        Quick unoptimised builds; rebuild what changes and reload the open pages

Options of demo:
  --data DIR   Folder of the database; must not hold one [default: ./demo]

Options of test:
  --only STEP  Run this step alone; may be repeated
  --from STEP  Run this step and those after it
  --list       List the steps
  -- ARGS      Handed to Playwright, such as: -- --grep @path --headed

Options of screenshots; --screen, --width, --theme and --language may be repeated, and narrow down:
  --out DIR        Folder of the pictures and of index.html [default: target/screenshots]
  --screen NAME    A screen, such as pricing, or the beginning of its name; another name lists all
  --width PIXELS   360, 768 or 1440
  --theme THEME    light or dark
  --language CODE  A language, such as de
  --readme         Take docs/images/pricing.png alone, the picture of the README
  --social         Draw public/social/*.png alone, the pictures of shared links; builds nothing

Options of lighthouse:
  --language CODE  A language, such as de; may be repeated

Environment:
  CHROME       The Chromium or Chrome to test in [default: found on PATH]
  CHROMEDRIVER Its driver, of the same version [default: found on PATH]
  SUBSCRIBE_*  Read by the server that `serve` starts; see `target/debug/subscribe serve --help`
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Build everything and run it.
    Serve(ServeOptions),
    /// Fill a data folder with sample accounts.
    Demo(DemoOptions),
    /// Build everything.
    Build,
    /// Set-up and all checks.
    Test(TestOptions),
    /// Compare the download sizes with their limits.
    Size,
    /// Build the pages, not the server.
    Prerender,
    /// Take pictures of the screens.
    Screenshots(ScreenshotsOptions),
    /// Run Lighthouse.
    Lighthouse(LighthouseOptions),
}

/// Options of `cargo xtask serve`.
#[derive(Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// Port on 127.0.0.1.
    pub port: u16,
    /// Folder of the database.
    pub data: PathBuf,
    /// Quick builds and live reload.
    pub dev: bool,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            port: 8080,
            data: PathBuf::from("data"),
            dev: false,
        }
    }
}

/// Options of `cargo xtask demo`.
#[derive(Debug, PartialEq, Eq)]
pub struct DemoOptions {
    /// Folder of the database, which is made.
    pub data: PathBuf,
}

/// Options of `cargo xtask screenshots`. What is empty is not narrowed down.
#[derive(Debug, PartialEq, Eq)]
pub struct ScreenshotsOptions {
    /// Folder of the pictures.
    pub out: PathBuf,
    /// Names of screens, or how they begin.
    pub screens: Vec<String>,
    /// Widths of the window in CSS pixels.
    pub widths: Vec<String>,
    /// `light`, `dark`.
    pub themes: Vec<String>,
    /// Codes of languages.
    pub languages: Vec<String>,
    /// Take the picture of the README, and no other.
    pub readme: bool,
    /// Draw the pictures of shared links, and no other.
    pub social: bool,
}

impl Default for ScreenshotsOptions {
    fn default() -> Self {
        Self {
            out: PathBuf::from("target/screenshots"),
            screens: Vec::new(),
            widths: Vec::new(),
            themes: Vec::new(),
            languages: Vec::new(),
            readme: false,
            social: false,
        }
    }
}

/// Options of `cargo xtask lighthouse`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LighthouseOptions {
    /// Codes of the languages to measure; empty for all.
    pub languages: Vec<String>,
}

/// Options of `cargo xtask test`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// Names of the only steps to run; empty for all.
    pub only: Vec<String>,
    /// Name of the first step to run.
    pub from: Option<String>,
    /// List the steps instead of running them.
    pub list: bool,
    /// Handed to Playwright.
    pub playwright: Vec<String>,
}

/// Reads the command line; the error is a sentence for people.
pub fn parse(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let name = match arguments.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(name)) => name.string()?,
        Some(option) => return Err(option.unexpected()),
    };
    match name.as_str() {
        "serve" => parse_serve(&mut arguments),
        "demo" => parse_demo(&mut arguments),
        "test" => parse_test(&mut arguments),
        "screenshots" => parse_screenshots(&mut arguments),
        "lighthouse" => parse_lighthouse(&mut arguments),
        "build" => without_options(&mut arguments, Command::Build),
        "size" => without_options(&mut arguments, Command::Size),
        "prerender" => without_options(&mut arguments, Command::Prerender),
        "help" => without_options(&mut arguments, Command::Help),
        other => Err(format!("there is no command `{other}`").into()),
    }
}

fn without_options(arguments: &mut lexopt::Parser, command: Command) -> Result<Command, lexopt::Error> {
    match arguments.next()? {
        None => Ok(command),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(other) => Err(other.unexpected()),
    }
}

fn parse_serve(arguments: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = ServeOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => {
                let value = arguments.value()?.string()?;
                options.port = value
                    .parse()
                    .ok()
                    .filter(|port| *port > 0)
                    .ok_or_else(|| format!("--port takes a number from 1 to 65535, not `{value}`"))?;
            }
            Long("data") => options.data = PathBuf::from(arguments.value()?),
            Long("dev") => options.dev = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

fn parse_demo(arguments: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = DemoOptions {
        data: PathBuf::from("demo"),
    };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("data") => options.data = PathBuf::from(arguments.value()?),
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Demo(options))
}

fn parse_screenshots(arguments: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = ScreenshotsOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("out") => options.out = PathBuf::from(arguments.value()?),
            Long("screen") => options.screens.push(arguments.value()?.string()?),
            Long("width") => options.widths.push(arguments.value()?.string()?),
            Long("readme") => options.readme = true,
            Long("social") => options.social = true,
            Long("theme") => options.themes.push(arguments.value()?.string()?),
            Long("language") => options.languages.push(arguments.value()?.string()?),
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Screenshots(options))
}

fn parse_lighthouse(arguments: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = LighthouseOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("language") => options.languages.push(arguments.value()?.string()?),
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Lighthouse(options))
}

fn parse_test(arguments: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = TestOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("only") => options.only.push(arguments.value()?.string()?),
            Long("from") => options.from = Some(arguments.value()?.string()?),
            Long("list") => options.list = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            // lexopt swallows `--` itself: what follows it arrives as values, the first of them here.
            Value(first) => {
                options.playwright.push(first.string()?);
                for rest in arguments.raw_args()? {
                    options.playwright.push(rest.string()?);
                }
            }
            other => return Err(other.unexpected()),
        }
    }
    if options.from.is_some() && !options.only.is_empty() {
        return Err("--only and --from do not go together".into());
    }
    Ok(Command::Test(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(arguments)).map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn nothing_and_help_print_the_help() {
        for arguments in [
            &[][..],
            &["--help"],
            &["-h"],
            &["help"],
            &["serve", "--help"],
            &["size", "-h"],
        ] {
            assert_eq!(parsed(arguments), Ok(Command::Help), "{arguments:?}");
        }
    }

    #[test]
    fn serve_has_defaults_and_takes_its_options() {
        assert_eq!(parsed(&["serve"]), Ok(Command::Serve(ServeOptions::default())));
        assert_eq!(
            parsed(&["serve", "--port", "9000", "--data=/tmp/d", "--dev"]),
            Ok(Command::Serve(ServeOptions {
                port: 9000,
                data: "/tmp/d".into(),
                dev: true
            }))
        );
    }

    #[test]
    fn demo_takes_its_folder() {
        for (arguments, data) in [(&["demo"][..], "demo"), (&["demo", "--data", "/tmp/d"], "/tmp/d")] {
            let options = DemoOptions { data: data.into() };
            assert_eq!(parsed(arguments), Ok(Command::Demo(options)));
        }
    }

    #[test]
    fn screenshots_are_narrowed_down_by_repeated_options() {
        assert_eq!(
            parsed(&["screenshots"]),
            Ok(Command::Screenshots(ScreenshotsOptions::default()))
        );
        let typed = [
            "screenshots",
            "--out=/tmp/p",
            "--screen",
            "pricing",
            "--screen",
            "users",
            "--width=360",
            "--theme",
            "dark",
            "--language",
            "de",
        ];
        assert_eq!(
            parsed(&typed),
            Ok(Command::Screenshots(ScreenshotsOptions {
                out: "/tmp/p".into(),
                screens: vec!["pricing".into(), "users".into()],
                widths: vec!["360".into()],
                themes: vec!["dark".into()],
                languages: vec!["de".into()],
                readme: false,
                social: false,
            }))
        );
        let Ok(Command::Screenshots(options)) = parsed(&["screenshots", "--readme"]) else {
            panic!("not read as a screenshots command");
        };
        assert!(options.readme && options.screens.is_empty());
        let Ok(Command::Screenshots(options)) = parsed(&["screenshots", "--social"]) else {
            panic!("not read as a screenshots command");
        };
        assert!(options.social && !options.readme);
        assert!(parsed(&["screenshots", "--colour", "red"]).is_err());
    }

    #[test]
    fn lighthouse_takes_languages() {
        let languages = vec!["de".to_owned(), "fr".to_owned()];
        assert_eq!(
            parsed(&["lighthouse", "--language", "de", "--language=fr"]),
            Ok(Command::Lighthouse(LighthouseOptions { languages }))
        );
        assert!(parsed(&["lighthouse", "de"]).is_err());
    }

    #[test]
    fn a_wrong_port_is_refused_by_name() {
        for port in ["0", "65536", "http", "-1", ""] {
            let mistake = parsed(&["serve", "--port", port]).expect_err("not a port");
            assert!(mistake.contains("1 to 65535"), "{mistake}");
        }
    }

    #[test]
    fn test_hands_what_follows_two_dashes_to_playwright() {
        let Ok(Command::Test(options)) = parsed(&[
            "test", "--only", "browser", "--only", "size", "--", "--grep", "@path", "--", "x",
        ]) else {
            panic!("not read as a test command");
        };
        assert_eq!(options.only, ["browser", "size"]);
        assert_eq!(options.playwright, ["--grep", "@path", "--", "x"]);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(
            parsed(&["launch"])
                .expect_err("unknown")
                .contains("no command `launch`")
        );
        assert!(parsed(&["build", "--fast"]).is_err());
        assert!(parsed(&["test", "--from", "size", "--only", "unit"]).is_err());
    }
}
