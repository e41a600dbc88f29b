//! SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104), as RustCrypto does them, and their bytes as hexadecimal text.
//!
//! In: bytes. Out: 32 bytes. [`Tag`] is compared in constant time; for a digest that is no secret's it does not matter.

use hmac::{
    KeyInit, Mac, SimpleHmac,
    digest::{CtOutput, Digest},
};
use sha2::Sha256;

use super::text::{Alphabet, hex_digit};

/// The SHA-256 digest of `message`.
pub fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// A tag of HMAC-SHA256: whoever has it can pass for one who knows the key.
pub struct Tag(CtOutput<SimpleHmac<Sha256>>);

impl Tag {
    /// The tag of `message`, which may come in parts. There is one for a key of any length.
    pub fn new(key: &[u8], message: &[&[u8]]) -> Option<Self> {
        let mut hmac = SimpleHmac::<Sha256>::new_from_slice(key).ok()?;
        for part in message {
            hmac.update(part);
        }
        Some(Self(hmac.finalize()))
    }

    /// Whether `bytes` are this tag. It takes as long for those that nearly are as for any other.
    pub fn is(&self, bytes: [u8; 32]) -> bool {
        self.0 == CtOutput::new(bytes.into())
    }

    /// The tag in lower-case hexadecimal digits, to sign with.
    pub fn into_hex(self) -> String {
        hex(&self.0.into_bytes())
    }
}

/// `bytes` in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        text.push(hex_digit(byte >> 4));
        text.push(hex_digit(byte & 15));
    }
    text
}

/// Whether a text is 64 hexadecimal digits, of either case.
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && Alphabet::HEXADECIMAL.consists_of(text)
}

/// The bytes that 64 hexadecimal digits of either case say.
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != bytes.len() || !odd.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| value.try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_digests_are_those_of_the_standard() {
        // FIPS 180-4's own examples.
        for (message, digest) in [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
        ] {
            assert_eq!(hex(&sha256(message.as_bytes())), digest, "{message}");
        }
    }

    #[test]
    fn the_tags_are_those_of_the_standard() {
        let tag = |key: &[u8], message: &[&[u8]]| Tag::new(key, message).unwrap().into_hex();
        // RFC 4231 §4.2, §4.3, §4.7: a short key, a shorter one, and one that is longer than a block.
        assert_eq!(
            tag(&[0x0b; 20], &[b"Hi ", b"There"]),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            tag(b"Jefe", &[b"what do ya want for nothing?"]),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            tag(&[0xaa; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"]),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_tag_differs_from_all_that_differ_in_a_bit() {
        let tag = from_hex(&Tag::new(b"key", &[b"message"]).unwrap().into_hex()).unwrap();
        let is = |bytes| Tag::new(b"key", &[b"message"]).unwrap().is(bytes);
        assert!(is(tag));
        for at in 0..256 {
            let mut other = tag;
            other[at / 8] ^= 1 << (at % 8);
            assert!(!is(other), "bit {at}");
        }
    }

    #[test]
    fn what_is_not_64_digits_is_no_digest() {
        let digits = "0123456789abcdefABCDEF0123456789".repeat(2);
        assert!(from_hex(&digits).is_some());
        for text in [
            "",
            digits.trim_start_matches("01"),
            &format!("{digits}0"),
            &format!("{digits}00"),
            &digits.replace('0', "g"),
            &digits.replace("01", "é"),
            &digits.replace("01", "0x"),
            &digits.replace("01", "+1"),
        ] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn digits_are_read_back_in_either_case(bytes in any::<[u8; 32]>()) {
            prop_assert_eq!(from_hex(&hex(&bytes)), Some(bytes));
            prop_assert_eq!(from_hex(&hex(&bytes).to_uppercase()), Some(bytes));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let _ = from_hex(&text);
        }

        #[test]
        fn it_does_not_matter_how_a_message_is_cut(message in prop::collection::vec(any::<u8>(), 0..300), cut in 0_usize..300) {
            let (a, b) = message.split_at(cut.min(message.len()));
            let tag = |message: &[&[u8]]| Tag::new(b"key", message).unwrap().into_hex();
            prop_assert_eq!(tag(&[a, b]), tag(&[&message]));
        }
    }
}
