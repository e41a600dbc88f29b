//! One HTTP request, built once per delivery and sent in every attempt.
//!
//! In: a [`Config`] and an event. Out: URL, headers and body. Sending is not its job.

use super::{config::Config, event::ConversionEvent, json::Json, secret::Secret, text::concat};

/// A `POST` with a JSON body.
#[derive(Debug, Clone)]
pub struct OutgoingRequest {
    /// Where it goes.
    pub url: String,
    /// The JSON body.
    pub body: String,
    key: Secret,
}

impl OutgoingRequest {
    /// The request's method.
    pub const METHOD: &str = "POST";

    /// The headers that are the same for every request.
    pub const HEADERS: &[(&str, &str)] = &[("accept", "application/json"), ("content-type", "application/json")];

    /// Puts the request together.
    pub fn new(config: &Config, event: ConversionEvent) -> Self {
        Self {
            url: concat(&[config.base_url.as_str(), event.endpoint.path()]),
            body: event.body,
            key: config.key.clone(),
        }
    }

    /// The value of the `authorization` header: the one place where the key shows.
    pub fn authorization(&self) -> String {
        concat(&["Bearer ", self.key.expose()])
    }

    /// What must not show in anything that is told of an answer.
    pub fn private_values(&self) -> PrivateValues {
        PrivateValues::of(&self.authorization(), &self.body)
    }
}

/// The key, and every value the caller sent in a customer's field.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct PrivateValues(Vec<String>);

impl PrivateValues {
    /// Reads them back from what is sent: the `authorization` header and the JSON body.
    pub fn of(authorization: &str, body: &str) -> Self {
        let key = authorization.split_once(' ').map_or(authorization, |(_, key)| key);
        let mut values = vec![key.to_owned()];
        if let Some(body) = Json::parse(body) {
            body.members(|name, value| {
                if name.starts_with("customer") {
                    values.extend(value.as_text());
                }
            });
        }
        values.retain(|value| !value.is_empty());
        Self(values)
    }

    /// The first `length` characters of `text` once every private value in it is replaced, in whichever case it stands
    /// there; the longest where several do.
    pub fn scrub(&self, text: &str, length: usize) -> String {
        let mut scrubbed = String::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if let Some(after) =
                self.0.iter().filter_map(|value| strip_prefix(rest, value)).min_by_key(|after| after.len())
            {
                scrubbed.push_str("[redacted]");
                rest = after;
            } else {
                scrubbed.push(next);
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
            }
        }
        scrubbed.chars().take(length).collect()
    }
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, after) = text.split_at_checked(prefix.len())?;
    if start.eq_ignore_ascii_case(prefix) { Some(after) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_and_the_customer_are_taken_out_of_what_a_service_says() {
        let private = PrivateValues::of(
            "rk_1",
            r#"{"clickId":"c","customerEmail":"a@b.test","customerName":"a\u0040b.test!","amount":1}"#,
        );
        assert_eq!(private.scrub("rk_1: c, A@b.test, a@b.test!, é", 99), "[redacted]: c, [redacted], [redacted], é");
    }

    #[test]
    fn an_empty_value_redacts_nothing() {
        assert_eq!(PrivateValues::of("k", r#"{"customerName":""}"#).scrub("text", 3), "tex");
    }
}
