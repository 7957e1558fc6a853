//! Running other programs: cargo, Trunk, npm, Playwright, the server.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::Pid;

use crate::layout::Layout;
use crate::progress::{self, Activity};
use crate::signals;

/// Lines of a failed program that are shown, and characters of each; everything stands in its log.
const LINES_SHOWN: usize = 60;
const CHARACTERS_SHOWN: usize = 400;

/// A program to run, in the project's folder unless said otherwise.
#[derive(Debug)]
pub struct Program {
    command: Command,
    name: String,
    records: PathBuf,
}

impl Program {
    /// Any program.
    pub fn new(layout: &Layout, program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let name = Path::new(program)
            .file_name()
            .unwrap_or(program)
            .to_string_lossy()
            .into_owned();
        let mut command = Command::new(program);
        command
            .current_dir(layout.root())
            .stdin(Stdio::null())
            .process_group(0);
        // `cargo run` describes xtask to us in these; handed on, they would make build scripts that look at them run
        // again each time that a person changes between `cargo build` and `cargo xtask`.
        // A target folder elsewhere would hide the server's program and the bundles from us.
        for (variable, _) in std::env::vars_os() {
            if is_withheld(&variable) {
                command.env_remove(variable);
            }
        }
        Self {
            command,
            name,
            records: layout.records(),
        }
    }

    /// The cargo that runs xtask, with the toolchain that the project pins.
    pub fn cargo(layout: &Layout) -> Self {
        let mut cargo = Self::new(
            layout,
            std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")),
        );
        if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
            cargo.command.env("CARGO_TERM_COLOR", "always");
        }
        cargo
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable away.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs in another folder.
    pub fn in_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What the program prints on its standard output; `None` when it is missing or fails.
    pub fn answer(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs with its output kept in a log: its latest line is shown while it runs, its end only when it fails.
    pub fn run_quietly(mut self, activity: &Activity) -> anyhow::Result<()> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = self.start()?;
        let (sender, lines) = mpsc::channel();
        if let Some(output) = running.child.stdout.take() {
            read_lines(output, sender.clone());
        }
        if let Some(output) = running.child.stderr.take() {
            read_lines(output, sender);
        }
        let mut printed = String::new();
        loop {
            match lines.recv_timeout(Duration::from_millis(250)) {
                Ok(line) => {
                    activity.report(&line);
                    printed.push_str(&line);
                    printed.push('\n');
                }
                Err(mpsc::RecvTimeoutError::Timeout) => activity.tick(),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        let status = running.wait()?;
        let log = self.records.join(format!("{}.log", self.log_name()));
        fs::create_dir_all(&self.records)
            .and_then(|()| fs::write(&log, &printed))
            .with_context(|| format!("cannot write {}", log.display()))?;
        if status.success() {
            return Ok(());
        }
        let shown = last_lines(&printed);
        let hint = network_hint(&printed)
            .map(|hint| format!("\n{hint}"))
            .unwrap_or_default();
        bail!(
            "{shown}\n\n{} ended with {status}. All it printed stands in {}.{hint}",
            self.name,
            log.display()
        );
    }

    /// `cargo-build` for `cargo build --package …`.
    fn log_name(&self) -> String {
        let task = self
            .command
            .get_args()
            .next()
            .unwrap_or_default()
            .to_string_lossy();
        if task.is_empty() || task.contains('/') {
            self.name.clone()
        } else {
            format!("{}-{task}", self.name)
        }
    }

    /// Runs with its output shown as it comes. What it started and left behind ends with it.
    ///
    /// The runner of the component tests, for one, closes the window of the browser and ends the driver at once, before the
    /// driver has ended the browser.
    pub fn run_openly(mut self) -> anyhow::Result<()> {
        let mut running = self.start()?;
        let status = running.wait()?;
        running.end_stragglers();
        if status.success() {
            return Ok(());
        }
        bail!("{} ended with {status}.", self.name);
    }

    /// Starts it and leaves it running.
    pub fn start(&mut self) -> anyhow::Result<Running> {
        let child = self.command.spawn().with_context(|| {
            format!(
                "{} could not be started; is it installed and on PATH?",
                self.command.get_program().display()
            )
        })?;
        let group = i32::try_from(child.id())
            .ok()
            .and_then(Pid::from_raw)
            .context("a child without a process id")?;
        Ok(Running {
            child,
            group,
            _registration: signals::register(group),
        })
    }
}

/// A program that runs; signals that xtask receives are handed on to it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    group: Pid,
    _registration: signals::Registration,
}

impl Running {
    /// Waits for its end.
    pub fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        self.child
            .wait()
            .context("cannot wait for a program that was started")
    }

    /// Its status when it has ended.
    pub fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        self.child
            .try_wait()
            .context("cannot ask for the state of a program that was started")
    }

    /// Asks it to stop, and ends it when it does not within 15 seconds.
    pub fn stop(mut self) -> anyhow::Result<()> {
        signals::terminate(self.group);
        for _ in 0..150 {
            if self.ended()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        signals::kill(self.group);
        self.wait().map(|_| ())
    }

    /// Ends what is left of its group once it has ended itself: first by asking, a second later by force.
    fn end_stragglers(&self) {
        signals::terminate(self.group);
        for _ in 0..20 {
            if !signals::exists(self.group) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        signals::kill(self.group);
    }
}

/// The end of what a program printed. Lines are cut: the types of views in compiler errors run to pages.
fn last_lines(printed: &str) -> String {
    let lines: Vec<String> = printed
        .lines()
        .map(|line| progress::cut(line, CHARACTERS_SHOWN))
        .collect();
    lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n")
}

fn read_lines(output: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                return;
            }
            line.clear();
        }
    });
}

/// A program's path when it stands on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn is_withheld(variable: &OsStr) -> bool {
    let variable = variable.to_string_lossy();
    variable.starts_with("CARGO_PKG_")
        || variable.starts_with("CARGO_MANIFEST_")
        || matches!(
            variable.as_ref(),
            "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
        )
        || matches!(variable.as_ref(), "CARGO_TARGET_DIR" | "CARGO_BUILD_TARGET_DIR")
}

/// What to do when a download failed.
fn network_hint(printed: &str) -> Option<&'static str> {
    const SIGNS: [&str; 10] = [
        "Could not resolve host",
        "failed to download",
        "Couldn't resolve host",
        "spurious network error",
        "unable to update registry",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ETIMEDOUT",
        "attempting to make an HTTP request, but --offline was specified",
    ];
    SIGNS.iter().any(|sign| printed.contains(sign)).then_some(
        "This step downloads from the internet, and that failed: check the connection (or the proxy settings) and \
         run the command again. What is done already is kept.",
    )
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn what_describes_xtask_is_withheld_and_settings_are_handed_on() {
        for name in [
            "CARGO_PKG_VERSION",
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "OUT_DIR",
        ] {
            assert!(is_withheld(OsStr::new(name)), "{name}");
        }
        for name in [
            "CARGO_HOME",
            "CARGO_NET_OFFLINE",
            "CARGO",
            "PATH",
            "RUSTUP_TOOLCHAIN",
        ] {
            assert!(!is_withheld(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn what_a_program_leaves_running_in_the_background_ends_with_it() {
        let layout = Layout::of_this_project().expect("this project");
        // One that goes when it is asked, and one that does not listen.
        for script in ["sleep 60 & exit 3", "trap '' TERM; sleep 60 & exit 3"] {
            let (mut held, writer) = std::io::pipe().expect("a pipe");
            let mut program = Program::new(&layout, "sh").args(["-c", script]);
            program.command.stdout(writer);
            let began = Instant::now();
            let failure = program.run_openly().expect_err("it fails").to_string();
            assert!(failure.contains("exit status: 3"), "{failure}");
            // The pipe ends when nobody is left who holds its other end.
            assert_eq!(held.read(&mut [0]).expect("its end"), 0);
            assert!(began.elapsed() < Duration::from_mins(1), "{script}");
        }
    }

    #[test]
    fn of_a_failure_the_end_is_shown_and_long_lines_are_cut() {
        let printed = format!("{}\n{}\nlast", "early\n".repeat(100), "x".repeat(5_000));
        let shown = last_lines(&printed);
        assert!(shown.ends_with("\nlast"));
        assert_eq!(shown.lines().count(), LINES_SHOWN);
        assert!(shown.lines().all(|line| line.chars().count() <= CHARACTERS_SHOWN));
    }

    #[test]
    fn a_failed_download_is_told_from_a_failed_compilation() {
        assert!(network_hint("npm error code ENOTFOUND\nnpm error syscall getaddrinfo").is_some());
        assert!(network_hint("warning: spurious network error (3 tries remaining)").is_some());
        assert!(network_hint("error[E0308]: mismatched types").is_none());
    }
}
