//! Signed notifications: HMAC-SHA256 over the time of sending and the body.
//!
//! The header reads `t=<Unix seconds>,v1=<64 hexadecimal digits>`; what is signed is `<Unix seconds>.<body>`. The time
//! is part of it so that a recorded notification cannot be sent again much later. Several `v1` may stand side by side
//! (a provider that changes its key sends both for a while); one that fits is enough.

use hmac::{Hmac, KeyInit, Mac};
use onedesk_contract::Instant;
use sha2::Sha256;

/// How far the time of sending may lie from now, either way, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// The most `v1` that are looked at: a header with more is none of ours.
const MAX_CODES: usize = 5;

/// Why a notification is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// No header, or none of the documented form.
    #[error("the signature header is missing, or is not of the form t=…,v1=…")]
    Malformed,
    /// Not signed with our key, or altered on its way.
    #[error("the signature does not belong to this body")]
    Mismatch,
    /// Signed too long ago, or in the future.
    #[error("the notification was signed at another time; send it again, newly signed")]
    OutsideTolerance,
}

/// The header of a notification that is sent now.
pub fn sign(key: &[u8], now: Instant, body: &[u8]) -> String {
    let seconds = now.as_second();
    let code = hex(&mac(key, seconds, body).finalize().into_bytes());
    format!("t={seconds},v1={code}")
}

/// Refuses what was not signed with the key just now. Takes the same time wherever the signatures differ.
pub fn verify(key: &[u8], now: Instant, header: Option<&str>, body: &[u8]) -> Result<(), SignatureError> {
    let header = header.ok_or(SignatureError::Malformed)?;
    let mut seconds = None;
    let mut codes = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", text)) => seconds = text.parse::<i64>().ok(),
            Some(("v1", text)) if codes.len() <= MAX_CODES => codes.extend(unhex(text)),
            _ => {}
        }
    }
    let seconds = seconds.ok_or(SignatureError::Malformed)?;
    if codes.is_empty() || codes.len() > MAX_CODES {
        return Err(SignatureError::Malformed);
    }
    // Judged before the time is: who has no key learns nothing about the server's clock.
    let ours = mac(key, seconds, body);
    if !codes.iter().any(|code| ours.clone().verify_slice(code).is_ok()) {
        return Err(SignatureError::Mismatch);
    }
    if now.as_second().abs_diff(seconds) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(SignatureError::OutsideTolerance);
    }
    Ok(())
}

fn mac(key: &[u8], seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).expect("a nibble is below 16");
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// 32 bytes from 64 digits.
fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 {
        return None;
    }
    let digits: Vec<u8> = text
        .chars()
        .map(|char| char.to_digit(16))
        .map(|d| d?.try_into().ok())
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| (pair[0] << 4) | pair[1])
        .collect();
    bytes.try_into().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "an instant that should be had fails the test")]
mod tests {
    use super::*;

    const KEY: &[u8] = b"key";
    const BODY: &[u8] = br#"{"checkout":"c"}"#;

    fn at(second: i64) -> Instant {
        Instant::from_second(second).unwrap()
    }

    #[test]
    fn what_was_signed_is_taken_within_the_tolerance() {
        let header = sign(KEY, at(1000), BODY);
        for now in [700, 1000, 1300] {
            assert_eq!(verify(KEY, at(now), Some(&header), BODY), Ok(()), "at {now}");
        }
        for now in [699, 1301] {
            assert_eq!(
                verify(KEY, at(now), Some(&header), BODY),
                Err(SignatureError::OutsideTolerance)
            );
        }
    }

    #[test]
    fn another_key_body_or_time_is_refused() {
        let header = sign(KEY, at(1000), BODY);
        assert_eq!(
            verify(b"kex", at(1000), Some(&header), BODY),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verify(KEY, at(1000), Some(&header), b"{}"),
            Err(SignatureError::Mismatch)
        );
        let moved = header.replace("t=1000", "t=1001");
        assert_eq!(
            verify(KEY, at(1000), Some(&moved), BODY),
            Err(SignatureError::Mismatch)
        );
    }

    #[test]
    fn a_header_that_is_none_is_refused() {
        let code = "0".repeat(64);
        for header in [
            "",
            "t=1000",
            "v1=00",
            &code,
            "t=,v1=",
            &format!("v1={code}"),
            &format!("t=x,v1={code}"),
        ] {
            let refused = verify(KEY, at(1000), Some(header), BODY);
            assert_eq!(refused, Err(SignatureError::Malformed), "{header}");
        }
        assert_eq!(verify(KEY, at(1000), None, BODY), Err(SignatureError::Malformed));
    }

    #[test]
    fn one_of_two_signatures_is_enough() {
        let header = format!("{},v1={}", sign(KEY, at(1000), BODY), "0".repeat(64));
        assert_eq!(verify(KEY, at(1000), Some(&header), BODY), Ok(()));
    }

    #[test]
    fn a_header_of_many_signatures_is_not_worked_through() {
        let zeros = |number| format!(",v1={}", "0".repeat(64)).repeat(number);
        let signed = sign(KEY, at(1000), BODY);
        let header = format!("{signed}{}", zeros(4));
        assert_eq!(verify(KEY, at(1000), Some(&header), BODY), Ok(()));
        for more in [5, 1000] {
            let header = format!("{signed}{}", zeros(more));
            assert_eq!(
                verify(KEY, at(1000), Some(&header), BODY),
                Err(SignatureError::Malformed)
            );
        }
    }

    /// RFC 4231, test case 2, shows that the code is the HMAC-SHA256 that other software computes.
    #[test]
    fn the_code_is_hmac_sha_256() {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(b"what do ya want for nothing?");
        let code = hex(&mac.finalize().into_bytes());
        assert_eq!(
            code,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
