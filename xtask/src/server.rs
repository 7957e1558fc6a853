//! Building, starting and stopping the server program `subscribe`.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::layout::{Layout, Mode};
use crate::process::{Program, Running};
use crate::progress::Step;
use crate::signals;

/// How long a start may take; migrating a large database is the slowest part.
const START_DEADLINE: Duration = Duration::from_mins(1);

/// Compiles the server; cargo decides what there is to do.
pub fn build_step(layout: &Layout) -> Step<'_> {
    let first = !layout.server_program().exists();
    Step::new("Building the server", |activity| {
        build(layout).run_quietly(activity)
    })
    .note(if first { "first time, about 4 minutes" } else { "" })
}

/// Compiles the server.
pub fn build(layout: &Layout) -> Program {
    Program::cargo(layout).args(["build", "--package", "onedesk-server", "--bin", "subscribe"])
}

/// How the server is to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Port on 127.0.0.1.
    pub port: u16,
    /// Folder of the database.
    pub data: PathBuf,
    /// Which pages it serves; in [`Mode::Dev`] it tells open pages to reload.
    pub mode: Mode,
    /// Whether a program asks it rather than people: it then takes any number of requests from one network address, and
    /// logs what goes wrong only.
    pub by_program: bool,
}

/// A port that nobody listens on.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Starts the server and waits until it answers; `None` when a signal came meanwhile.
pub fn start(layout: &Layout, settings: &Settings) -> anyhow::Result<Option<Running>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port));
    if let Err(error) = TcpListener::bind(address) {
        bail!(
            "Port {} cannot be listened on ({error}). Is another server running? Stop that one, or choose another \
             port: cargo xtask serve --port {}",
            settings.port,
            settings.port.checked_add(1).unwrap_or(8080)
        );
    }
    fs::create_dir_all(&settings.data)
        .with_context(|| format!("cannot make the data folder {}", settings.data.display()))?;
    let mut program = Program::new(layout, layout.server_program())
        .arg("serve")
        .arg("--listen")
        .arg(address.to_string())
        .arg("--data")
        .arg(&settings.data)
        .arg("--pages")
        .arg(layout.pages(settings.mode))
        .arg("--catalog")
        .arg(layout.catalog())
        .arg("--sandbox");
    if settings.mode == Mode::Dev {
        program = program.env("SUBSCRIBE_DEV_RELOAD", "true");
    }
    if settings.by_program {
        program = program.env("SUBSCRIBE_LOG", "warn");
        for limit in ["SIGN_IN_IP", "LETTERS_IP"] {
            program = program.env(&format!("SUBSCRIBE_LIMIT_{limit}"), "off");
        }
    }
    let mut server = program.start()?;
    let started = Instant::now();
    while !answers(address) {
        if signals::received() {
            server.wait()?;
            return Ok(None);
        }
        if let Some(status) = server.ended()? {
            bail!("The server did not start ({status}); what it said stands above.");
        }
        if started.elapsed() > START_DEADLINE {
            server.stop()?;
            bail!(
                "The server did not answer on http://{address}/readyz within {} seconds.",
                START_DEADLINE.as_secs()
            );
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(Some(server))
}

/// Whether the server says that it is ready.
fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = [0_u8; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer == "HTTP/1.1 200")
}
