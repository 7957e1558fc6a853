//! Telling readers that a file is a Factur-X invoice.
//!
//! Factur-X 1.0, 6.2.1, wants four properties in the metadata (XMP) of the file, and PDF/A wants their schema described
//! beside them. `krilla` writes the metadata by itself and takes no further properties, so they are added afterwards, in
//! the way that PDF has for changing a finished file: an incremental update (ISO 32000-1, 7.5.6). The new metadata, a
//! table that says where it stands, and a trailer that points to the old table are appended; no byte before them changes.

use crate::DocumentError;

/// What the metadata begins to hold: the properties.
const PROPERTIES: &str = concat!(
    r#"<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">"#,
    "<fx:DocumentType>INVOICE</fx:DocumentType>",
    "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
    "<fx:Version>1.0</fx:Version>",
    "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
    "</rdf:Description>",
);

/// The description of their schema, one more in the list that PDF/A keeps.
const SCHEMA: &str = concat!(
    r#"<rdf:li rdf:parseType="Resource">"#,
    "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq>",
    r#"<rdf:li rdf:parseType="Resource"><pdfaProperty:name>DocumentFileName</pdfaProperty:name>"#,
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The name of the embedded XML document</pdfaProperty:description></rdf:li>",
    r#"<rdf:li rdf:parseType="Resource"><pdfaProperty:name>DocumentType</pdfaProperty:name>"#,
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The type of the hybrid document</pdfaProperty:description></rdf:li>",
    r#"<rdf:li rdf:parseType="Resource"><pdfaProperty:name>Version</pdfaProperty:name>"#,
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The version of the standard of the embedded XML</pdfaProperty:description></rdf:li>",
    r#"<rdf:li rdf:parseType="Resource"><pdfaProperty:name>ConformanceLevel</pdfaProperty:name>"#,
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The conformance level of the embedded XML</pdfaProperty:description></rdf:li>",
    "</rdf:Seq></pdfaSchema:property></rdf:li>",
);

/// The file with the properties added to its metadata.
///
/// # Errors
/// [`DocumentError::File`] if the file is not built as `krilla` builds one: then nothing is guessed.
pub(crate) fn add(mut pdf: Vec<u8>) -> Result<Vec<u8>, DocumentError> {
    let update = update(&pdf)
        .ok_or_else(|| DocumentError::File("its metadata is not where it is expected".to_owned()))?;
    pdf.extend_from_slice(&update);
    Ok(pdf)
}

/// What is appended to the file.
fn update(pdf: &[u8]) -> Option<Vec<u8>> {
    let table_start: usize = number_after(pdf.get(find_last(pdf, b"startxref")?..)?, b"startxref")?;
    let table = pdf.get(table_start..)?;
    let trailer = table.get(find(table, b"trailer")? + b"trailer".len()..find_last(table, b"startxref")?)?;
    let trailer = std::str::from_utf8(trailer).ok()?.trim();

    let catalog = object(pdf, table, number_after(trailer.as_bytes(), b"/Root ")?)?;
    let id: usize = number_after(catalog, b"/Metadata ")?;
    let metadata = object(pdf, table, id)?;
    let length: usize = number_after(metadata, b"/Length ")?;
    let stream = metadata.get(find(metadata, b"stream")? + b"stream".len()..)?;
    let stream = stream
        .strip_prefix(b"\r\n")
        .or_else(|| stream.strip_prefix(b"\n"))?;
    let xmp = with_properties(std::str::from_utf8(stream.get(..length)?).ok()?)?;

    let mut out = Vec::new();
    if !pdf.ends_with(b"\n") {
        out.push(b'\n');
    }
    let object_start = pdf.len() + out.len();
    out.extend_from_slice(
        format!(
            "{id} 0 obj\n<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{xmp}\nendstream\nendobj\n",
            xmp.len()
        )
        .as_bytes(),
    );
    let update_start = pdf.len() + out.len();
    let entries = trailer.strip_suffix(">>")?.trim_end();
    out.extend_from_slice(
        format!(
            "xref\n{id} 1\n{object_start:010} 00000 n\r\ntrailer\n{entries}\n/Prev {table_start}\n>>\nstartxref\n\
             {update_start}\n%%EOF\n"
        )
        .as_bytes(),
    );
    Some(out)
}

/// The metadata with the properties and the description of their schema.
fn with_properties(xmp: &str) -> Option<String> {
    let list = "<pdfaExtension:schemas><rdf:Bag>";
    let schemas = xmp.find(list)? + list.len();
    let end = xmp.find("</rdf:RDF>").filter(|end| *end > schemas)?;
    let (head, tail) = xmp.split_at_checked(end)?;
    let (before, after) = head.split_at_checked(schemas)?;
    // The description uses namespaces that the list's own element declares.
    let declared = ["xmlns:pdfaSchema=", "xmlns:pdfaProperty="]
        .iter()
        .all(|namespace| before.contains(namespace));
    declared.then(|| [before, SCHEMA, after, PROPERTIES, tail].concat())
}

/// The bytes from where an object begins, found through the table of a file that was written in one go.
fn object<'a>(pdf: &'a [u8], table: &[u8], id: usize) -> Option<&'a [u8]> {
    const ENTRY: usize = 20;
    let entries = table.strip_prefix(b"xref\n0 ")?;
    let entries = entries.get(find(entries, b"\n")? + 1..)?;
    let entry = entries.get(id.checked_mul(ENTRY)?..)?.get(..ENTRY)?;
    let offset: usize = std::str::from_utf8(entry.get(..10)?).ok()?.parse().ok()?;
    let object = pdf.get(offset..)?;
    object
        .starts_with(format!("{id} 0 obj").as_bytes())
        .then_some(object)
}

/// The whole number that follows a key.
fn number_after(bytes: &[u8], key: &[u8]) -> Option<usize> {
    let text = bytes.get(find(bytes, key)? + key.len()..)?.trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(text.get(..digits)?).ok()?.parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_built_otherwise_is_refused() {
        for pdf in [
            &b""[..],
            b"startxref",
            b"startxref\n99999\n%%EOF",
            b"xref\n0 1\ntrailer\n<<>>\nstartxref\n0\n%%EOF",
        ] {
            assert!(matches!(add(pdf.to_vec()), Err(DocumentError::File(_))));
        }
    }
}
