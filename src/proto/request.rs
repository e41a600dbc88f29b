//! One HTTP request, built once per delivery and sent in every attempt.
//!
//! In: a [`Config`] and an event. Out: URL, headers and body. Sending is not its job.

use super::{config::Config, event::ConversionEvent, secret::Secret, text::concat};

/// A `POST` with a JSON body, or a `GET`.
#[derive(Clone)]
pub struct OutgoingRequest<'a> {
    /// Where it goes.
    pub url: String,
    /// The JSON body of a `POST`; a `GET` has none.
    pub body: Option<String>,
    key: Secret<'a>,
    wants_key: bool,
    private: PrivateValues<'a>,
}

impl<'a> OutgoingRequest<'a> {
    /// The header that every request has.
    pub const ACCEPT: (&'static str, &'static str) = ("accept", "application/json");

    /// The header that a request with a body has besides.
    pub const CONTENT_TYPE: (&'static str, &'static str) = ("content-type", "application/json");

    /// Puts the request together.
    pub fn new(config: &Config<'a>, event: ConversionEvent<'a>) -> Self {
        let mut private = event.private;
        private.push(config.key.expose());
        let endpoint = event.endpoint;
        Self {
            url: concat(&[config.base_url.as_str(), endpoint.path(config)]),
            body: if endpoint.has_body() { Some(event.body) } else { None },
            key: config.key,
            wants_key: endpoint.wants_key(),
            private: PrivateValues(private),
        }
    }

    /// The request's method.
    pub fn method(&self) -> &'static str {
        Self::method_with(self.body.is_some())
    }

    /// The method of a request with a body, or without.
    pub fn method_with(body: bool) -> &'static str {
        if body { "POST" } else { "GET" }
    }

    /// The value of the `authorization` header: the one place where the key shows. A public endpoint gets none.
    pub fn authorization(&self) -> Option<String> {
        if self.wants_key { Some(concat(&["Bearer ", self.key.expose()])) } else { None }
    }

    /// What must not show in anything that is told of an answer.
    pub fn private_values(&self) -> &PrivateValues<'a> {
        &self.private
    }
}

/// The key, and every value the caller sent in a customer's field.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PrivateValues<'a>(pub Vec<&'a str>);

impl PrivateValues<'_> {
    /// The first `length` characters of `text`, every private value in it replaced, in whichever case it stands there;
    /// the longest where several do. JSON that is repeated has backslashes before some characters of a value, more of them
    /// where it is JSON in JSON.
    pub fn scrub(&self, text: &str, length: usize) -> String {
        const REDACTED: &str = "[redacted]";
        let mut scrubbed = String::new();
        let mut rest = text;
        let mut left = length;
        while let Some(next) = rest.chars().next() {
            let mut private = 0;
            for value in &self.0 {
                private = private.max(length_at_start(rest, value));
            }
            let written = if private > 0 { REDACTED.len() } else { 1 };
            let Some(left_then) = left.checked_sub(written) else { break };
            if private > 0 {
                scrubbed.push_str(REDACTED);
            } else {
                scrubbed.push(next);
                private = next.len_utf8();
            }
            rest = rest.get(private..).unwrap_or_default();
            left = left_then;
        }
        scrubbed
    }
}

/// How many bytes of `text` the `value` takes at its start, backslashes put into it included; 0 where it is not there.
fn length_at_start(text: &str, value: &str) -> usize {
    /// JSON in JSON in JSON. Whoever sends more wants to keep us busy.
    const MOST_BACKSLASHES: u32 = 7;
    let mut length = 0_usize;
    let mut bytes = text.bytes();
    for wanted in value.bytes() {
        let mut left = MOST_BACKSLASHES;
        loop {
            let Some(byte) = bytes.next() else { return 0 };
            length = length.wrapping_add(1);
            if byte.eq_ignore_ascii_case(&wanted) {
                break;
            }
            if byte != b'\\' || left == 0 {
                return 0;
            }
            left = left.wrapping_sub(1);
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_are_taken_out_of_what_a_service_says_the_longest_first() {
        let private = PrivateValues(vec!["rk_1", "a@b.test", "a@b.test!"]);
        assert_eq!(private.scrub("rk_1: c, A@b.test, a@b.test!, é", 99), "[redacted]: c, [redacted], [redacted], é");
    }

    #[test]
    fn a_text_is_cut_where_a_value_could_be_left_half() {
        let private = PrivateValues(vec!["secret", ""]);
        assert_eq!(private.scrub("text", 3), "tex");
        assert_eq!(private.scrub("a secret", 5), "a ");
    }
}
