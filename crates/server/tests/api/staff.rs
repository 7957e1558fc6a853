//! The pages of the staff: who gets in, who does not, and what they show.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use reqwest::StatusCode;

use crate::orders_requests::place;
use crate::server::{Answer, Client, TestServer, catalog};
use crate::transfers::{by_transfer, three_standard};

const PROGRAM: &str = env!("CARGO_BIN_EXE_subscribe");
/// The password of every member of staff.
pub const STAFF_PASSWORD: &str = "a quiet little harbour";

/// Runs a command on the server's data, with something on its standard input. Beside the server, which goes on meanwhile:
/// it may be in the middle of a transaction that the command waits for.
pub async fn command(server: &TestServer, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(PROGRAM);
    program
        .args(arguments)
        .args(["--data", server.data().to_str().unwrap()])
        .args(["--database-url", &server.database_url()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let input = input.to_owned();
    let run = move || {
        let mut child = program.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// Runs a command by which Grace settles or gives something, and tells whether it was done and what it said.
pub async fn command_of_grace(server: &TestServer, arguments: &[&str]) -> (bool, String) {
    let catalog = catalog();
    let catalog = ["--catalog", catalog.to_str().unwrap()];
    let always = [
        "--by",
        "Grace",
        "--sandbox",
        "--public-url",
        "https://desk.example",
    ];
    let output = command(server, &[arguments, &always, &catalog].concat(), "").await;
    (output.status.success(), told(&output))
}

pub fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Adds a member of staff from the command line.
pub async fn add_staff(server: &TestServer, email: &str, name: &str) {
    let arguments = ["staff", "add", email, "--name", name, "--password-stdin"];
    let output = command(server, &arguments, &format!("{STAFF_PASSWORD}\n")).await;
    assert!(output.status.success(), "{}", told(&output));
}

/// A browser in which a member of staff is signed in.
pub async fn staff(server: &TestServer) -> Client {
    add_staff(server, "grace@example.com", "Grace Hopper").await;
    let client = server.client();
    let answer = sign_in(&client, "grace@example.com", STAFF_PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    client
}

pub async fn sign_in(client: &Client, email: &str, password: &str) -> Answer {
    let fields = [("email", email), ("password", password)];
    client.post_form("/staff/sign-in", &fields).await
}

/// The address of the list, searched.
pub fn search_for(text: &str) -> String {
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("/staff?search={text}")
}

#[tokio::test]
async fn staff_sign_in_with_a_session_of_their_own_and_out_again() {
    let server = TestServer::start().await;
    let stranger = server.client();
    let answer = stranger.get("/staff").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/staff/sign-in")
    );
    let form = stranger.get("/staff/sign-in").await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.text().contains("subscribe staff add"), "{form:?}");
    assert!(
        form.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(!form.text().contains("<script"), "{form:?}");

    let grace = staff(&server).await;
    let list = grace.get("/staff").await;
    assert_eq!(list.status, StatusCode::OK, "{list:?}");
    assert!(list.text().contains("Grace Hopper"), "{list:?}");
    let out = grace.post_form("/staff/sign-out", &[]).await;
    assert_eq!(out.header("location"), "/staff/sign-in");
    assert_eq!(grace.get("/staff").await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.number("SELECT count(*) FROM staff_sessions").await, 0);
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let server = TestServer::start().await;
    add_staff(&server, "grace@example.com", "Grace Hopper").await;
    let answer = sign_in(&server.client(), " Grace@Example.com ", STAFF_PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("staff="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_users_session_does_not_open_the_staffs_pages_nor_theirs_the_users() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let id = order["id"].as_str().unwrap();
    for path in [
        "/staff".to_owned(),
        format!("/staff/orders/{id}"),
        "/staff/accounts".to_owned(),
    ] {
        let answer = ada.get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {answer:?}");
    }
    let payment = format!("/staff/orders/{id}/payment");
    let fields = [("amount", "474.77"), ("received_on", "2026-11-23")];
    assert_eq!(
        ada.post_form(&payment, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(server.number("SELECT count(*) FROM charges").await, 0);

    let grace = staff(&server).await;
    grace
        .get("/api/account")
        .await
        .assert_problem(401, "not-signed-in");
    // Not even when the cookie comes under the other's name.
    let cookie = sign_in(&server.client(), "grace@example.com", STAFF_PASSWORD).await;
    let token = cookie.header("set-cookie").split(';').next().unwrap().to_owned();
    let disguised = token.replacen("staff=", "session=", 1);
    let request = server
        .client()
        .request(reqwest::Method::GET, "/api/account")
        .header("Cookie", disguised);
    server
        .client()
        .send(request)
        .await
        .assert_problem(401, "not-signed-in");
    // Nor does a user's password let in there.
    let answer = sign_in(&server.client(), "ada@example.com", crate::server::PASSWORD).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn wrong_passwords_are_told_alike_and_throttled() {
    let server = TestServer::with(&["--sandbox", "--limit-sign-in", "3/15m"]).await;
    add_staff(&server, "grace@example.com", "Grace Hopper").await;
    let client = server.client();
    let unknown = sign_in(&client, "nobody@example.com", STAFF_PASSWORD).await;
    let wrong = sign_in(&client, "grace@example.com", "wrong").await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let without_address = |answer: &Answer| {
        answer
            .text()
            .replace("nobody@example.com", "")
            .replace("grace@example.com", "")
    };
    assert_eq!(without_address(&unknown), without_address(&wrong));
    for _ in 0..2 {
        sign_in(&client, "grace@example.com", "wrong").await;
    }
    let answer = sign_in(&client, "grace@example.com", STAFF_PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{answer:?}");
    assert!(!answer.header("retry-after").is_empty());
    assert!(answer.text().contains("Too many attempts"), "{answer:?}");
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once() {
    let server = TestServer::start().await;
    let grace = staff(&server).await;
    assert_eq!(grace.get("/staff").await.status, StatusCode::OK);
    let output = command(&server, &["staff", "disable", "Grace@example.com"], "").await;
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(grace.get("/staff").await.status, StatusCode::SEE_OTHER);
    let answer = sign_in(&server.client(), "grace@example.com", STAFF_PASSWORD).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let again = command(&server, &["staff", "disable", "grace@example.com"], "").await;
    assert_eq!(again.status.code(), Some(1), "{}", told(&again));
    let list = command(&server, &["staff", "list"], "").await;
    assert!(told(&list).contains("disabled since"), "{}", told(&list));
    // Added again, she is back.
    add_staff(&server, "grace@example.com", "Grace Hopper").await;
    let answer = sign_in(&server.client(), "grace@example.com", STAFF_PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
}

#[tokio::test]
async fn a_session_lasts_a_working_day() {
    let server = TestServer::start().await;
    let grace = staff(&server).await;
    server.advance(serde_json::json!({ "advance_hours": 11 })).await;
    assert_eq!(grace.get("/staff").await.status, StatusCode::OK);
    server.advance(serde_json::json!({ "advance_hours": 2 })).await;
    assert_eq!(grace.get("/staff").await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.number("SELECT count(*) FROM staff_sessions").await, 0);
}

#[tokio::test]
async fn members_are_added_from_the_command_line_with_words_for_what_is_wrong() {
    let server = TestServer::start().await;
    let add = async |email: &str, name: &str, password: &str| {
        let arguments = ["staff", "add", email, "--name", name, "--password-stdin"];
        let output = command(&server, &arguments, password).await;
        (output.status.success(), told(&output))
    };
    for (email, name, password, part) in [
        ("nonsense", "Grace", STAFF_PASSWORD, "is no e-mail address"),
        ("grace@example.com", " ", STAFF_PASSWORD, "--name"),
        ("grace@example.com", "Grace", "short", "password"),
        ("grace@example.com", "Grace", "", "password"),
    ] {
        let (done, text) = add(email, name, password).await;
        assert!(
            !done && text.contains(part) && text.contains("Nobody was added"),
            "{text}"
        );
    }
    assert_eq!(
        told(&command(&server, &["staff", "list"], "").await).trim(),
        "no member of staff"
    );
    assert!(add("grace@example.com", "Grace Hopper", STAFF_PASSWORD).await.0);
    let (done, text) = add("Grace@example.com", "Grace", STAFF_PASSWORD).await;
    assert!(!done && text.contains("already"), "{text}");
    // Without a terminal there is nobody to ask.
    let output = command(&server, &["staff", "add", "a@example.com", "--name", "A"], "").await;
    assert!(!output.status.success() && told(&output).contains("--password-stdin"));
    let hash = "SELECT count(*) FROM staff WHERE password_hash LIKE '$argon2id$%'";
    assert_eq!(server.number(hash).await, 1);
}

#[tokio::test]
async fn a_mistyped_data_folder_is_told_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("dta");
    let output = Command::new(PROGRAM)
        .args(["orders", "awaiting", "--data", wrong.to_str().unwrap()])
        .env_remove("SUBSCRIBE_DATABASE_URL")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told(&output).contains("there is no database in"),
        "{}",
        told(&output)
    );
    assert!(!wrong.exists());
}

#[tokio::test]
async fn another_sites_page_marks_nothing() {
    let server = TestServer::start().await;
    let grace = staff(&server).await;
    let request = grace
        .request(reqwest::Method::POST, "/staff/sign-out")
        .header("Origin", "https://evil.example")
        .header("Sec-Fetch-Site", "cross-site")
        .form(&[("a", "b")]);
    assert_eq!(grace.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(grace.get("/staff").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_is_searched_by_reference_and_company() {
    let server = TestServer::start().await;
    let mut references = Vec::new();
    for company in ["Crème & Co", "Blue Whale"] {
        let email = format!("{}@example.com", &company[..2].to_lowercase());
        let changes = serde_json::json!({ "company": company });
        let client = server.activated_with(&email, changes).await;
        let order = place(&client, &by_transfer(three_standard())).await;
        references.push(order["transfer"]["reference"].as_str().unwrap().to_owned());
    }
    let grace = staff(&server).await;
    let shown = async |search: &str| {
        let answer = grace.get(&search_for(search)).await;
        let text = answer.text();
        (text.contains(&references[0]), text.contains(&references[1]))
    };
    assert_eq!(shown("").await, (true, true));
    assert_eq!(shown("CRÈME").await, (true, false));
    assert_eq!(shown("whale").await, (false, true));
    assert_eq!(
        shown(&references[1].to_lowercase().replace(' ', "")).await,
        (false, true)
    );
    assert_eq!(shown(&references[0][10..]).await, (true, false));
    assert_eq!(shown("%").await, (false, false));
    let list = told(&command(&server, &["orders", "awaiting"], "").await);
    assert!(
        list.contains(&references[0]) && list.contains("474.77 EUR") && list.contains("Blue Whale"),
        "{list}"
    );
}

#[tokio::test]
async fn what_customers_typed_is_no_markup_on_the_staffs_pages() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let sql = evil.replace('\'', "''");
    server
        .run(&format!("UPDATE accounts SET company = '{sql}'"))
        .await;
    server.run(&format!("UPDATE users SET name = '{sql}'")).await;
    let grace = staff(&server).await;
    let account = server_account(&grace).await;
    let order = format!("/staff/orders/{}", order["id"].as_str().unwrap());
    let search = format!("/staff?search={}", "%3Cscript%3Ealert(1)%22%3E");
    for path in ["/staff", &order, "/staff/accounts", &account, &search] {
        let page = grace.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path} {page:?}");
        let text = page.text();
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{path} {text}"
        );
        assert!(text.contains("&lt;script&gt;"), "{path} {text}");
        assert!(!page.header("content-security-policy").contains("script-src"));
    }
}

/// The address of the only account's page.
async fn server_account(client: &Client) -> String {
    let list = client.get("/staff/accounts").await.text();
    let start = list.find("/staff/accounts/").unwrap();
    list[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_accounts_page_shows_what_it_has_and_what_was_done() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &crate::orders_requests::three_premium()).await;
    crate::orders_requests::pay(&ada, &order).await;
    let grace = staff(&server).await;
    let path = server_account(&grace).await;
    let text = grace.get(&path).await.text();
    for part in ["Acme", "Premium, annual", "INV-000001", "$733.97", "Ada Lovelace"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let file = grace.get(&format!("{path}/invoices/INV-000001")).await;
    assert_eq!(file.header("content-type"), "application/pdf");
    let found = grace.get("/staff/accounts?search=ADA%40example").await.text();
    assert!(found.contains(&path), "{found}");
    let found = grace.get("/staff/accounts?search=nobody").await.text();
    assert!(!found.contains(&path), "{found}");
    let nowhere = grace
        .get("/staff/accounts/0195f3c8-7d2a-7c3e-9f4b-2a1b3c4d5e6f")
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(grace.get("/staff/nowhere").await.status, StatusCode::NOT_FOUND);
}
