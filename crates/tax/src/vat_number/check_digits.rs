//! One check a country: whether the check digits fit, for the part behind the prefix in one of the country's forms.
//!
//! Source, where nothing else is said: *VIES – VAT number construction rules* 15.0. Not followed are its lists of parts
//! that were given out by then (provinces, ranges): a number from a new range must not be refused.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums and remainders of a dozen digits; what is subtracted is never larger than what it is taken from"
)]

use super::arithmetic::{
    begins_with_birthday, digit, is_mod_11_10, luhn, mod_97_10, number, place_in, weighted,
};

pub(super) fn austria(national: &[u8]) -> bool {
    let Some((check, [_, body @ ..])) = national.split_last() else {
        return false;
    };
    (luhn(body) + digit(*check) + 4).is_multiple_of(10)
}

pub(super) fn belgium(national: &[u8]) -> bool {
    let Some((body, check)) = national.split_last_chunk::<2>() else {
        return false;
    };
    let check = number(check);
    (1..=97).contains(&check) && (number(body) + check).is_multiple_of(97)
}

/// Nine digits: companies. Ten: the personal number (ЕГН), the number of a foreigner (ЛНЧ), or one of the tax office;
/// which of them cannot be seen, so that one of the three checks has to fit.
pub(super) fn bulgaria(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let check = digit(*check);
    if body.len() == 8 {
        let first = weighted(body, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
        let second = weighted(body, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11;
        return check == if first == 10 { second } else { first } % 10;
    }
    let personal = weighted(body, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    let foreigner = weighted(body, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    let other = weighted(national, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11;
    (check == personal && begins_with_birthday(body, &[0, 20, 40])) || check == foreigner || other == 0
}

/// Source: eCH-0097 (business identification number, *UID*), modulus 11.
pub(super) fn switzerland(national: &[u8]) -> bool {
    let digits = national.get(1..10).unwrap_or_default();
    weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 1]).is_multiple_of(11)
}

pub(super) fn cyprus(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let odd_place = |digit| match digit {
        0 => 1,
        1 => 0,
        2 => 5,
        3 => 7,
        4 => 9,
        _ => digit * 2 + 3,
    };
    let sum: u32 = body
        .iter()
        .map(|byte| digit(*byte))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { odd_place(digit) } else { digit })
        .sum();
    u32::from(check.saturating_sub(b'A')) == sum % 26
}

/// Eight digits: companies. Nine beginning with 6: special cases. Otherwise nine or ten: a person's birth number (*rodné
/// číslo*); the one of nine digits, given out until 1953, has no check digit: only its date is looked at.
pub(super) fn czechia(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let check = digit(*check);
    let sum = |digits| weighted(digits, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    let is_birth_number = |digits| begins_with_birthday(digits, &[0, 20, 50, 70]);
    match *body {
        [first, ..] if body.len() == 7 => {
            let expected = match sum(body) {
                0 => 1,
                1 => 0,
                remainder => (11 - remainder) % 10,
            };
            first != b'9' && check == expected
        }
        [b'6', ref rest @ ..] if body.len() == 8 => {
            // 9 less the distance to the next multiple of 11, which is 1 to 11; below zero, 10 more.
            let distance = 11 - sum(rest);
            check == (19 - distance) % 10
        }
        _ if body.len() == 8 => is_birth_number(body) && number(body) / 1_000_000 <= 53,
        // Until 1985 a remainder of 10 was written as 0.
        _ => is_birth_number(body) && u64::from(check) == number(body) % 11 % 10,
    }
}

/// ISO/IEC 7064, MOD 11,10.
pub(super) fn germany_and_croatia(national: &[u8]) -> bool {
    is_mod_11_10(national)
}

pub(super) fn denmark(national: &[u8]) -> bool {
    weighted(national, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn estonia(national: &[u8]) -> bool {
    weighted(national, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

pub(super) fn greece(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    weighted(body, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digit(*check)
}

/// Persons: eight digits (DNI), seven after X, Y or Z (foreigners, NIE) or after K, L or M, and a letter from modulus 23.
/// Companies and public bodies (CIF): a letter, seven digits, and a digit after Luhn or the letter that stands for it.
/// Which of the two belongs to which kind of body is told differently in different places, so both are let through.
pub(super) fn spain(national: &[u8]) -> bool {
    let &[first, ref body @ .., check] = national else {
        return false;
    };
    // `body` is digits: in both forms only the first and the last character can be a letter.
    let letter =
        |number: u64| b"TRWAGMYFPDXBNJZSQVHLCKE".get(usize::try_from(number % 23).unwrap_or_default());
    match first {
        b'0'..=b'9' => letter(u64::from(digit(first)) * 10_000_000 + number(body)) == Some(&check),
        b'X' | b'Y' | b'Z' => letter(u64::from(first - b'X') * 10_000_000 + number(body)) == Some(&check),
        b'K' | b'L' | b'M' => letter(number(body)) == Some(&check),
        b'I' | b'O' | b'T' => false,
        _ => {
            let value = if check.is_ascii_digit() {
                Some(digit(check))
            } else {
                place_in(b"JABCDEFGHI", check)
            };
            let without_check = luhn(&[body, b"0"].concat());
            value.is_some_and(|value| (without_check + value).is_multiple_of(10))
        }
    }
}

pub(super) fn finland(national: &[u8]) -> bool {
    weighted(national, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// A key of two characters and the company's number (SIREN), which has a check digit after Luhn; Monaco's begin with
/// three zeros and have none. A key of two digits is checked by 97 (the old style); one with letters (all but I and O) is
/// a number made of both characters, checked by 11 (the new style).
pub(super) fn france(national: &[u8]) -> bool {
    let &[first, second, ref siren @ ..] = national else {
        return false;
    };
    if !siren.starts_with(b"000") && !luhn(siren).is_multiple_of(10) {
        return false;
    }
    let value = number(siren);
    if first.is_ascii_digit() && second.is_ascii_digit() {
        return number(&[first, second]) == (value * 100 + 12) % 97;
    }
    let place = |byte| place_in(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", byte).map(u64::from);
    let (Some(first_place), Some(second_place)) = (place(first), place(second)) else {
        return false;
    };
    // Never below zero: of the two characters one is a letter, so that the number is at least 10, and 340 if it is the
    // first one.
    let key = if first.is_ascii_digit() {
        first_place * 24 + second_place - 10
    } else {
        first_place * 34 + second_place - 100
    };
    (value + key / 11 + 1) % 11 == key % 11
}

/// Nine digits, or twelve for a branch: modulus 97, or since November 2009 a check number 55 lower (42 higher), which HM
/// Revenue & Customs calls 9755. Departments (GD000 to GD499) and health authorities (HA500 to HA999) have no check
/// digits. Northern Ireland alike.
pub(super) fn united_kingdom(national: &[u8]) -> bool {
    match *national {
        [b'G', b'D', first, ..] => first <= b'4',
        [b'H', b'A', first, ..] => first >= b'5',
        _ => matches!(weighted(national, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97, 0 | 42),
    }
}

pub(super) fn hungary(national: &[u8]) -> bool {
    weighted(national, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

/// Seven digits and a check letter, and since 2013 a second letter, which counts nine times; or the old form, whose
/// second character is a letter or sign and does not count.
pub(super) fn ireland(national: &[u8]) -> bool {
    let sum = |digits| weighted(digits, &[8, 7, 6, 5, 4, 3, 2]);
    let (sum, check, second) = match *national {
        // Counts as 0 and the five digits, and then the first.
        [first, sign, ref rest @ .., check] if !sign.is_ascii_digit() => {
            (weighted(rest, &[7, 6, 5, 4, 3]) + digit(first) * 2, check, b'W')
        }
        [ref digits @ .., check] if digits.len() == 7 => (sum(digits), check, b'W'),
        [ref digits @ .., check, second] => (sum(digits), check, second),
        _ => return false,
    };
    let place = |letter| place_in(b"WABCDEFGHIJKLMNOPQRSTUV", letter);
    let Some(second) = place(second).filter(|place| *place <= 9) else {
        return false;
    };
    place(check) == Some((sum + second * 9) % 23)
}

pub(super) fn italy(national: &[u8]) -> bool {
    luhn(national).is_multiple_of(10)
}

/// Nine digits: companies; twelve: persons and those registered for a time.
pub(super) fn lithuania(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let first = weighted(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]) % 11;
    let second = weighted(body, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) % 11;
    digit(*check) == if first == 10 { second } else { first } % 10
}

pub(super) fn luxembourg(national: &[u8]) -> bool {
    let Some((body, check)) = national.split_last_chunk::<2>() else {
        return false;
    };
    number(body) % 89 == number(check)
}

/// Companies begin with 4 to 9. Persons' numbers, which begin with 0 to 3, have no published check digit (the ones given
/// out since 2017 have no date either): only their form is looked at.
pub(super) fn latvia(national: &[u8]) -> bool {
    national.first().is_some_and(|first| *first <= b'3')
        || weighted(national, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

pub(super) fn malta(national: &[u8]) -> bool {
    let Some((body, check)) = national.split_last_chunk::<2>() else {
        return false;
    };
    u64::from(37 - weighted(body, &[3, 4, 6, 7, 8, 9]) % 37) == number(check)
}

/// Nine digits, B, and a suffix from 01. Companies: modulus 11 of the nine digits; sole traders since 2020: ISO/IEC 7064,
/// MOD 97-10, of the whole number with its prefix (Belastingdienst, *btw-id*). Which of them cannot be seen, so that one
/// of the two has to fit.
pub(super) fn netherlands(national: &[u8]) -> bool {
    let Some((check, body)) = national.get(..9).and_then(<[u8]>::split_last) else {
        return false;
    };
    let company = weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digit(*check);
    let sole_trader = mod_97_10(b"NL".iter().chain(national).copied()) == 1;
    !national.ends_with(b"00") && (company || sole_trader)
}

/// Source: Brønnøysundregistrene (*organisasjonsnummer*), modulus 11.
pub(super) fn norway(national: &[u8]) -> bool {
    let digits = national.get(..9).unwrap_or_default();
    weighted(digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn poland(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    weighted(body, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(*check)
}

pub(super) fn portugal(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let expected = match weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        remainder => 11 - remainder,
    };
    digit(*check) == expected
}

/// Two to ten digits; the weights belong to the places from the right.
pub(super) fn romania(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    let from_right: Vec<u8> = body.iter().rev().copied().collect();
    weighted(&from_right, &[2, 3, 5, 7, 1, 2, 3, 5, 7]) * 10 % 11 % 10 == digit(*check)
}

/// The ten digits of the organisation with a check digit after Luhn, and 01 to 94 for its parts.
pub(super) fn sweden(national: &[u8]) -> bool {
    let Some((organisation, part)) = national.split_last_chunk::<2>() else {
        return false;
    };
    luhn(organisation).is_multiple_of(10) && (1..=94).contains(&number(part))
}

pub(super) fn slovenia(national: &[u8]) -> bool {
    let Some((check, body)) = national.split_last() else {
        return false;
    };
    // A remainder of 0 gives 11, and such numbers are not given out.
    let remainder = weighted(body, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    remainder != 0 && digit(*check) == (11 - remainder) % 10
}

pub(super) fn slovakia(national: &[u8]) -> bool {
    let third_fits = national
        .get(2)
        .is_some_and(|third| matches!(third, b'2' | b'3' | b'4' | b'7' | b'8' | b'9'));
    third_fits && number(national).is_multiple_of(11)
}
