//! Percent-encoding, as JavaScript's `decodeURIComponent` reads it.
//!
//! In: text that may hold `%` sequences. Out: the text decoded once, or unchanged when it is malformed: a click ID is
//! never lost to bad encoding, and nothing throws.

/// `text` with its `%XX` sequences decoded once as UTF-8; `text` itself when any of them is malformed.
pub fn decode(text: &str) -> String {
    if text.contains('%') { try_decode(text) } else { None }.unwrap_or_else(|| text.to_owned())
}

fn try_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' { hex(bytes.next()?)? << 4 | hex(bytes.next()?)? } else { byte });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

/// `text` as `encodeURIComponent` writes it: the inverse of [`decode`], for tests.
#[cfg(test)]
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
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
        fn any_text_is_decoded_without_a_panic(text in any::<String>()) {
            let _ = decode(&text);
        }
    }
}
