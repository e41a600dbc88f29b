//! Just enough JSON: write a flat object, and look a few values up in an answer.
//!
//! In: fields to write, or the text of an answer. Out: JSON text, or a checked [`Json`] whose text any JSON parser
//! takes. Building a tree is not its job: JavaScript's own `JSON.parse` does that with the same text.

/// Writes one JSON object.
#[derive(Debug)]
pub struct ObjectWriter {
    text: String,
}

impl ObjectWriter {
    /// Begins an empty object.
    pub fn new() -> Self {
        Self { text: String::from("{") }
    }

    /// Adds a text member.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quote(&mut self.text, value);
    }

    /// Adds a text member, if there is one: an absent one is never written as `null`.
    pub fn optional_text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
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

    /// Ends the object.
    pub fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }

    fn key(&mut self, key: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        quote(&mut self.text, key);
        self.text.push(':');
    }
}

/// Appends `value` as a JSON string (RFC 8259 §7).
fn quote(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            '\0'..='\u{1f}' => {
                let code = u32::from(character);
                text.push_str("\\u00");
                text.push(if code < 16 { '0' } else { '1' });
                text.extend(char::from_digit(code & 15, 16));
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}

/// Appends `value` in decimal. (`Display` costs 1 kB of formatting machinery.)
fn push_decimal(text: &mut String, value: u64) {
    if value >= 10 {
        push_decimal(text, value / 10);
    }
    let digit = u32::try_from(value % 10).unwrap_or_default();
    text.extend(char::from_digit(digit, 10));
}

/// The text of one valid JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

/// Deeper than any answer of a service; a deeper one is no answer of theirs. It bounds the stack.
const MAX_DEPTH: u32 = 64;

impl<'a> Json<'a> {
    /// Checks that `text` is one JSON value (RFC 8259), at most 64 levels deep.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner { rest: text };
        let value = scanner.value(MAX_DEPTH)?;
        scanner.skip_blanks();
        if scanner.rest.is_empty() { Some(value) } else { None }
    }

    /// The value is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// The value is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// The value is a number.
    pub fn is_number(self) -> bool {
        self.0.starts_with(|first: char| first == '-' || first.is_ascii_digit())
    }

    /// The value's own text.
    pub fn text(self) -> &'a str {
        self.0
    }

    /// The value, when it is a string.
    pub fn as_text(self) -> Option<String> {
        unquote(self.0.strip_prefix('"')?.strip_suffix('"')?)
    }

    /// The member `key` of an object; the last one where it occurs twice, as `JSON.parse` has it.
    pub fn get(self, key: &str) -> Option<Self> {
        let mut found = None;
        self.members(|name, value| {
            if name == key {
                found = Some(value);
            }
        });
        found
    }

    /// Calls `visit` with every member of an object, in order.
    pub fn members(self, mut visit: impl FnMut(&str, Self)) {
        let mut scanner = Scanner { rest: self.0 };
        if !scanner.take('{') {
            return;
        }
        let _ = scanner.list('}', |scanner| {
            let (name, value) = scanner.member(MAX_DEPTH)?;
            visit(&unquote(name)?, value);
            Some(())
        });
    }
}

/// The characters of a JSON string, its quotes taken off. `None` when an escape is no character (a lone surrogate is
/// U+FFFD, as in a JavaScript string that crosses into UTF-8).
fn unquote(escaped: &str) -> Option<String> {
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((plain, after)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut characters = after.chars();
        match characters.next()? {
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => text.push(unicode_escape(&mut characters)?),
            other => text.push(other),
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    Some(text)
}

/// The character of a `\u` escape, whose `\u` was read; of two where they are a surrogate pair.
fn unicode_escape(characters: &mut core::str::Chars<'_>) -> Option<char> {
    let high = code_unit(characters)?;
    if let Some(low) = characters.as_str().strip_prefix("\\u") {
        let mut after = low.chars();
        let low = code_unit(&mut after)?;
        if let Some(Ok(character)) = char::decode_utf16([high, low]).next()
            && character > '\u{ffff}'
        {
            *characters = after;
            return Some(character);
        }
    }
    Some(char::from_u32(u32::from(high)).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn code_unit(characters: &mut core::str::Chars<'_>) -> Option<u16> {
    let mut unit = 0_u16;
    for _ in 0..4 {
        unit = unit << 4 | u16::try_from(characters.next()?.to_digit(16)?).ok()?;
    }
    Some(unit)
}

/// Walks over JSON text. Every method eats what it names, or answers `None` where the text is not that.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        self.skip_blanks();
        let start = self.rest;
        match start.chars().next()? {
            '{' => {
                let depth = depth.checked_sub(1)?;
                self.take('{');
                self.list('}', |scanner| scanner.member(depth).map(|_| ()))?;
            }
            '[' => {
                let depth = depth.checked_sub(1)?;
                self.take('[');
                self.list(']', |scanner| scanner.value(depth).map(|_| ()))?;
            }
            '"' => {
                self.string()?;
            }
            '-' | '0'..='9' => self.number()?,
            _ => self.word()?,
        }
        let length = start.len().checked_sub(self.rest.len())?;
        start.get(..length).map(Json)
    }

    /// The items up to `end`, the opening bracket being read.
    fn list(&mut self, end: char, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.skip_blanks();
        if self.take(end) {
            return Some(());
        }
        loop {
            item(self)?;
            self.skip_blanks();
            if self.take(end) {
                return Some(());
            }
            self.expect(',')?;
        }
    }

    /// A member: its name as written between the quotes, and its value.
    fn member(&mut self, depth: u32) -> Option<(&'a str, Json<'a>)> {
        self.skip_blanks();
        let name = self.string()?;
        self.skip_blanks();
        self.expect(':')?;
        Some((name, self.value(depth)?))
    }

    /// A string: what stands between its quotes.
    fn string(&mut self) -> Option<&'a str> {
        self.expect('"')?;
        let start = self.rest;
        loop {
            let mut characters = self.rest.chars();
            match characters.next()? {
                '"' => {
                    let length = start.len().checked_sub(self.rest.len())?;
                    self.rest = characters.as_str();
                    return start.get(..length);
                }
                '\\' => match characters.next()? {
                    '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {}
                    'u' => {
                        code_unit(&mut characters)?;
                    }
                    _ => return None,
                },
                '\0'..='\u{1f}' => return None,
                _ => {}
            }
            self.rest = characters.as_str();
        }
    }

    fn number(&mut self) -> Option<()> {
        self.take('-');
        if !self.take('0') {
            self.digits()?;
        }
        if self.take('.') {
            self.digits()?;
        }
        if self.take('e') || self.take('E') {
            let _ = self.take('+') || self.take('-');
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let after = self.rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        if after.len() == self.rest.len() {
            return None;
        }
        self.rest = after;
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        self.rest = ["null", "true", "false"].iter().find_map(|word| self.rest.strip_prefix(word))?;
        Some(())
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, wanted: char) -> bool {
        self.expect(wanted).is_some()
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn an_object_is_written_member_by_member() {
        let mut writer = ObjectWriter::new();
        writer.text("a", "x\"\\\n\u{1f}é");
        writer.optional_text("b", None);
        writer.integer("c", u64::MAX);
        writer.raw("d", "[1]");
        assert_eq!(writer.finish(), r#"{"a":"x\"\\\u000a\u001fé","c":18446744073709551615,"d":[1]}"#);
        assert_eq!(ObjectWriter::new().finish(), "{}");
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
            let mut writer = ObjectWriter::new();
            writer.integer("n", number);
            writer.text(&key, &value);
            let parsed: Value = serde_json::from_str(&writer.finish()).unwrap();
            prop_assert_eq!(parsed[&key].as_str(), Some(&*value));
        }
    }
}
