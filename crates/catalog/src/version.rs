//! The name of a price list, made from what is in it.

use std::fmt::Write as _;

use onedesk_pricing::PriceList;
use sha2::{Digest, Sha256};

/// The first 12 hexadecimal digits of the SHA-256 of the list.
///
/// Taken of the list as JSON with an empty version: prices in the order of the currencies, amounts in minor units. So
/// comments, texts, features, spaces and the order of prices in the file leave it as it is, and `"12.0"` is `"12.00"`;
/// two machines give the same file the same version. 48 bits are plenty to tell a vendor's price lists apart.
pub fn of(list: &PriceList) -> String {
    let unnamed = PriceList {
        version: String::new(),
        ..list.clone()
    };
    let json =
        serde_json::to_vec(&unnamed).expect("a price list has no map keys but texts and no fallible types");
    let mut version = String::new();
    for byte in Sha256::digest(json).iter().take(6) {
        write!(version, "{byte:02x}").expect("a String takes all");
    }
    version
}
