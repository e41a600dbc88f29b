//! One HTTP request, built once per delivery and sent in every attempt.
//!
//! In: a [`Config`] and an event. Out: URL, headers and body. Sending is not its job.

use super::{
    config::Config,
    event::ConversionEvent,
    private::PrivateValues,
    provider::has,
    secret::Secret,
    text::{concat, cut},
};

/// A request, with a JSON body or without one.
#[derive(Clone)]
pub struct OutgoingRequest<'a> {
    /// Where it goes.
    pub url: String,
    /// The JSON body, where there is one.
    pub body: Option<String>,
    method: &'static str,
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
        let (base_url, path) = (config.base_url.as_str(), config.path_of(endpoint));
        let url = if const { has::in_path() } {
            let (before, behind) = cut(path, b'{');
            let behind = behind.and_then(|rest| rest.strip_prefix('}')).unwrap_or_default();
            concat(&[base_url, before, &event.in_path, behind])
        } else {
            concat(&[base_url, path])
        };
        Self {
            url,
            method: endpoint.method,
            body: if endpoint.has_body { Some(event.body) } else { None },
            key: config.key,
            wants_key: endpoint.wants_key,
            private: PrivateValues(private),
        }
    }

    /// The request's method.
    pub fn method(&self) -> &'static str {
        self.method
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
