//! Writes sample documents to `target/invoice-samples`, so that anybody can look at them:
//! `cargo run -p onedesk-invoice-pdf --example sample`.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use onedesk_invoice_pdf::{Amounts, InvoiceDocument, electronic_invoice, render};
use onedesk_texts::Language;

#[path = "../tests/documents/fixtures.rs"]
mod fixtures;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/invoice-samples"),
        Into::into,
    );
    fs::create_dir_all(&folder)?;
    for language in Language::all() {
        for (name, document) in [
            ("invoice", fixtures::invoice(*language)),
            ("credit-note", fixtures::credit_note(*language)),
            ("goodwill-credit", fixtures::goodwill_credit(*language)),
            ("pro-forma", fixtures::pro_forma(*language)),
            ("long", long(*language)?),
        ] {
            let file = folder.join(format!("{name}-{language}.pdf"));
            fs::write(&file, render(&document)?)?;
            println!("{}", file.display());
            if let Some(xml) = electronic_invoice(&document)? {
                fs::write(file.with_extension("xml"), xml)?;
            }
        }
    }
    Ok(())
}

/// An invoice of many lines, over several pages.
fn long(language: Language) -> Result<InvoiceDocument, Box<dyn Error>> {
    let mut document = fixtures::invoice(language);
    let line = document.lines.swap_remove(0);
    let net = line.net.times(60)?;
    let tax = net.prorate(document.tax.rate.into(), 10_000)?;
    let gross = net.checked_add(tax)?;
    let due = gross.checked_sub(document.amounts.credit_used)?;
    document.lines = vec![line; 60];
    document.amounts = Amounts {
        net,
        tax,
        gross,
        due,
        ..document.amounts
    };
    Ok(document)
}
