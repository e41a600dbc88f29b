//! Writes one flat JSON object (RFC 8259).
//!
//! In: fields. Out: JSON text. Reading JSON is not its job: that is the platform's parser's; see [`body`](super::body).

use super::text::hex_digit;

/// Writes one JSON object.
#[derive(Debug, Default)]
pub struct ObjectWriter {
    /// All but the last bracket.
    text: String,
}

impl ObjectWriter {
    /// Adds a text member.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quote(&mut self.text, value);
    }

    /// Adds a whole number.
    pub fn integer(&mut self, key: &str, value: u64) {
        self.key(key);
        push_decimal(&mut self.text, value);
    }

    /// Adds a member whose value is JSON text already.
    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.text.push_str(json);
    }

    /// Bytes written so far.
    pub fn written(&self) -> usize {
        self.text.len()
    }

    /// Ends the object.
    pub fn finish(mut self) -> String {
        self.text.push_str(if self.text.is_empty() { "{}" } else { "}" });
        self.text
    }

    fn key(&mut self, key: &str) {
        self.separate();
        quote(&mut self.text, key);
        self.text.push(':');
    }

    fn separate(&mut self) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
    }
}

/// Appends `value` as a JSON string (RFC 8259 §7). What needs no escape is copied in one go: character by character it
/// would be half of all the instructions of a sale.
fn quote(text: &mut String, value: &str) {
    text.push('"');
    let mut copied = 0;
    for (at, byte) in (0_usize..).zip(value.bytes()) {
        if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            continue;
        }
        text.push_str(value.get(copied..at).unwrap_or_default());
        copied = at.wrapping_add(1);
        if byte < b' ' {
            text.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
            text.push(hex_digit(byte & 15));
        } else {
            text.push('\\');
            text.push(char::from(byte));
        }
    }
    text.push_str(value.get(copied..).unwrap_or_default());
    text.push('"');
}

/// Appends `value` in decimal. (`Display` costs a kilobyte of formatting machinery.)
fn push_decimal(text: &mut String, value: u64) {
    if value >= 10 {
        push_decimal(text, value / 10);
    }
    let digit = u8::try_from(value % 10).unwrap_or_default();
    text.push(char::from(digit.wrapping_add(b'0')));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn an_object_is_written_member_by_member() {
        let mut writer = ObjectWriter::default();
        writer.text("a", "x\"\\\n\u{1f}é");
        writer.integer("c", u64::MAX);
        writer.raw("d", "[1]");
        writer.raw("e", "null");
        writer.raw("f", "2");
        let text = writer.finish();
        assert_eq!(text, r#"{"a":"x\"\\\u000a\u001fé","c":18446744073709551615,"d":[1],"e":null,"f":2}"#);
        assert_eq!(ObjectWriter::default().finish(), "{}");
    }

    proptest! {
        #[test]
        fn what_the_writer_quotes_any_parser_reads(key in any::<String>(), value in any::<String>(), number in any::<u64>()) {
            let mut writer = ObjectWriter::default();
            writer.integer("n", number);
            writer.text(&key, &value);
            let parsed: Value = serde_json::from_str(&writer.finish()).unwrap();
            prop_assert_eq!(parsed[&key].as_str(), Some(&*value));
        }
    }
}
