//! Reading a stream of server-sent events, as a browser does.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use crate::server::Client;

/// An open stream.
pub struct Events {
    response: reqwest::Response,
    buffer: String,
}

/// One event.
#[derive(Debug)]
pub struct Event {
    pub kind: String,
    pub id: String,
    pub data: Value,
}

impl Events {
    /// Opens a stream that has to be answered.
    pub async fn open(client: &Client, path: &str, last_event_id: Option<&str>) -> Self {
        let mut request = client.request(Method::GET, path);
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        let kind = response.headers()["content-type"].to_str().expect("ASCII");
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            response,
            buffer: String::new(),
        }
    }

    /// The next event of a kind; others are passed over. Fails after ten seconds.
    pub async fn next(&mut self, kind: &str) -> Event {
        let found = tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                let event = self.any().await.expect("the stream goes on");
                if event.kind == kind {
                    return event;
                }
            }
        });
        found
            .await
            .unwrap_or_else(|_| panic!("no event {kind} within ten seconds"))
    }

    /// Whether the stream has ended; waits ten seconds for that.
    pub async fn ends(&mut self) -> bool {
        let end = tokio::time::timeout(Duration::from_secs(10), async {
            while self.any().await.is_some() {}
        });
        end.await.is_ok()
    }

    async fn any(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.find("\n\n") {
                let event = read(&self.buffer[..end]);
                self.buffer.drain(..end + 2);
                // Comments keep the connection alive and say nothing.
                match event {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            let chunk = self.response.chunk().await.ok()??;
            self.buffer.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }
}

fn read(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let lines = block
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let data = field("data");
    (!data.is_empty()).then(|| Event {
        kind: field("event"),
        id: field("id"),
        data: serde_json::from_str(&data).expect("JSON"),
    })
}
