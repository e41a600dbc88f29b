//! Text taken apart and put together, in few bytes of code: the library's `split` and `concat`, made for any pattern, weigh
//! a kilobyte each.

/// The texts, one behind the other.
pub fn concat(texts: &[&str]) -> String {
    let mut length = 0_usize;
    for text in texts {
        length = length.saturating_add(text.len());
    }
    let mut all = String::with_capacity(length);
    for text in texts {
        all.push_str(text);
    }
    all
}

/// What stands before the first `separator`, an ASCII character, and what stands behind it, if there is one.
pub fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    match position(text.as_bytes(), |eight| eight.marks_of(separator)) {
        Some(at) => cut_at(text, at),
        None => (text, None),
    }
}

fn cut_at(text: &str, at: usize) -> (&str, Option<&str>) {
    (text.get(..at).unwrap_or_default(), text.get(at.wrapping_add(1)..))
}

/// The same, for any ASCII character that `is_separator` names.
pub fn cut_where(text: &str, is_separator: impl Fn(u8) -> bool) -> (&str, Option<&str>) {
    let mut at = 0_usize;
    let mut rest = text.as_bytes();
    // Iterators are functions of their own in a build for size.
    while let [byte, others @ ..] = rest {
        if is_separator(*byte) {
            return cut_at(text, at);
        }
        at = at.wrapping_add(1);
        rest = others;
    }
    (text, None)
}

/// Eight bytes of a text, looked at all at once. Marks are their highest bits, of which the lowest is right: one above it may
/// be a borrow's.
#[derive(Clone, Copy)]
pub struct Eight(u64);

impl Eight {
    const ONES: u64 = u64::MAX / 255;
    const HIGHEST: u64 = Self::ONES << 7;

    /// Marks the bytes that are below `limit`, which is 128 at most.
    pub fn marks_below(self, limit: u8) -> u64 {
        self.0.wrapping_sub(Self::ONES.wrapping_mul(limit.into())) & !self.0 & Self::HIGHEST
    }

    /// Marks the bytes that are this one.
    pub fn marks_of(self, byte: u8) -> u64 {
        Self(self.0 ^ Self::ONES.wrapping_mul(byte.into())).marks_below(1)
    }
}

/// Where the first byte is that `marks` marks.
pub fn position(text: &[u8], marks: impl Fn(Eight) -> u64) -> Option<usize> {
    let mut at = 0_usize;
    let mut rest = text;
    while !rest.is_empty() {
        let (word, others) = match rest.split_first_chunk() {
            Some((eight, others)) => (u64::from_le_bytes(*eight), others),
            None => (rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), &[][..]),
        };
        let marked = marks(Eight(word));
        if marked != 0 {
            at = at.wrapping_add(marked.trailing_zeros() as usize / 8);
            // Behind the end are zeros.
            return if at < text.len() { Some(at) } else { None };
        }
        at = at.wrapping_add(8);
        rest = others;
    }
    None
}

/// Whether `wanted` is somewhere in `text`.
pub fn contains(text: &str, wanted: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [_, others @ ..] = rest {
        if rest.starts_with(wanted.as_bytes()) {
            return true;
        }
        rest = others;
    }
    false
}

/// Whether `phrase` stands somewhere in `text`, in either case and with any sign of ASCII between its words.
pub fn mentions(text: &str, phrase: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [_, after @ ..] = rest {
        let is_same = |(found, wanted): (&u8, u8)| {
            if wanted == b' ' {
                found.is_ascii_punctuation() || *found == b' '
            } else {
                found.eq_ignore_ascii_case(&wanted)
            }
        };
        if rest.len() >= phrase.len() && rest.iter().zip(phrase.bytes()).all(is_same) {
            return true;
        }
        rest = after;
    }
    false
}

/// A set of ASCII characters.
pub struct Alphabet([u64; 2]);

impl Alphabet {
    /// `0` to `9`.
    pub const DIGITS: Self = Self::of(b"0123456789");

    /// Of either case.
    pub const HEXADECIMAL: Self = Self::DIGITS.and(b"abcdefABCDEF");

    /// These, and no others.
    pub const fn of(characters: &[u8]) -> Self {
        Self([0; 2]).and(characters)
    }

    /// These too.
    pub const fn and(self, characters: &[u8]) -> Self {
        let Self([mut low, mut high]) = self;
        let mut rest = characters;
        while let [first, others @ ..] = rest {
            let bit = 1 << (*first & 63);
            if *first < 64 {
                low |= bit
            } else {
                high |= bit
            }
            rest = others;
        }
        Self([low, high])
    }

    /// Letters of both cases and digits, and these too.
    pub const fn alphanumeric_and(characters: &[u8]) -> Self {
        Self::DIGITS.and(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").and(characters)
    }

    /// Whether the text is made of these characters alone.
    pub fn consists_of(&self, text: &str) -> bool {
        let Self([low, high]) = *self;
        for byte in text.bytes() {
            let bits = if byte < 64 { low } else { high };
            if byte > 127 || bits >> (byte & 63) & 1 == 0 {
                return false;
            }
        }
        true
    }
}

/// The decimal digits of `text`, one or more, read behind those of `number`. It saturates, far above every
/// number that matters.
pub fn digits_behind(mut number: u64, text: &str) -> Option<u64> {
    if text.is_empty() || !Alphabet::DIGITS.consists_of(text) {
        return None;
    }
    for digit in text.bytes() {
        number = digit_behind(number, digit);
    }
    Some(number)
}

/// The same for one digit. (`saturating_mul` multiplies in 128 bits, which weighs more.)
pub fn digit_behind(number: u64, digit: u8) -> u64 {
    const SATURATED: u64 = u64::MAX / 20;
    number.min(SATURATED).wrapping_mul(10).wrapping_add(u64::from(digit).wrapping_sub(48))
}

/// 0 to 15 as a lower-case hexadecimal digit.
pub fn hex_digit(value: u8) -> char {
    char::from(value.wrapping_add(if value < 10 { b'0' } else { b'a' - 10 }))
}

/// No character but white space.
pub fn is_blank(text: &str) -> bool {
    for byte in text.bytes() {
        if !byte.is_ascii_whitespace() {
            return false;
        }
    }
    true
}

/// More characters than `most`, as JavaScript counts them: in UTF-16.
pub fn is_longer(text: &str, most: u16) -> bool {
    // A character has no more units than bytes.
    if text.len() <= most.into() {
        return false;
    }
    let mut units = 0_usize;
    for byte in text.bytes() {
        units = units.wrapping_add(match byte {
            // Not the first byte of a character.
            0x80..=0xbf => 0,
            // The first of four, which are half a surrogate pair each.
            0xf0.. => 2,
            _ => 1,
        });
    }
    units > most.into()
}

/// The part with this number of a text in which each is followed by a `|`.
pub fn part(list: &'static str, index: u32) -> &'static str {
    let mut rest = list;
    for _ in 0..index {
        rest = cut(rest, b'|').1.unwrap_or_default();
    }
    cut(rest, b'|').0
}

/// The names in a text, each followed by a comma.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a>(pub &'a str);

impl Names<'_> {
    /// Where `wanted` stands among them.
    pub fn find(self, wanted: &str) -> Option<u32> {
        for (index, name) in (0..).zip(self) {
            if name == wanted {
                return Some(index);
            }
        }
        None
    }
}

impl<'a> Iterator for Names<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (name, rest) = cut(self.0, b',');
        self.0 = rest?;
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_cut_at_the_first_separator(text in "[a-c\0\u{7f}é€😀]{0,40}", separator in prop::sample::select(vec!['\0', 'a', 'c', '\u{7f}'])) {
            let expected = text.split_once(separator).map_or((&*text, None), |(before, behind)| (before, Some(behind)));
            prop_assert_eq!(cut(&text, separator as u8), expected);
        }

        #[test]
        fn eight_bytes_at_once_are_found_as_one_by_one(bytes in prop::collection::vec(any::<u8>(), 0..40), limit in 1_u8..=128, wanted in any::<u8>()) {
            let marks = |eight: Eight| eight.marks_below(limit) | eight.marks_of(wanted);
            let expected = bytes.iter().position(|byte| *byte < limit || *byte == wanted);
            prop_assert_eq!(position(&bytes, marks), expected);
        }

        #[test]
        fn an_alphabet_has_what_it_was_made_of(characters in prop::collection::vec(0_u8..128, 0..20), text in any::<String>()) {
            let expected = text.bytes().all(|byte| characters.contains(&byte));
            prop_assert_eq!(Alphabet::of(&characters).consists_of(&text), expected);
        }
    }

    #[test]
    fn a_character_of_four_bytes_is_two_units() {
        assert!(is_longer("😀", 1) && !is_longer("😀", 2));
        assert!(is_longer("éé", 1) && !is_longer("éé", 2));
    }

    #[test]
    fn nothing_but_white_space_is_blank() {
        assert!(is_blank("") && is_blank(" \t\r\n\x0c") && !is_blank(" a ") && !is_blank("\u{a0}"));
    }
}
