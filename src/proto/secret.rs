//! The API key, kept from every place where it could be seen.
//!
//! In: the text a caller configured. Out: a value that prints as `[REDACTED]` and has one reader,
//! [`OutgoingRequest::authorization`](super::request::OutgoingRequest::authorization).

use core::fmt;

use super::text::{Alphabet, is_blank};

/// An API key: printable ASCII without whitespace, so that it is a valid header value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret<'a>(&'a str);

/// What a key is made of, as are codes and IDs that a service names: the visible characters of ASCII.
pub(super) const PRINTABLE: Alphabet = Alphabet::alphanumeric_and(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

impl<'a> Secret<'a> {
    /// Takes `text` as a key, or says what is wrong with it (never what it is).
    pub fn parse(text: &'a str) -> Result<Self, &'static str> {
        if is_blank(text) {
            return Err(Self::REQUIRED);
        }
        if !PRINTABLE.consists_of(text) {
            return Err("must be ASCII without whitespace or control characters");
        }
        Ok(Self(text))
    }

    /// What a missing, empty, blank or non-text key is told.
    pub const REQUIRED: &'static str = "is required: pass the secret key from the service's dashboard";

    pub(super) fn expose(self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[REDACTED]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_shows_when_printed() {
        let secret = Secret::parse("rk_canary").unwrap();
        assert_eq!(format!("{secret:?}"), "[REDACTED]");
    }

    #[test]
    fn every_printable_character_can_be_in_a_key() {
        for character in '\0'..='\u{ff}' {
            assert_eq!(
                Secret::parse(&format!("rk_{character}")).is_ok(),
                character.is_ascii_graphic(),
                "{character:?}"
            );
        }
    }

    #[test]
    fn a_blank_key_is_a_missing_key() {
        for text in ["", " ", "\t\n"] {
            assert_eq!(Secret::parse(text), Err(Secret::REQUIRED));
        }
    }

    #[test]
    fn whitespace_control_and_non_ascii_characters_are_refused_without_quoting_the_key() {
        for text in ["rk_a b", "rk_a\n", "rk_\u{7f}", "rk_é"] {
            let words = Secret::parse(text).unwrap_err();
            assert_ne!(words, Secret::REQUIRED);
            assert!(!words.contains("rk_"));
        }
    }
}
