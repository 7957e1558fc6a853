//! The small scripts that start programs.

use onedesk_subscribe::session::languages::{PARAMETER, STORAGE_KEY};
use onedesk_subscribe::spoken::{ADDRESS_ATTRIBUTE, HANDED_OVER};
use onedesk_texts::Language;

/// Starts a program whose texts stand in its page. The page can be read before, so script and WebAssembly wait until it
/// was painted (unless it stands in the background, where nothing is), and the program starts in a task of its own:
/// compiling and starting in one go would keep a touch waiting for the sum of both.
pub(crate) fn on_page(script: &str, wasm: &str) -> String {
    format!(
        r#"if (!document.hidden) {{
  await new Promise((painted) => new PerformanceObserver(painted).observe({{ type: "paint", buffered: true }}));
}}
const program = fetch("{wasm}", {{ priority: "low", credentials: "same-origin" }});
const [{{ default: start }}, compiled] = await Promise.all([
  import("{script}"),
  WebAssembly.compileStreaming(program),
]);
await new Promise((resolve) => setTimeout(resolve));
await start({{ module_or_path: compiled }});
"#
    )
}

/// Starts a program together with the texts of the language that is asked for: by the address, else by an earlier visit,
/// else by the browser. Script, WebAssembly and texts are loaded at the same time. If one cannot be had, the page says
/// so and offers to try again.
pub(crate) fn with_texts(script: &str, wasm: &str) -> String {
    WITH_TEXTS
        .replace("$SCRIPT", script)
        .replace("$WASM", wasm)
        .replace("$PARAMETER", PARAMETER)
        .replace("$STORAGE_KEY", STORAGE_KEY)
        .replace("$ATTRIBUTE", ADDRESS_ATTRIBUTE)
        .replace("$HANDED_OVER", HANDED_OVER)
        .replace("$DEFAULT", Language::default().code())
}

const WITH_TEXTS: &str = r#"const languages = new Map(
  [...document.querySelectorAll("template[$ATTRIBUTE]")].map((element) => [element.lang, element]),
);

function remembered() {
  try {
    return localStorage.getItem("$STORAGE_KEY");
  } catch {
    return null; // Storage is forbidden here.
  }
}

const asked = [new URLSearchParams(location.search).get("$PARAMETER"), remembered(), ...navigator.languages];
const known = asked.map((tag) => String(tag).split("-")[0].toLowerCase()).find((code) => languages.has(code));
const language = languages.get(known ?? "$DEFAULT");

async function load(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

try {
  const program = load("$WASM");
  const [{ default: start }, texts] = await Promise.all([
    import("$SCRIPT"),
    load(language.getAttribute("$ATTRIBUTE")).then((answer) => answer.text()),
    program,
  ]);
  globalThis.$HANDED_OVER = texts;
  await start({ module_or_path: program });
} catch (error) {
  document.documentElement.lang = language.lang;
  document.body.replaceChildren(language.content.cloneNode(true));
  throw error;
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_the_script_is_filled_in() {
        let script = with_texts("/assets/a.js", "/assets/a.wasm");
        // `${…}` is the script's own.
        assert!(!script.replace("${", "").contains('$'), "{script}");
        assert!(script.contains("import(\"/assets/a.js\")") && script.contains("load(\"/assets/a.wasm\")"));
        assert!(
            script.contains("template[data-texts]") && script.contains("get(\"lang\")"),
            "{script}"
        );
    }
}
