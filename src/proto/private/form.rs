//! A text in the form in which it is compared with a private value, and back.
//!
//! In: a text. Out: its characters without escapes, blanks and case, each with its place in the text. What is looked for in
//! them is not its job.

/// JSON in HTML in a URL. Escapes of one kind within each other, as `%2525`, count once.
const MOST_KINDS: usize = 4;

pub(super) const REDACTED: &str = "[redacted]";

/// A character of the form that is compared.
#[derive(Clone, Copy)]
pub(super) struct One {
    /// In lower case, or [`FOREIGN`].
    pub(super) byte: u8,
    pub(super) is_hidden: bool,
    /// Where it begins in the text, and where it ends.
    pub(super) start: usize,
    end: usize,
}

/// One or more characters beyond ASCII. In UTF-8 each of their bytes is as large or larger.
const FOREIGN: u8 = 0x80;

/// A text in the form that is compared.
#[derive(Default)]
pub(super) struct Form(pub(super) Vec<One>);

impl Form {
    pub(super) fn read(&mut self, text: &str) {
        self.0.clear();
        self.0.reserve_exact(text.len());
        for (start, byte) in text.bytes().enumerate() {
            self.0.push(One { byte: byte.to_ascii_lowercase(), is_hidden: false, start, end: start.wrapping_add(1) });
        }
        for _ in 0..MOST_KINDS {
            let length = self.0.len();
            self.decode();
            // Every escape is longer than what it stands for.
            if self.0.len() == length {
                break;
            }
        }
        self.fold();
    }

    /// Takes one kind of escape out.
    fn decode(&mut self) {
        let mut at = 0;
        let mut kept = 0_usize;
        while let Some(first) = self.0.get(at).copied() {
            let (byte, behind) = unescaped(Behind { all: &self.0, at: at.wrapping_add(1) }, first.byte);
            // The last of it, which is the first one where there is no escape.
            let last = self.0.get(behind.wrapping_sub(1)).map_or(first.end, |last| last.end);
            if let Some(one) = self.0.get_mut(kept) {
                *one = One { byte: byte.to_ascii_lowercase().min(FOREIGN), end: last, ..first };
            }
            kept = kept.wrapping_add(1);
            at = behind;
        }
        self.0.truncate(kept);
    }

    /// Leaves out what a form may lack, and makes one of all foreign characters in a row.
    fn fold(&mut self) {
        self.0.retain(|one| !is_blank(one.byte));
        self.0.dedup_by(|later, kept| {
            let are_foreign = later.byte == FOREIGN && kept.byte == FOREIGN;
            if are_foreign {
                kept.end = later.end;
            }
            are_foreign
        });
    }

    /// The text that this is a form of, without what is hidden: its first `length` characters.
    pub(super) fn write(&self, text: &str, length: usize) -> String {
        let mut written = String::new();
        let mut left = length;
        let mut at = 0;
        let mut ones = self.0.iter().peekable();
        while let Some(one) = ones.next() {
            if one.is_hidden {
                left = push_plain(&mut written, text.get(at..one.start).unwrap_or_default(), left);
                at = one.end;
                while let Some(next) = ones.next_if(|next| next.is_hidden) {
                    at = next.end;
                }
                if left < REDACTED.len() {
                    return written;
                }
                written.push_str(REDACTED);
                left = left.saturating_sub(REDACTED.len());
            }
        }
        push_plain(&mut written, text.get(at..).unwrap_or_default(), left);
        written
    }
}

/// Appends `text`, at most `left` characters of it, and answers how many are left.
fn push_plain(written: &mut String, text: &str, left: usize) -> usize {
    let mut left = left;
    for character in text.chars() {
        if left == 0 {
            break;
        }
        written.push(if is_control(character) { ' ' } else { character });
        left = left.wrapping_sub(1);
    }
    left
}

/// What moves a terminal's cursor, ends a line of a log or turns a text round.
fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// White space is trimmed, `+` stands for it, and backslashes are put before anything.
fn is_blank(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'+' | b'\\' | 0x7f)
}

/// The characters behind one.
struct Behind<'a> {
    all: &'a [One],
    at: usize,
}

/// The character that begins with `first`, escaped or not, and where the next one begins.
fn unescaped(mut behind: Behind<'_>, first: u8) -> (u8, usize) {
    let byte = match first {
        b'\\' => behind.backslash(),
        b'%' => behind.percent(),
        b'&' => behind.entity(),
        _ => first,
    };
    (byte, behind.at)
}

impl Behind<'_> {
    fn peek(&self, further: usize) -> u8 {
        self.all.get(self.at.wrapping_add(further)).map_or(0, |one| one.byte)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek(0);
        self.at = self.at.wrapping_add(1).min(self.all.len());
        byte
    }

    /// Passes over a text that stands here, and says whether it did.
    fn pass(&mut self, text: &str) -> bool {
        let stands_here = (0_usize..).zip(text.bytes()).all(|(further, byte)| self.peek(further) == byte);
        if stands_here {
            self.at = self.at.wrapping_add(text.len());
        }
        stands_here
    }

    /// A number of `fewest` to `most` digits, and the character it is the number of.
    fn code(&mut self, radix: u32, fewest: usize, most: usize) -> Option<u8> {
        let mut code = 0_u32;
        let mut count = 0_usize;
        while let Some(digit) = char::from(self.peek(count)).to_digit(radix)
            && count < most
        {
            code = code.wrapping_mul(radix).wrapping_add(digit);
            count = count.wrapping_add(1);
        }
        if count < fewest {
            return None;
        }
        self.at = self.at.wrapping_add(count);
        Some(u8::try_from(code).unwrap_or(FOREIGN))
    }

    /// JSON's, and JavaScript's `\x`.
    fn backslash(&mut self) -> u8 {
        while self.pass("\\") {}
        match self.next() {
            b'u' => self.code(16, 4, 4).unwrap_or(b'u'),
            b'x' => self.code(16, 2, 2).unwrap_or(b'x'),
            b'b' | b'f' | b'n' | b'r' | b't' => b' ',
            byte => byte,
        }
    }

    fn percent(&mut self) -> u8 {
        while self.pass("25") {}
        self.code(16, 2, 2).unwrap_or(b'%')
    }

    fn entity(&mut self) -> u8 {
        while self.pass("amp;") {}
        let begin = self.at;
        let byte = if self.pass("#x") {
            self.code(16, 1, 8)
        } else if self.pass("#") {
            self.code(10, 1, 8)
        } else {
            self.named()
        };
        if byte.is_none() {
            self.at = begin;
        } else {
            self.pass(";");
        }
        byte.unwrap_or(b'&')
    }

    /// Of HTML's names, four are ASCII's. The others are letters and signs beyond.
    fn named(&mut self) -> Option<u8> {
        for (name, byte) in [("quot", b'"'), ("apos", b'\''), ("lt", b'<'), ("gt", b'>')] {
            if self.pass(name) {
                return Some(byte);
            }
        }
        let length = (0..10).find(|further| !self.peek(*further).is_ascii_alphanumeric())?;
        if length < 2 || self.peek(length) != b';' {
            return None;
        }
        self.at = self.at.wrapping_add(length);
        Some(FOREIGN)
    }
}
