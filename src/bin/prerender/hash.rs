//! Names that change with the content.

/// Sixteen hexadecimal digits of the content: FNV-1a, 64 bits. It keeps caches apart; it guards against nobody.
pub(crate) fn of(content: &[u8]) -> String {
    let hash = content.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_values() {
        // From the reference vectors of FNV-1a.
        assert_eq!(super::of(b""), "cbf29ce484222325");
        assert_eq!(super::of(b"foobar"), "85944171f73967e8");
    }
}
