//! `cargo xtask serve --dev`: quick builds, and what changes is built again while the server runs.
//!
//! Changes are found by looking at the times of the files, two or three times a second: a few hundred files cost a
//! millisecond or two, and it works on every file system, those shared with containers included.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::bail;

use crate::bundles;
use crate::cli::ServeOptions;
use crate::fingerprint::files_below;
use crate::layout::{Layout, Mode};
use crate::pages;
use crate::process::Running;
use crate::progress::{self, Step};
use crate::serve;
use crate::server::{self, Settings};
use crate::signals;

/// Time between two looks.
const INTERVAL: Duration = Duration::from_millis(400);

/// What is looked at.
const WATCHED: [&str; 13] = [
    "src",
    "crates",
    "locales",
    "catalog",
    "style",
    "public",
    "index.html",
    "admin.html",
    "billing.html",
    "records.html",
    "widget.html",
    "Trunk.toml",
    "Cargo.toml",
];

/// Builds, runs, and keeps building until a signal comes.
pub fn run(layout: &Layout, options: &ServeOptions) -> anyhow::Result<()> {
    progress::carry_out(serve::steps(layout, Mode::Dev))?;
    let settings = serve::settings(options)?;
    let Some(first) = server::start(layout, &settings)? else {
        return Ok(());
    };
    let mut server = Some(first);
    serve::print_addresses(options.port);
    println!("Watching for changes; open pages reload after each build.\n");

    let mut seen = snapshot(layout)?;
    loop {
        thread::sleep(INTERVAL);
        if signals::received() {
            if let Some(mut server) = server {
                server.wait()?;
            }
            println!("Stopped.");
            return Ok(());
        }
        if let Some(running) = &mut server
            && let Some(status) = running.ended()?
        {
            if signals::received() {
                continue;
            }
            bail!("The server ended by itself ({status}); what it said stands above.");
        }
        let now = snapshot(layout)?;
        if now == seen {
            continue;
        }
        let now = settled(layout, now)?;
        let work = Work::for_changes(changes(&seen, &now).iter().map(PathBuf::as_path));
        seen = now;
        if work.is_empty() {
            continue;
        }
        // The next change tries again.
        if let Err(failure) = rebuild(layout, &settings, work, &mut server) {
            let state = if server.is_some() {
                "Still serving the build before this change."
            } else {
                "Not serving."
            };
            eprintln!("\n{failure:#}\n\n{state}");
        }
    }
}

/// Builds, and starts the server anew when it is another one, or when none runs. It is left alone when a build fails.
fn rebuild(
    layout: &Layout,
    settings: &Settings,
    work: Work,
    server: &mut Option<Running>,
) -> anyhow::Result<()> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    if work.bundles {
        steps.extend(bundles::steps(layout, Mode::Dev));
    }
    if work.bundles || work.pages {
        steps.extend(pages::steps(layout, Mode::Dev));
    }
    if work.server {
        steps.push(server::build_step(layout));
    }
    progress::carry_out(steps)?;
    if work.server
        && let Some(running) = server.take()
    {
        running.stop()?;
    }
    if server.is_none() {
        *server = server::start(layout, settings)?;
    }
    Ok(())
}

/// What changed files make necessary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Work {
    bundles: bool,
    pages: bool,
    server: bool,
}

impl Work {
    fn for_changes<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        paths
            .into_iter()
            .fold(Self::default(), |work, path| work.and(Self::for_change(path)))
    }

    /// `path` is relative to the project.
    fn for_change(path: &Path) -> Self {
        const NOTHING: Work = Work {
            bundles: false,
            pages: false,
            server: false,
        };
        const BROWSER: Work = Work {
            bundles: true,
            pages: true,
            server: false,
        };
        const SERVER: Work = Work {
            bundles: false,
            pages: false,
            server: true,
        };
        const EVERYTHING: Work = Work {
            bundles: true,
            pages: true,
            server: true,
        };

        let mut parts = path.iter().map(|part| part.to_string_lossy());
        let first = parts.next().unwrap_or_default();
        let second = parts.next().unwrap_or_default();
        match (first.as_ref(), second.as_ref()) {
            ("crates", "server") => SERVER,
            // Read by the server when it starts, and by the prerendering.
            ("catalog", _) | ("crates", "catalog") => Work {
                bundles: false,
                pages: true,
                server: true,
            },
            // The server sends mail in these words.
            ("crates" | "locales" | "Cargo.toml", _) => EVERYTHING,
            (
                "src" | "style" | "public" | "index.html" | "admin.html" | "billing.html" | "records.html"
                | "widget.html" | "Trunk.toml",
                _,
            ) => BROWSER,
            _ => NOTHING,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            bundles: self.bundles || other.bundles,
            pages: self.pages || other.pages,
            server: self.server || other.server,
        }
    }

    fn is_empty(self) -> bool {
        self == Self::default()
    }
}

type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

fn snapshot(layout: &Layout) -> anyhow::Result<Snapshot> {
    let mut snapshot = Snapshot::new();
    for watched in WATCHED {
        for file in files_below(&layout.at(watched))? {
            // A file may be gone again by now: then the next look finds it missing.
            if let Ok(metadata) = fs::metadata(&file) {
                let relative = file.strip_prefix(layout.root()).unwrap_or(&file).to_owned();
                let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                snapshot.insert(relative, (modified, metadata.len()));
            }
        }
    }
    Ok(snapshot)
}

/// Waits until an editor or a branch change has written all its files.
fn settled(layout: &Layout, mut latest: Snapshot) -> anyhow::Result<Snapshot> {
    loop {
        thread::sleep(Duration::from_millis(150));
        let now = snapshot(layout)?;
        if now == latest {
            return Ok(now);
        }
        latest = now;
    }
}

/// The paths that were added, changed or taken away.
fn changes(before: &Snapshot, after: &Snapshot) -> Vec<PathBuf> {
    let changed = after
        .iter()
        .filter(|(path, state)| before.get(*path) != Some(state));
    let removed = before.iter().filter(|(path, _)| !after.contains_key(*path));
    changed.chain(removed).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(path: &str) -> (bool, bool, bool) {
        let Work {
            bundles,
            pages,
            server,
        } = Work::for_change(Path::new(path));
        (bundles, pages, server)
    }

    #[test]
    fn a_change_builds_what_depends_on_it_and_no_more() {
        assert_eq!(work("src/pages/pricing.rs"), (true, true, false));
        assert_eq!(work("style/tokens.css"), (true, true, false));
        assert_eq!(work("billing.html"), (true, true, false));
        assert_eq!(work("widget.html"), (true, true, false));
        assert_eq!(work("crates/server/src/main.rs"), (false, false, true));
        assert_eq!(work("catalog/onedesk.toml"), (false, true, true));
        assert_eq!(work("crates/pricing/src/quote.rs"), (true, true, true));
        assert_eq!(work("locales/fr/mail.toml"), (true, true, true));
        assert_eq!(work("README.md"), (false, false, false));
    }

    #[test]
    fn several_changes_add_up() {
        let paths = ["style/tokens.css", "crates/server/src/main.rs"].map(Path::new);
        assert_eq!(
            Work::for_changes(paths),
            Work {
                bundles: true,
                pages: true,
                server: true
            }
        );
        assert!(Work::for_changes([]).is_empty());
    }

    #[test]
    fn added_changed_and_removed_files_are_changes() {
        let at = |seconds| (SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), 1);
        let before = Snapshot::from([
            ("kept".into(), at(1)),
            ("changed".into(), at(1)),
            ("removed".into(), at(1)),
        ]);
        let after = Snapshot::from([
            ("kept".into(), at(1)),
            ("changed".into(), at(2)),
            ("added".into(), at(1)),
        ]);
        assert_eq!(
            changes(&before, &after),
            ["added", "changed", "removed"].map(PathBuf::from)
        );
    }
}
