//! The text of the pages, read back.

use onedesk_invoice_pdf::{DocumentKind, InvoiceDocument, Party, Payment, render};
use onedesk_pricing::{Currency, Money};
use onedesk_texts::Language;

use crate::fixtures::{self, credit_note, goodwill_credit, invoice, pro_forma};
use crate::poppler::{Pdf, squeezed};
use crate::variations::{line, with_lines};

/// The text of the pages of a document; `name` keeps its file apart from those of other tests.
pub fn text_of(name: &str, document: &InvoiceDocument) -> String {
    Pdf::new(
        name,
        &render(document).expect("a document that agrees with itself"),
    )
    .text()
}

/// Fails with the whole text at hand unless every one of `wanted` stands in it.
#[track_caller]
pub fn assert_says(text: &str, wanted: &[&str]) {
    let squeezed = squeezed(text);
    for wanted in wanted {
        let plain = wanted.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(squeezed.contains(&plain), "“{plain}” is not in:\n{text}");
    }
}

#[test]
fn title_number_dates_and_parties_stand_on_the_page() {
    assert_says(
        &text_of("opening-en", &invoice(Language::En)),
        &[
            "OneDesk SAS 12 rue de la Paix 75002 Paris France",
            "Invoice Number 2026-000042",
            "Date November 22, 2026",
            // The period ends before 22 September, the day of the next one.
            "Service period Nov 22, 2026 – Sep 21, 2027",
            "Order 019ab2c4",
            "Paid on November 22, 2026",
            "Atelier Lumière SARL",
            "Attn. Zoé Lefèvre",
            "VAT number FR40303265045",
            "Paid on November 22, 2026 with Visa •••• 4242.",
            "OneDesk SAS · RCS Paris 404 833 048 · VAT number FR83404833048 · billing@onedesk.example",
            "Page 1 of 1",
        ],
    );
    assert_says(
        &text_of("opening-fr", &invoice(Language::Fr)),
        &[
            "Facture Numéro 2026-000042",
            "Date 22 novembre 2026",
            "Période de service 22 nov. 2026 – 21 sept. 2027",
            "Payée le 22 novembre 2026",
            "À l’attention de Zoé Lefèvre",
            "N° de TVA FR40303265045",
            "Payé le 22 novembre 2026 avec Visa •••• 4242.",
            "Page 1 sur 1",
        ],
    );
}

#[test]
fn a_credit_note_shows_amounts_below_zero_and_the_credit_above() {
    assert_says(
        &text_of("credit-en", &credit_note(Language::En)),
        &[
            "Credit note",
            "Credits invoice 2026-000017",
            "Total before tax -€388.80",
            "VAT 20% -€77.76",
            "Total -€466.56",
            "Credited to your account €466.56",
            "€466.56 was added to your account credit.",
        ],
    );
    assert_says(
        &text_of("credit-fr", &credit_note(Language::Fr)),
        &[
            "Avoir",
            "Facture créditée 2026-000017",
            "Total TTC -466,56 €",
            "Porté à votre avoir 466,56 €",
        ],
    );
}

#[test]
fn credit_without_an_invoice_names_its_reason_once_and_no_licence() {
    let text = text_of("goodwill", &goodwill_credit(Language::En));
    assert_says(
        &text,
        &[
            "Goodwill credit Number 2026-000044",
            "Sorry for the outage of Monday",
            "-€20.00",
            "No VAT is credited.",
            "€20.00 was added to your account credit.",
        ],
    );
    for absent in ["licence", "Service period", "Outside the scope"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

#[test]
fn a_pro_forma_invoice_says_how_to_pay_and_that_it_is_no_invoice() {
    assert_says(
        &text_of("pro-forma-en", &pro_forma(Language::En)),
        &[
            "Pro-forma invoice",
            "Due on December 22, 2026",
            "Müller & Söhne GmbH",
            "10435 Berlin Germany",
            "VAT €0.00",
            "Due €7,435.20",
            "Reverse charge: VAT to be accounted for by the recipient (Article 196, Directive 2006/112/EC).",
            "This is a request for payment, not an invoice.",
            "Amount €7,435.20",
            "Reference PF-2026-000007",
            "IBAN FR76 3000 6000 0112 3456 7890 189",
            "BIC AGRIFRPP",
            "Bank Crédit Agricole",
            "Account holder OneDesk SAS",
        ],
    );
    assert_says(
        &text_of("pro-forma-fr", &pro_forma(Language::Fr)),
        &[
            "Facture pro forma",
            "À payer 7 435,20 €",
            "Autoliquidation : TVA due par le preneur",
            "Comment payer",
        ],
    );
}

#[test]
fn what_was_paid_by_transfer_is_not_asked_for_again() {
    let document = InvoiceDocument {
        payment: pro_forma(Language::En).payment,
        ..invoice(Language::En)
    };
    let text = text_of("paid-by-transfer", &document);
    assert_says(
        &text,
        &["Paid on November 22, 2026 by bank transfer, reference PF-2026-000007."],
    );
    assert!(!text.contains("IBAN"), "{text}");
}

#[test]
fn an_invoice_that_credit_covers_asks_for_nothing() {
    let mut document = invoice(Language::En);
    let amounts = &mut document.amounts;
    (amounts.credit_used, amounts.due) = (amounts.gross, Money::zero(Currency::EUR));
    document.paid_on = None;
    document.payment = None;
    assert_says(
        &text_of("covered", &document),
        &[
            "Account credit used -€1,762.78",
            "Due €0.00",
            "Paid from your account credit. Nothing is left to pay.",
        ],
    );
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    for (currency, minor, english, french) in [
        (Currency::JPY, 1_234_567, "¥1,234,567", "1 234 567 JPY"),
        (Currency::KWD, 1_234_567, "KWD 1,234.567", "1 234,567 KWD"),
        (Currency::EUR, 1_234_567, "€12,345.67", "12 345,67 €"),
    ] {
        for (language, amount) in [(Language::En, english), (Language::Fr, french)] {
            let lines = vec![line("Premium", "3 × 1", Money::new(minor, currency))];
            let document = with_lines(language, currency, 0, lines);
            let text = text_of(&format!("{currency}-{language}"), &document);
            // The line, the net amount, the total and what was paid.
            let plain = squeezed(&text);
            assert_eq!(plain.matches(amount).count(), 4, "{amount}:\n{text}");
        }
    }
}

#[test]
fn the_largest_amount_fits_its_place() {
    let most = Money::new(i64::MAX, Currency::from_code("XOF").expect("a currency"));
    let document = with_lines(Language::Fr, most.currency, 0, vec![line("Premium", "…", most)]);
    assert_says(
        &text_of("largest", &document),
        &["Payé 9 223 372 036 854 775 807 F CFA"],
    );
}

#[test]
fn sixty_lines_take_several_pages_each_with_the_head_of_the_table() {
    let lines: Vec<_> = (1..=60)
        .map(|number| {
            let text = format!("{number} × €10.00 × 1 month");
            line(
                &format!("Plan {number}"),
                &text,
                Money::new(1000 * number, Currency::EUR),
            )
        })
        .collect();
    let document = with_lines(Language::En, Currency::EUR, 2000, lines);
    let text = text_of("sixty", &document);
    let pages: Vec<&str> = text
        .split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .collect();
    assert!(pages.len() >= 3, "{} pages", pages.len());
    for (page, number) in pages.iter().zip(1..) {
        assert_says(
            page,
            &[
                "Description Quantity Amount",
                &format!("Page {number} of {}", pages.len()),
                "VAT number FR83404833048",
            ],
        );
        assert_eq!(number == 1, !page.contains("Invoice 2026-000042"), "{page}");
    }
    for line in &document.lines {
        let once = text
            .lines()
            .filter(|text| text.trim().starts_with(&line.text))
            .count();
        assert_eq!(once, 1, "{}", line.text);
    }
    assert_says(
        pages.last().expect("a page"),
        &["Total before tax €18,300.00", "Paid €21,960.00"],
    );
}

#[test]
fn a_line_longer_than_a_page_goes_on_on_the_next() {
    let words: Vec<String> = (0..2500).map(|number| format!("word{number}")).collect();
    let lines = vec![line("Premium", &words.join(" "), Money::new(1000, Currency::EUR))];
    let text = text_of("endless", &with_lines(Language::En, Currency::EUR, 2000, lines));
    assert!(text.matches('\u{c}').count() >= 3);
    for word in words {
        assert!(
            text.split_whitespace().any(|found| found == word),
            "{word} is lost"
        );
    }
}

#[test]
fn long_names_are_wrapped_and_lose_nothing() {
    let name = "Gesellschaft für Landeskultur und Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten mbH & Co. KG";
    let mut document = invoice(Language::En);
    document.buyer.name = name.into();
    document.buyer.address =
        vec!["Straße des Siebzehnten Juni 135, Gebäude C, Hinterhaus, vierter Stock links".into()];
    document.seller.name =
        "Société anonyme des établissements réunis de la région Auvergne-Rhône-Alpes et fils".into();
    let text = text_of("long-names", &document);
    // The buyer's block, without the facts on its right and without its line breaks.
    let left: String = text
        .lines()
        .map(|line| line.chars().take(60).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ");
    let joined: String = left.split_whitespace().collect();
    let wanted: String = name.split_whitespace().collect();
    assert!(joined.contains(&wanted), "{wanted}\n{text}");
    assert_says(
        &text,
        &["Société anonyme des établissements réunis de la région Auvergne-Rhône-Alpes et fils"],
    );
}

#[test]
fn names_of_all_europe_are_printed_and_copied_as_they_are() {
    for (name, number) in [
        "Škoda Łódź a. s.",
        "Ελλάδα Α.Ε.",
        "O’Neill & Sons <Dublin>",
        "Завод «Київ» ЛТД",
        "Țară Őrség Çağrı Þór Ġużè",
        "Nguyễn Thị Ánh",
    ]
    .iter()
    .zip(0..)
    {
        let mut document = invoice(Language::En);
        document.buyer.name = (*name).into();
        assert_says(&text_of(&format!("europe-{number}"), &document), &[name]);
    }
}

#[test]
fn any_character_makes_a_file() {
    // A sample of every plane, the surrogates left out as Rust does; and what looks like nothing or turns text round.
    let all: Vec<char> = (0..=0x10_ffff).step_by(211).filter_map(char::from_u32).collect();
    for (name, number) in all
        .chunks(1500)
        .map(|chunk| chunk.iter().collect::<String>())
        .chain(["株式会社 \u{202e}שלום\u{202c} \u{0} \u{f8ff} 🎉 \u{feff}\u{fffe}\u{ffff}".to_owned()])
        .zip(0..)
    {
        let mut document = invoice(Language::Fr);
        document.buyer.name = format!("A{name}");
        document.lines[0].text = format!("A{name}");
        document.notes = vec![name];
        let text = text_of(&format!("any-{number}"), &document);
        assert_says(&text, &["1 712,78 €"]);
    }
}

#[test]
fn notes_and_a_mention_of_its_own_are_printed() {
    let mut document = invoice(Language::En);
    document.tax.mention = Some("VAT on debits.".into());
    document.notes = vec!["Late payment: 12 % a year and a fixed charge of 40 €.".into()];
    assert_says(
        &text_of("notes", &document),
        &["VAT on debits.", "Late payment: 12 % a year"],
    );
}

#[test]
fn what_is_empty_leaves_no_gap() {
    let mut document = invoice(Language::En);
    document.buyer = Party {
        name: "Acme".into(),
        country: "US".into(),
        contact: Some(" ".into()),
        address: vec![String::new()],
        vat_number: Some(String::new()),
        ..Party::default()
    };
    document.payment = Some(Payment::Card("Visa •••• 4242".into()));
    let text = text_of("empty", &document);
    assert_says(&text, &["Acme"]);
    assert!(!text.contains("Attn."), "{text}");
    assert!(squeezed(&text).contains("United States"), "{text}");
}

#[test]
fn each_kind_has_its_title() {
    for (document, title) in [
        (invoice(Language::En), "Invoice 2026-000042"),
        (credit_note(Language::En), "Credit note 2026-000043"),
        (goodwill_credit(Language::En), "Goodwill credit 2026-000044"),
        (pro_forma(Language::En), "Pro-forma invoice PF-2026-000007"),
    ] {
        let kind = document.kind;
        let pdf = Pdf::new(&format!("title-{kind:?}"), &render(&document).expect("a fixture"));
        assert!(pdf.info().contains(title), "{title}: {}", pdf.info());
        assert_eq!(
            kind == DocumentKind::ProForma,
            pdf.attachments().contains("0 embedded files")
        );
    }
    assert_eq!(fixtures::seller().country, "FR");
}
