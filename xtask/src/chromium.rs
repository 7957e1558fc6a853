//! The browser that the tests run in, and the driver that the component tests steer it with.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::debian;
use crate::layout::Layout;
use crate::process::{self, Program};
use crate::progress::{Activity, Step};
use crate::tools::major_version;

/// Names that Chromium and Chrome go by, and where macOS keeps Chrome. Debian's build without windows comes first: the tests
/// take some two thirds of the time in it.
const BROWSERS: [&str; 6] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Flags for tests: nothing that the browser does by itself over the network, and no isolation that a container refuses. That
/// there is no window is said by whoever starts it: Playwright and Lighthouse do so in words of their own.
const FLAGS: [&str; 6] = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

const HOW_TO_INSTALL: &str = "The browser tests need Chromium or Chrome and its driver, of the same version. Install \
    them (on Debian: apt install chromium-headless-shell chromium-driver), or name them: CHROME=/path/to/chromium \
    CHROMEDRIVER=/path/to/chromedriver cargo xtask test";

/// A browser and its driver, of the same version.
#[derive(Clone, Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// `chromedriver`.
    pub driver: PathBuf,
}

/// Having both.
pub fn step(layout: &Layout) -> Step<'_> {
    Step::new(
        "Installing Chromium and its driver from Debian's packages",
        |activity| {
            install(layout, activity)?;
            find(layout).map(|_| ())
        },
    )
    .unless_current("Chromium and its driver", || find(layout).is_ok())
    .note("first time only, about a minute")
}

/// The browser and driver of this machine, or a sentence about what is missing.
pub fn find(layout: &Layout) -> anyhow::Result<Chromium> {
    let browser = browser()?;
    let driver = named_or_on_path("CHROMEDRIVER", &["chromedriver"])?;
    let versions = (version(layout, &browser)?, version(layout, &driver)?);
    if versions.0 != versions.1 {
        bail!(
            "{} is version {}, but {} is version {}. {HOW_TO_INSTALL}",
            browser.display(),
            versions.0,
            driver.display(),
            versions.1
        );
    }
    Ok(Chromium { browser, driver })
}

/// The browser alone, for what needs no driver.
pub fn browser() -> anyhow::Result<PathBuf> {
    named_or_on_path("CHROME", &BROWSERS)
}

/// Tells a program that starts the browser by itself which one, and with what flags: `CHROME` and `CHROME_FLAGS`.
pub fn hand_over(program: Program, browser: &Path) -> Program {
    program
        .env("CHROME", browser)
        .env("CHROME_FLAGS", FLAGS.join(" "))
}

/// Writes the settings that the component tests start the browser with.
pub fn write_webdriver_settings(layout: &Layout, chromium: &Chromium) -> anyhow::Result<PathBuf> {
    let file = layout.tools().join("webdriver.json");
    let flags: Vec<String> = ["--headless"]
        .iter()
        .chain(&FLAGS)
        .map(|flag| json_string(flag))
        .collect();
    let binary = json_string(&chromium.browser.to_string_lossy());
    let settings = format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {binary}, \"args\": [{}]}}}}\n",
        flags.join(", ")
    );
    fs::create_dir_all(layout.tools())
        .and_then(|()| fs::write(&file, settings))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn install(layout: &Layout, activity: &Activity) -> anyhow::Result<()> {
    // One that is named but does not work is not mended by installing another.
    if env::var_os("CHROME").is_some() || env::var_os("CHROMEDRIVER").is_some() {
        return find(layout).map(|_| ());
    }
    if find(layout).is_ok() {
        return Ok(());
    }
    debian::install(
        layout,
        &["chromium-headless-shell", "chromium-driver"],
        HOW_TO_INSTALL,
        activity,
    )
}

fn named_or_on_path(variable: &str, usual: &[&str]) -> anyhow::Result<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        bail!(
            "{variable} says {}, which does not exist. {HOW_TO_INSTALL}",
            named.display()
        );
    }
    usual
        .iter()
        .find_map(|name| process::on_path(name))
        .with_context(|| format!("{} was not found. {HOW_TO_INSTALL}", usual[0]))
}

fn version(layout: &Layout, program: &Path) -> anyhow::Result<u32> {
    Program::new(layout, program)
        .arg("--version")
        .answer()
        .and_then(|answer| major_version(&answer))
        .with_context(|| {
            format!(
                "{} does not tell its version. {HOW_TO_INSTALL}",
                program.display()
            )
        })
}

/// A text as JSON writes it.
fn json_string(text: &str) -> String {
    let mut json = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            control if control.is_control() => {
                for unit in control.encode_utf16(&mut [0; 2]) {
                    json.extend(["\\u".to_owned(), format!("{unit:04x}")]);
                }
            }
            plain => json.push(plain),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_quotes_stay_json() {
        assert_eq!(json_string(r#"/opt/"odd" \ path"#), r#""/opt/\"odd\" \\ path""#);
        assert_eq!(json_string("a\nb"), "\"a\\u000ab\"");
    }
}
