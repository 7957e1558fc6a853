//! The folder that the server serves: prerendered pages, scripts, WebAssembly, styles and their compressed copies.
//!
//! It is made beside the one in use and then put in its place, so that a server that runs meanwhile never finds half
//! of it.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::bundles;
use crate::compress;
use crate::fingerprint::{Fingerprint, Record};
use crate::layout::{Layout, Mode};
use crate::process::Program;
use crate::progress::{Activity, Step};
use crate::turn::Turn;

/// Names the build in a development server: open pages reload when it changes.
const STAMP: &str = "build-stamp";

/// Prerendering and compressing.
pub fn steps(layout: &Layout, mode: Mode) -> Vec<Step<'_>> {
    let doing = match mode {
        Mode::Optimised => "Prerendering and compressing the pages",
        Mode::Dev => "Prerendering the pages",
    };
    let step = Step::new(doing, move |activity: &Activity| build(layout, mode, activity))
        .unless_current("Prerendered pages", move || is_current(layout, mode))
        .note(if layout.pages(mode).exists() {
            ""
        } else {
            "first time, some minutes"
        });
    vec![step]
}

/// Whether the pages are those of the present sources.
pub fn is_current(layout: &Layout, mode: Mode) -> bool {
    // What cannot be read is built, and building says why it cannot be read.
    bundles::is_current(layout, mode)
        && fingerprint(layout, mode).is_ok_and(|now| record(layout, mode).matches(&now))
}

/// Makes the folder anew.
pub fn build(layout: &Layout, mode: Mode, activity: &Activity) -> anyhow::Result<()> {
    let fingerprint = fingerprint(layout, mode)?;
    let _turn = Turn::wait(layout, activity)?;
    record(layout, mode).forget()?;
    let pages = layout.pages(mode);
    let fresh = pages.with_extension("new");
    remove_folder(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("cannot make {}", fresh.display()))?;
    prerender(layout, mode, &fresh).run_quietly(activity)?;
    match mode {
        Mode::Optimised => {
            activity.report("Compressing");
            compress::folder(layout, &fresh, activity)?;
        }
        Mode::Dev => fs::write(fresh.join(STAMP), &fingerprint).context("cannot write the build stamp")?,
    }
    let old = pages.with_extension("old");
    remove_folder(&old)?;
    if pages.exists() {
        fs::rename(&pages, &old).with_context(|| format!("cannot move {}", pages.display()))?;
    }
    fs::rename(&fresh, &pages).with_context(|| format!("cannot move {}", fresh.display()))?;
    remove_folder(&old)?;
    record(layout, mode).write(&fingerprint)
}

fn fingerprint(layout: &Layout, mode: Mode) -> anyhow::Result<String> {
    // The catalog stands in the pages, not in the bundles: a new price needs no compiler.
    let fingerprint = Fingerprint::default()
        .text(include_str!("pages.rs"))
        .text(include_str!("compress.rs"))
        .text(include_str!("compress.mjs"))
        .text(&bundles::fingerprint(layout, mode)?)
        .paths(layout.root(), ["catalog", "crates/catalog"])?;
    Ok(fingerprint.finish())
}

fn record(layout: &Layout, mode: Mode) -> Record {
    let name = match mode {
        Mode::Optimised => "pages",
        Mode::Dev => "pages-dev",
    };
    Record::new(layout, name, layout.pages(mode))
}

fn prerender(layout: &Layout, mode: Mode, out: &Path) -> Program {
    let cargo = Program::cargo(layout)
        .args([
            "run",
            "--package",
            "onedesk-subscribe",
            "--features",
            "ssr",
            "--bin",
            "prerender",
            "--",
        ])
        .arg("--bundles")
        .arg(layout.bundles(mode))
        .arg("--catalog")
        .arg(layout.catalog())
        .arg("--out")
        .arg(out);
    match mode {
        Mode::Optimised => cargo,
        Mode::Dev => cargo.arg("--dev"),
    }
}

fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot delete {}", folder.display()))?;
    }
    Ok(())
}
