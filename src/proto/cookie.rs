//! Named values out of a Cookie header.
//!
//! In: the header's text and a name. Out: the values of that name, in order, decoded. What makes a value a click ID,
//! and which of several counts, is [`click_id`](super::click_id)'s.

use super::percent;

/// The decoded values of the cookies called exactly `name`, in the header's order.
///
/// Lenient where RFC 6265 §5.4 leaves room: blanks around the name and the value are dropped, as is one pair of double
/// quotes around the value. A `;` ends a cookie even within quotes (RFC 6265 §4.1.1 has none inside a value).
pub fn values<'a>(header: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    header
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(move |(found, _)| found.trim_ascii() == name)
        .map(|(_, value)| percent::decode(unquote(value.trim_ascii())))
}

fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(header: &str) -> Option<String> {
        values(header, "refp_id").next()
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
            let _ = values(&header, &name).count();
        }

        #[test]
        fn what_the_browser_script_writes_is_read_back(value in "\\PC*", before in "[a-z]=[^;]*", after in "[a-z]=[^;]*") {
            let header = format!("{before}; refp_id={}; {after}", percent::encode(&value));
            prop_assert_eq!(first(&header), Some(value));
        }
    }
}
