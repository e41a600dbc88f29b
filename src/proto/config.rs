//! What a caller may configure, checked once.
//!
//! In: the options as the caller gave them. Out: a [`Config`], or every issue at once. The transport, the signal and the
//! callback are functions of JavaScript's and stay there.

use std::borrow::Cow;

use super::{
    error::{Issue, Issues},
    fields::{Source, Value},
    near,
    provider::has,
    secret::Secret,
    service::{Endpoint, Service},
    setting::{Sets, Setting},
    text::{Alphabet, concat, cut, digits_behind, is_blank},
    time::Millis,
};

/// How to reach a service, as whom, and how hard to try.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// The API key.
    pub key: Secret<'a>,
    /// Where the service is.
    pub base_url: BaseUrl<'a>,
    /// How hard to try.
    pub policy: Policy,
    /// What is configured of an endpoint.
    pub configured: Configured<'a>,
}

/// The path of the endpoint that is configured, and what its fields are called on the wire.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Configured<'a> {
    path: &'a str,
    names: [&'a str; 2],
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// One attempt, its body included.
    pub timeout: Millis,
    /// The whole call, waits included.
    pub budget: Millis,
    /// HTTP requests at most.
    pub max_attempts: u32,
    /// Whether an event that a service may count twice is sent again after an ambiguous attempt.
    pub replay: Replay,
}

/// Which events are sent again after an attempt that may have recorded them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Those that the service recognises when it sees them twice.
    Safe,
    /// All: the caller would rather count one twice than lose it.
    Always,
}

impl Replay {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "safe" => Ok(Self::Safe),
            "always" => Ok(Self::Always),
            _ => Err("must be \"safe\" or \"always\""),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { timeout: Millis(5_000), budget: Millis(10_000), max_attempts: 3, replay: Replay::Safe }
    }
}

/// Whether there is such an endpoint.
const IS_CONFIGURED: bool = has::setting_of(Sets::Path);

impl<'a> Config<'a> {
    /// Checks the options of `service`.
    pub fn parse(service: &Service, mut fields: impl Source<'a>, issues: &mut Issues) -> Option<Self> {
        let mut so_far = SoFar::default();
        for (index, setting) in (0..).zip(service.settings) {
            if setting.sets == Sets::InJavaScript {
                continue;
            }
            let given = match fields.take(index, setting.name) {
                // The service's own needs no check: a test sees to it.
                Value::Absent if setting.sets == Sets::BaseUrl => {
                    so_far.base_url = Some(BaseUrl(setting.default));
                    continue;
                }
                Value::Absent if setting.default.is_empty() && setting.sets != Sets::Key => continue,
                Value::Absent => Value::Text(setting.default),
                given => given,
            };
            if let Err(message) = so_far.take(service, setting.sets, given) {
                issues.push(Issue { field: setting.name.into(), message });
            }
        }
        let mut index = 0;
        while let Some((name, _)) = fields.extra(index) {
            index = index.saturating_add(1);
            issues.push(Issue { field: name.to_owned().into(), message: unknown_option(service, name) });
        }
        let SoFar { key, base_url, policy, configured, .. } = so_far;
        Some(Self { key: key?, base_url: base_url?, policy, configured })
    }

    /// The path of an endpoint, to be put behind the base URL.
    pub fn path_of(&self, endpoint: &Endpoint) -> &'a str {
        if IS_CONFIGURED && endpoint.is_configured { self.configured.path } else { endpoint.path }
    }

    /// The name on the wire of an endpoint's field at `index`, where that is configured.
    pub fn name_of(&self, endpoint: &Endpoint, index: u32) -> Option<&'a str> {
        if !IS_CONFIGURED || !endpoint.is_configured {
            return None;
        }
        self.configured.names.get(usize::try_from(index).ok()?).copied()
    }
}

/// What is said of an option that is not known: it may have been meant to keep the key from another service, or a call from
/// taking too long.
fn unknown_option(service: &Service, name: &str) -> Cow<'static, str> {
    for Setting { name: known, .. } in service.settings {
        if near::is_slip(name, known) || near::is_beginning(name, known) {
            return near::did_you_mean(known);
        }
    }
    let name_of = |sets| {
        let found = service.settings.iter().find(|setting| setting.sets == sets);
        found.map_or("", |setting| setting.name)
    };
    let (key, base_url) = (name_of(Sets::Key), name_of(Sets::BaseUrl));
    for (other, known) in [
        ("apiUrl", base_url),
        ("baseUrl", base_url),
        ("url", base_url),
        ("endpoint", base_url),
        ("host", base_url),
        ("apiKey", key),
        ("key", key),
        ("token", key),
        ("secretKey", key),
        ("maxRetries", "maxAttempts"),
        ("retries", "maxAttempts"),
        ("replay", "retry.replay"),
        ("fetcher", "fetch"),
        ("abortSignal", "signal"),
    ] {
        if near::is_slip(name, other) {
            return near::did_you_mean(known);
        }
    }
    "is not an option: see the documentation for those there are".into()
}

/// The options so far. `allow_http` comes before the base URL.
#[derive(Default)]
struct SoFar<'a> {
    key: Option<Secret<'a>>,
    base_url: Option<BaseUrl<'a>>,
    policy: Policy,
    configured: Configured<'a>,
    allow_http: bool,
}

impl<'a> SoFar<'a> {
    fn take(&mut self, service: &Service, sets: Sets, given: Value<'a>) -> Result<(), Cow<'static, str>> {
        let text = match given {
            Value::Text(text) => text,
            // An ill-formed key is reported as invalid, not as missing.
            Value::IllFormed(text) if sets == Sets::Key => text,
            _ => "",
        };
        match sets {
            Sets::Key => self.key = Some(Secret::parse(text)?),
            Sets::AllowHttp => match given {
                Value::Flag(flag) => self.allow_http = flag,
                _ => return Err("must be a boolean".into()),
            },
            Sets::BaseUrl => self.base_url = Some(BaseUrl::parse(text, self.allow_http, service)?),
            Sets::Timeout => self.policy.timeout = milliseconds(positive(given)?),
            Sets::Budget => self.policy.budget = milliseconds(positive(given)?),
            Sets::MaxAttempts => self.policy.max_attempts = whole(positive(given)?)?,
            Sets::Replay => self.policy.replay = Replay::parse(text)?,
            Sets::Path | Sets::FirstName | Sets::SecondName if !IS_CONFIGURED => {}
            Sets::Path if is_path(text) => self.configured.path = text,
            Sets::Path => return Err("must be a path that begins with a slash".into()),
            Sets::FirstName => self.configured.names[0] = not_blank(text)?,
            Sets::SecondName if text == self.configured.names[0] => {
                return Err("must not be the name of the session's field".into());
            }
            Sets::SecondName => self.configured.names[1] = not_blank(text)?,
            Sets::InJavaScript => {}
        }
        Ok(())
    }
}

fn not_blank(text: &str) -> Result<&str, &'static str> {
    if is_blank(text) { Err("must be a string, not empty") } else { Ok(text) }
}

fn positive(given: Value<'_>) -> Result<f64, &'static str> {
    match given {
        Value::Number(number) if number > 0.0 && number.is_finite() => Ok(number),
        _ => Err("must be a positive, finite number"),
    }
}

/// A timer holds at most 2^31 - 1 ms; more would fire at once.
const LONGEST_TIMER_MS: f64 = 2_147_483_647.0;

/// A positive, finite number of milliseconds, rounded up to a whole one.
fn milliseconds(number: f64) -> Millis {
    Millis(saturated(number.min(LONGEST_TIMER_MS).ceil()))
}

/// A positive whole number, cut to what a `u32` holds.
fn whole(number: f64) -> Result<u32, &'static str> {
    if number.trunc() == number { Ok(saturated(number)) } else { Err("must be a whole number") }
}

fn saturated(number: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and a float cast saturates")]
    {
        number as u32
    }
}

/// Where the service is: an https origin (http on a loopback address, or where it is allowed) and perhaps a path, without a
/// slash at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseUrl<'a>(&'a str);

/// What a host and a port are made of. Whoever reads `user@host` or `host\path` in two ways could send the key to the
/// wrong one of them.
const OF_AUTHORITY: Alphabet = Alphabet::alphanumeric_and(b".-_:[]");
const OF_PATH: Alphabet = OF_AUTHORITY.and(b"/%~@!$&()*+,;=");

impl<'a> BaseUrl<'a> {
    /// Checks `text`. What a URL parser would repair or read in two ways is refused: the key goes where this points. So is
    /// a part of the paths that are put behind it.
    pub fn parse(mut text: &'a str, allow_http: bool, service: &Service) -> Result<Self, Cow<'static, str>> {
        let (scheme, rest) = cut(text, b':');
        let rest = rest.and_then(|rest| rest.strip_prefix("//")).unwrap_or_default();
        let (authority, path) = cut(rest, b'/');
        let is_http = scheme.eq_ignore_ascii_case("http");
        if authority.is_empty() || !is_http && !scheme.eq_ignore_ascii_case("https") {
            return Err("must be an https URL (http on a loopback address only)".into());
        }
        if !OF_AUTHORITY.consists_of(authority) || !OF_PATH.consists_of(path.unwrap_or_default()) {
            return Err("must be a plain URL, without user name, query, fragment or blanks".into());
        }
        if is_http && !allow_http && !is_loopback(authority) {
            let message = "must be an https URL (http on a loopback address only): the key would be readable on its \
                             way. For a test's own network pass dangerouslyAllowHttp: true";
            return Err(message.into());
        }
        while let Some(shorter) = text.strip_suffix('/') {
            text = shorter;
        }
        if let Some(right) = without_own_path(text, path.is_some(), service) {
            return Err(concat(&["must not have the path of an endpoint at its end: pass ", right]).into());
        }
        Ok(Self(text))
    }

    /// The URL, without a slash at its end.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

/// The URL without the path at its end that an endpoint has at its beginning (`/api`, `/api/v1`), if there is one: it would
/// stand twice.
fn without_own_path<'a>(url: &'a str, has_path: bool, service: &Service) -> Option<&'a str> {
    for endpoint in service.endpoints {
        let mut path = endpoint.path;
        while has_path && !path.is_empty() {
            match url.strip_suffix(path) {
                // Not a host of that name: `https://api`.
                Some(right) if !right.ends_with('/') => return Some(right),
                _ => path = without_last(path),
            }
        }
    }
    None
}

/// A path without its last name.
fn without_last(path: &str) -> &str {
    let slash = path.bytes().rposition(|byte| byte == b'/');
    slash.and_then(|at| path.get(..at)).unwrap_or_default()
}

/// A path from the root, without what would end it.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && OF_PATH.consists_of(text)
}

fn is_loopback(authority: &str) -> bool {
    let (host, _) = cut(authority, b':');
    is_loopback_address(host)
        || host.eq_ignore_ascii_case("localhost")
        || matches!(authority.strip_prefix("[::1]"), Some(port) if port.is_empty() || port.starts_with(':'))
}

/// `127.` and three numbers from 0 to 255. URL parsers read shorter forms too, each in its own way: `127.` is 0.0.0.127.
fn is_loopback_address(host: &str) -> bool {
    let mut rest = host.strip_prefix("127.");
    for _ in 0..3 {
        let (number, others) = cut(rest.unwrap_or_default(), b'.');
        let is_octet = number.len() <= 3 && digits_behind(0, number).is_some_and(|number| number <= 255);
        // In octal, to some.
        if !is_octet || number.len() > 1 && number.starts_with('0') {
            return false;
        }
        rest = others;
    }
    rest.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::{
        fields::Fields,
        provider::{self, refcampaign, refport},
    };
    use proptest::prelude::*;

    #[test]
    fn the_address_of_each_service_is_a_base_url() {
        for service in provider::SERVICES {
            let default = service.settings.iter().find(|setting| setting.sets == Sets::BaseUrl).unwrap().default;
            assert_eq!(BaseUrl::parse(default, false, service), Ok(BaseUrl(default)), "{}", service.constant);
        }
    }

    #[test]
    fn https_anywhere_and_http_on_loopback_are_base_urls() {
        for (text, trimmed) in [
            ("https://app.refport.co", "https://app.refport.co"),
            ("https://app.refport.co//", "https://app.refport.co"),
            ("HTTPS://proxy.test:8443/refport/", "HTTPS://proxy.test:8443/refport"),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://localhost/", "http://localhost"),
            ("http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(BaseUrl::parse(text, false, &refport::SERVICE).unwrap().as_str(), trimmed, "{text}");
        }
    }

    #[test]
    fn whatever_could_send_the_key_elsewhere_is_refused() {
        for text in [
            "",
            "app.refport.co",
            "http://app.refport.co",
            "ftp://localhost",
            "http://127.evil.test",
            "https://",
            "http://localhost.evil.test",
            "http://localhost@evil.test",
            "http://evil.test\\.localhost",
            "https://a@b.test",
            "https://a.test?x",
            "https://a.test/#",
            "https://a.test/x y",
            "https://a.test\\b",
            "https://ä.test",
            "https://a\t.test",
            "http://localhost:80@evil.test",
            "http://[::1]evil.test",
            "https:///x",
            "http://127.",
            "http://127.1",
            "http://127.0.0.256",
            "http://127.0.0.01",
            "http://127.0.0.1.",
            "http://127.0.0.1.2",
            "javascript://x",
        ] {
            assert!(BaseUrl::parse(text, false, &refport::SERVICE).is_err(), "{text}");
        }
    }

    #[test]
    fn http_elsewhere_has_to_be_allowed_and_is_no_other_scheme() {
        for text in
            ["http://host.docker.internal:3000", "http://fake:8080", "http://shop.localhost:9", "http://10.0.0.1"]
        {
            let message = BaseUrl::parse(text, false, &refport::SERVICE).unwrap_err();
            assert!(message.contains("dangerouslyAllowHttp: true"), "{message}");
            assert_eq!(BaseUrl::parse(text, true, &refport::SERVICE).unwrap().as_str(), text);
        }
        for text in ["ftp://fake", "http://a@fake", "http://", "fake"] {
            assert!(BaseUrl::parse(text, true, &refport::SERVICE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_that_would_stand_twice_is_refused_with_the_right_value() {
        let right = |text, service| BaseUrl::parse(text, false, service).map(BaseUrl::as_str);
        for (text, provider, wanted) in [
            ("https://app.refport.co/api/", &refport::SERVICE, "https://app.refport.co"),
            ("https://app.refport.co/api/track", &refport::SERVICE, "https://app.refport.co"),
            ("https://proxy.test/refport/api/track/sale", &refport::SERVICE, "https://proxy.test/refport"),
            ("https://app.refcampaign.com/api/v1", &refcampaign::SERVICE, "https://app.refcampaign.com"),
        ] {
            let message = right(text, provider).unwrap_err();
            assert!(message.ends_with(&format!("pass {wanted}")), "{message}");
        }
        for text in
            ["https://shop.test/api/refport", "https://shop.test/refport-api", "https://api", "https://api/api2"]
        {
            assert_eq!(right(text, &refport::SERVICE), Ok(text));
        }
    }

    #[test]
    fn an_option_that_is_not_known_is_refused_and_the_one_meant_is_named() {
        for (service, name, meant) in [
            (&refport::SERVICE, "baseURL", "baseUrl"),
            (&refport::SERVICE, "apiUrl", "baseUrl"),
            (&refcampaign::SERVICE, "baseUrl", "apiUrl"),
            (&refport::SERVICE, "timeout", "timeoutMs"),
            (&refport::SERVICE, "timeoutMS", "timeoutMs"),
            (&refport::SERVICE, "maxRetries", "maxAttempts"),
            (&refport::SERVICE, "api_key", "apiKey"),
            (&refport::SERVICE, "retry.reply", "retry.replay"),
            (&refport::SERVICE, "on_attempt", "onAttempt"),
        ] {
            assert!(unknown_option(service, name).ends_with(&format!("did you mean {meant}?")), "{name}");
        }
        assert!(!unknown_option(&refport::SERVICE, "verbose").contains("did you mean"));
    }

    #[test]
    fn every_wrong_option_is_named_at_once() {
        let mut issues = Issues::default();
        let fields = Fields::from([
            ("apiKey", " ".into()),
            ("baseUrl", "http://app.refport.co".into()),
            ("timeoutMs", f64::INFINITY.into()),
            ("budgetMs", 0.0.into()),
            ("maxAttempts", 1.5.into()),
            ("retry.replay", "never".into()),
        ]);
        assert!(Config::parse(&refport::SERVICE, fields, &mut issues).is_none());
        let named: std::collections::BTreeSet<_> = issues.into_iter().map(|issue| issue.field).collect();
        let wanted = ["apiKey", "baseUrl", "timeoutMs", "budgetMs", "maxAttempts", "retry.replay"];
        assert_eq!(named, wanted.map(std::borrow::Cow::Borrowed).into());
    }

    #[test]
    fn options_are_rounded_and_cut_to_what_timers_hold() {
        let fields = Fields::from([
            ("apiKey", "rk_test".into()),
            ("timeoutMs", 0.2.into()),
            ("budgetMs", 1e300.into()),
            ("maxAttempts", 1e300.into()),
        ]);
        let policy = Config::parse(&refport::SERVICE, fields, &mut Issues::default()).unwrap().policy;
        assert_eq!(policy.timeout, Millis(1));
        assert_eq!(policy.budget, Millis(2_147_483_647));
        assert_eq!(policy.max_attempts, u32::MAX);
    }

    proptest! {
        #[test]
        fn any_base_url_is_read_without_a_panic(text in any::<String>(), allow_http in any::<bool>()) {
            let _ = BaseUrl::parse(&text, allow_http, &refcampaign::SERVICE);
        }
    }
}
