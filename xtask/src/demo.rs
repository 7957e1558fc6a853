//! `cargo xtask demo`: a data folder with sample accounts in every state that a subscription can be in.
//!
//! What is in it came in through the doors that people use: `demo/fill.mjs` signs up, pays and changes over HTTP, while
//! the sandbox's clock runs from two and a half months ago to today.

use std::env;

use anyhow::{Context, bail};

use crate::cli::DemoOptions;
use crate::layout::{Layout, Mode};
use crate::process::Program;
use crate::progress;
use crate::serve;
use crate::server::{self, Settings};

/// Builds what is needed, fills a new data folder, and says how to look at it.
pub fn run(layout: &Layout, options: &DemoOptions) -> anyhow::Result<()> {
    let here = env::current_dir().context("cannot tell the current folder")?;
    let data = here.join(&options.data);
    if data.join("subscribe.sqlite").exists() {
        bail!(
            "{} holds a database already, and nothing was added to it. Delete the folder, or name another one: \
             cargo xtask demo --data DIR",
            data.display()
        );
    }
    progress::carry_out(serve::steps(layout, Mode::Optimised))?;
    let settings = Settings {
        port: server::free_port()?,
        data,
        mode: Mode::Optimised,
        by_program: true,
    };
    let Some(server) = server::start(layout, &settings)? else {
        return Ok(());
    };
    println!("\nFilling {} …\n", settings.data.display());
    let filled = Program::new(layout, "node")
        .arg(layout.at("xtask/src/demo/fill.mjs"))
        .arg(format!("http://127.0.0.1:{}", settings.port))
        .run_openly();
    server.stop()?;
    filled.context("The data folder is not complete; delete it and try again.")?;
    let folder = options.data.display();
    println!(
        "\nA sign-in to /staff:  target/debug/subscribe staff add me@example.com --name Me --data {folder}\n\
         To look at all this:  cargo xtask serve --data {folder}"
    );
    Ok(())
}
