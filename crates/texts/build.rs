//! Turns `locales/<language>/<area>.toml` into Rust (see `build/generator.rs`), or stops the build with every mistake
//! that the files hold.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "build/generator.rs"]
mod generator;

use generator::{Sources, Texts};

fn main() {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let locales = manifest.join("../../locales");
    // A folder is watched with all that is in it, so that a new language or area is seen too.
    println!("cargo::rerun-if-changed={}", locales.display());

    // A browser program loads its texts; the tests of components in a browser have them compiled in.
    let in_browser = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|architecture| architecture == "wasm32");
    let texts = if in_browser && env::var_os("CARGO_FEATURE_COMPILED").is_none() {
        Texts::Loaded
    } else {
        Texts::Compiled
    };
    println!("cargo::rustc-check-cfg=cfg(texts_are_loaded)");
    if texts == Texts::Loaded {
        println!("cargo::rustc-cfg=texts_are_loaded");
    }

    let sources = match read(&locales) {
        Ok(sources) => sources,
        Err(error) => {
            println!(
                "cargo::error=the texts in {} could not be read: {error}",
                locales.display()
            );
            return;
        }
    };
    match generator::generate(&sources, texts) {
        Ok(code) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo")).join("texts.rs");
            fs::write(&out, code)
                .unwrap_or_else(|error| panic!("{} could not be written: {error}", out.display()));
        }
        Err(mistakes) => {
            for mistake in mistakes {
                println!("cargo::error={mistake}");
            }
        }
    }
}

/// Reads every `*.toml` of every folder of `locales`.
fn read(locales: &Path) -> io::Result<Sources> {
    let mut sources = Sources::new();
    for folder in fs::read_dir(locales)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        let mut areas = BTreeMap::new();
        for file in fs::read_dir(folder.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let area = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                areas.insert(area, fs::read_to_string(&path)?);
            }
        }
        sources.insert(folder.file_name().to_string_lossy().into_owned(), areas);
    }
    Ok(sources)
}
