//! A folder of the project whose programs npm installs, as its lock file says.

use crate::fingerprint::{Fingerprint, Record};
use crate::layout::Layout;
use crate::progress::{Activity, Step};
use crate::tools;

/// Such a folder.
#[derive(Clone, Copy, Debug)]
pub struct NpmProject {
    /// What is installed, as people know it.
    pub name: &'static str,
    /// The folder, with `package.json` and its lock file.
    pub folder: &'static str,
    /// The program in it that is run: `node_modules/.bin/` and this.
    pub program: &'static str,
}

impl NpmProject {
    /// Installs it. No browser is downloaded: the machine's own is used.
    pub fn step(self, layout: &Layout) -> Step<'_> {
        Step::new(format!("Installing {}", self.name), move |activity| {
            self.install(layout, activity)
        })
        .unless_current(self.name, move || {
            self.fingerprint(layout)
                .is_ok_and(|now| self.record(layout).matches(&now))
        })
        .note("first time only, some seconds")
    }

    fn install(self, layout: &Layout, activity: &Activity) -> anyhow::Result<()> {
        let fingerprint = self.fingerprint(layout)?;
        self.record(layout).forget()?;
        tools::npm(layout)?
            .args(["ci", "--no-audit", "--no-fund"])
            .in_folder(layout.at(self.folder))
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .env("PUPPETEER_SKIP_DOWNLOAD", "1")
            .run_quietly(activity)?;
        self.record(layout).write(&fingerprint)
    }

    fn fingerprint(self, layout: &Layout) -> anyhow::Result<String> {
        let files = ["package.json", "package-lock.json"].map(|file| format!("{}/{file}", self.folder));
        Ok(Fingerprint::default().paths(layout.root(), files)?.finish())
    }

    fn record(self, layout: &Layout) -> Record {
        Record::new(
            layout,
            self.program,
            layout
                .at(self.folder)
                .join("node_modules/.bin")
                .join(self.program),
        )
    }
}
