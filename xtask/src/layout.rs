//! Where things stand: every path that xtask reads or writes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// How the browser code is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it is delivered: optimised for size, compressed.
    Optimised,
    /// As it is developed: quick to build, with live reload.
    Dev,
}

/// The paths of the project.
#[derive(Clone, Debug)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The project that this xtask was built from.
    pub fn of_this_project() -> anyhow::Result<Self> {
        let manifest_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest_folder
            .parent()
            .context("xtask does not stand inside the project")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the project.
    pub fn at(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Installed tools.
    pub fn tools(&self) -> PathBuf {
        self.at("target/tools")
    }

    /// A tool that cargo installed.
    pub fn tool(&self, name: &str) -> PathBuf {
        self.tools().join("bin").join(name)
    }

    /// The npm project that holds wasm-opt.
    pub fn node_tools(&self) -> PathBuf {
        self.tools().join("node")
    }

    /// A tool that npm installed.
    pub fn node_tool(&self, name: &str) -> PathBuf {
        self.node_tools().join("node_modules/.bin").join(name)
    }

    /// Output of the latest run of each captured step, and the fingerprints of what was built.
    pub fn records(&self) -> PathBuf {
        self.at("target/xtask")
    }

    /// What Trunk makes of the entry pages, a folder each.
    pub fn bundles(&self, mode: Mode) -> PathBuf {
        self.at(match mode {
            Mode::Optimised => "target/bundles",
            Mode::Dev => "target/bundles-dev",
        })
    }

    /// What Trunk makes of one of them (`site` or `admin`).
    pub fn bundle(&self, mode: Mode, name: &str) -> PathBuf {
        self.bundles(mode).join(name)
    }

    /// What the server serves.
    pub fn pages(&self, mode: Mode) -> PathBuf {
        self.at(match mode {
            Mode::Optimised => "target/pages",
            Mode::Dev => "target/pages-dev",
        })
    }

    /// What is sold.
    pub fn catalog(&self) -> PathBuf {
        self.at("catalog/onedesk.toml")
    }

    /// The server program.
    pub fn server_program(&self) -> PathBuf {
        self.at("target/debug/subscribe")
    }

    /// The Playwright project.
    pub fn browser_tests(&self) -> PathBuf {
        self.at("tests/browser")
    }

    /// The languages that the software speaks: the folders of `locales`.
    pub fn languages(&self) -> anyhow::Result<Vec<String>> {
        let folder = self.at("locales");
        let mut languages = Vec::new();
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                languages.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        languages.sort();
        Ok(languages)
    }

    /// The languages that were typed, if there are such.
    pub fn known_languages(&self, typed: &[String]) -> anyhow::Result<Vec<String>> {
        let known = self.languages()?;
        match typed.iter().find(|language| !known.contains(language)) {
            None => Ok(typed.to_vec()),
            Some(language) => bail!("--language takes one of {}, not `{language}`.", known.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_nothing_is_written_in_is_refused_with_those_that_there_are() {
        let layout = Layout::of_this_project().expect("the project");
        assert!(layout.known_languages(&["de".into(), "en".into()]).is_ok());
        let mistake = layout
            .known_languages(&["pt".into()])
            .expect_err("no such language");
        assert!(mistake.to_string().ends_with("es, fr, not `pt`."), "{mistake}");
    }
}
