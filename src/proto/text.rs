//! Text taken apart and put together, in few bytes of code: the library's `split` and `concat`, made for any pattern, weigh
//! a kilobyte each.

/// The texts, one behind the other.
pub fn concat(texts: &[&str]) -> String {
    let mut all = String::new();
    for text in texts {
        all.push_str(text);
    }
    all
}

/// What stands before the first `separator`, an ASCII character, and what stands behind it, if there is one.
pub fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    cut_where(text, |byte| byte == separator)
}

/// The same, for any ASCII character that `is_separator` names.
pub fn cut_where(text: &str, is_separator: impl Fn(u8) -> bool) -> (&str, Option<&str>) {
    let mut at = 0_usize;
    let mut rest = text.as_bytes();
    // Iterators are functions of their own in a build for size.
    while let [byte, others @ ..] = rest {
        if is_separator(*byte) {
            return (text.get(..at).unwrap_or_default(), text.get(at.wrapping_add(1)..));
        }
        at = at.wrapping_add(1);
        rest = others;
    }
    (text, None)
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
pub struct Alphabet([u32; 4]);

impl Alphabet {
    /// `0` to `9`.
    pub const DIGITS: Self = Self::of(b"0123456789");

    /// Of either case.
    pub const HEXADECIMAL: Self = Self::DIGITS.and(b"abcdefABCDEF");

    /// These, and no others.
    pub const fn of(characters: &[u8]) -> Self {
        Self([0; 4]).and(characters)
    }

    /// These too.
    pub const fn and(self, characters: &[u8]) -> Self {
        let Self([mut a, mut b, mut c, mut d]) = self;
        let mut rest = characters;
        while let [first, others @ ..] = rest {
            let bit = 1 << (*first & 31);
            match *first >> 5 {
                0 => a |= bit,
                1 => b |= bit,
                2 => c |= bit,
                _ => d |= bit,
            }
            rest = others;
        }
        Self([a, b, c, d])
    }

    /// Letters of both cases and digits, and these too.
    pub const fn alphanumeric_and(characters: &[u8]) -> Self {
        Self::DIGITS.and(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").and(characters)
    }

    /// Whether the text is made of these characters alone.
    pub fn consists_of(&self, text: &str) -> bool {
        for byte in text.bytes() {
            let bits = self.0.get(usize::from(byte >> 5)).copied().unwrap_or_default();
            if bits >> (byte & 31) & 1 == 0 {
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
    text.trim_ascii().is_empty()
}

/// More characters than `most`, as JavaScript counts them: in UTF-16.
pub fn is_longer(text: &str, most: u16) -> bool {
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
