//! When the server starts, when it refuses to, and the program around it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use onedesk_server::Server;

use crate::server::{catalog, config};

const PROGRAM: &str = env!("CARGO_BIN_EXE_subscribe");

/// The catalog of the project in a folder of its own, with something in it replaced.
fn catalog_with(folder: &Path, from: &str, to: &str) -> std::path::PathBuf {
    let source = catalog();
    let text = fs::read_to_string(&source).unwrap();
    assert!(text.contains(from), "the catalog no longer holds {from:?}");
    fs::create_dir(folder.join("texts")).unwrap();
    for file in fs::read_dir(source.parent().unwrap().join("texts")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join("texts").join(file.file_name())).unwrap();
    }
    let copy = folder.join("onedesk.toml");
    fs::write(&copy, text.replacen(from, to, 1)).unwrap();
    copy
}

async fn refusal(flags: &[&str]) -> String {
    let data = tempfile::tempdir().unwrap();
    let flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
    Server::start(config(data.path(), &flags))
        .await
        .unwrap_err()
        .to_string()
}

#[tokio::test]
async fn a_catalog_with_a_mistake_is_refused_in_the_words_of_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = catalog_with(folder.path(), "\"USD\"", "\"USX\"");
    let wrong = wrong.to_str().unwrap();
    let told = refusal(&["--sandbox", "--catalog", wrong]).await;
    assert!(told.contains("onedesk.toml:") && told.contains("USX"), "{told}");

    let check = Command::new(PROGRAM)
        .args(["catalog", "check", wrong])
        .output()
        .unwrap();
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&check.stderr).trim(), told.trim());
    let start = Command::new(PROGRAM)
        .args([
            "serve",
            "--sandbox",
            "--listen",
            "127.0.0.1:0",
            "--catalog",
            wrong,
        ])
        .output()
        .unwrap();
    assert_eq!(start.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&start.stderr).trim(), told.trim());
}

#[test]
fn the_projects_catalog_is_right() {
    let check = Command::new(PROGRAM)
        .args(["catalog", "check"])
        .arg(catalog())
        .output()
        .unwrap();
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stderr)
    );
}

#[tokio::test]
async fn without_a_way_to_send_mail_it_does_not_start() {
    let told = refusal(&[]).await;
    assert!(
        told.contains("--smtp-url") && told.contains("--sandbox"),
        "{told}"
    );
    let told = refusal(&["--smtp-url", "http://user:hunter2@mail.example.com"]).await;
    assert!(told.contains("smtp://") && !told.contains("hunter2"), "{told}");
}

#[tokio::test]
async fn pages_that_are_absent_or_of_other_prices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().to_str().unwrap();
    let told = refusal(&["--sandbox", "--pages", pages]).await;
    assert!(told.contains("holds no built pages"), "{told}");
    fs::write(folder.path().join("pricing.html"), "<p>").unwrap();
    fs::write(folder.path().join("catalog-version"), "of last year").unwrap();
    let told = refusal(&["--sandbox", "--pages", pages]).await;
    assert!(
        told.contains("of last year") && told.contains("build the pages again"),
        "{told}"
    );
}

#[tokio::test]
async fn values_that_make_no_sense_are_refused() {
    let told = refusal(&["--sandbox", "--public-url", "example.com/path"]).await;
    assert!(told.contains("public address"), "{told}");
    let told = refusal(&["--sandbox", "--database-url", "mysql://x"]).await;
    assert!(told.contains("postgres://"), "{told}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = Command::new(PROGRAM)
        .args(["serve", "--sandbox", "--listen", &address, "--catalog"])
        .arg(catalog())
        .current_dir(tempfile::tempdir().unwrap().keep())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.contains(&format!("cannot listen on {address}")), "{told}");
}

#[test]
fn the_program_says_where_it_listens_and_stops_when_told() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Command::new(PROGRAM)
        .args([
            "serve",
            "--sandbox",
            "--listen",
            "127.0.0.1:0",
            "--log-format",
            "json",
            "--log",
            "debug",
            "--data",
        ])
        .arg(data.path())
        .env("SUBSCRIBE_CATALOG", catalog())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .unwrap_or_else(|| panic!("{line:?}"))
        .to_owned();

    // A request whose address holds a secret.
    let secret = "s3cr3t".repeat(8);
    let mut connection = std::net::TcpStream::connect(&address).unwrap();
    std::io::Write::write_all(
        &mut connection,
        format!("GET /api/activations/{secret}?token={secret} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").as_bytes(),
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");

    let stopped = Command::new("kill")
        .args(["-TERM", &program.id().to_string()])
        .status()
        .unwrap();
    assert!(stopped.success());
    let mut log = String::new();
    program.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(program.wait().unwrap().success(), "{log}");
    assert!(log.lines().all(|line| line.starts_with('{')), "{log}");
    assert!(
        log.contains("/api/activations/{token}") && log.contains("\"stopped\""),
        "{log}"
    );
    assert!(!log.contains(&secret), "{log}");
}

#[test]
fn the_help_names_every_setting() {
    let help = Command::new(PROGRAM).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for setting in [
        "LISTEN",
        "DATA",
        "DATABASE_URL",
        "PAGES",
        "CATALOG",
        "PUBLIC_URL",
        "SANDBOX",
        "SMTP_URL",
        "MAIL_FROM",
        "LOG",
        "LOG_FORMAT",
        "BEHIND_PROXY",
        "LIMIT_SIGN_IN",
        "DEV_RELOAD",
    ] {
        assert!(
            help.contains(&format!("SUBSCRIBE_{setting}")),
            "{setting} is not in\n{help}"
        );
    }
}
