//! `cargo xtask test`: everything that must hold before a change is accepted, in the order in which it fails soonest.

use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};

use crate::bundles;
use crate::chromium;
use crate::cli::TestOptions;
use crate::layout::{Layout, Mode};
use crate::pages;
use crate::playwright;
use crate::poppler;
use crate::process::Program;
use crate::progress::{self, Step};
use crate::server;
use crate::signals;
use crate::size;
use crate::tools;

/// The browser application's package: it is built for two targets, so it has steps of its own.
const SPA: &str = "onedesk-subscribe";

/// Something to have before a check can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    WasmTarget,
    TestRunner,
    BundleTools,
    Chromium,
    Playwright,
    Poppler,
}

/// One check.
struct Check {
    name: &'static str,
    title: &'static str,
    needs: &'static [Need],
    run: fn(&Layout, &TestOptions) -> anyhow::Result<()>,
}

const CHECKS: [Check; 11] = [
    Check {
        name: "format",
        title: "Formatting",
        needs: &[],
        run: |layout, _| cargo(layout, &["fmt", "--all", "--check"]),
    },
    Check {
        name: "types",
        title: "Types of the browser tests",
        needs: &[Need::Playwright],
        run: |layout, _| playwright::check_types(layout),
    },
    Check {
        name: "lint",
        title: "Lints: server and libraries",
        needs: &[],
        run: |layout, _| {
            cargo(
                layout,
                &[
                    "clippy",
                    "--workspace",
                    "--exclude",
                    SPA,
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        },
    },
    Check {
        name: "lint-spa",
        title: "Lints: browser application, for prerendering",
        needs: &[],
        run: |layout, _| {
            cargo(
                layout,
                &[
                    "clippy",
                    "--package",
                    SPA,
                    "--features",
                    "ssr",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        },
    },
    Check {
        name: "lint-wasm",
        title: "Lints: browser application, for the browser",
        needs: &[Need::WasmTarget],
        run: |layout, _| {
            cargo(
                layout,
                &[
                    "clippy",
                    "--package",
                    SPA,
                    "--features",
                    "hydrate,csr",
                    "--target",
                    tools::WASM_TARGET,
                    "--lib",
                    "--bin",
                    "site",
                    "--bin",
                    "admin",
                    "--bin",
                    "billing",
                    "--bin",
                    "records",
                    "--bin",
                    "widget",
                    "--test",
                    "components",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        },
    },
    Check {
        name: "unit",
        title: "Unit, property, API and model tests",
        needs: &[Need::Poppler],
        run: |layout, _| cargo(layout, &["test", "--workspace", "--exclude", SPA]),
    },
    Check {
        name: "spa",
        title: "Browser application, natively",
        needs: &[],
        run: |layout, _| cargo(layout, &["test", "--package", SPA, "--features", "ssr"]),
    },
    Check {
        name: "components",
        title: "Components, in Chromium",
        needs: &[Need::WasmTarget, Need::TestRunner, Need::Chromium],
        run: component_tests,
    },
    Check {
        name: "build",
        title: "Bundles, pages and server",
        needs: &[Need::WasmTarget, Need::BundleTools],
        run: |layout, _| build(layout),
    },
    Check {
        name: "size",
        title: "Download sizes",
        needs: &[Need::WasmTarget, Need::BundleTools],
        run: |layout, _| {
            let mut steps = bundles::steps(layout, Mode::Optimised);
            steps.extend(pages::steps(layout, Mode::Optimised));
            progress::carry_out(steps)?;
            size::check(layout)
        },
    },
    Check {
        name: "browser",
        title: "The whole path, in Chromium",
        needs: &[
            Need::WasmTarget,
            Need::BundleTools,
            Need::Chromium,
            Need::Playwright,
            Need::Poppler,
        ],
        run: |layout, options| {
            build(layout)?;
            playwright::run(layout, &chromium::find(layout)?, &options.playwright)
        },
    },
];

/// Runs the chosen checks up to the first that fails, and prints how each went.
pub fn run(layout: &Layout, options: &TestOptions) -> anyhow::Result<()> {
    if options.list {
        for check in &CHECKS {
            println!("{:<12}{}", check.name, check.title);
        }
        return Ok(());
    }
    let chosen = choose(options)?;
    let mut results: Vec<(&'static str, &'static str, Duration)> = Vec::new();

    println!("━━ Set-up");
    let started = Instant::now();
    let outcome = set_up(layout, &chosen);
    results.push(("Set-up", verdict(&outcome), started.elapsed()));
    let mut failure = outcome.err();

    for check in &chosen {
        if failure.is_some() || signals::received() {
            results.push((check.title, "not run", Duration::ZERO));
            continue;
        }
        println!("\n━━ {} ({})", check.title, check.name);
        let started = Instant::now();
        let outcome = (check.run)(layout, options);
        results.push((check.title, verdict(&outcome), started.elapsed()));
        failure = outcome.err().map(|failure| {
            anyhow!(
                "{failure:#}\n{} failed. To repeat: cargo xtask test --only {}",
                check.title,
                check.name
            )
        });
    }
    if let Some(failure) = &failure {
        eprintln!("\n{failure:#}");
    }
    print_summary(&results);
    if failure.is_some() || signals::received() {
        // What failed is said above; nothing may follow the line with the numbers.
        std::process::exit(if signals::received() { 130 } else { 1 });
    }
    Ok(())
}

fn choose(options: &TestOptions) -> anyhow::Result<Vec<&'static Check>> {
    let position = |name: &str| {
        CHECKS
            .iter()
            .position(|check| check.name == name)
            .with_context(|| {
                let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
                format!("There is no step `{name}`. The steps are: {}.", names.join(", "))
            })
    };
    let first = options.from.as_deref().map_or(Ok(0), position)?;
    let only = options
        .only
        .iter()
        .map(|name| position(name))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(CHECKS
        .iter()
        .enumerate()
        .filter(|(index, _)| *index >= first && (only.is_empty() || only.contains(index)))
        .map(|(_, check)| check)
        .collect())
}

/// Everything that the chosen checks need, before the first of them: what is missing is said at once.
fn set_up(layout: &Layout, chosen: &[&Check]) -> anyhow::Result<()> {
    let needed = |need: Need| chosen.iter().any(|check| check.needs.contains(&need));
    let mut steps: Vec<Step<'_>> = Vec::new();
    if needed(Need::Chromium) {
        steps.push(chromium::step(layout));
    }
    if needed(Need::Playwright) {
        steps.push(playwright::step(layout));
    }
    if needed(Need::Poppler) {
        steps.push(poppler::step(layout));
    }
    if needed(Need::WasmTarget) {
        steps.push(tools::wasm_target(layout));
    }
    steps.push(tools::libraries(layout));
    if needed(Need::BundleTools) {
        steps.push(tools::wasm_opt(layout));
    }
    if needed(Need::TestRunner) || needed(Need::BundleTools) {
        steps.push(tools::wasm_bindgen(layout));
    }
    if needed(Need::BundleTools) {
        steps.push(tools::trunk(layout));
    }
    progress::carry_out(steps)
}

fn build(layout: &Layout) -> anyhow::Result<()> {
    let mut steps = bundles::steps(layout, Mode::Optimised);
    steps.extend(pages::steps(layout, Mode::Optimised));
    steps.push(server::build_step(layout));
    progress::carry_out(steps)
}

fn component_tests(layout: &Layout, _: &TestOptions) -> anyhow::Result<()> {
    let chromium = chromium::find(layout)?;
    Program::cargo(layout)
        .args([
            "test",
            "--package",
            SPA,
            "--features",
            "csr",
            "--target",
            tools::WASM_TARGET,
        ])
        .args(["--test", "components"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            layout.tool("wasm-bindgen-test-runner"),
        )
        .env("CHROMEDRIVER", &chromium.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            chromium::write_webdriver_settings(layout, &chromium)?,
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .run_openly()
}

fn cargo(layout: &Layout, arguments: &[&str]) -> anyhow::Result<()> {
    Program::cargo(layout).args(arguments).run_openly()
}

fn verdict(outcome: &anyhow::Result<()>) -> &'static str {
    if outcome.is_ok() { "passed" } else { "failed" }
}

/// The last line stands alone, in the form that test runners close with.
fn print_summary(results: &[(&'static str, &'static str, Duration)]) {
    println!("\n━━ Summary");
    for (title, verdict, time) in results {
        let time = if *verdict == "not run" {
            String::new()
        } else {
            progress::in_words(*time)
        };
        println!("{verdict:<9}{title:<46}{time:>14}");
    }
    let count = |wanted: &str| {
        results
            .iter()
            .filter(|(_, verdict, _)| *verdict == wanted)
            .count()
    };
    println!("\n{} passed, {} failed", count("passed"), count("failed"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn names(options: &TestOptions) -> Vec<&'static str> {
        choose(options)
            .expect("known steps")
            .iter()
            .map(|check| check.name)
            .collect()
    }

    #[test]
    fn all_steps_run_unless_some_are_chosen() {
        assert_eq!(names(&TestOptions::default()).len(), CHECKS.len());
        let only = TestOptions {
            only: vec!["size".into(), "format".into()],
            ..TestOptions::default()
        };
        assert_eq!(names(&only), ["format", "size"]);
        let from = TestOptions {
            from: Some("size".into()),
            ..TestOptions::default()
        };
        assert_eq!(names(&from), ["size", "browser"]);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_known_ones() {
        let options = TestOptions {
            only: vec!["units".into()],
            ..TestOptions::default()
        };
        let mistake = choose(&options).err().expect("unknown").to_string();
        assert!(
            mistake.contains("`units`") && mistake.contains("components"),
            "{mistake}"
        );
    }

    #[test]
    fn each_step_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
        assert_eq!(names.len(), CHECKS.len());
    }
}
