//! What a caller may configure, checked once.
//!
//! In: the options as the caller gave them. Out: a [`Config`], or every issue at once. The transport, the signal and the
//! callback are functions of JavaScript's and stay there.

use super::{
    error::{Issue, Issues},
    fields::{Source, Value},
    provider::{Identify, Provider},
    secret::Secret,
    text::{Alphabet, cut, is_blank},
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
    /// Where `tracking.identify` of RefCampaign's goes.
    pub identify: Identify<'a>,
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

impl Default for Policy {
    fn default() -> Self {
        Self { timeout: Millis(5_000), budget: Millis(10_000), max_attempts: 3, replay: Replay::Safe }
    }
}

impl<'a> Config<'a> {
    /// Checks a configuration for `provider`, whose [`options`](Provider::options) come in this order.
    pub fn parse(provider: Provider, mut fields: impl Source<'a>, issues: &mut Issues) -> Option<Self> {
        let (mut key, mut base_url) = (None, None);
        let mut policy = Policy::default();
        let mut identify = Identify::default();
        for ((index, field), default) in (0..).zip(provider.options()).zip(provider.defaults()) {
            let (text, number) = match fields.take(index, field) {
                Value::Absent if index == 2 || index == 3 || index == 4 => continue,
                Value::Absent => (default, 0.0),
                Value::Text(text) => (text, 0.0),
                // What is wrong with a key is never that it is not there.
                Value::IllFormed(text) if index == 0 => (text, 0.0),
                Value::Number(number) => ("", number),
                _ => ("", 0.0),
            };
            let complaint = match index {
                0 => Secret::parse(text).map(|parsed| key = Some(parsed)).err(),
                1 => BaseUrl::parse(text).map(|parsed| base_url = Some(parsed)).err(),
                2..=4 if !(number > 0.0 && number.is_finite()) => Some("must be a positive, finite number"),
                4 if number.trunc() != number => Some("must be a whole number"),
                5 if text != "safe" && text != "always" => Some("must be \"safe\" or \"always\""),
                6 if !is_path(text) => Some("must be a path that begins with a slash"),
                7.. if is_blank(text) => Some("must be a string, not empty"),
                _ => None,
            };
            match index {
                2 => policy.timeout = milliseconds(number),
                3 => policy.budget = milliseconds(number),
                4 => policy.max_attempts = whole(number),
                5 if text == "always" => policy.replay = Replay::Always,
                6 => identify.path = text,
                7 => identify.session_id = text,
                8 => identify.customer_email_hash = text,
                _ => {}
            }
            if let Some(complaint) = complaint {
                issues.push(Issue { field, complaint });
            }
        }
        Some(Self { key: key?, base_url: base_url?, policy, identify })
    }
}

/// A timer holds at most 2^31 - 1 ms; more would fire at once.
const LONGEST_TIMER_MS: f64 = 2_147_483_647.0;

/// A positive, finite number of milliseconds, rounded up to a whole one.
fn milliseconds(number: f64) -> Millis {
    Millis(whole(number.min(LONGEST_TIMER_MS).ceil()))
}

/// A positive whole number, cut to what a `u32` holds.
fn whole(number: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and a float cast saturates")]
    {
        number as u32
    }
}

/// Where the service is: an https origin (http on a loopback address only, for tests) and perhaps a path, without a
/// slash at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseUrl<'a>(&'a str);

/// What a host and a port are made of. Whoever reads `user@host` or `host\path` in two ways could send the key to the
/// wrong one of them.
const OF_AUTHORITY: Alphabet = Alphabet::alphanumeric_and(b".-_:[]");
const OF_PATH: Alphabet = OF_AUTHORITY.and(b"/%~@!$&()*+,;=");
const OF_IP_ADDRESS: Alphabet = Alphabet::DIGITS.and(b".");

impl<'a> BaseUrl<'a> {
    /// Checks `text`. What a URL parser would repair or read in two ways is refused: the key goes where this points.
    pub fn parse(mut text: &'a str) -> Result<Self, &'static str> {
        let (scheme, rest) = cut(text, b':');
        let rest = rest.and_then(|rest| rest.strip_prefix("//")).unwrap_or_default();
        let (authority, path) = cut(rest, b'/');
        let is_safe =
            scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_loopback(authority);
        if authority.is_empty() || !is_safe {
            return Err("must be an https URL (http on a loopback address only)");
        }
        if !OF_AUTHORITY.spells(authority) || !OF_PATH.spells(path.unwrap_or_default()) {
            return Err("must be a plain URL, without user name, query, fragment or blanks");
        }
        while let Some(shorter) = text.strip_suffix('/') {
            text = shorter;
        }
        Ok(Self(text))
    }

    /// The URL, without a slash at its end.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

/// A path from the root, without what would end it.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && OF_PATH.spells(text)
}

fn is_loopback(authority: &str) -> bool {
    let (host, _) = cut(authority, b':');
    host.starts_with("127.") && OF_IP_ADDRESS.spells(host)
        || host.eq_ignore_ascii_case("localhost")
        || matches!(authority.strip_prefix("[::1]"), Some(port) if port.is_empty() || port.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::fields::Fields;
    use proptest::prelude::*;

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
            assert_eq!(BaseUrl::parse(text).unwrap().as_str(), trimmed, "{text}");
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
            "http://[::1]evil.test",
            "javascript://x",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
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
        assert!(Config::parse(Provider::Refport, fields, &mut issues).is_none());
        let named: Vec<_> = issues.into_iter().map(|issue| issue.field).collect();
        assert_eq!(named, Provider::Refport.options().collect::<Vec<_>>());
    }

    #[test]
    fn options_are_rounded_and_cut_to_what_timers_hold() {
        let fields = Fields::from([
            ("apiKey", "rk_test".into()),
            ("timeoutMs", 0.2.into()),
            ("budgetMs", 1e300.into()),
            ("maxAttempts", 1e300.into()),
        ]);
        let policy = Config::parse(Provider::Refport, fields, &mut Issues::default()).unwrap().policy;
        assert_eq!(policy.timeout, Millis(1));
        assert_eq!(policy.budget, Millis(2_147_483_647));
        assert_eq!(policy.max_attempts, u32::MAX);
    }

    proptest! {
        #[test]
        fn any_base_url_is_read_without_a_panic(text in any::<String>()) {
            let _ = BaseUrl::parse(&text);
        }
    }
}
