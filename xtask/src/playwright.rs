//! The end-to-end tests in `tests/browser`.

use crate::chromium::Chromium;
use crate::fingerprint::{Fingerprint, Record};
use crate::layout::{Layout, Mode};
use crate::process::Program;
use crate::progress::{Activity, Step};
use crate::tools;

/// Installs Playwright as its lock file says. Its own browsers are not downloaded: the tests run in the machine's.
pub fn step(layout: &Layout) -> Step<'_> {
    Step::new("Installing Playwright", |activity| install(layout, activity))
        .unless_current("Playwright", || {
            fingerprint(layout).is_ok_and(|now| record(layout).matches(&now))
        })
        .note("first time only, some seconds")
}

/// Checks the types of the tests.
pub fn check_types(layout: &Layout) -> anyhow::Result<()> {
    Program::new(layout, layout.browser_tests().join("node_modules/.bin/tsc"))
        .arg("--noEmit")
        .in_folder(layout.browser_tests())
        .run_openly()
}

/// Runs the tests against the server and the pages that stand below `target`.
pub fn run(layout: &Layout, chromium: &Chromium, arguments: &[String]) -> anyhow::Result<()> {
    Program::new(
        layout,
        layout.browser_tests().join("node_modules/.bin/playwright"),
    )
    .arg("test")
    .args(arguments)
    .in_folder(layout.browser_tests())
    .env("CHROME", &chromium.browser)
    .env("SUBSCRIBE_PROGRAM", layout.server_program())
    .env("SUBSCRIBE_TEST_PAGES", layout.pages(Mode::Optimised))
    .env("SUBSCRIBE_TEST_CATALOG", layout.catalog())
    .run_openly()
}

fn install(layout: &Layout, activity: &Activity) -> anyhow::Result<()> {
    let fingerprint = fingerprint(layout)?;
    record(layout).forget()?;
    tools::npm(layout)?
        .args(["ci", "--no-audit", "--no-fund"])
        .in_folder(layout.browser_tests())
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run_quietly(activity)?;
    record(layout).write(&fingerprint)
}

fn fingerprint(layout: &Layout) -> anyhow::Result<String> {
    let files = ["tests/browser/package.json", "tests/browser/package-lock.json"];
    Ok(Fingerprint::default().paths(layout.root(), files)?.finish())
}

fn record(layout: &Layout) -> Record {
    Record::new(
        layout,
        "playwright",
        layout.browser_tests().join("node_modules/.bin/playwright"),
    )
}
