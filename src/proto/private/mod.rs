//! What must not show in anything that is told of an answer, and how it is taken out.
//!
//! In: a text of a service's, and the values that a call has sent in a customer's fields. Out: the text without them. A
//! service repeats a value in many forms: trimmed, in another case, percent-encoded, with HTML's or JSON's escapes, and in
//! several of these at once. So text and value are both brought to one form, in which they are compared. Each character of
//! that form knows where in the text it comes from, and that place is replaced.
//!
//! The work grows with the length of the text and of the values, whatever they are. Unicode's tables are not needed: in the
//! form that is compared, characters beyond ASCII are all the same.

mod form;

use form::Form;

use super::text::is_longer;

/// The key, and every value the caller sent in a customer's field.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PrivateValues<'a>(pub Vec<&'a str>);

/// A value of so many characters, or fewer, is no secret, and would blot out words that mean something else.
const TOO_SHORT: u16 = 3;

/// No escape is longer, in bytes: `&amp;amp;#x0000e9;`. Where a text is cut, one may have been cut in half.
const LONGEST_ESCAPE: usize = 24;

impl PrivateValues<'_> {
    /// The first `length` characters of `text`, every private value in it replaced, and control characters by blanks. No
    /// more of the text is looked at than what may be shown and some: a value that is cut off there does not show.
    pub fn scrub(&self, text: &str, length: usize) -> String {
        let looked_at = start_of(text, length.saturating_mul(8).saturating_add(64));
        let is_cut = looked_at.len() < text.len();
        let end = if is_cut { looked_at.len().saturating_sub(LONGEST_ESCAPE) } else { looked_at.len() };
        let mut form = Form::default();
        form.read(looked_at);
        form.0.retain(|one| one.start < end);
        let mut value_form = Form::default();
        let mut search = Search::default();
        for value in &self.0 {
            let mut hide = |value: &str| {
                // Of a value that is much longer than the text, no more than the beginning can be in it.
                let beginning = start_of(value, looked_at.len().saturating_mul(2).saturating_add(64));
                if is_longer(beginning, TOO_SHORT) && (is_cut || beginning.len() == value.len()) {
                    value_form.read(beginning);
                    search.hide(&value_form, &mut form, is_cut);
                }
            };
            #[cfg(not(feature = "native"))]
            hide(value);
            // Some characters become others in capitals: `ß`. On wasm JavaScript sees to this, and trims: `pkg/driver.js`.
            #[cfg(feature = "native")]
            {
                hide(value.trim());
                hide(&value.trim().to_uppercase());
            }
        }
        form.write(start_of(looked_at, end), length)
    }

    /// Whether none of the values shows in `text`.
    pub fn allow(&self, text: &str) -> bool {
        self.scrub(text, text.len()) == text
    }
}

/// The first `length` bytes of a text, or fewer where a character would be cut.
fn start_of(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// The search for a value, in one pass (Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", 1977).
#[derive(Default)]
struct Search {
    /// For each beginning of the value, how much of the value's beginning it ends with.
    borders: Vec<usize>,
}

impl Search {
    /// Hides every occurrence of the value. At the end of a text that `is_cut`, the beginning of the value is one.
    fn hide(&mut self, value: &Form, text: &mut Form, is_cut: bool) {
        let Some(longest) = value.0.len().checked_sub(1) else { return };
        self.borders.clear();
        let mut found = 0;
        for (at, one) in value.0.iter().enumerate() {
            found = if at == 0 { 0 } else { self.advance(value, found, one.byte) };
            self.borders.push(found);
        }
        found = 0;
        let mut hidden = 0;
        for at in 0..text.0.len() {
            found = self.advance(value, found, text.0.get(at).map_or(0, |one| one.byte));
            let end = at.wrapping_add(1);
            if found > longest || is_cut && end == text.0.len() {
                // Occurrences overlap: nothing is hidden twice, or the work would grow with the square.
                let begin = end.wrapping_sub(found).max(hidden);
                for one in text.0.get_mut(begin..end).unwrap_or_default() {
                    one.is_hidden = true;
                }
                hidden = end;
            }
        }
    }

    /// How much of the value stands at the end of what was read, once `byte` is read too.
    fn advance(&self, value: &Form, found: usize, byte: u8) -> usize {
        let mut found = found;
        loop {
            if value.0.get(found).is_some_and(|one| one.byte == byte) {
                return found.wrapping_add(1);
            }
            let Some(shorter) = self.borders.get(found.wrapping_sub(1)) else { return 0 };
            found = *shorter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{form::REDACTED, *};
    use proptest::prelude::*;

    const WHOLE: usize = usize::MAX;

    fn scrubbed(value: &str, text: &str) -> String {
        PrivateValues(vec![value]).scrub(text, WHOLE)
    }

    #[test]
    fn private_values_are_taken_out_of_what_a_service_says() {
        let private = PrivateValues(vec!["rk_1", "a@b.test", "a@b.test!"]);
        let text = private.scrub("rk_1: c, A@b.test, a@b.test!, é", WHOLE);
        assert_eq!(text, "[redacted]: c, [redacted], [redacted], é");
    }

    #[test]
    fn a_value_is_found_in_every_form_a_service_repeats_it_in() {
        let forms: &[(&str, &[&str])] = &[
            (" alice@example.com\u{a0}", &["alice@example.com", "ALICE%40EXAMPLE.COM", r"alice\u0040example.com"]),
            ("al+ce@example.com", &["al%2bce%40example.com", "al%252Bce%2540example.com", "al ce@example.com"]),
            ("O'Brien & \"Sons\"", &["O&#39;Brien &amp; &quot;Sons&quot;", "O&#X27;BRIEN+%26+%22SONS%22"]),
            (
                "O'Brien & \"Sons\"",
                &[r#"O\u0026#39;Brien \\\u0026amp; \\\"Sons\\\""#, "O&apos;Brien &amp;amp; \\\"Sons\\\""],
            ),
            (
                "Zoë Groß",
                &["ZOË GROSS", "zoë groß", "Zo&euml; Gro&szlig;", "Zo%C3%AB+Gro%c3%9f", r"Zo\u00EB Gro\u00df"],
            ),
            ("Иван Петров", &["ИВАН ПЕТРОВ", "&#1048;&#x432;ан Петров", r"\u0418\u0432\u0430\u043d Петров"]),
            (r"C:\new\1", &[r"C:\new\1", r"C:\\new\\1", r"c:\\\\new\\\\1", "C%3A%5Cnew%5c1"]),
            ("two\nlines", &["two\nlines", r"two\nlines", "two%0Alines", "two&#10;lines"]),
            ("<b>x</b>", &["&lt;b&gt;x&lt;/b&gt;", r"\u003cb\u003ex\u003c/b\u003e", r"\x3cb\x3ex<\/b>"]),
        ];
        for (value, repeated) in forms {
            for text in *repeated {
                assert_eq!(scrubbed(value, &format!("no: {text}!")), "no: [redacted]!", "{value:?} as {text:?}");
            }
        }
    }

    #[test]
    fn what_holds_no_value_stays_as_it_is() {
        for text in ["100% sure & more", r"a \ b", "é & ü", "%zz &#; &amp; \\", "alice", "user"] {
            assert_eq!(scrubbed("user_001", text), text);
        }
    }

    #[test]
    fn short_values_are_no_secrets() {
        for value in ["", "k", "abc", " abc ", "Zoë", "   k"] {
            assert_eq!(scrubbed(value, "k abc Zoë"), "k abc Zoë", "{value:?}");
        }
    }

    #[test]
    fn control_characters_become_blanks() {
        assert_eq!(scrubbed("", "a\r\nb\x1b[31m\u{9b}c\u{2028}\u{202e}d"), "a  b [31m c  d");
    }

    #[test]
    fn a_value_that_is_cut_off_does_not_show() {
        let private = PrivateValues(vec!["secret"]);
        assert_eq!(private.scrub("text", 3), "tex");
        assert_eq!(private.scrub("a secret", 5), "a ");
        let long = "0123456789".repeat(10_000);
        let private = PrivateValues(vec![&long]);
        for text in [format!("your ID is {long}"), format!("your ID is {}", long.replace('1', "%31"))] {
            assert_eq!(private.scrub(&text, 500), "your ID is [redacted]");
        }
    }

    #[test]
    fn the_work_grows_with_the_text_alone() {
        // With the square it would be 10^12.
        let (value, text) = ("a".repeat(500_000), "a".repeat(1_000_000));
        assert_eq!(scrubbed(&value, &text), REDACTED);
        assert_eq!(scrubbed(&format!("{value}b"), &text), text);
        assert_eq!(scrubbed("secret", &"&amp;%25\\".repeat(200_000)).len(), 1_800_000);
    }

    proptest! {
        #[test]
        fn a_plain_value_never_shows(before in any::<String>(), value in "[a-z0-9@._'\"/-]{4,12}", after in any::<String>()) {
            let text = scrubbed(&value, &format!("{before} {value} {after}"));
            prop_assert!(!text.replace(REDACTED, "").to_lowercase().contains(&value));
        }

        #[test]
        fn any_text_and_any_length_are_no_panic(
            text in "[%&\\\\#ux;amp0-9a-f\u{0}éß😀 +]{0,60}", value in "[%&\\\\#ux;amp0-9a-f\u{0}éß😀 +]{0,9}", length in 0_usize..70,
        ) {
            let said = PrivateValues(vec![&value]).scrub(&text, length);
            prop_assert!(said.chars().count() <= length);
        }

        #[test]
        fn without_values_a_text_is_only_cut(text in "[^\\p{C}\u{2028}\u{2029}]{0,40}", length in 0_usize..50) {
            prop_assert_eq!(PrivateValues::default().scrub(&text, length), text.chars().take(length).collect::<String>());
        }
    }
}
