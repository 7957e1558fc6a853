//! `cargo xtask screenshots`: every screen in every width, theme and language, as pictures in a folder.
//!
//! Those of shared links (`--social`) are drawn of the product's name, words and typeface: `tests/browser/screenshots/social.ts`.
//!
//! Which screens there are, and how each is reached, stands in `tests/browser/screenshots/screens`. They are taken of a
//! server of their own whose data folder `demo/fill.mjs` filled.

use std::env;

use anyhow::{Context, bail};

use crate::chromium;
use crate::cli::ScreenshotsOptions;
use crate::layout::{Layout, Mode};
use crate::playwright;
use crate::progress;
use crate::serve;

/// Widths of the window in CSS pixels.
const WIDTHS: [&str; 3] = ["360", "768", "1440"];
const THEMES: [&str; 2] = ["light", "dark"];

/// Builds what is needed and takes the pictures.
pub fn run(layout: &Layout, options: &ScreenshotsOptions) -> anyhow::Result<()> {
    known("width", &options.widths, &WIDTHS)?;
    known("theme", &options.themes, &THEMES)?;
    layout.known_languages(&options.languages)?;
    // As seen from where the command was typed, not from the project's folder.
    let out = env::current_dir()
        .context("cannot tell the current folder")?
        .join(&options.out);
    if options.social {
        return draw_social(layout);
    }
    let mut steps = serve::steps(layout, Mode::Optimised);
    steps.push(playwright::step(layout));
    progress::carry_out(steps)?;
    if options.readme {
        let picture = layout.at("docs/images/pricing.png");
        playwright::test(layout, &chromium::browser()?)
            .args(["--config", "screenshots.config.ts"])
            .env("SCREENSHOTS_README", &picture)
            .run_openly()
            .context("The picture of the README was not taken: why stands above.")?;
        println!("\nWritten: {}", picture.display());
        return Ok(());
    }
    println!("\nTaking pictures; all of them take some twenty minutes …\n");
    let taking = playwright::test(layout, &chromium::browser()?)
        .args(["--config", "screenshots.config.ts"])
        .env("SCREENSHOTS_OUT", &out)
        .env("SCREENSHOTS_SCREENS", options.screens.join(","))
        .env("SCREENSHOTS_WIDTHS", options.widths.join(","))
        .env("SCREENSHOTS_THEMES", options.themes.join(","))
        .env("SCREENSHOTS_LANGUAGES", options.languages.join(","));
    taking.run_openly().with_context(|| {
        format!(
            "Not every picture was taken: why stands above. Those that were are in {}.",
            out.display()
        )
    })?;
    println!(
        "\nLook at them side by side: {}",
        out.join("index.html").display()
    );
    Ok(())
}

/// Draws what previews of shared links show. The pages hold these pictures, so it has to do without pages.
fn draw_social(layout: &Layout) -> anyhow::Result<()> {
    progress::carry_out(vec![playwright::step(layout)])?;
    let folder = layout.at("public/social");
    playwright::test(layout, &chromium::browser()?)
        .args(["--config", "screenshots.config.ts"])
        .env("SCREENSHOTS_SOCIAL", &folder)
        .run_openly()
        .context("Not every picture of shared links was drawn: why stands above.")?;
    println!("\nWritten: {}", folder.display());
    Ok(())
}

/// Refuses what is not among the known values, and names these.
fn known(option: &str, given: &[String], known: &[&str]) -> anyhow::Result<()> {
    match given.iter().find(|value| !known.contains(&value.as_str())) {
        None => Ok(()),
        Some(value) => bail!("--{option} takes one of {}, not `{value}`.", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_width_is_refused_with_those_that_there_are() {
        assert!(known("width", &["360".into(), "1440".into()], &WIDTHS).is_ok());
        let mistake = known("width", &["1024".into()], &WIDTHS).expect_err("no such width");
        assert_eq!(
            mistake.to_string(),
            "--width takes one of 360, 768, 1440, not `1024`."
        );
    }
}
