//! The programs that read invoices back: the tests compare what stands on the page with what was to be printed.

use std::env;

use crate::debian;
use crate::layout::Layout;
use crate::process;
use crate::progress::Step;

/// What the tests of invoices run.
const PROGRAMS: [&str; 3] = ["pdftotext", "pdfinfo", "pdfdetach"];

const HOW_TO_INSTALL: &str = "The tests of invoices read them back with Poppler. Install it (on Debian: apt install \
    poppler-utils; on macOS: brew install poppler), or name its folder: POPPLER=/path/to/bin cargo xtask test";

/// Having Poppler.
pub fn step(layout: &Layout) -> Step<'_> {
    Step::new("Installing Poppler from Debian's packages", |activity| {
        debian::install(layout, &["poppler-utils"], HOW_TO_INSTALL, activity)
    })
    .unless_current("Poppler", || {
        env::var_os("POPPLER").is_some() || PROGRAMS.iter().all(|program| process::on_path(program).is_some())
    })
    .note("first time only")
}
