//! What check digits are calculated with. All functions take digits as ASCII, and at most twelve of them.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of a dozen digits, none with a weight over 256, lie far below the limit of 32 bits"
)]

/// The value of an ASCII digit.
pub(super) fn digit(byte: u8) -> u32 {
    u32::from(byte.saturating_sub(b'0'))
}

/// The digits as one number; up to 19 digits fit.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits
        .iter()
        .fold(0, |sum, byte| sum * 10 + u64::from(digit(*byte)))
}

/// What a character counts in an alphabet: its place, from 0.
pub(super) fn place_in(alphabet: &[u8], byte: u8) -> Option<u32> {
    let place = alphabet.iter().position(|known| *known == byte)?;
    u32::try_from(place).ok()
}

/// The sum of each digit times its weight; digits without a weight do not count.
pub(super) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(byte, weight)| digit(*byte) * weight)
        .sum()
}

/// The digits from the right, every second one doubled, beginning with the last but one; of a doubled one its own two
/// digits are added. A number with a check digit after Luhn (ISO/IEC 7812-1) gives a multiple of 10.
pub(super) fn luhn(digits: &[u8]) -> u32 {
    digits
        .iter()
        .rev()
        .map(|byte| digit(*byte))
        .enumerate()
        .map(|(place, digit)| {
            if place % 2 == 0 {
                digit
            } else {
                digit * 2 / 10 + digit * 2 % 10
            }
        })
        .sum()
}

/// Whether the last digit is the check digit of the others after ISO/IEC 7064, MOD 11,10.
pub(super) fn is_mod_11_10(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let product = body.iter().fold(10, |product, byte| {
        let sum = (digit(*byte) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + digit(*check)) % 10 == 1
}

/// The remainder by 97 after ISO/IEC 7064, MOD 97-10, letters counting from A = 10: 1 for a number with its check
/// digits.
pub(super) fn mod_97_10(text: impl IntoIterator<Item = u8>) -> u32 {
    text.into_iter().fold(0, |remainder, byte| {
        if byte.is_ascii_digit() {
            (remainder * 10 + digit(byte)) % 97
        } else {
            (remainder * 100 + u32::from(byte.saturating_sub(b'A')) + 10) % 97
        }
    })
}

/// Whether the digits begin with a day of birth as `YYMMDD`, to whose month one of `offsets` may be added (for the
/// century or the sex). The length of the month is not looked at.
pub(super) fn begins_with_birthday(digits: &[u8], offsets: &[u64]) -> bool {
    let part = |range| digits.get(range).map(number).unwrap_or_default();
    let (month, day) = (part(2..4), part(4..6));
    (1..=31).contains(&day)
        && offsets
            .iter()
            .any(|offset| (offset + 1..=offset + 12).contains(&month))
}
