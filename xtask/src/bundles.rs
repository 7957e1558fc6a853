//! The browser bundles, site, admin, billing, records and widget: compiled by cargo, put together by Trunk.

use std::fs;

use anyhow::Context;

use crate::fingerprint::{Fingerprint, Record};
use crate::layout::{Layout, Mode};
use crate::process::Program;
use crate::progress::{Activity, Step};
use crate::tools;
use crate::turn::Turn;

/// A browser program.
pub struct Bundle {
    /// The program, and its folder below the bundles.
    pub name: &'static str,
    /// Its entry page, which names to Trunk the feature that it is built with: each program pays for its own way of
    /// drawing only.
    page: &'static str,
}

/// The bundles: the site takes over prerendered pages; the three of the application and the partner widget are drawn in the
/// browser.
pub const BUNDLES: [Bundle; 5] = [
    Bundle {
        name: "site",
        page: "index.html",
    },
    Bundle {
        name: "admin",
        page: "admin.html",
    },
    Bundle {
        name: "billing",
        page: "billing.html",
    },
    Bundle {
        name: "records",
        page: "records.html",
    },
    Bundle {
        name: "widget",
        page: "widget.html",
    },
];

/// The profile in Cargo.toml that optimises for size.
const PROFILE: &str = "bundle";

/// Everything that decides what the bundles look like. Rather too much than too little: a bundle built once more
/// costs a minute, one that is out of date costs an afternoon.
const INPUTS: [&str; 14] = [
    "src",
    "locales",
    "style",
    "public",
    "index.html",
    "admin.html",
    "billing.html",
    "records.html",
    "widget.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// The crates that no bundle holds. Every other one counts among the inputs, a new one by itself.
const NATIVE_CRATES: [&str; 3] = ["catalog", "invoice-pdf", "server"];

/// Building all bundles.
pub fn steps(layout: &Layout, mode: Mode) -> Vec<Step<'_>> {
    let doing = match mode {
        Mode::Optimised => "Building the browser bundles, optimised for size",
        Mode::Dev => "Building the browser bundles, quickly",
    };
    let step = Step::new(doing, move |activity: &Activity| build(layout, mode, activity))
        .unless_current("Browser bundles", move || is_current(layout, mode))
        .note(if layout.bundle(mode, BUNDLES[0].name).exists() {
            ""
        } else {
            "first time, some minutes"
        });
    vec![step]
}

/// A hash of what the bundles are built from.
pub fn fingerprint(layout: &Layout, mode: Mode) -> anyhow::Result<String> {
    let fingerprint = Fingerprint::default()
        .text(include_str!("bundles.rs"))
        .text(&format!(
            "{mode:?} {} {} {}",
            tools::WASM_BINDGEN,
            tools::TRUNK,
            tools::WASM_OPT
        ))
        .paths(layout.root(), INPUTS)?
        .paths(layout.root(), crates(layout)?)?;
    Ok(fingerprint.finish())
}

/// The folders of the crates that the bundles may hold.
fn crates(layout: &Layout) -> anyhow::Result<Vec<String>> {
    let mut crates = Vec::new();
    for folder in fs::read_dir(layout.root().join("crates")).context("the folder crates cannot be read")? {
        let name = folder?.file_name().to_string_lossy().into_owned();
        if !NATIVE_CRATES.contains(&name.as_str()) {
            crates.push(format!("crates/{name}"));
        }
    }
    crates.sort();
    Ok(crates)
}

/// Whether all bundles are those of the present sources.
pub fn is_current(layout: &Layout, mode: Mode) -> bool {
    // What cannot be read is built, and building says why it cannot be read.
    fingerprint(layout, mode).is_ok_and(|now| {
        record(layout, mode).matches(&now)
            && BUNDLES
                .iter()
                .all(|bundle| layout.bundle(mode, bundle.name).join("index.html").exists())
    })
}

/// Builds all bundles.
pub fn build(layout: &Layout, mode: Mode, activity: &Activity) -> anyhow::Result<()> {
    // Taken before building: a file that is changed meanwhile makes the next run build again.
    let fingerprint = fingerprint(layout, mode)?;
    let _turn = Turn::wait(layout, activity)?;
    record(layout, mode).forget()?;
    for bundle in &BUNDLES {
        activity.report(&format!("Bundling {}", bundle.name));
        trunk(layout, mode, bundle)?.run_quietly(activity)?;
    }
    record(layout, mode).write(&fingerprint)
}

/// Trunk, which compiles a program and puts its files together.
fn trunk(layout: &Layout, mode: Mode, bundle: &Bundle) -> anyhow::Result<Program> {
    let trunk = Program::new(layout, layout.tool("trunk"))
        .args([
            "build",
            bundle.page,
            "--offline",
            "--html-output",
            "index.html",
            "--dist",
        ])
        .arg(layout.bundle(mode, bundle.name))
        .env("PATH", tools::search_path(layout)?)
        // Trunk takes any value but `true` and `false` for a mistake, `1` included.
        .without_env("NO_COLOR");
    Ok(match mode {
        Mode::Optimised => trunk.args(["--release", "--cargo-profile", PROFILE]),
        Mode::Dev => trunk,
    })
}

fn record(layout: &Layout, mode: Mode) -> Record {
    let name = match mode {
        Mode::Optimised => "bundles",
        Mode::Dev => "bundles-dev",
    };
    Record::new(
        layout,
        name,
        layout
            .bundle(mode, BUNDLES[BUNDLES.len() - 1].name)
            .join("index.html"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_the_tax_or_subscription_crate_builds_the_bundles_anew() {
        let crates = crates(&Layout::of_this_project().expect("the project")).expect("its crates");
        for name in ["contract", "pricing", "subscription", "tax", "texts"] {
            assert!(crates.contains(&format!("crates/{name}")), "{name} of {crates:?}");
        }
        for name in NATIVE_CRATES {
            assert!(!crates.contains(&format!("crates/{name}")), "{name}");
        }
    }
}
