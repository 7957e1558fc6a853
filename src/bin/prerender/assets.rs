//! The folder `assets` of the output, and the files that keep their names.

use std::fs;
use std::path::{Path, PathBuf};

use super::{cannot, hash};

/// Where fonts stand among the public files.
const FONT: &str = "fonts/instrument-sans.woff2";
/// Its licence, which goes where the font goes.
const FONT_LICENCE: &str = "fonts/OFL.txt";

/// Writes files under hashed names and knows their addresses.
#[derive(Debug)]
pub(crate) struct Assets {
    out: PathBuf,
}

impl Assets {
    /// For an output folder.
    pub(crate) fn new(out: &Path) -> Result<Self, String> {
        let folder = out.join("assets");
        fs::create_dir_all(&folder).map_err(|error| cannot("make", &folder, &error))?;
        Ok(Self { out: out.to_owned() })
    }

    /// Writes a file whose name gets the hash of its content; gives its address.
    pub(crate) fn add(&self, stem: &str, extension: &str, content: &[u8]) -> Result<String, String> {
        let address = format!("/assets/{stem}-{}.{extension}", hash::of(content));
        self.write(address.trim_start_matches('/'), content)?;
        Ok(address)
    }

    /// Takes over a file that Trunk has named by its content; gives its address.
    pub(crate) fn take(&self, folder: &Path, name: &str) -> Result<String, String> {
        self.write(&format!("assets/{name}"), &read(&folder.join(name))?)?;
        Ok(format!("/assets/{name}"))
    }

    /// Takes over the picture that previews of shared links show in a language; gives its address.
    pub(crate) fn social(&self, public: &Path, language: &str) -> Result<String, String> {
        let picture = public.join("social").join(format!("{language}.png"));
        if !picture.exists() {
            return Err(format!(
                "There is no picture for links that are shared in “{language}” ({}), and no page was written. \
                 `cargo xtask screenshots --social` draws it.",
                picture.display()
            ));
        }
        self.add(&format!("social-{language}"), "png", &read(&picture)?)
    }

    /// Copies the public files: those that browsers ask for by name, and the font's licence.
    pub(crate) fn copy_public(&self, public: &Path) -> Result<(), String> {
        for name in ["favicon.svg", FONT_LICENCE] {
            self.write(name, &read(&public.join(name))?)?;
        }
        Ok(())
    }

    /// Adds the font of a bundle's public files; gives its address.
    pub(crate) fn font(&self, bundle: &Path) -> Result<String, String> {
        self.add(
            "instrument-sans",
            "woff2",
            &read(&bundle.join("public").join(FONT))?,
        )
    }

    /// Writes a file that keeps its name.
    pub(crate) fn write(&self, name: &str, content: &[u8]) -> Result<(), String> {
        let path = self.out.join(name);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, content))
            .map_err(|error| cannot("write", &path, &error))
    }
}

/// The address that styles use for the font, before it has a hashed one.
pub(crate) const FONT_ADDRESS_IN_STYLES: &str = "/fonts/instrument-sans.woff2";

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| cannot("read", path, &error))
}
