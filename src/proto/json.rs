//! Just enough JSON: write a flat object, and look a few values up in an answer.
//!
//! In: fields to write, or the text of an answer. Out: JSON text, or a checked [`Json`] whose text any JSON parser
//! takes. Building a tree is not its job: JavaScript's own `JSON.parse` does that with the same text.

use core::str::Chars;

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

    /// Adds what stands between the brackets of another object.
    pub fn members(&mut self, inside: &str) {
        if !inside.is_empty() {
            self.separate();
            self.text.push_str(inside);
        }
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

/// Appends `value` as a JSON string (RFC 8259 §7).
fn quote(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.push('\\'),
            '\0'..='\u{1f}' => {
                text.push_str(if character < '\u{10}' { "\\u000" } else { "\\u001" });
                text.push(char::from_digit(u32::from(character) & 15, 16).unwrap_or('0'));
                continue;
            }
            _ => {}
        }
        text.push(character);
    }
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

/// The text of one valid JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

/// Deeper than any answer of a service; a deeper one is no answer of theirs. It bounds the stack.
const MAX_DEPTH: u32 = 64;

impl<'a> Json<'a> {
    /// Checks that `text` is one JSON value (RFC 8259), at most 64 levels deep.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner { text, at: 0 };
        let value = scanner.value(MAX_DEPTH)?;
        if scanner.peek().is_none() { Some(value) } else { None }
    }

    /// The value is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// The value is a string that is not empty.
    pub fn is_text(self) -> bool {
        self.0.starts_with('"') && self.0 != "\"\""
    }

    /// The value, when it is a string.
    pub fn as_text(self) -> Option<String> {
        unquote(self.0.strip_prefix('"')?.strip_suffix('"')?)
    }

    /// The member `key` of an object; the last one where it occurs twice, as `JSON.parse` has it.
    pub fn get(self, key: &str) -> Option<Self> {
        let mut found = None;
        let mut members = self.members();
        while let Some((name, value)) = members.next() {
            if name == key {
                found = Some(value);
            }
        }
        found
    }

    /// The members of an object, in order; none where it is something else.
    pub fn members(self) -> Members<'a> {
        let mut scanner = Scanner { text: self.0, at: 0 };
        if scanner.take(b'{') { Members { scanner, depth: MAX_DEPTH, first: true } } else { Members::NONE }
    }
}

/// The members of an object: names and values.
pub struct Members<'a> {
    scanner: Scanner<'a>,
    depth: u32,
    first: bool,
}

impl<'a> Members<'a> {
    /// Those of an empty object.
    pub const NONE: Self = Self { scanner: Scanner { text: "}", at: 0 }, depth: 0, first: true };

    /// The next member; `None` after the last, and where the text is no JSON.
    #[expect(clippy::should_implement_trait, reason = "an adapter of Iterator's weighs more than the loop")]
    pub fn next(&mut self) -> Option<(String, Json<'a>)> {
        if self.scanner.take(b'}') {
            return None;
        }
        if !self.first {
            self.scanner.expect(b',')?;
        }
        self.first = false;
        self.scanner.peek()?;
        let name = unquote(self.scanner.string()?)?;
        self.scanner.expect(b':')?;
        Some((name, self.scanner.value(self.depth)?))
    }
}

/// The characters of a JSON string, its quotes taken off.
fn unquote(escaped: &str) -> Option<String> {
    let mut text = String::with_capacity(escaped.len());
    let mut characters = escaped.chars();
    while let Some(character) = characters.next() {
        text.push(if character == '\\' { unescape(&mut characters)? } else { character });
    }
    Some(text)
}

/// The character of an escape, whose backslash was read.
fn unescape(characters: &mut Chars<'_>) -> Option<char> {
    Some(match characters.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => unicode_escape(characters)?,
        other => other,
    })
}

/// The character of a `\u` escape, or of two that are a surrogate pair. A lone surrogate is U+FFFD, as in a JavaScript
/// string that crosses into UTF-8.
fn unicode_escape(characters: &mut Chars<'_>) -> Option<char> {
    let unit = code_unit(characters)?;
    if let (0xd800..=0xdbff, Some(after)) = (unit, characters.as_str().strip_prefix("\\u")) {
        let mut after = after.chars();
        let low = code_unit(&mut after)?;
        if let 0xdc00..=0xdfff = low {
            *characters = after;
            return char::from_u32(0x10000 | (unit & 0x3ff) << 10 | low & 0x3ff);
        }
    }
    Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn code_unit(characters: &mut Chars<'_>) -> Option<u32> {
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit << 4 | characters.next()?.to_digit(16)?;
    }
    Some(unit)
}

/// Walks over JSON text. Every method eats what it names, or answers `None` where the text is not that.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'{' => {
                self.next();
                self.object(depth.checked_sub(1)?)?;
            }
            b'[' => {
                self.next();
                self.array(depth.checked_sub(1)?)?;
            }
            b'"' => {
                self.string()?;
            }
            b'-' | b'0'..=b'9' => self.number()?,
            _ => self.word()?,
        }
        self.text.get(start..self.at).map(Json)
    }

    /// The members of an object, whose bracket was read.
    fn object(&mut self, depth: u32) -> Option<()> {
        let mut members = Members { scanner: Scanner { text: self.text, at: self.at }, depth, first: true };
        while members.next().is_some() {}
        self.at = members.scanner.at;
        // The last thing read is the closing bracket, unless the text is no JSON.
        if self.text.as_bytes().get(self.at.wrapping_sub(1)) == Some(&b'}') { Some(()) } else { None }
    }

    /// The items of an array, whose bracket was read.
    fn array(&mut self, depth: u32) -> Option<()> {
        if self.take(b']') {
            return Some(());
        }
        loop {
            self.value(depth)?;
            if self.take(b']') {
                return Some(());
            }
            self.expect(b',')?;
        }
    }

    /// A string: what stands between its quotes.
    fn string(&mut self) -> Option<&'a str> {
        if self.next()? != b'"' {
            return None;
        }
        let start = self.at;
        loop {
            let end = self.at;
            match self.next()? {
                b'"' => return self.text.get(start..end),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => {
                        code_unit(&mut self.text.get(self.at..)?.chars())?;
                    }
                    _ => return None,
                },
                0..=0x1f => return None,
                _ => {}
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        self.eat(b"-");
        if !self.eat(b"0") {
            self.digits()?;
        }
        if self.eat(b".") {
            self.digits()?;
        }
        if self.eat(b"eE") {
            self.eat(b"+-");
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.eat(b"0123456789") {}
        if self.at > start { Some(()) } else { None }
    }

    fn word(&mut self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        for word in ["null", "true", "false"] {
            if rest.starts_with(word) {
                self.at = self.at.wrapping_add(word.len());
                return Some(());
            }
        }
        None
    }

    /// The next byte that is no blank; it stays.
    fn peek(&mut self) -> Option<u8> {
        while self.eat(b" \t\n\r") {}
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte.
    fn next(&mut self) -> Option<u8> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at = self.at.wrapping_add(1);
        Some(byte)
    }

    /// One byte, if it is one of these.
    fn eat(&mut self, any_of: &[u8]) -> bool {
        for wanted in any_of {
            if self.text.as_bytes().get(self.at) == Some(wanted) {
                self.at = self.at.wrapping_add(1);
                return true;
            }
        }
        false
    }

    /// Blanks and then this byte, if it is there.
    fn take(&mut self, wanted: u8) -> bool {
        self.peek();
        self.eat(&[wanted])
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        if self.take(wanted) { Some(()) } else { None }
    }
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
        writer.members("");
        writer.members("\"e\":null,\"f\":2");
        assert_eq!(writer.finish(), r#"{"a":"x\"\\\u000a\u001fé","c":18446744073709551615,"d":[1],"e":null,"f":2}"#);
        assert_eq!(ObjectWriter::default().finish(), "{}");
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", " ", "{", "[1,]", "{\"a\":}", "01", "1.", "+1", "nul", "\"\\x\"", "\"\n\"", "{}{}", "<html>"] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
        assert_eq!(Json::parse(&format!("{}{}", "[".repeat(65), "]".repeat(65))), None);
    }

    #[test]
    fn the_last_of_two_members_counts_and_names_may_be_escaped() {
        let json = Json::parse(r#"{"a":1,"\u0061":"\ud83d\ude00\ud800"}"#).unwrap();
        assert_eq!(json.get("a").unwrap().as_text().unwrap(), "😀\u{fffd}");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_takes_what_serde_json_writes_and_finds_every_text(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            let json = Json::parse(&text).unwrap();
            prop_assert_eq!(json.as_text(), value.as_str().map(str::to_owned));
            for (key, member) in value.as_object().into_iter().flatten() {
                prop_assert_eq!(json.get(key).unwrap().as_text(), member.as_str().map(str::to_owned));
            }
        }

        #[test]
        fn it_takes_nothing_that_serde_json_refuses(text in "[\\[\\]{}\",:0-9eE.+\\-\\\\untrfalsu ]{0,24}") {
            if Json::parse(&text).is_some() {
                // A number too large for an f64 is valid JSON that serde_json has no place for.
                let refused = serde_json::from_str::<Value>(&text).err().map(|error| error.to_string());
                prop_assert!(refused.is_none_or(|why| why.contains("out of range") || why.contains("surrogate") || why.contains("hex escape")), "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            if let Some(json) = Json::parse(&text) {
                let _ = (json.get("a"), json.as_text());
            }
        }

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
