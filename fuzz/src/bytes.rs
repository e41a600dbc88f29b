//! Values made of bytes, one after the other. When the bytes are used up, all that follows is zero.

/// What is left of an input.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    /// One byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Four bytes, the first being the highest.
    pub fn number(&mut self) -> u32 {
        u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    /// A number whose length in bits is any with the same likelihood: small ones are common.
    pub fn magnitude(&mut self) -> u32 {
        let bits = u32::from(self.byte()) % 33;
        u32::try_from(u64::from(self.number()) & ((1 << bits) - 1)).unwrap_or(u32::MAX)
    }

    /// One of them.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[usize::from(self.byte()) % among.len()]
    }

    /// A text of words, of ASCII and of other characters.
    pub fn text(&mut self, words: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..self.byte() % 8 {
            match self.byte() % 8 {
                0..=4 => text.push_str(self.pick(words)),
                5 | 6 => text.push(char::from(self.byte() & 0x7f)),
                _ => text.push(char::from_u32(self.number() & 0x1f_ffff).unwrap_or('\u{fffd}')),
            }
        }
        text
    }

    /// The same, or nothing.
    pub fn optional_text(&mut self, words: &[&str]) -> Option<String> {
        if self.byte().is_multiple_of(3) { None } else { Some(self.text(words)) }
    }
}
