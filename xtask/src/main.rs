//! `cargo xtask`: the one entrance for everything a person types in this project.
//!
//! Each command does its own set-up, so that a machine with Rust (by rustup) and Node needs nothing else. What is
//! installed goes below `target/tools`, what is built below `target/`; nothing outside the project is changed, save
//! for Chromium, which `cargo xtask test` installs from Debian's packages when it may.
//!
//! One file holds one idea; the commands are [`serve`], [`demo`], [`test`], [`size`], [`screenshots`],
//! [`lighthouse`] and what they share.

#[cfg(not(unix))]
compile_error!("xtask runs on Linux and macOS; on Windows, use it in WSL");

mod bundles;
mod chromium;
mod cli;
mod compress;
mod debian;
mod demo;
mod dev;
mod fingerprint;
mod layout;
mod lighthouse;
mod npm_project;
mod pages;
mod playwright;
mod poppler;
mod process;
mod progress;
mod screenshots;
mod serve;
mod server;
mod signals;
mod size;
mod test;
mod tools;
mod turn;

use std::process::ExitCode;

use cli::Command;
use layout::{Layout, Mode};

fn main() -> ExitCode {
    let command = match cli::parse(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(mistake) => {
            eprintln!("cargo xtask: {mistake}\nSee `cargo xtask --help`.");
            return ExitCode::from(2);
        }
    };
    match carry_out(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if signals::received() => {
            eprintln!("Interrupted.");
            ExitCode::from(130)
        }
        Err(failure) => {
            eprintln!("\n{failure:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> anyhow::Result<()> {
    if command == Command::Help {
        print!("{}", cli::HELP);
        return Ok(());
    }
    signals::install()?;
    let layout = Layout::of_this_project()?;
    match command {
        Command::Help => Ok(()),
        Command::Serve(options) if options.dev => dev::run(&layout, &options),
        Command::Serve(options) => serve::run(&layout, &options),
        Command::Demo(options) => demo::run(&layout, &options),
        Command::Build => serve::build(&layout),
        Command::Prerender => {
            let mut steps = tools::steps(&layout);
            steps.extend(bundles::steps(&layout, Mode::Optimised));
            steps.extend(pages::steps(&layout, Mode::Optimised));
            progress::carry_out(steps)
        }
        Command::Size => {
            let mut steps = tools::steps(&layout);
            steps.extend(bundles::steps(&layout, Mode::Optimised));
            steps.extend(pages::steps(&layout, Mode::Optimised));
            progress::carry_out(steps)?;
            size::check(&layout)
        }
        Command::Screenshots(options) => screenshots::run(&layout, &options),
        Command::Lighthouse(options) => lighthouse::run(&layout, &options),
        Command::Test(options) => test::run(&layout, &options),
    }
}
