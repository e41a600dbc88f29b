//! Where a click ID comes from, and what makes it one.
//!
//! In: the parts of a request that can hold it. Out: the first [`ClickId`]. How those parts are found in the many kinds
//! of request there are is JavaScript's (`pkg/request.js`).

use super::{
    cookie, percent,
    text::{Alphabet, cut, is_blank},
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
    /// A value that the framework's own cookie parser found. It is decoded already.
    pub stored: Option<&'a str>,
    /// The text of the Cookie header.
    pub cookie_header: Option<&'a str>,
}

impl Sources<'_> {
    /// The click ID called `name`: the URL's first (the newest click, as the browser script has it), then the stored
    /// one, then the header's. The first that is not blank wins.
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
        let mut parameters = query(self.url.unwrap_or_default());
        while let Some(list) = parameters {
            let (parameter, rest) = cut(list, b'&');
            // A `+` stays one: click IDs are not form text.
            let value = parameter.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
            if let Some(found) = value.map(percent::decode).and_then(take) {
                return Some(found);
            }
            parameters = rest;
        }
        if let Some(found) = self.stored.map(str::to_owned).and_then(take) {
            return Some(found);
        }
        let mut cookies = self.cookie_header;
        while let Some(list) = cookies {
            let (cookie, rest) = cut(list, b';');
            if let Some(found) = cookie::value(cookie, name).and_then(take) {
                return Some(found);
            }
            cookies = rest;
        }
        None
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
enum Wanted {
    Click,
    Session,
}

impl Wanted {
    fn can_be(self, text: &str) -> bool {
        match self {
            Self::Click => !is_blank(text),
            Self::Session => is_session_id(text),
        }
    }
}

/// The name of the cookie that RefCampaign's browser script and its tracking links write.
pub const SESSION_COOKIE_NAME: &str = "_rc_sid";

const OF_SESSION_ID: Alphabet = Alphabet::alphanumeric_and(b"_-");

/// Whether a text can be the ID of a RefCampaign session: a UUID, or whatever else its own clients take.
pub fn is_session_id(text: &str) -> bool {
    text.len() >= 8 && OF_SESSION_ID.spells(text)
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
        assert_eq!(find("/?refp_id=", "s", "refp_id=h").unwrap(), "s");
        assert_eq!(find("/", "", "refp_id=; refp_id=h").unwrap(), "h");
        assert_eq!(find("/", " ", "refp_id=%20"), None);
    }

    #[test]
    fn only_the_query_of_the_url_counts() {
        assert_eq!(find("/refp_id=path#?refp_id=fragment", "", ""), None);
        assert_eq!(find("https://x.test/?a=?refp_id=no&refp_id=yes#refp_id=z", "", "").unwrap(), "yes");
    }

    proptest! {
        #[test]
        fn any_request_is_read_without_a_panic(url in ".*", stored in ".*", header in ".*") {
            let _ = find(&url, &stored, &header);
        }

        #[test]
        fn an_encoded_click_id_is_found_in_the_query(id in "\\S+") {
            let url = format!("https://shop.test/?a=1&refp_id={}&b=2", percent::encode(&id));
            prop_assert_eq!(find(&url, "", ""), Some(id));
        }
    }
}
