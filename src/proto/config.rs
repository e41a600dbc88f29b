//! What a caller may configure, checked once.
//!
//! In: the options as the caller gave them. Out: a [`Config`], or every issue at once. The transport, the signal and the
//! callback are functions of JavaScript's and stay there.

use super::{
    error::{Issue, Issues},
    fields::{Fields, Source, Value},
    provider::{Identify, Provider},
    secret::Secret,
    text::{cut, is_blank},
    time::Millis,
};

/// How to reach a service, as whom, and how hard to try.
#[derive(Debug, Clone)]
pub struct Config {
    /// The API key.
    pub key: Secret,
    /// Where the service is.
    pub base_url: BaseUrl,
    /// How hard to try.
    pub policy: Policy,
    /// Where `tracking.identify` of RefCampaign's goes.
    pub identify: Identify,
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
        Self::parse(&mut Fields::default(), &mut Issues::new())
    }
}

impl Config {
    /// Checks a configuration for `provider`, whose [`options`](Provider::options) say in which order they are asked for.
    pub fn parse(provider: Provider, mut fields: impl Source, issues: &mut Issues) -> Option<Self> {
        let names = provider.options();
        let name_of = |index: u32| names.get(usize::try_from(index).unwrap_or_default()).copied().unwrap_or_default();
        let key = match fields.take(0, name_of(0)) {
            Value::Text(text) | Value::IllFormed(text) => Secret::parse(text),
            _ => Err(Secret::REQUIRED),
        };
        let key = noted(key, name_of(0), issues);
        let base_url = match fields.take(1, name_of(1)) {
            Value::Absent => Ok(BaseUrl(provider.default_base_url().to_owned())),
            Value::Text(text) => BaseUrl::parse(text),
            _ => Err("must be a string"),
        };
        let base_url = noted(base_url, name_of(1), issues);
        let policy = Policy::parse(&mut fields, issues);
        let mut identify = Identify::DEFAULTS.map(str::to_owned);
        for (index, text) in (6..).zip(&mut identify) {
            let name = name_of(index);
            match fields.take(index, name) {
                Value::Absent => {}
                Value::Text(given) if index == 6 && is_path(&given) => *text = given,
                Value::Text(given) if index > 6 && !is_blank(&given) => *text = given,
                _ if index == 6 => {
                    issues.push(Issue { field: name, complaint: "must be a path that begins with a slash" })
                }
                _ => issues.push(Issue { field: name, complaint: "must be a string, not empty" }),
            }
        }
        let [path, session_id, customer_email_hash] = identify;
        let identify = Identify { path, names: [session_id, customer_email_hash] };
        Some(Self { key: key?, base_url: base_url?, policy, identify })
    }
}

impl Policy {
    fn parse(fields: &mut impl Source, issues: &mut Issues) -> Self {
        let mut numbers = [5_000.0, 10_000.0, 3.0];
        for ((index, field), number) in (2..).zip(["timeoutMs", "budgetMs", "maxAttempts"]).zip(&mut numbers) {
            match fields.take(index, field) {
                Value::Absent => {}
                Value::Number(given) if given > 0.0 && given.is_finite() => *number = given,
                _ => issues.push(Issue { field, complaint: "must be a positive, finite number" }),
            }
        }
        let [timeout, budget, max_attempts] = numbers;
        if max_attempts.trunc() != max_attempts {
            issues.push(Issue { field: "maxAttempts", complaint: "must be a whole number" });
        }
        let replay = match fields.take(5, "retry.replay") {
            Value::Absent => Replay::Safe,
            Value::Text(text) if text == "safe" => Replay::Safe,
            Value::Text(text) if text == "always" => Replay::Always,
            _ => {
                issues.push(Issue { field: "retry.replay", complaint: "must be \"safe\" or \"always\"" });
                Replay::Safe
            }
        };
        Self { timeout: milliseconds(timeout), budget: milliseconds(budget), max_attempts: whole(max_attempts), replay }
    }
}

/// What was parsed, the complaint being noted where it could not be.
fn noted<T>(parsed: Result<T, &'static str>, field: &'static str, issues: &mut Issues) -> Option<T> {
    parsed.map_err(|complaint| issues.push(Issue { field, complaint })).ok()
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Checks `text`. What a URL parser would repair or read in two ways is refused: the key goes where this points.
    pub fn parse(mut text: String) -> Result<Self, &'static str> {
        let (scheme, rest) = cut(&text, b':');
        let rest = rest.and_then(|rest| rest.strip_prefix("//")).unwrap_or_default();
        let (authority, path) = cut(rest, b'/');
        let is_safe =
            scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_loopback(authority);
        if authority.is_empty() || !is_safe {
            return Err("must be an https URL (http on a loopback address only)");
        }
        if !authority.bytes().all(is_plain)
            || !path.unwrap_or_default().bytes().all(|byte| is_plain(byte) || is_of_path(byte))
        {
            return Err("must be a plain URL, without user name, query, fragment or blanks");
        }
        while text.ends_with('/') {
            text.pop();
        }
        Ok(Self(text))
    }

    /// The URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A path from the root, without what would end it.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && text.bytes().all(|byte| is_plain(byte) || is_of_path(byte))
}

fn is_loopback(authority: &str) -> bool {
    let (host, _) = cut(authority, b':');
    let is_v4 = host.starts_with("127.") && host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_v4
        || host.eq_ignore_ascii_case("localhost")
        || matches!(authority.strip_prefix("[::1]"), Some(port) if port.is_empty() || port.starts_with(':'))
}

/// What a host and a port are made of. Whoever reads `user@host` or `host\path` in two ways could send the key to the
/// wrong one of them.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']')
}

fn is_of_path(byte: u8) -> bool {
    matches!(byte, b'/' | b'%' | b'~' | b'@' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;
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
            assert_eq!(BaseUrl::parse(text.into()).unwrap().as_str(), trimmed, "{text}");
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
            assert!(BaseUrl::parse(text.into()).is_err(), "{text}");
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
        assert_eq!(named, Provider::Refport.options());
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
            let _ = BaseUrl::parse(text);
        }
    }
}
