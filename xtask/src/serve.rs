//! `cargo xtask serve`: from a fresh machine, or from yesterday's state, to a running server.

use std::env;

use anyhow::{Context, bail};

use crate::bundles;
use crate::cli::ServeOptions;
use crate::layout::{Layout, Mode};
use crate::pages;
use crate::progress::{self, Step};
use crate::server::{self, Settings};
use crate::signals;
use crate::tools;

/// Builds everything and runs it until a signal comes.
pub fn run(layout: &Layout, options: &ServeOptions) -> anyhow::Result<()> {
    progress::carry_out(steps(layout, Mode::Optimised))?;
    let Some(mut server) = server::start(layout, &settings(options)?)? else {
        return Ok(());
    };
    print_addresses(options.port);
    let status = server.wait()?;
    if signals::received() {
        println!("Stopped.");
        return Ok(());
    }
    bail!("The server ended by itself ({status}); what it said stands above.")
}

/// Builds everything.
pub fn build(layout: &Layout) -> anyhow::Result<()> {
    progress::carry_out(steps(layout, Mode::Optimised))
}

/// From nothing to a server that can be started.
pub fn steps(layout: &Layout, mode: Mode) -> Vec<Step<'_>> {
    let mut steps = tools::steps(layout);
    steps.extend(bundles::steps(layout, mode));
    steps.extend(pages::steps(layout, mode));
    steps.push(server::build_step(layout));
    steps
}

/// The server's settings for what was typed.
pub fn settings(options: &ServeOptions) -> anyhow::Result<Settings> {
    // As seen from where the command was typed, not from the project's folder.
    let here = env::current_dir().context("cannot tell the current folder")?;
    let mode = if options.dev { Mode::Dev } else { Mode::Optimised };
    Ok(Settings {
        port: options.port,
        data: here.join(&options.data),
        mode,
        by_program: false,
    })
}

/// Where to go now.
pub fn print_addresses(port: u16) {
    let base = format!("http://127.0.0.1:{port}");
    println!(
        "
OneDesk Subscribe is running. Open:

  Pricing page            {base}/pricing
  Application             {base}/app
  Widget, at a partner's  http://localhost:{port}/partner-demo
  Mail that was sent      {base}/sandbox/mail
  Move the clock          {base}/sandbox/clock
  The API described       {base}/api/docs

Payments and mail are sandboxed: no card is charged and nothing is sent. Ctrl-C stops the server.
"
    );
}
