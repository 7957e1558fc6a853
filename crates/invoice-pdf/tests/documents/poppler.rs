//! Poppler's programs, which read a PDF back: an independent reader, not the library that wrote it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOW_TO_INSTALL: &str = "These tests read PDF files back with Poppler's pdftotext, pdfinfo and pdfdetach. Install \
    them (on Debian: apt install poppler-utils; on macOS: brew install poppler), or name the folder that they are in: \
    POPPLER=/path/to/bin cargo test -p onedesk-invoice-pdf";

/// A PDF file on disk, for as long as a test looks at it.
pub struct Pdf {
    file: PathBuf,
}

impl Pdf {
    /// Puts a file where Poppler can read it. `name` is the test's own.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
        fs::write(&file, bytes).expect("the target folder can be written to");
        Self { file }
    }

    /// The text of all pages, laid out as they are; a form feed ends each page. No-break spaces are plain ones.
    pub fn text(&self) -> String {
        let output = run(program("pdftotext").arg("-layout").arg(&self.file).arg("-"));
        output.replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// What the file says about itself, a line each.
    pub fn info(&self) -> String {
        run(program("pdfinfo").arg(&self.file))
    }

    /// The metadata (XMP).
    pub fn metadata(&self) -> String {
        run(program("pdfinfo").arg("-meta").arg(&self.file))
    }

    /// What a screen reader is told.
    pub fn structure(&self) -> String {
        run(program("pdfinfo").arg("-struct-text").arg(&self.file))
    }

    /// The names of the attached files.
    pub fn attachments(&self) -> String {
        run(program("pdfdetach").arg("-list").arg(&self.file))
    }

    /// The first attached file.
    pub fn attachment(&self) -> Vec<u8> {
        let xml = self.file.with_extension("detached.xml");
        run(program("pdfdetach")
            .args(["-save", "1", "-o"])
            .arg(&xml)
            .arg(&self.file));
        fs::read(&xml).expect("pdfdetach has written it")
    }
}

/// The text with every run of spaces as one: what stands side by side is compared without its distance.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn program(name: &str) -> Command {
    let path = env::var_os("POPPLER").map_or_else(|| name.into(), |folder| Path::new(&folder).join(name));
    Command::new(path)
}

fn run(command: &mut Command) -> String {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => panic!("{command:?} could not be started: {error}. {HOW_TO_INSTALL}"),
    };
    assert!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("Poppler writes UTF-8")
}
