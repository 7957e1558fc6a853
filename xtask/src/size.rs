//! What a visitor downloads to run a bundle, held against its limit.

use std::path::Path;

use anyhow::{Context, bail};

use crate::bundles::{BUNDLES, Bundle};
use crate::compress;
use crate::fingerprint::files_below;
use crate::layout::{Layout, Mode};

/// Bytes of script and WebAssembly, brotli-compressed. 1 KB is 1000 bytes.
struct Limit {
    bundle: &'static str,
    bytes: usize,
}

/// What is loaded by pages of others.
const WIDGET: &str = "widget";

const LIMITS: [Limit; 5] = [
    Limit {
        bundle: "site",
        bytes: 157_000,
    },
    Limit {
        bundle: "admin",
        bytes: 253_000,
    },
    Limit {
        bundle: "billing",
        bytes: 257_000,
    },
    Limit {
        bundle: "records",
        bytes: 203_000,
    },
    // Less than the same calculator in bare React: it is a guest on other people's pages.
    Limit {
        bundle: WIDGET,
        bytes: 59_000,
    },
];

/// Prints the sizes and fails when one is above its limit.
pub fn check(layout: &Layout) -> anyhow::Result<()> {
    println!("\nDownload sizes (brotli):\n");
    println!("bundle        script        wasm    together       limit");
    let mut over = Vec::new();
    for Bundle { name, .. } in BUNDLES {
        let limit = LIMITS
            .iter()
            .find(|limit| limit.bundle == name)
            .context("a bundle without a limit")?;
        let size = measure(layout, name)?;
        let together = size.script + size.wasm;
        println!(
            "{name:<8}{:>12}{:>12}{:>12}{:>12}",
            kilobytes(size.script),
            kilobytes(size.wasm),
            kilobytes(together),
            kilobytes(limit.bytes)
        );
        if together > limit.bytes {
            over.push(format!(
                "{name} is {} above its limit of {}",
                kilobytes(together - limit.bytes),
                kilobytes(limit.bytes)
            ));
        }
    }
    println!();
    if over.is_empty() {
        return Ok(());
    }
    bail!(
        "{}. Look for new dependencies (`regex`, ICU data and formatting of floats are the usual ones) and for views without `.part()`.",
        over.join("; ")
    )
}

struct Size {
    script: usize,
    wasm: usize,
}

fn measure(layout: &Layout, name: &str) -> anyhow::Result<Size> {
    let mut files = if name == WIDGET {
        // As it is served: its scripts lose their comments on the way.
        let mut files = files_below(&layout.pages(Mode::Optimised))?;
        files.retain(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name == "widget.js" || name.starts_with("widget-")
        });
        files
    } else {
        files_below(&layout.bundle(Mode::Optimised, name))?
    };
    files.retain(|file| is_wasm(file) || file.extension().is_some_and(|extension| extension == "js"));
    let mut size = Size { script: 0, wasm: 0 };
    for (file, bytes) in files.iter().zip(compress::sizes(layout, &files)?) {
        *if is_wasm(file) {
            &mut size.wasm
        } else {
            &mut size.script
        } += bytes;
    }
    if size.wasm == 0 {
        bail!("The {name} bundle holds no WebAssembly: its size cannot be judged.");
    }
    Ok(size)
}

fn is_wasm(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "wasm")
}

/// `97.3 KB`, rounded up, so that nothing above a limit looks as if it were on it.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_have_one_decimal_and_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0 KB");
        assert_eq!(kilobytes(97_300), "97.3 KB");
        assert_eq!(kilobytes(160_001), "160.1 KB");
    }
}
