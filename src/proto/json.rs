//! Writes one flat JSON object (RFC 8259).
//!
//! In: fields. Out: JSON text. Reading JSON is not its job: that is the platform's parser's; see [`body`](super::body).

use super::text::{hex_digit, position};

/// Writes one JSON object.
#[derive(Debug)]
pub struct ObjectWriter {
    /// All but the last bracket.
    text: String,
}

const QUOTE: &str = "\"";

impl Default for ObjectWriter {
    /// With room for what most events have.
    fn default() -> Self {
        Self { text: String::with_capacity(512) }
    }
}

impl ObjectWriter {
    /// Adds a text member.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key, "\":\"");
        escape(&mut self.text, value);
        self.text.push_str(QUOTE);
    }

    /// Adds a whole number.
    pub fn integer(&mut self, key: &str, value: u64) {
        self.key(key, "\":");
        push_decimal(&mut self.text, value);
    }

    /// Adds a member whose value is JSON text already.
    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key, "\":");
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

    /// What stands before a value: `behind` is what stands behind the key's characters.
    fn key(&mut self, key: &str, behind: &str) {
        self.text.push_str(if self.text.is_empty() { "{\"" } else { ",\"" });
        escape(&mut self.text, key);
        self.text.push_str(behind);
    }
}

/// Appends what stands between the quotes of a JSON string (RFC 8259 §7). What needs no escape is copied in one go: character by
/// character it would be half of all the instructions of a sale.
fn escape(text: &mut String, value: &str) {
    let mut rest = value;
    while let Some(at) =
        position(rest.as_bytes(), |eight| eight.marks_below(b' ') | eight.marks_of(b'"') | eight.marks_of(b'\\'))
    {
        let (plain, others) = rest.split_at_checked(at).unwrap_or_default();
        text.push_str(plain);
        let byte = others.bytes().next().unwrap_or_default();
        if byte < b' ' {
            text.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
            text.push(hex_digit(byte & 15));
        } else {
            text.push('\\');
            text.push(char::from(byte));
        }
        rest = others.get(1..).unwrap_or_default();
    }
    text.push_str(rest);
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
