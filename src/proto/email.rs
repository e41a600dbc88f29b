//! An e-mail address as a service may know it: by its hash.
//!
//! In: an address. Out: the SHA-256 digest that the browser script of the service makes of it. Whether the text is an
//! address is not its job, nor what a provider makes of dots and pluses: both sides hash what the customer typed.

use super::digest::{hex, sha256};

/// The digest of a [normalised](normalise) address in lower-case hexadecimal digits; none of an empty one.
pub fn hash(normalised: &str) -> Option<String> {
    if normalised.is_empty() { None } else { Some(hex(&sha256(normalised.as_bytes()))) }
}

/// An address as JavaScript's `trim().toLowerCase()` makes it, since the browser script of the service does that. On wasm
/// JavaScript itself does it: Unicode's tables weigh 11 kB.
#[cfg(feature = "native")]
pub fn normalise(address: &str) -> String {
    address.trim_matches(is_javascript_space).to_lowercase()
}

/// What JavaScript trims (ECMA-262, WhiteSpace and LineTerminator): not U+0085, which Rust does, but U+FEFF.
#[cfg(feature = "native")]
fn is_javascript_space(character: char) -> bool {
    matches!(
        character,
        '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
            | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_that_javascript_trims_is_trimmed_and_nothing_else() {
        let trimmed: Vec<_> = ('\0'..=char::MAX).filter(|character| is_javascript_space(*character)).collect();
        assert_eq!(trimmed.len(), 25);
        let differs = |character: &char| is_javascript_space(*character) != character.is_whitespace();
        let differing: Vec<_> = ('\0'..=char::MAX).filter(differs).collect();
        assert_eq!(differing, ['\u{85}', '\u{feff}']);
    }

    #[test]
    fn no_address_has_no_hash() {
        assert_eq!(hash(&normalise(" \u{feff}\t")), None);
    }

    proptest! {
        #[test]
        fn space_and_case_do_not_change_a_hash(name in "[a-zA-Z0-9.+]{1,20}", space in "[ \t\r\n\u{a0}\u{feff}]{0,4}") {
            let typed = format!("{space}{}@Example.com{space}", name.to_uppercase());
            let plain = format!("{}@example.com", name.to_lowercase());
            prop_assert_eq!(hash(&normalise(&typed)), hash(&plain));
        }

        #[test]
        fn any_text_is_hashed_without_a_panic(text in any::<String>()) {
            let normalised = normalise(&text);
            prop_assert_eq!(hash(&normalised).is_none(), normalised.is_empty());
        }
    }
}
