//! Delivery to a mail server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::server::TestServer;

/// A mail server that takes every letter, after having refused the first `refused` of them.
struct MailServer {
    url: String,
    letters: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    async fn start(refused: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let letters = Arc::new(Mutex::new(Vec::new()));
        let (taken, left) = (Arc::clone(&letters), Arc::new(Mutex::new(refused)));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(talk(connection, Arc::clone(&taken), Arc::clone(&left)));
            }
        });
        Self { url, letters }
    }

    async fn received(&self, number: usize) -> Vec<String> {
        for _ in 0..200 {
            if self.letters.lock().unwrap().len() >= number {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.letters.lock().unwrap().clone()
    }
}

async fn talk(
    connection: TcpStream,
    letters: Arc<Mutex<Vec<String>>>,
    refused: Arc<Mutex<usize>>,
) -> Option<()> {
    let (read, mut write) = connection.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "MAIL" if take_one(&refused) => "451 later, please\r\n",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.ok()?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    letter.push_str(&line);
                    letter.push('\n');
                }
                letters.lock().unwrap().push(letter);
                "250 taken\r\n"
            }
            "QUIT" => "221 bye\r\n",
            _ => "250 fine\r\n",
        };
        write.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

fn take_one(refused: &Mutex<usize>) -> bool {
    let mut left = refused.lock().unwrap();
    let refuse = *left > 0;
    *left = left.saturating_sub(1);
    refuse
}

#[tokio::test]
async fn letters_go_to_the_mail_server_as_text_and_html() {
    let mail = MailServer::start(0).await;
    let flags = [
        "--smtp-url",
        mail.url.as_str(),
        "--mail-from",
        "OneDesk <hello@vendor.example>",
    ];
    let server = TestServer::with(&flags).await;
    let answer = server
        .client()
        .post(
            "/api/sign-ups",
            &json!({ "email": "ada@example.com", "language": "fr" }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let letters = mail.received(1).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    for part in [
        "To: ada@example.com",
        "From: OneDesk <hello@vendor.example>",
        "Message-ID: <",
        "@vendor.example>",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "/fr/activate?token",
    ] {
        assert!(letter.contains(part), "no {part} in\n{letter}");
    }
}

#[tokio::test]
async fn a_mail_server_that_refuses_or_is_away_holds_nobody_up() {
    let mail = MailServer::start(1).await;
    let server = TestServer::with(&["--smtp-url", mail.url.as_str()]).await;
    let client = server.client();
    for email in ["ada@example.com", "bob@example.com"] {
        let answer = client
            .post("/api/sign-ups", &json!({ "email": email, "language": "en" }))
            .await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        // One after the other, so that it is the first that is refused.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    // The first is tried again after a minute; the second is not held up by it.
    let letters = mail.received(1).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("To: bob@example.com"), "{letters:?}");
}
