//! One cookie of a Cookie header.
//!
//! In: what stands between two semicolons, and a name. Out: the value, decoded, when the cookie has that name. What makes
//! a value a click ID, and which of several counts, is [`click_id`](super::click_id)'s.

use super::{percent, text::cut};

/// The decoded value of `cookie`, when it is called exactly `name`.
///
/// Lenient where RFC 6265 §5.4 leaves room: blanks around the name and the value are dropped, as is one pair of double
/// quotes around the value. (A `;` ends a cookie even within quotes: RFC 6265 §4.1.1 has none inside a value.)
pub fn value(cookie: &str, name: &str) -> Option<String> {
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
        header.split(';').find_map(|cookie| value(cookie, "refp_id"))
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

    proptest! {
        #[test]
        fn any_header_is_read_without_a_panic(header in ".*", name in ".*") {
            let _ = value(&header, &name);
        }

        #[test]
        fn what_the_browser_script_writes_is_read_back(value in "\\PC*", before in "[a-z]=[^;]*", after in "[a-z]=[^;]*") {
            let header = format!("{before}; refp_id={}; {after}", percent::encode(&value));
            prop_assert_eq!(first(&header), Some(value));
        }
    }
}
