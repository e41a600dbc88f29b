//! One cookie of a Cookie header.
//!
//! In: the header's text, and a name. Out: the first value that will do, decoded. What makes a value a click ID is
//! [`click_id`](super::click_id)'s.

use super::{
    percent,
    text::{Alphabet, cut},
};

/// What `take` makes of the first cookie called exactly `name` of which it makes something.
///
/// Cookies end at a `;`, and where a runtime put several Cookie headers together with `, `, there too: a `, ` counts where
/// another `name=` follows, since no browser's script writes one into a value.
pub fn find(header: &str, name: &str, take: impl Fn(String) -> Option<String>) -> Option<String> {
    let mut cookies = Some(header);
    while let Some(list) = cookies {
        let (cookie, rest) = cut(list, b';');
        cookies = rest;
        let mut joined = Some(cookie);
        while let Some(pieces) = joined {
            let (piece, others) = cut_at_comma(pieces);
            joined = others;
            if let Some(found) = value(piece, name).and_then(&take) {
                return Some(found);
            }
        }
    }
    None
}

/// What a name is made of (RFC 9110, token).
const OF_TOKEN: Alphabet = Alphabet::alphanumeric_and(b"!#$%&'*+-.^_`|~");

/// What stands before the first `, ` that another `name=` follows, and from that name on.
fn cut_at_comma(text: &str) -> (&str, Option<&str>) {
    let (first, mut rest) = cut(text, b',');
    let mut comma = first.len();
    while let Some(behind) = rest {
        let (piece, others) = cut(behind, b',');
        let (name, value) = cut(piece, b'=');
        let name = name.strip_prefix(' ').unwrap_or_default().trim_ascii();
        if value.is_some() && !name.is_empty() && OF_TOKEN.consists_of(name) {
            return (text.get(..comma).unwrap_or_default(), Some(behind));
        }
        comma = comma.wrapping_add(1).wrapping_add(piece.len());
        rest = others;
    }
    (text, None)
}

/// The decoded value of `cookie`, when it is called exactly `name`.
///
/// Lenient where RFC 6265 §5.4 leaves room: blanks around the name and the value are dropped, as is one pair of double
/// quotes around the value. (A `;` ends a cookie even within quotes: RFC 6265 §4.1.1 has none inside a value.)
fn value(cookie: &str, name: &str) -> Option<String> {
    let (found, value) = cut(cookie, b'=');
    if found.trim_ascii() == name { Some(percent::decode(unquote(value?.trim_ascii()))) } else { None }
}

fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(header: &str) -> Option<String> {
        find(header, "refp_id", Some)
    }

    #[test]
    fn names_match_exactly() {
        assert_eq!(first("xrefp_id=a; refp_idx=b; REFP_ID=c"), None);
        assert_eq!(first("other=refp_id=z; refp_id=a"), Some("a".into()));
    }

    #[test]
    fn one_pair_of_quotes_goes_and_later_equals_signs_stay() {
        assert_eq!(first("refp_id=\"a=b\""), Some("a=b".into()));
        assert_eq!(first("refp_id=\"\"a\"\""), Some("\"a\"".into()));
        assert_eq!(first("refp_id=\""), Some("\"".into()));
    }

    #[test]
    fn headers_that_were_put_together_are_taken_apart() {
        for header in ["x=1, refp_id=two", "refp_id=two, x=1", "a=1; x=1, refp_id=two; b=2", "x=a,b, c, refp_id=two"] {
            assert_eq!(first(header), Some("two".into()), "{header}");
        }
        assert_eq!(first("refp_id=a,b=c"), Some("a,b=c".into()));
        assert_eq!(first("refp_id=a, b"), Some("a, b".into()));
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_a_panic(header in ".*", name in ".*") {
            let _ = find(&header, &name, Some);
        }

        #[test]
        fn what_the_browser_script_writes_is_read_back(value in "\\PC*", before in "[a-z]=[^;]*", after in "[a-z]=[^;]*") {
            let header = format!("{before}; refp_id={}; {after}", percent::encode(&value));
            prop_assert_eq!(first(&header), Some(value));
        }
    }
}
