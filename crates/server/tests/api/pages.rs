//! The built pages, and the forms that work without scripts.

use std::fs;
use std::io::Write;
use std::path::Path;

use onedesk_contract::pages::PUBLIC_URL;
use onedesk_texts::Language;
use reqwest::{Method, StatusCode};
use tempfile::TempDir;

use crate::server::{Answer, Client, TestServer};

/// The languages that stand in the addresses of their pages.
fn others() -> impl Iterator<Item = &'static str> {
    Language::all()
        .iter()
        .filter(|language| **language != Language::default())
        .map(|language| language.code())
}

/// A folder of pages as prerendering leaves it.
pub fn built() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    };
    for name in [
        "pricing",
        "signup",
        "signup/sent",
        "signup/invalid",
        "activate",
        "404",
    ] {
        write(
            &format!("{name}.html"),
            &format!("<!doctype html><title>{name}</title>"),
        );
        for code in others() {
            write(
                &format!("{code}/{name}.html"),
                &format!("<!doctype html><title>{code} {name}</title>"),
            );
        }
    }
    write(
        "signup.html",
        &format!("<!doctype html><title>signup</title><link rel=\"canonical\" href=\"{PUBLIC_URL}/signup\">"),
    );
    write("robots.txt", &format!("Sitemap: {PUBLIC_URL}/sitemap.xml\n"));
    write("sitemap.xml", &format!("<loc>{PUBLIC_URL}/pricing</loc>"));
    write(
        "app.html",
        "<!doctype html><title>app</title><script>boot()</script>",
    );
    write("assets/site-0123456789abcdef.js", "export {};");
    write("assets/site-0123456789abcdef_bg.wasm", "\0asm");
    write("widget.js", "export {};");
    write("assets/widget-0123456789abcdef_bg.wasm", "\0asm");
    write("assets/widget-style-0123456789abcdef.css", ".widget {}");
    write("favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    write("catalog-version", &format!("{}\n", version()));
    write("build-stamp", "one");
    for name in ["pricing.html", "assets/site-0123456789abcdef.js"] {
        compress(&folder.path().join(name));
    }
    folder
}

fn compress(file: &Path) {
    let content = fs::read(file).unwrap();
    let name = format!("{}.br", file.display());
    let mut writer = brotli::CompressorWriter::new(fs::File::create(name).unwrap(), 4096, 11, 22);
    writer.write_all(&content).unwrap();
}

fn version() -> String {
    onedesk_catalog::load(&crate::server::catalog())
        .unwrap()
        .price_list
        .version
}

pub async fn serving(folder: &TempDir) -> TestServer {
    TestServer::with(&["--sandbox", "--pages", folder.path().to_str().unwrap()]).await
}

async fn get_with(client: &Client, path: &str, name: &str, value: &str) -> Answer {
    client
        .send(client.request(Method::GET, path).header(name, value))
        .await
}

#[tokio::test]
async fn pages_stand_at_their_addresses() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    for (path, title) in [
        ("/pricing", "pricing"),
        ("/fr/pricing", "fr pricing"),
        ("/signup/sent?x=1", "signup/sent"),
        ("/fr/activate?token=x", "fr activate"),
        ("/signup", "signup"),
        ("/app", "app"),
        ("/app/administration/users", "app"),
        ("/app/reset-password?token=a.b", "app"),
    ] {
        let page = client.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
        assert!(
            page.text().contains(&format!("<title>{title}</title>")),
            "{path} {page:?}"
        );
    }
    for (path, status, target) in [
        ("/", 308, "/pricing"),
        ("/fr", 308, "/fr/pricing"),
        ("/pricing/?seats=3", 308, "/pricing?seats=3"),
    ] {
        let answer = client.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (status, target),
            "{path}"
        );
    }
    for code in others() {
        let answer = client.get(&format!("/{code}")).await;
        assert_eq!(answer.header("location"), format!("/{code}/pricing"));
        let page = client.get(&format!("/{code}/pricing")).await;
        assert!(
            page.text().contains(&format!("<title>{code} pricing</title>")),
            "{page:?}"
        );
    }
    let head = client.send(client.request(Method::HEAD, "/pricing")).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    client
        .delete("/pricing")
        .await
        .assert_problem(405, "method-not-allowed");
}

#[tokio::test]
async fn what_is_not_there_is_not_found_in_the_pages_language() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    for (path, title) in [
        ("/nothing", "404"),
        ("/fr/nothing", "fr 404"),
        ("/assets/nothing.js", "404"),
        ("/xx/pricing", "404"),
        ("/404", "404"),
    ] {
        let page = client.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.text().contains(&format!("<title>{title}</title>")),
            "{path} {page:?}"
        );
    }
    for path in [
        "/pricing.html",
        "/catalog-version",
        "/build-stamp",
        "/assets/site-0123456789abcdef.js.br",
        "/assets",
        "/..%2f..%2fetc/passwd",
        "/assets/%2e%2e/catalog-version",
    ] {
        assert_eq!(client.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn pages_are_sent_compressed_and_only_when_they_changed() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    let plain = client.get("/pricing").await;
    assert_eq!(plain.header("content-encoding"), "");
    let packed = get_with(&client, "/pricing", "accept-encoding", "gzip, br").await;
    assert_eq!(
        (packed.header("content-encoding"), packed.header("vary")),
        ("br", "Accept-Encoding")
    );
    let mut unpacked = Vec::new();
    std::io::copy(
        &mut brotli::Decompressor::new(&packed.bytes[..], 4096),
        &mut unpacked,
    )
    .unwrap();
    assert_eq!(unpacked, plain.bytes);
    assert_ne!(plain.header("etag"), packed.header("etag"));
    let again = get_with(&client, "/pricing", "if-none-match", plain.header("etag")).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));

    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(
        folder.path().join("pricing.html"),
        "<!doctype html><title>new</title>",
    )
    .unwrap();
    let changed = get_with(&client, "/pricing", "if-none-match", plain.header("etag")).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.text().contains("new"));
}

#[tokio::test]
async fn pages_and_files_for_search_engines_name_the_public_address() {
    let folder = built();
    // Copies that were compressed with the name that stands for it would be wrong.
    compress(&folder.path().join("signup.html"));
    let pages = folder.path().to_str().unwrap();
    let server = TestServer::with(&[
        "--sandbox",
        "--pages",
        pages,
        "--public-url",
        "https://desk.example",
    ])
    .await;
    let client = server.client();
    for (path, kind, expected) in [
        (
            "/signup",
            "text/html; charset=utf-8",
            "href=\"https://desk.example/signup\"",
        ),
        (
            "/robots.txt",
            "text/plain; charset=utf-8",
            "Sitemap: https://desk.example/sitemap.xml",
        ),
        (
            "/sitemap.xml",
            "application/xml",
            "<loc>https://desk.example/pricing</loc>",
        ),
    ] {
        let plain = client.get(path).await;
        assert_eq!(
            (plain.status, plain.header("content-type")),
            (StatusCode::OK, kind),
            "{path}"
        );
        assert!(plain.text().contains(expected), "{path} {plain:?}");
        let packed = get_with(&client, path, "accept-encoding", "br").await;
        assert_eq!(packed.header("content-encoding"), "br", "{path}");
        let mut unpacked = Vec::new();
        std::io::copy(
            &mut brotli::Decompressor::new(&packed.bytes[..], 4096),
            &mut unpacked,
        )
        .unwrap();
        assert_eq!(unpacked, plain.bytes, "{path}");
        let again = get_with(&client, path, "if-none-match", plain.header("etag")).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[tokio::test]
async fn files_whose_name_changes_with_their_content_are_kept_for_ever() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    let script = get_with(
        &client,
        "/assets/site-0123456789abcdef.js",
        "accept-encoding",
        "br",
    )
    .await;
    assert_eq!(
        script.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        (script.header("content-type"), script.header("content-encoding")),
        ("text/javascript", "br")
    );
    let wasm = client.get("/assets/site-0123456789abcdef_bg.wasm").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    let icon = client.get("/favicon.svg").await;
    assert_eq!(
        (icon.header("cache-control"), icon.header("content-type")),
        ("no-cache", "image/svg+xml")
    );
}

#[tokio::test]
async fn pages_run_their_own_scripts_only() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    let policy = client
        .get("/pricing")
        .await
        .header("content-security-policy")
        .to_owned();
    assert_eq!(
        policy,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = client
        .get("/app")
        .await
        .header("content-security-policy")
        .to_owned();
    assert!(policy.contains("'sha256-"), "{policy}");
}

#[tokio::test]
async fn open_pages_of_a_developer_learn_of_a_new_build() {
    let folder = built();
    let server = serving(&folder).await;
    assert_eq!(
        server.client().get("/dev/reload.js").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server.client().get("/dev/reload").await.status,
        StatusCode::NOT_FOUND
    );
    server.stopped().await;

    let server = TestServer::with(&[
        "--sandbox",
        "--dev-reload",
        "--pages",
        folder.path().to_str().unwrap(),
    ])
    .await;
    let client = server.client();
    assert!(client.get("/dev/reload.js").await.text().contains("EventSource"));
    let mut stream = client.request(Method::GET, "/dev/reload").send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "data: one\n\n");
    fs::write(folder.path().join("build-stamp"), "two").unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "data: two\n\n");
    // An open stream does not keep the server from stopping.
    let start = std::time::Instant::now();
    server.stopped().await;
    assert!(
        start.elapsed() < std::time::Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}
