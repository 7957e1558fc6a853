//! `cargo xtask lighthouse`: what Lighthouse says of the pricing page in each language, on a simulated phone.
//!
//! Not a step of `cargo xtask test`: it takes minutes, and what it measures in time depends on how busy the machine is.

use std::fs;

use anyhow::Context;

use crate::chromium;
use crate::cli::LighthouseOptions;
use crate::layout::{Layout, Mode};
use crate::npm_project::NpmProject;
use crate::process::Program;
use crate::progress;
use crate::serve;
use crate::server::{self, Settings};

const PROJECT: NpmProject = NpmProject {
    name: "Lighthouse",
    folder: "tests/lighthouse",
    program: "lighthouse",
};

/// Builds what is needed, serves it from an empty data folder, and measures it.
pub fn run(layout: &Layout, options: &LighthouseOptions) -> anyhow::Result<()> {
    let languages = if options.languages.is_empty() {
        layout.languages()?
    } else {
        layout.known_languages(&options.languages)?
    };
    let mut steps = serve::steps(layout, Mode::Optimised);
    steps.push(PROJECT.step(layout));
    progress::carry_out(steps)?;
    let browser = chromium::browser()?;
    let reports = layout.at("target/lighthouse");
    // Reports of an earlier run say nothing of this one.
    if reports.exists() {
        fs::remove_dir_all(&reports).with_context(|| format!("cannot delete {}", reports.display()))?;
    }
    let settings = Settings {
        port: server::free_port()?,
        data: reports.join("data"),
        mode: Mode::Optimised,
        by_program: true,
    };
    let Some(server) = server::start(layout, &settings)? else {
        return Ok(());
    };
    println!("\nThree runs a language, about two minutes for all …\n");
    let outcome = chromium::hand_over(Program::new(layout, "node"), &browser)
        .arg(layout.at(PROJECT.folder).join("run.mjs"))
        .arg(format!("http://127.0.0.1:{}", settings.port))
        .arg(&reports)
        .args(&languages)
        .run_openly();
    server.stop()?;
    fs::remove_dir_all(&settings.data)
        .with_context(|| format!("cannot delete {}", settings.data.display()))?;
    outcome.context("The pricing page falls short, or could not be measured; why stands above.")?;
    println!("\nThe reports stand in {}.", reports.display());
    Ok(())
}
