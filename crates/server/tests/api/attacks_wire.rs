//! What somebody with bad intentions tries below the application: connections, hosts, paths, files.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::pages::{built, serving};
use crate::server::TestServer;

fn sign_up(email: &str) -> serde_json::Value {
    json!({ "email": email, "language": "en" })
}

/// Sends bytes as they are, which a client that knows better would mend, and reads until the server closes.
async fn raw(server: &TestServer, request: &str) -> String {
    let address = server.base.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_name_that_was_rebound_to_this_machine_reads_no_mail() {
    let server = TestServer::with(&["--sandbox", "--public-url", "https://Subscribe.example.com"]).await;
    let port = server.base.rsplit(':').next().unwrap();
    let get = async |host: &str| {
        let request = format!("GET /sandbox/mail.json HTTP/1.1\r\nconnection: close\r\n{host}\r\n");
        raw(&server, &request).await
    };
    for host in [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "[::2]",
        "",
    ] {
        let answer = get(&format!("host: {host}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 421 "), "{host}: {answer}");
        assert!(
            answer.contains("application/problem+json") && answer.contains("--public-url"),
            "{answer}"
        );
    }
    assert!(get("").await.starts_with("HTTP/1.1 421 "));
    for host in [
        "subscribe.example.com",
        "SUBSCRIBE.example.com:443",
        "localhost",
        "LocalHost:3000",
        "127.0.0.1",
        &format!("127.0.0.1:{port}"),
        &format!("[::1]:{port}"),
        "[::1]",
    ] {
        let answer = get(&format!("host: {host}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{host}: {answer}");
    }
    // The address in the first line counts before the header.
    let request = format!(
        "GET http://evil.example/sandbox/mail.json HTTP/1.1\r\nconnection: close\r\nhost: 127.0.0.1:{port}\r\n\r\n"
    );
    let answer = raw(&server, &request).await;
    assert!(answer.starts_with("HTTP/1.1 421 "), "{answer}");
}

#[tokio::test]
async fn outside_the_sandbox_a_proxy_may_pass_on_another_host() {
    let server = TestServer::with(&["--smtp-url", "smtp://127.0.0.1:1"]).await;
    let answer = raw(
        &server,
        "GET /healthz HTTP/1.1\r\nhost: backend.internal\r\nconnection: close\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn a_letter_that_was_given_up_keeps_no_link() {
    let server = TestServer::with(&["--smtp-url", "smtp://127.0.0.1:1"]).await;
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let eventually = async |sql: &str| {
        for _ in 0..100 {
            if server.number(sql).await == 1 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not so: {sql}");
    };
    eventually(
        "SELECT COUNT(*) FROM outbox WHERE attempts = 1 AND last_error IS NOT NULL AND text LIKE '%token=%'",
    )
    .await;
    // The last try of all is due now. Another letter wakes the delivery.
    server
        .number("UPDATE outbox SET attempts = 8, next_attempt_at = 0 RETURNING CAST(1 AS BIGINT)")
        .await;
    client.post("/api/sign-ups", &sign_up("bob@example.com")).await;
    eventually("SELECT COUNT(*) FROM outbox WHERE attempts = 9 AND next_attempt_at IS NULL").await;
    let kept = "SELECT COUNT(*) FROM outbox WHERE attempts = 9 AND (text <> '' OR html <> '')";
    assert_eq!(server.number(kept).await, 0);
}

#[cfg(unix)]
#[tokio::test]
async fn other_users_of_the_machine_cannot_read_the_database_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made/for it");
    let file = made.join("subscribe.sqlite");
    let url = format!("sqlite://{}", file.display());
    let flags = ["--sandbox", "--database-url", &url];
    let flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
    let config = crate::server::config(folder.path(), &flags);
    let server = onedesk_server::Server::start(config).await.unwrap();
    let rights = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights(&made), 0o700);
    assert_eq!(rights(made.parent().unwrap()), 0o700);
    let mut files = 0;
    for entry in std::fs::read_dir(&made).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(rights(&path), 0o600, "{}", path.display());
        files += 1;
    }
    assert!(files >= 1);
    drop(server);
}

#[tokio::test]
async fn an_escape_does_not_lead_around_what_is_not_public() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    for path in [
        "/pricing.htm%6c",
        "/app.%68tml",
        "/assets/site-0123456789abcdef.js.b%72",
        "/assets%2fsite-0123456789abcdef.js",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {answer:?}");
    }
    assert_eq!(
        client.get("/assets/site-0123456789abcdef.js").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_backslash_leads_to_no_other_host() {
    let folder = built();
    let server = serving(&folder).await;
    let host = server.base.strip_prefix("http://").unwrap();
    for path in [
        r"/\evil.example/",
        r"/\/evil.example/",
        r"//\\evil.example/",
        "//evil.example/",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let answer = raw(&server, &request).await;
        assert!(
            answer.starts_with("HTTP/1.1 400 ") || answer.contains("location: /evil.example\r\n"),
            "{path} {answer}"
        );
    }
}

#[tokio::test]
async fn who_never_finishes_a_request_is_hung_up_on() {
    let server = TestServer::start().await;
    let start = Instant::now();
    let slow = raw(&server, "GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ");
    let answer = tokio::time::timeout(Duration::from_secs(15), slow).await;
    let answer = answer.expect("the connection is closed");
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        start.elapsed() > Duration::from_secs(5),
        "closed after {:?}",
        start.elapsed()
    );
}
