//! The Playwright project in `tests/browser`: the end-to-end tests, and the pictures of every screen.

use std::path::Path;

use crate::chromium;
use crate::layout::{Layout, Mode};
use crate::npm_project::NpmProject;
use crate::process::Program;
use crate::progress::Step;

const PROJECT: NpmProject = NpmProject {
    name: "Playwright",
    folder: "tests/browser",
    program: "playwright",
};

/// Installs Playwright as its lock file says.
pub fn step(layout: &Layout) -> Step<'_> {
    PROJECT.step(layout)
}

/// Checks the types of the tests.
pub fn check_types(layout: &Layout) -> anyhow::Result<()> {
    Program::new(layout, layout.browser_tests().join("node_modules/.bin/tsc"))
        .arg("--noEmit")
        .in_folder(layout.browser_tests())
        .run_openly()
}

/// Playwright's test runner, for the server and the pages that stand below `target`, in a browser.
pub fn test(layout: &Layout, browser: &Path) -> Program {
    let playwright = Program::new(
        layout,
        layout.browser_tests().join("node_modules/.bin/playwright"),
    );
    chromium::hand_over(playwright, browser)
        .arg("test")
        .in_folder(layout.browser_tests())
        .env("SUBSCRIBE_PROGRAM", layout.server_program())
        .env("SUBSCRIBE_TEST_PAGES", layout.pages(Mode::Optimised))
        .env("SUBSCRIBE_TEST_CATALOG", layout.catalog())
}

/// Runs the tests.
pub fn run(layout: &Layout, chromium: &chromium::Chromium, arguments: &[String]) -> anyhow::Result<()> {
    test(layout, &chromium.browser).args(arguments).run_openly()
}
