//! Percent-encoding, as JavaScript's `decodeURIComponent` reads it.
//!
//! In: text that may hold `%` sequences. Out: the text decoded once, or unchanged when it is malformed: a click ID is
//! never lost to bad encoding, and nothing throws.

use core::str::Chars;

use super::text::{Alphabet, cut};

/// `text` with its `%XX` sequences decoded once as UTF-8; `text` itself when any of them is malformed.
pub fn decode(text: &str) -> String {
    let (_, escapes) = cut(text, b'%');
    // Few click IDs have any.
    escapes.and_then(|_| try_decode(text)).unwrap_or_else(|| text.to_owned())
}

fn try_decode(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        decoded.push(if character == '%' { escaped(&mut characters)? } else { character });
    }
    Some(decoded)
}

/// The character whose UTF-8 bytes (RFC 3629) are escaped, the first `%` being read.
fn escaped(characters: &mut Chars<'_>) -> Option<char> {
    let lead = byte(characters)?;
    // How many bytes follow, and the least character that needs so many.
    let (following, least) = match lead {
        0..=0x7f => return char::from_u32(lead),
        0xc0..=0xdf => (1, 0x80),
        0xe0..=0xef => (2, 0x800),
        0xf0..=0xf7 => (3, 0x10000),
        _ => return None,
    };
    let mut code = lead & 0x3f >> following;
    for _ in 0..following {
        let next = if characters.next()? == '%' { byte(characters)? } else { return None };
        code = if next & 0xc0 == 0x80 { code << 6 | next & 0x3f } else { return None };
    }
    if code < least { None } else { char::from_u32(code) }
}

fn byte(characters: &mut Chars<'_>) -> Option<u32> {
    Some(characters.next()?.to_digit(16)? << 4 | characters.next()?.to_digit(16)?)
}

/// What `encodeURIComponent` leaves as it is.
const OF_COMPONENT: Alphabet = Alphabet::alphanumeric_and(b"-_.!~*'()");

/// `text` as `encodeURIComponent` writes it: the inverse of [`decode`].
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for character in text.chars() {
        let mut bytes = [0; 4];
        let character = &*character.encode_utf8(&mut bytes);
        if OF_COMPONENT.consists_of(character) {
            encoded.push_str(character);
            continue;
        }
        for byte in character.bytes() {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from_digit(digit.into(), 16).unwrap_or_default().to_ascii_uppercase());
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn malformed_text_stays_as_it_is() {
        for text in ["%", "%4", "%zz", "a%FFb", "%E2%82", "100% sure"] {
            assert_eq!(decode(text), text);
        }
    }

    #[test]
    fn it_decodes_once_and_leaves_plus_alone() {
        assert_eq!(decode("%2525"), "%25");
        assert_eq!(decode("a+b%20c"), "a+b c");
    }

    proptest! {
        #[test]
        fn decode_undoes_encode(text in any::<String>()) {
            prop_assert_eq!(decode(&encode(&text)), text);
        }

        #[test]
        fn bytes_that_are_utf_8_are_decoded_and_others_stay(bytes in prop::collection::vec(any::<u8>(), 0..8)) {
            let escaped: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
            prop_assert_eq!(decode(&escaped), String::from_utf8(bytes).unwrap_or(escaped));
        }

        #[test]
        fn any_text_is_decoded_without_a_panic(text in any::<String>()) {
            let _ = decode(&text);
        }
    }
}
