//! Writes the folder that the server serves: every page of the site in every language, the page of the application,
//! and their scripts, styles and fonts under names that change with their content.
//!
//! ```text
//! prerender --bundles DIR --catalog FILE --out DIR [--dev]
//! ```
//!
//! `--bundles` is the folder of what Trunk made of the programs, each in a folder of its name. Trunk's own pages are not
//! served: their start script stands in the page, which the content security policy forbids, and it fetches the
//! WebAssembly ahead of everything else, though the page can be read without it.
//!
//! ```text
//! OUT/pricing.html, signup.html, …     one a page, `fr/…` in French
//! OUT/app.html                         the page of everything under /app …
//! OUT/app/administration/invoices.html, …  … but for these addresses and what is below them
//! OUT/robots.txt, sitemap.xml         for search engines
//! OUT/widget.js                        what partners' pages load the widget by
//! OUT/assets/…                         hashed names: may be cached for ever
//! OUT/catalog-version                  the version of the price list that the pages show
//! ```

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

mod arguments;
mod assets;
mod boot;
mod document;
mod hash;
mod program;
mod render;
mod robots;
mod structured_data;
mod styles;
mod widget;

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use onedesk_subscribe::addresses::SitePage;
use onedesk_subscribe::pages::app::addresses;
use onedesk_texts::{Language, table};

use arguments::Arguments;
use assets::Assets;
use program::{Program, Start};

fn main() -> ExitCode {
    match Arguments::from_command_line().and_then(|arguments| run(&arguments)) {
        Ok(pages) => {
            println!("{pages} pages prerendered");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes everything; tells how many pages.
fn run(arguments: &Arguments) -> Result<usize, String> {
    let catalog = onedesk_catalog::load(&arguments.catalog).map_err(|mistakes| mistakes.to_string())?;
    let assets = Assets::new(&arguments.out)?;
    let bundle = |name: &str| arguments.bundles.join(name);
    let public = bundle("site").join("public");
    assets.copy_public(&public)?;
    let site = Program::read(&bundle("site"), Start::OnPage, &assets)?;
    let admin = Program::read(&bundle("admin"), Start::WithTexts, &assets)?;
    let billing = Program::read(&bundle("billing"), Start::WithTexts, &assets)?;
    let records = Program::read(&bundle("records"), Start::WithTexts, &assets)?;
    widget::write(&bundle("widget"), &assets)?;

    let mut pages = 0;
    for language in Language::all() {
        let view = catalog
            .view(language.code())
            .ok_or_else(|| format!("the catalog has no texts in “{language}”"))?;
        let picture = assets.social(&public, language.code())?;
        let texts = table::write(*language, |section| site.sections.contains(section));
        for page in SitePage::ALL {
            let rendered = render::page(page, *language, &view);
            let html = document::site_page(page, &view, &texts, &picture, &rendered, &site, arguments.dev)?;
            let path = page.in_language(*language);
            write(
                &arguments.out,
                &format!("{}.html", path.trim_start_matches('/')),
                &html,
            )?;
            pages += 1;
        }
    }
    let vendor = &catalog.vendor.name;
    // These programs follow each other in a window: they share their texts.
    let texts = loaded_texts(&[&admin, &billing, &records], &assets)?;
    for (program, of) in [
        (&admin, addresses::Program::Admin),
        (&billing, addresses::Program::Billing),
        (&records, addresses::Program::Records),
    ] {
        let html = document::application(vendor, program, &texts, arguments.dev);
        for address in of.area() {
            write(
                &arguments.out,
                &format!("{}.html", address.trim_start_matches('/')),
                &html,
            )?;
            pages += 1;
        }
    }
    write(&arguments.out, "robots.txt", &robots::robots())?;
    write(&arguments.out, "sitemap.xml", &robots::sitemap())?;
    write(&arguments.out, "catalog-version", &catalog.price_list.version)?;
    Ok(pages)
}

/// Writes the texts that some programs load, a file a language; tells their addresses.
fn loaded_texts(programs: &[&Program], assets: &Assets) -> Result<Vec<(Language, String)>, String> {
    let is_needed = |section: &str| programs.iter().any(|program| program.sections.contains(section));
    let languages = Language::all().iter().map(|language| {
        let texts = table::write(*language, is_needed);
        let address = assets.add(&format!("texts-{language}"), "txt", texts.as_bytes())?;
        Ok((*language, address))
    });
    languages.collect()
}

/// Writes a file below the folder, with the folders in between.
fn write(out: &Path, name: &str, content: &str) -> Result<(), String> {
    let path = out.join(name);
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, content))
        .map_err(|error| cannot("write", &path, &error))
}

/// What could not be done with a file.
fn cannot(verb: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {verb} {}: {error}", path.display())
}
