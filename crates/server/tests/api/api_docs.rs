//! The description of the API, and the page that is drawn from it.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::server::TestServer;

#[tokio::test]
async fn the_api_is_described() {
    let server = TestServer::start().await;
    let client = server.client();
    let description = client.get("/api/openapi.json").await;
    assert_eq!(description.status, StatusCode::OK);
    let paths = description.body["paths"].as_object().unwrap();
    for path in [
        "/api/account",
        "/api/account/language",
        "/api/activations/{token}",
        "/api/activations/{token}/address",
        "/api/catalog",
        "/api/invitations/{token}",
        "/api/orders",
        "/api/orders/{id}",
        "/api/orders/{id}/cancellation",
        "/api/password-resets",
        "/api/password-resets/{token}",
        "/api/payments/return",
        "/api/quotes",
        "/api/sessions",
        "/api/sessions/current",
        "/api/sign-ups",
        "/api/users",
        "/api/users/{id}/deactivation",
        "/api/users/{id}/reactivation",
        "/api/widget",
    ] {
        assert!(paths.contains_key(path), "{path} is not described");
    }
    // Every reference leads somewhere.
    let text = description.text();
    for reference in text
        .split("\"#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(
            description.body["components"]["schemas"].get(reference).is_some(),
            "{reference} is not described"
        );
    }
}

#[tokio::test]
async fn the_page_tells_each_call_and_each_shape_once_and_its_links_lead_somewhere() {
    let server = TestServer::start().await;
    let client = server.client();
    let description = client.get("/api/openapi.json").await;
    let paths = description.body["paths"].as_object().unwrap();
    let page = client.get("/api/docs").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    for (path, calls) in paths {
        for method in calls.as_object().unwrap().keys() {
            let heading = format!(
                "<h3><span class=\"method\">{}</span> <code>{path}</code></h3>",
                method.to_uppercase()
            );
            assert_eq!(text.matches(&heading).count(), 1, "{heading}");
        }
    }
    for shape in description.body["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert_eq!(
            text.matches(&format!("id=\"shape-{shape}\"")).count(),
            1,
            "{shape}"
        );
    }
    for link in text
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(text.contains(&format!("id=\"{link}\"")), "#{link} leads nowhere");
    }
    assert!(
        !text.contains("crate::"),
        "an address of the code, which leads nowhere"
    );
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    // Where it was until now.
    assert_eq!(client.get("/api/docs/").await.header("location"), "/api/docs");
}

/// The command lines can be pasted: what they ask for is there, and what they send has the right shape. What they are answered
/// depends on what there is, and is tested with each call.
#[tokio::test]
async fn the_command_lines_of_the_page_are_understood() {
    let server = TestServer::start().await;
    let page = server.client().get("/api/docs").await.text();
    let commands: Vec<String> = page
        .split("<pre class=\"command\"><code>")
        .skip(1)
        .map(|rest| rest.split("</code>").next().unwrap())
        .map(|command| command.replace("&quot;", "\"").replace("&amp;", "&"))
        .collect();
    assert!(commands.len() > 40, "{commands:?}");
    assert!(
        commands
            .iter()
            .any(|one| one.contains("-c cookies.txt --json '{\"email\":\"you@example.com\","))
    );
    for command in commands {
        // Each by somebody of its own: one signs out, and one changes the language.
        let client = server
            .activated(&format!("{}@example.com", uuid::Uuid::now_v7()))
            .await;
        let method = after(&command, "-X ").map_or("GET", |rest| rest.split(' ').next().unwrap());
        let address = command.rsplit(' ').next().unwrap().trim_matches('\'');
        let path = &address[address.find("/api/").unwrap()..];
        let mut request = client.request(method.parse::<Method>().unwrap(), path);
        if let Some(header) = after(&command, "-H '") {
            let (name, value) = header.split('\'').next().unwrap().split_once(": ").unwrap();
            request = request.header(name, value);
        }
        if let Some(body) = after(&command, "--json '") {
            request = request.json(&serde_json::from_str::<Value>(body.split('\'').next().unwrap()).unwrap());
        }
        if path == "/api/chat/events" {
            // It has no end.
            continue;
        }
        let answer = client.send(request).await;
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{command}");
        assert_ne!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{command}: {}",
            answer.text()
        );
        assert!(answer.status.as_u16() < 500, "{command}: {}", answer.text());
        let problem = answer.body["type"].as_str().unwrap_or_default().to_owned();
        assert!(
            !problem.ends_with(":invalid-fields"),
            "{command}: {}",
            answer.text()
        );
    }
}

fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}
