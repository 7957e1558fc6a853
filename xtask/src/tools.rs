//! The tools of the browser build: what they are, whether they are there, and how they get there.
//!
//! Versions are pinned here and in `Trunk.toml`; wasm-bindgen's must be that of the library in `Cargo.lock`.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::layout::Layout;
use crate::process::{self, Program};
use crate::progress::{Activity, Step};

/// The target of the browser code.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// Version of the wasm-bindgen command-line tool and library.
pub const WASM_BINDGEN: &str = "0.2.129";
/// Version of Trunk.
pub const TRUNK: &str = "0.21.14";
/// Version of wasm-opt, as npm's `binaryen` counts: 132.0.0.
pub const WASM_OPT: &str = "132";
/// The oldest Node that Playwright runs on.
const NODE_MAJOR: u32 = 20;

/// All that is needed to build the bundles; what can be missing on a machine comes before what takes minutes.
pub fn steps(layout: &Layout) -> Vec<Step<'_>> {
    vec![
        wasm_target(layout),
        libraries(layout),
        wasm_opt(layout),
        wasm_bindgen(layout),
        trunk(layout),
    ]
}

/// The target that Rust compiles the browser code for.
pub fn wasm_target(layout: &Layout) -> Step<'_> {
    Step::new(format!("Adding the Rust target {WASM_TARGET}"), |activity| {
        if process::on_path("rustup").is_none() {
            bail!(
                "This Rust cannot compile for {WASM_TARGET}, and rustup, which could add that, was not found. Install \
                 Rust from https://rustup.rs and start again."
            );
        }
        Program::new(layout, "rustup").args(["target", "add", WASM_TARGET]).run_quietly(activity)
    })
    .unless_current(format!("Rust target {WASM_TARGET}"), || has_wasm_target(layout))
    .note("first time only, some seconds")
}

/// The libraries that the project is built from; Trunk and the builds after it then need no network.
pub fn libraries(layout: &Layout) -> Step<'_> {
    Step::new("Downloading the libraries", |activity| {
        Program::cargo(layout).arg("fetch").run_quietly(activity)
    })
    .unless_current("Libraries", || {
        layout.at("Cargo.lock").exists()
            && Program::cargo(layout)
                .args(["fetch", "--locked", "--offline"])
                .answer()
                .is_some()
    })
    .note("first time only, about a minute")
}

/// Makes the script that joins the WebAssembly to the page; runs the component tests too.
pub fn wasm_bindgen(layout: &Layout) -> Step<'_> {
    // Optimised: it runs on every build, and unoptimised it takes longer than the compiler.
    cargo_tool(layout, "wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, &[])
        .note("first time only, about 3 minutes")
}

/// Bundles entry page, script, WebAssembly and styles.
pub fn trunk(layout: &Layout) -> Step<'_> {
    // Unoptimised: it only moves files, and optimising it takes twice as long. Its default features are for downloads,
    // which it never does here.
    cargo_tool(
        layout,
        "trunk",
        "trunk",
        TRUNK,
        &["--debug", "--no-default-features"],
    )
    .note("first time only, about 4 minutes")
}

/// Makes the WebAssembly smaller.
pub fn wasm_opt(layout: &Layout) -> Step<'_> {
    Step::new(format!("Installing wasm-opt {WASM_OPT}"), |activity| {
        let folder = layout.node_tools();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // A project of its own, lest npm looks for one further up.
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        npm(layout)?
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--save-exact",
                &format!("binaryen@{WASM_OPT}.0.0"),
            ])
            .in_folder(&folder)
            .run_quietly(activity)?;
        verify(&layout.node_tool("wasm-opt"), has_wasm_opt(layout))
    })
    .unless_current(format!("wasm-opt {WASM_OPT}"), || has_wasm_opt(layout))
    .note("first time only, some seconds")
}

/// npm, or a sentence about how to get it.
pub fn npm(layout: &Layout) -> anyhow::Result<Program> {
    let major = Program::new(layout, "node")
        .arg("--version")
        .answer()
        .and_then(|answer| major_version(&answer));
    match major {
        Some(major) if major < NODE_MAJOR => {
            bail!(
                "Node {major} is too old: {NODE_MAJOR} or newer is needed. Install it from https://nodejs.org."
            )
        }
        None => bail!("Node was not found. Install version {NODE_MAJOR} or newer from https://nodejs.org."),
        Some(_) if process::on_path("npm").is_none() => {
            bail!("Node is installed, but not npm. Install npm (on Debian: apt install npm) and start again.")
        }
        Some(_) => Ok(Program::new(layout, "npm")),
    }
}

/// The PATH with the installed tools first.
pub fn search_path(layout: &Layout) -> anyhow::Result<std::ffi::OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = [
        layout.tools().join("bin"),
        layout.node_tools().join("node_modules/.bin"),
    ]
    .into_iter()
    .chain(std::env::split_paths(&inherited));
    std::env::join_paths(folders)
        .context("the project's folder has a name that cannot stand in PATH (a colon?)")
}

fn cargo_tool<'a>(
    layout: &'a Layout,
    program: &'static str,
    package: &'static str,
    version: &'static str,
    options: &'static [&'static str],
) -> Step<'a> {
    let is_current = move || has_cargo_tool(layout, program, version);
    Step::new(
        format!("Installing {program} {version}"),
        move |activity: &Activity| {
            let build = layout.tools().join("build");
            Program::cargo(layout)
                .args(["install", package, "--locked", "--force", "--version", version])
                .args(options)
                .arg("--root")
                .arg(layout.tools())
                .arg("--target-dir")
                .arg(&build)
                // Nobody debugs these programs, and writing it all down takes a fifth of the time.
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                .run_quietly(activity)?;
            verify(&layout.tool(program), is_current())?;
            // Gigabytes that nothing reads again; kept only while interrupted installations may go on from there.
            fs::remove_dir_all(&build).with_context(|| format!("cannot delete {}", build.display()))
        },
    )
    .unless_current(format!("{program} {version}"), is_current)
}

fn verify(program: &Path, works: bool) -> anyhow::Result<()> {
    if works {
        return Ok(());
    }
    bail!(
        "{} was installed, but does not run, or is of another version.",
        program.display()
    )
}

fn has_wasm_target(layout: &Layout) -> bool {
    Program::new(layout, "rustc")
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .answer()
        .is_some_and(|folder| Path::new(&folder).is_dir())
}

fn has_cargo_tool(layout: &Layout, program: &str, version: &str) -> bool {
    let answer = Program::new(layout, layout.tool(program))
        .arg("--version")
        .answer();
    answer.is_some_and(|answer| answer.split_whitespace().nth(1) == Some(version))
}

fn has_wasm_opt(layout: &Layout) -> bool {
    let answer = Program::new(layout, layout.node_tool("wasm-opt"))
        .arg("--version")
        .answer();
    answer.is_some_and(|answer| answer.split_whitespace().nth(2) == Some(WASM_OPT))
}

/// The first number of a version such as `v20.11.1`, `Chromium 131.0.6778.85` or `ChromeDriver 131.0 (…)`.
pub fn major_version(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| {
        word.trim_start_matches('v')
            .split('.')
            .next()
            .and_then(|major| major.parse().ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_versions_are_read_from_what_programs_say() {
        assert_eq!(major_version("v20.11.1"), Some(20));
        assert_eq!(
            major_version("Chromium 131.0.6778.85 built on Debian GNU/Linux 12 (bookworm)"),
            Some(131)
        );
        assert_eq!(
            major_version("ChromeDriver 131.0.6778.85 (3d81e41b6f3ac8bcae63b32e8145c9eb0cd60a2d)"),
            Some(131)
        );
        assert_eq!(major_version("Google Chrome"), None);
    }

    /// The libraries' version and the tool's must be the same, and Trunk must ask for just these tools.
    #[test]
    fn the_pinned_versions_agree_with_those_of_the_build() {
        let trunk = include_str!("../../Trunk.toml");
        assert!(trunk.contains(&format!("wasm_bindgen = \"{WASM_BINDGEN}\"")));
        assert!(trunk.contains(&format!("wasm_opt = \"version_{WASM_OPT}\"")));
        assert!(trunk.contains(&format!("trunk-version = \"={TRUNK}\"")));
        let libraries = include_str!("../../Cargo.lock");
        assert!(libraries.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"")));
    }
}
