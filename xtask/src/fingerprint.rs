//! Whether something that was built is still current: a hash over everything that it was built from.
//!
//! Contents are hashed, not times: changing branches back and forth builds nothing.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use crate::layout::Layout;

/// Collects what something is built from.
#[derive(Clone, Debug, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Adds a text, such as a tool's version or the recipe itself.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    /// Adds files, and all files below folders. What does not exist counts as that.
    pub fn paths<P: AsRef<Path>>(
        mut self,
        root: &Path,
        paths: impl IntoIterator<Item = P>,
    ) -> anyhow::Result<Self> {
        for path in paths {
            for file in files_below(&root.join(path))? {
                let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
                self.add(
                    file.strip_prefix(root)
                        .unwrap_or(&file)
                        .as_os_str()
                        .as_encoded_bytes(),
                );
                self.add(&content);
            }
        }
        Ok(self)
    }

    /// The hash, in hexadecimal digits.
    pub fn finish(self) -> String {
        let mut digits = String::with_capacity(64);
        for byte in self.0.finalize() {
            write!(digits, "{byte:02x}").expect("writing to a String does not fail");
        }
        digits
    }

    /// Each part goes in with its length, so that no two lists of parts look the same.
    fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes.len().to_le_bytes());
        self.0.update(bytes);
    }
}

/// All files at or below a path, sorted; none when it does not exist. Hidden files of editors are left out.
pub fn files_below(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(path, &mut files).with_context(|| format!("cannot read {}", path.display()))?;
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}

/// The fingerprint that was written down when something was built.
#[derive(Clone, Debug)]
pub struct Record {
    file: PathBuf,
    output: PathBuf,
}

impl Record {
    /// The record called `name` of what is built into `output`.
    pub fn new(layout: &Layout, name: &str, output: PathBuf) -> Self {
        Self {
            file: layout.records().join(format!("{name}.fingerprint")),
            output,
        }
    }

    /// Whether the output exists and was built from just this.
    pub fn matches(&self, fingerprint: &str) -> bool {
        self.output.exists() && fs::read_to_string(&self.file).is_ok_and(|written| written == fingerprint)
    }

    /// Forgets what was written down, so that an interrupted build is not taken for a finished one.
    pub fn forget(&self) -> anyhow::Result<()> {
        if self.file.exists() {
            fs::remove_file(&self.file).with_context(|| format!("cannot delete {}", self.file.display()))?;
        }
        Ok(())
    }

    /// Writes down what the output was built from.
    pub fn write(&self, fingerprint: &str) -> anyhow::Result<()> {
        let folder = self.file.parent().context("a record without a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, fingerprint))
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test alone, empty.
    fn folder(name: &str) -> PathBuf {
        let folder = Layout::of_this_project()
            .expect("stands in the project")
            .records()
            .join("tests")
            .join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("of this test alone");
        }
        fs::create_dir_all(&folder).expect("below target");
        folder
    }

    fn of(folder: &Path) -> String {
        Fingerprint::default()
            .paths(folder, ["src", "absent"])
            .expect("readable")
            .finish()
    }

    #[test]
    fn it_changes_with_content_name_and_number_of_files_and_not_otherwise() {
        let folder = folder("fingerprint");
        fs::create_dir_all(folder.join("src/deep")).expect("writable");
        fs::write(folder.join("src/a"), "one").expect("writable");
        let first = of(&folder);
        fs::write(folder.join("src/a"), "one").expect("writable");
        fs::write(folder.join("src/.a.swp"), "an editor's").expect("writable");
        assert_eq!(of(&folder), first);
        fs::write(folder.join("src/a"), "two").expect("writable");
        let changed = of(&folder);
        assert_ne!(changed, first);
        fs::write(folder.join("src/deep/b"), "").expect("writable");
        let added = of(&folder);
        assert_ne!(added, changed);
        fs::rename(folder.join("src/deep/b"), folder.join("src/deep/c")).expect("writable");
        assert_ne!(of(&folder), added);
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        let apart = Fingerprint::default().text("ab").text("c").finish();
        assert_ne!(apart, Fingerprint::default().text("a").text("bc").finish());
        assert_eq!(apart.len(), 64);
    }

    #[test]
    fn a_record_holds_only_while_its_output_exists() {
        let folder = folder("record");
        let output = folder.join("out");
        let record = Record {
            file: folder.join("deep/x.fingerprint"),
            output: output.clone(),
        };
        record.write("1").expect("writable");
        assert!(!record.matches("1"));
        fs::write(&output, "").expect("writable");
        assert!(record.matches("1"));
        assert!(!record.matches("2"));
        record.forget().expect("deletable");
        assert!(!record.matches("1"));
    }
}
