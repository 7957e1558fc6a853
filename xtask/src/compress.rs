//! Compressed copies of static files, made once at the highest level: `x.js.br` and `x.js.gz` beside `x.js`.
//!
//! Node does it: xtask is built unoptimised so that it starts soon, and brotli at its highest level would then take
//! half a minute for what takes Node two seconds.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::fingerprint::files_below;
use crate::layout::Layout;
use crate::process::Program;
use crate::progress::Activity;

/// Kinds of files that shrink; pictures and fonts are compressed already.
const EXTENSIONS: [&str; 11] = [
    "html",
    "css",
    "js",
    "mjs",
    "wasm",
    "json",
    "svg",
    "txt",
    "xml",
    "webmanifest",
    "ico",
];

/// Writes the compressed copies for all files at or below a folder.
pub fn folder(layout: &Layout, folder: &Path, activity: &Activity) -> anyhow::Result<()> {
    let mut files = files_below(folder)?;
    files.retain(|file| shrinks(file));
    script(layout, "write", &files).run_quietly(activity)
}

/// The brotli-compressed sizes of files in bytes, in their order.
pub fn sizes(layout: &Layout, files: &[PathBuf]) -> anyhow::Result<Vec<usize>> {
    let printed = script(layout, "measure", files)
        .answer()
        .context("Node could not compress the bundles")?;
    let sizes: Vec<usize> = printed.lines().map(str::parse).collect::<Result<_, _>>()?;
    anyhow::ensure!(
        sizes.len() == files.len(),
        "Node compressed {} files of {}",
        sizes.len(),
        files.len()
    );
    Ok(sizes)
}

fn script(layout: &Layout, task: &str, files: &[PathBuf]) -> Program {
    Program::new(layout, "node")
        .arg(layout.at("xtask/src/compress.mjs"))
        .arg(task)
        .args(files)
}

fn shrinks(file: &Path) -> bool {
    let extension = file.extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_wasm_shrink_and_fonts_and_pictures_do_not() {
        for name in ["a.html", "deep/a.js", "a_bg.wasm", "a.SVG"] {
            assert!(shrinks(Path::new(name)), "{name}");
        }
        for name in ["a.woff2", "a.png", "a", "a.html.br"] {
            assert!(!shrinks(Path::new(name)), "{name}");
        }
    }
}
