//! The server of a world, and the catalogs that it sells from.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use onedesk_server::Server;
use onedesk_server::config::{Cli, Command, Config};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::account::{CURRENCIES, Edition, PLANS, decimal};

/// A server that runs.
pub struct Running {
    pub base: String,
    edition: Edition,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// Starts one on the data of a folder.
    pub async fn start(folder: &Path, edition: Edition) -> Self {
        let server = Server::start(config(folder, edition))
            .await
            .expect("the server starts");
        let (base, stop) = (format!("http://{}", server.address()), server.stop_handle());
        let task = tokio::spawn(async move { server.run().await.expect("a clean end") });
        Self {
            base,
            edition,
            stop,
            task,
        }
    }

    /// Whether it sells from a catalog.
    pub fn sells(&self, edition: Edition) -> bool {
        self.edition == edition
    }

    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("no panic");
    }
}

/// In memory where that is to be had: the file is as real there, and nobody waits for a disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let folder = folder.expect("a temporary folder");
    for edition in Edition::ALL {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        copy(&source, &catalog(folder.path(), edition));
        let file = catalog(folder.path(), edition).join("onedesk.toml");
        let text = fs::read_to_string(&file).expect("the sample catalog");
        fs::write(&file, at_prices(&text, edition)).expect("a catalog");
    }
    folder
}

fn catalog(folder: &Path, edition: Edition) -> PathBuf {
    folder.join(format!("{edition:?}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the sample catalog") {
        let entry = entry.expect("a file");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a file").is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// The catalog with the prices of an edition in the place of its own.
fn at_prices(catalog: &str, edition: Edition) -> String {
    let mut plan = None;
    let mut lines = Vec::new();
    for line in catalog.lines() {
        if let Some(id) = line.strip_prefix("id = ") {
            plan = PLANS.iter().position(|plan| id.trim_matches('"') == *plan);
        }
        let price = plan.and_then(|plan| {
            let currency = CURRENCIES
                .iter()
                .position(|code| line.starts_with(&format!("{code} = {{ monthly")))?;
            let (monthly, annual) = edition.prices()[plan][currency];
            let (monthly, annual) = (decimal(currency, monthly), decimal(currency, annual));
            let code = CURRENCIES[currency];
            Some(format!(
                "{code} = {{ monthly = \"{monthly}\", annual = \"{annual}\" }}"
            ))
        });
        lines.push(price.unwrap_or_else(|| line.to_owned()));
    }
    lines.join("\n")
}

fn config(folder: &Path, edition: Edition) -> Config {
    let file = catalog(folder, edition).join("onedesk.toml");
    let (data, file) = (folder.display().to_string(), file.display().to_string());
    let mut arguments = vec!["subscribe", "serve", "--sandbox", "--listen", "127.0.0.1:0"];
    arguments.extend(["--data", &data, "--catalog", &file]);
    for limit in ["--limit-letters", "--limit-letters-ip", "--limit-invitations"] {
        arguments.extend([limit, "off"]);
    }
    match Cli::try_parse_from(arguments)
        .expect("flags that are understood")
        .command
    {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}
