//! Where a click ID comes from, and what makes it one.
//!
//! In: the parts of a request that can hold it. Out: the first [`ClickId`]. How those parts are found in the many kinds
//! of request there are is JavaScript's (`pkg/request.js`).

use super::{
    cookie, percent,
    text::{Alphabet, contains, cut, cut_where, is_blank, is_longer},
};

/// The name of the click cookie and of the query parameter, as the service's browser script writes them.
pub const DEFAULT_COOKIE_NAME: &str = "refp_id";

/// The ID of the click that brought a visitor. Its alphabet and length are the service's; it is never blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClickId(String);

impl ClickId {
    /// Takes any text that is not blank.
    pub fn parse(text: String) -> Option<Self> {
        if is_blank(&text) { None } else { Some(Self(text)) }
    }

    /// The ID, to be sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ID, to be handed out.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The parts of a request that can hold a click ID.
#[derive(Debug, Default, Clone, Copy)]
pub struct Sources<'a> {
    /// The request's URL, absolute or from the path on.
    pub url: Option<&'a str>,
    /// The text of the Cookie header.
    pub cookie_header: Option<&'a str>,
    /// A value that the framework's own cookie parser found. It is decoded already.
    pub stored: Option<&'a str>,
}

impl Sources<'_> {
    /// The click ID called `name`: the URL's first (the newest click, as the browser script has it), then the header's,
    /// then the stored one. The first that can be one wins.
    pub fn find(&self, name: &str) -> Option<ClickId> {
        self.first(name, Wanted::Click).and_then(ClickId::parse)
    }

    /// The ID of a RefCampaign session: the URL's `_rcid`, its `rcsid`, then the cookie `_rc_sid`. What cannot be one is
    /// passed over.
    pub fn find_session(&self) -> Option<String> {
        let of_url = Self { url: self.url, ..Self::default() };
        [("_rcid", of_url), ("rcsid", of_url), (SESSION_COOKIE_NAME, Self { url: None, ..*self })]
            .iter()
            .find_map(|(name, sources)| sources.first(name, Wanted::Session))
    }

    /// The first text called `name` that can be what is wanted.
    fn first(&self, name: &str, wanted: Wanted) -> Option<String> {
        let take = |text: String| if wanted.can_be(&text) { Some(text) } else { None };
        let query = query(self.url.unwrap_or_default());
        parameter(query, name, |byte| byte == b'&', take)
            // A link that was put together without care: a second `?` in place of `&`, or `&amp;` in place of it.
            .or_else(|| parameter(query, name, |byte| matches!(byte, b'&' | b'?' | b';'), take))
            .or_else(|| cookie::find(self.cookie_header?, name, take))
            .or_else(|| take(self.stored?.to_owned()))
    }
}

/// What `take` makes of the first parameter called `name` of which it makes something.
fn parameter(
    query: Option<&str>,
    name: &str,
    separates: impl Fn(u8) -> bool + Copy,
    take: impl Fn(String) -> Option<String>,
) -> Option<String> {
    let mut parameters = query;
    while let Some(list) = parameters {
        let (parameter, rest) = cut_where(list, separates);
        parameters = rest;
        let value = parameter.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
        // A `+` stays one: click IDs are not form text. Behind a second `?` is another parameter.
        if let Some(found) = value.and_then(|value| take(percent::decode(cut(value, b'?').0))) {
            return Some(found);
        }
    }
    None
}

/// What is looked for.
#[derive(Clone, Copy)]
enum Wanted {
    Click,
    Session,
}

impl Wanted {
    fn can_be(self, text: &str) -> bool {
        let is_one = match self {
            Self::Click => !is_blank(text) && !is_longer(text, LONGEST_ID),
            Self::Session => is_session_id(text),
        };
        is_one && !is_placeholder(text)
    }
}

/// In characters. No service has longer IDs.
const LONGEST_ID: u16 = 512;

/// What programs write where there is no value.
const NO_VALUE: &[&str] = &["null", "undefined", "nan", "none", "nil", "true", "false"];

/// How a variable of a template begins, in the notations of those that fill links in.
const VARIABLES: &[&str] = &["{{", "${", "#{", "{%", "<%", "%7b%7b", "%7B%7B", "[object "];

/// What most IDs are made of, and no variable is.
const OF_PLAIN_ID: Alphabet = Alphabet::alphanumeric_and(b"-_.~");

/// The first and last character of a variable that has single ones.
const ENCLOSED: &[(u8, u8)] = &[(b'{', b'}'), (b'<', b'>'), (b'[', b']'), (b'(', b')'), (b'%', b'%')];

/// Whether a text is no ID, but what a template or a program left in its place: `null`, `{{click_id}}`, `[object Object]`.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim_ascii();
    let is_word = NO_VALUE.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_macro = text.strip_prefix("__").and_then(|rest| rest.strip_suffix("__"));
    is_word
        || is_macro.is_some_and(|name| OF_MACRO.consists_of(name))
        || !OF_PLAIN_ID.consists_of(text)
            && (VARIABLES.iter().any(|variable| contains(text, variable)) || is_enclosed(text.as_bytes()))
}

fn is_enclosed(text: &[u8]) -> bool {
    let [first, .., last] = text else { return false };
    ENCLOSED.iter().any(|(opening, closing)| (first, last) == (opening, closing))
}

/// What the name of a macro of an advertising network is made of: `__CLICKID__`.
const OF_MACRO: Alphabet = Alphabet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

/// The name of the cookie that RefCampaign's browser script and its tracking links write.
pub const SESSION_COOKIE_NAME: &str = "_rc_sid";

const OF_SESSION_ID: Alphabet = Alphabet::alphanumeric_and(b"_-");

/// Whether a text can be the ID of a RefCampaign session: a UUID, or whatever else its own clients take.
pub fn is_session_id(text: &str) -> bool {
    text.len() >= 8 && text.len() <= LONGEST_ID.into() && OF_SESSION_ID.consists_of(text)
}

/// The query of a URL, without its question mark.
fn query(url: &str) -> Option<&str> {
    let (before_fragment, _) = cut(url, b'#');
    let (_, query) = cut(before_fragment, b'?');
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(url: &str, stored: &str, header: &str) -> Option<String> {
        let sources = Sources { url: Some(url), stored: Some(stored), cookie_header: Some(header) };
        sources.find("refp_id").map(ClickId::into_string)
    }

    #[test]
    fn the_newest_click_wins() {
        assert_eq!(find("/?refp_id=u", "s", "refp_id=h").unwrap(), "u");
        assert_eq!(find("/?refp_id=", "s", "refp_id=h").unwrap(), "h");
        assert_eq!(find("/", "s", "refp_id=; refp_id=h").unwrap(), "h");
        assert_eq!(find("/", "s", "a=1").unwrap(), "s");
        assert_eq!(find("/", " ", "refp_id=%20"), None);
    }

    #[test]
    fn only_the_query_of_the_url_counts() {
        assert_eq!(find("/refp_id=path#?refp_id=fragment", "", ""), None);
        assert_eq!(find("https://x.test/?a=?refp_id=no&refp_id=yes#refp_id=z", "", "").unwrap(), "yes");
    }

    #[test]
    fn what_a_template_left_is_passed_over() {
        for left in [
            "null",
            "undefined",
            "NaN",
            "[object Object]",
            "{{click_id}}",
            "%7B%7Bclick_id%7D%7D",
            "%257B%257Bid%257D%257D",
            "${id}",
            "a-${id}",
            "{click_id}",
            "<id>",
            "%25click_id%25",
            "__CLICKID__",
            "(null)",
            "Undefined",
            " null ",
        ] {
            assert_eq!(find(&format!("/?refp_id={left}"), "", "refp_id=good").unwrap(), "good", "{left}");
            assert_eq!(find("/", "", &format!("refp_id={left}")), None, "{left}");
        }
        assert_eq!(find("/", "null", ""), None);
        for id in ["nullable", "none1", "__a__", "a{b", "0", "[", "%"] {
            assert_eq!(find("/", "", &format!("refp_id={id}")).unwrap(), id);
        }
    }

    #[test]
    fn a_text_that_is_too_long_to_be_an_id_is_passed_over() {
        let (longest, longer) = ("a".repeat(512), "a".repeat(513));
        assert_eq!(find(&format!("/?refp_id={longest}"), "", "").unwrap(), longest);
        assert_eq!(find(&format!("/?refp_id={longer}"), "", "refp_id=good").unwrap(), "good");
    }

    #[test]
    fn a_link_that_was_put_together_without_care_is_read() {
        for url in ["/?refp_id=a?utm_source=x", "/?x=1?refp_id=a", "/?x=1&amp;refp_id=a", "/?refp_id=a&amp;x=1"] {
            assert_eq!(find(url, "", "").unwrap(), "a", "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_request_is_read_without_a_panic(url in ".*", stored in ".*", header in ".*") {
            let _ = find(&url, &stored, &header);
        }

        #[test]
        fn an_encoded_click_id_is_found_in_the_query(id in "\\S{1,256}") {
            prop_assume!(!is_placeholder(&id));
            let url = format!("https://shop.test/?a=1&refp_id={}&b=2", percent::encode(&id));
            prop_assert_eq!(find(&url, "", ""), Some(id));
        }
    }
}
