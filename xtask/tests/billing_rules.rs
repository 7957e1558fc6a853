//! `docs/billing-rules.md` against the tests: every rule has a test that carries its name, and every test that is named
//! there exists and runs.

#![expect(
    clippy::unwrap_used,
    reason = "a file of the project that cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A rule as the document states it.
#[derive(Debug, Default)]
struct Rule {
    /// Its short name: `never-converted`.
    name: String,
    /// What it says.
    words: String,
    /// The tests that prove it: file and name.
    proofs: Vec<(String, String)>,
}

/// The rules of the document, in its order. A rule is a heading of the third level, its words, and a list whose items are a
/// file and the names of tests in it, each between backticks.
fn rules(document: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let (mut in_rule, mut file) = (false, String::new());
    for line in document.lines() {
        if line.starts_with('#') {
            in_rule = false;
            if let Some(name) = line.strip_prefix("### ") {
                in_rule = true;
                rules.push(Rule {
                    name: name.trim().to_owned(),
                    ..Rule::default()
                });
            }
            continue;
        }
        let Some(rule) = rules.last_mut().filter(|_| in_rule) else {
            continue;
        };
        let is_item = line.starts_with("- `");
        if is_item {
            file.clear();
        }
        if is_item || (line.starts_with("  ") && !file.is_empty()) {
            for name in line.split('`').skip(1).step_by(2) {
                if file.is_empty() {
                    name.clone_into(&mut file);
                } else {
                    rule.proofs.push((file.clone(), name.to_owned()));
                }
            }
        } else {
            file.clear();
            rule.words.push_str(line.trim());
        }
    }
    rules
}

/// Everything that is wrong between a document and the files that `read` gives.
fn mistakes(document: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let (mut told, mut names) = (Vec::new(), BTreeSet::new());
    for rule in rules(document) {
        let name = rule.name.as_str();
        let is_short = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if name.is_empty() || !name.chars().all(is_short) {
            told.push(format!(
                "{name}: a name is made of small letters, digits and hyphens"
            ));
        }
        if !names.insert(rule.name.clone()) {
            told.push(format!("{name}: another rule has this name"));
        }
        if rule.words.is_empty() {
            told.push(format!("{name}: it says nothing"));
        }
        if rule.proofs.is_empty() {
            told.push(format!("{name}: no test proves it"));
            continue;
        }
        let carried = name.replace('-', "_");
        if !rule.proofs.iter().any(|(_, test)| test.contains(&carried)) {
            told.push(format!("{name}: no test carries its name ({carried})"));
        }
        for (file, test) in &rule.proofs {
            match read(file) {
                None => told.push(format!(
                    "{name}: there is no file {file} that belongs to a program"
                )),
                Some(source) if !has_test(file, &source, test) => {
                    told.push(format!("{name}: {file} has no test {test}"));
                }
                Some(_) => {}
            }
        }
    }
    told
}

/// Whether a source file has a test of a name, which is not switched off.
fn has_test(file: &str, source: &str, name: &str) -> bool {
    if has_extension(file, "ts") {
        return ["'", "\"", "`"].iter().any(|quote| {
            let title = format!("test({quote}{name}{quote}");
            source.lines().any(|line| line.trim_start().starts_with(&title))
        });
    }
    let (mut attributes, mut is_comment) = (Vec::new(), false);
    for line in source.lines().map(str::trim) {
        is_comment = is_comment && !line.contains("*/") || line.starts_with("/*") && !line.contains("*/");
        if is_comment || line.starts_with("//") || line.is_empty() {
            continue;
        }
        if let Some(attribute) = line.strip_prefix("#[") {
            // `tokio::test(flavor = …)` is `test`.
            let path = attribute.split(['(', ']', ' ']).next().unwrap_or_default();
            attributes.push(path.rsplit(':').next().unwrap_or_default());
        } else if let Some((_, rest)) = line.split_once("fn ") {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if end.is_some_and(|end| &rest[..end] == name) {
                return attributes.contains(&"test") && !attributes.contains(&"ignore");
            }
            attributes.clear();
        } else {
            attributes.clear();
        }
    }
    false
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|found| found == extension)
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document() -> String {
    std::fs::read_to_string(project().join("docs/billing-rules.md")).unwrap()
}

/// A file of the project; nothing for one that belongs to no program, as its folder's `main.rs` does not name it.
fn of_the_project(file: &str) -> Option<String> {
    let path = project().join(file);
    let source = std::fs::read_to_string(&path).ok()?;
    let (folder, stem) = (path.parent()?, path.file_stem()?.to_str()?);
    let main = std::fs::read_to_string(folder.join("main.rs"));
    let is_named = main.is_ok_and(|main| main.contains(&format!("mod {stem};")));
    (stem == "main" || is_named || !folder.join("main.rs").exists()).then_some(source)
}

/// Every Rust file below a folder of the project, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![project().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn every_rule_has_a_test_that_carries_its_name_and_every_test_named_exists() {
    let document = document();
    assert!(rules(&document).len() > 50, "the document is read");
    assert_eq!(mistakes(&document, of_the_project), Vec::<String>::new());
}

/// Code says which rules it follows by the headings under which they stand.
#[test]
fn every_heading_that_code_cites_is_one_of_the_document() {
    let document = document();
    let headings: BTreeSet<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let mut cited = BTreeSet::new();
    for (path, source) in ["crates", "src"].into_iter().flat_map(sources) {
        for line in source.lines().map(str::trim) {
            let Some((_, after)) = line.split_once("Rule: ").or_else(|| line.split_once("Rules: ")) else {
                continue;
            };
            if !line.starts_with("//") || !after.starts_with('*') {
                continue;
            }
            // `*Changes*, *Trial* ("…")`: every other piece is a heading, up to what is quoted of it.
            let heads = after.split(['(', ':', '.']).next().unwrap_or_default();
            for heading in heads.split('*').skip(1).step_by(2) {
                assert!(headings.contains(heading), "{}: {heading}", path.display());
                cited.insert(heading.to_owned());
            }
        }
    }
    assert!(cited.len() > 5, "{cited:?}");
}

/// Rule: *Money*. `clippy::float_arithmetic` watches over sums; this, over what an amount could be kept in.
#[test]
fn a_binary_float_never_holds_money() {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for krate in [
        "pricing",
        "tax",
        "subscription",
        "contract",
        "catalog",
        "texts",
        "server",
    ] {
        for (path, source) in sources(&format!("crates/{krate}/src")) {
            for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let has_float = line
                    .split(|letter| !is_word(letter))
                    .any(|word| ["f32", "f64"].contains(&word));
                assert!(!has_float, "{}: {line}", path.display());
            }
        }
    }
    let lints = std::fs::read_to_string(project().join("Cargo.toml")).unwrap();
    assert!(lints.contains("float_arithmetic = \"warn\""));
}

const SOURCE: &str = "\
/// Says why.
#[tokio::test]
// And why so.
async fn licences_cover_users() {}

#[test]
#[ignore = \"slow\"]
fn asleep() {}

fn helper() {}

#[tokio::test(flavor = \"multi_thread\")]
async fn threaded() {}

#[cfg(test)]
fn made_for_tests() {}

proptest! {
    #[test]
    fn any_number(count: u32) {}
}

/*
#[test]
fn commented_out() {}
*/
";

fn told(document: &str) -> Vec<String> {
    mistakes(document, |file| match file {
        "a.rs" => Some(SOURCE.to_owned()),
        "b.spec.ts" => {
            Some("  test('licences are added', async () => {\n  test.skip('asleep', () =>".to_owned())
        }
        _ => None,
    })
}

#[test]
fn a_rule_whose_tests_exist_is_in_order() {
    let rule = "# Rules\n\nWords.\n\n## Part\n\n### cover-users\n\nEach user has one.\n\n- `a.rs`: `licences_cover_users`,\n  `any_number`, `threaded`\n- `b.spec.ts`: `licences are added`\n";
    assert_eq!(told(rule), Vec::<String>::new());
    assert_eq!(rules(rule)[0].proofs.len(), 4);
}

#[test]
fn what_is_wrong_with_a_rule_is_told() {
    for (rule, mistake) in [
        ("### cover-users\n\nWords.\n", "no test proves it"),
        (
            "### cover-users\n\n- `a.rs`: `licences_cover_users`\n",
            "it says nothing",
        ),
        ("### Cover users\n\nWords.\n", "small letters"),
        (
            "### other\n\nWords.\n\n- `a.rs`: `any_number`\n",
            "no test carries its name (other)",
        ),
        (
            "### gone\n\nWords.\n\n- `a.rs`: `gone`\n",
            "a.rs has no test gone",
        ),
        (
            "### asleep\n\nWords.\n\n- `a.rs`: `asleep`\n",
            "a.rs has no test asleep",
        ),
        (
            "### asleep\n\nWords.\n\n- `b.spec.ts`: `asleep`\n",
            "b.spec.ts has no test asleep",
        ),
        (
            "### helper\n\nWords.\n\n- `a.rs`: `helper`\n",
            "a.rs has no test helper",
        ),
        (
            "### commented-out\n\nWords.\n\n- `a.rs`: `commented_out`\n",
            "has no test commented_out",
        ),
        (
            "### gone\n\nWords.\n\n- `c.rs`: `gone`\n",
            "there is no file c.rs",
        ),
        (
            "### any\n\nWords.\n\n- `a.rs`: `any_number`\n\n### any\n\nWords.\n\n- `a.rs`: `any_number`\n",
            "another rule has this name",
        ),
    ] {
        let told = told(rule);
        assert!(
            told.iter().any(|line| line.contains(mistake)),
            "{mistake} in {told:?}"
        );
    }
}
