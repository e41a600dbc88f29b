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
    for (at, byte) in (0_usize..).zip(text.bytes()) {
        if is_separator(byte) {
            return (text.get(..at).unwrap_or_default(), text.get(at.wrapping_add(1)..));
        }
    }
    (text, None)
}

/// No character but white space.
pub fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

/// More characters than `most`, as JavaScript counts them: in UTF-16.
pub fn is_longer(text: &str, most: u16) -> bool {
    text.encode_utf16().nth(most.into()).is_some()
}
