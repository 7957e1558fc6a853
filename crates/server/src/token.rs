//! Secrets that are handed out in cookies and letters.

use sha2::{Digest, Sha256};

use crate::encoding::base64url;

/// 256 random bits as text. Handed out once; what stays is its [`Token::hash`]. Not shown by `Debug`.
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new() -> Self {
        Self(base64url(&rand::random::<[u8; 32]>()))
    }

    /// The text to hand out.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What the database keeps of a token. A plain hash will do: there is nothing to guess in 256 random bits.
pub fn hash(token: &str) -> String {
    base64url(&Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_are_hashed() {
        let (one, other) = (Token::new(), Token::new());
        assert_ne!(one.expose(), other.expose());
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one.hash(), one.expose());
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
