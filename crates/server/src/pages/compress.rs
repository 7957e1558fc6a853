//! Compressing a page that is made here. It is done once a page, so it may take some milliseconds.

use std::io::{self, Write};

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Brotli's second highest levels take ten times as long for one percent.
const BROTLI_QUALITY: u32 = 9;
/// The largest window that browsers have to know: 4 MB.
const BROTLI_WINDOW: u32 = 22;
/// Bytes that are compressed at a time.
const BUFFER: usize = 16 * 1024;

/// The content in brotli; nothing if it could not be compressed, which costs the browser time and nothing else.
pub fn brotli(content: &[u8]) -> Option<Bytes> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(content).and_then(|()| writer.flush()).ok()?;
    Some(writer.into_inner().into())
}

/// The same in gzip.
pub fn gzip(content: &[u8]) -> Option<Bytes> {
    let write = || -> io::Result<Vec<u8>> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::best());
        writer.write_all(content)?;
        writer.finish()
    };
    write().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_is_read_back() {
        let content = "Plans and prices. ".repeat(2000);
        let mut read = String::new();
        let brotli = brotli(content.as_bytes()).expect("brotli");
        brotli::Decompressor::new(&brotli[..], BUFFER)
            .read_to_string(&mut read)
            .expect("brotli");
        assert_eq!(read, content);
        read.clear();
        let gzip = gzip(content.as_bytes()).expect("gzip");
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_string(&mut read)
            .expect("gzip");
        assert_eq!(read, content);
        assert!(brotli.len() < 200 && gzip.len() < 500);
    }
}
