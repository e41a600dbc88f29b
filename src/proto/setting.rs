//! One option of a service's client.
//!
//! In: nothing. Out: the words in which a service's file lists its options. Reading them is [`config`](super::config)'s.

/// One option.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name, nested as `retry.replay`.
    pub name: &'static str,
    /// What it sets.
    pub sets: Sets,
    /// Its default; empty where there is none.
    pub default: &'static str,
}

impl Setting {
    /// An option without a default.
    pub const fn new(name: &'static str, sets: Sets) -> Self {
        Self { name, sets, default: "" }
    }

    /// An option with a default.
    pub const fn or(name: &'static str, sets: Sets, default: &'static str) -> Self {
        Self { name, sets, default }
    }
}

/// What an option sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    /// The API key.
    Key,
    /// Whether the base URL may be http anywhere. It comes before that.
    AllowHttp,
    /// Where the service is.
    BaseUrl,
    /// The time of one attempt.
    Timeout,
    /// The time of the whole call.
    Budget,
    /// HTTP requests at most.
    MaxAttempts,
    /// Whether an event that a service may count twice is sent again after an ambiguous attempt.
    Replay,
    /// The path of the endpoint whose path is configured.
    Path,
    /// What that endpoint's first field is called on the wire.
    FirstName,
    /// What its second field is called on the wire; it comes behind the first.
    SecondName,
    /// Nothing here: a function, or what else stays in JavaScript and is checked there.
    InJavaScript,
}

/// The options of a service's client: the name of its key, the name of its base URL with the address, and its own options. The
/// others are every client's.
#[cfg(feature = "delivery")]
macro_rules! settings {
    ($key:literal, $base_url:literal: $address:literal $(, $own:expr)*) => {
        &[
            Setting::new($key, Sets::Key),
            Setting::new("dangerouslyAllowHttp", Sets::AllowHttp),
            Setting::or($base_url, Sets::BaseUrl, $address),
            Setting::new("timeoutMs", Sets::Timeout),
            Setting::new("budgetMs", Sets::Budget),
            Setting::new("maxAttempts", Sets::MaxAttempts),
            Setting::new("retry.replay", Sets::Replay),
            $($own,)*
            Setting::new("fetch", Sets::InJavaScript),
            Setting::new("signal", Sets::InJavaScript),
            Setting::new("onAttempt", Sets::InJavaScript),
            Setting::new("waitUntil", Sets::InJavaScript),
            Setting::new("onResult", Sets::InJavaScript),
            Setting::new("debug", Sets::InJavaScript),
            Setting::new("dangerouslyAllowBrowser", Sets::InJavaScript),
        ]
    };
}
#[cfg(feature = "delivery")]
pub(super) use settings;
