//! One HTTP request, built once per delivery and sent in every attempt.
//!
//! In: a [`Config`] and an event. Out: URL, headers and body. Sending is not its job.

use super::{
    config::Config,
    event::ConversionEvent,
    json::{Json, Members},
    secret::Secret,
    text::{concat, cut},
};

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
        let (_, key) = cut(authorization, b' ');
        let mut values = vec![key.unwrap_or(authorization).to_owned()];
        let mut members = Json::parse(body).map_or(Members::NONE, Json::members);
        while let Some((name, value)) = members.next() {
            if name.starts_with("customer") && value.is_text() {
                values.push(value.as_text().unwrap_or_default());
            }
        }
        Self(values)
    }

    /// The first `length` characters of `text`, every private value in it replaced, in whichever case it stands there;
    /// the longest where several do.
    pub fn scrub(&self, text: &str, length: usize) -> String {
        const REDACTED: &str = "[redacted]";
        let mut scrubbed = String::new();
        let mut rest = text;
        let mut left = length;
        while let Some(next) = rest.chars().next() {
            let mut private = 0;
            for value in &self.0 {
                if value.len() > private && starts_with(rest, value) {
                    private = value.len();
                }
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

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
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
