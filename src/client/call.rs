//! One event on its way, whichever service it goes to.
//!
//! In: a service's endpoint, and fields by name. Out: a [`Call`], which whoever has an HTTP client can carry out.

use core::{fmt, time::Duration};

use crate::proto::{
    body::{Body, ParsedJson},
    config::Config,
    delivery::{Clock, Delivery, Outcome, Step},
    error::{Issue, Issues},
    event::{ConversionEvent, Fallback},
    fields::{Fields, Value},
    request::OutgoingRequest,
    response::{AttemptResult, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    service::{Endpoint, Service},
    setting::Sets,
    time::{Millis, Timestamp},
};

/// How to reach a service, and how hard to try. What is `None` is the default of the JavaScript client.
#[derive(Debug, Default, Clone, Copy)]
pub struct Options<'a> {
    /// Where the service is: an https URL, or http on a loopback address.
    pub base_url: Option<&'a str>,
    /// One attempt, its body included; 5 s.
    pub timeout: Option<Duration>,
    /// The whole call, waits included; 10 s.
    pub budget: Option<Duration>,
    /// HTTP requests at most; 3.
    pub max_attempts: Option<u32>,
    /// Send again even what the service may count twice. Off.
    pub replays_everything: bool,
}

/// Why a client or a call was refused before anything was sent: every issue at once, none with a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid(pub Issues);

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, issue) in self.0.iter().enumerate() {
            write!(formatter, "{}{issue}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl core::error::Error for Invalid {}

/// What one attempt came to, as an HTTP client tells it.
#[derive(Debug, Clone)]
pub enum Attempt {
    /// The service answered.
    Answered(Answer),
    /// The connection was lost, and the request may have arrived.
    ConnectionLost,
    /// It is certain that no connection was made.
    NotConnected,
    /// The time was up.
    TimedOut,
}

/// The parts of an answer that count.
#[derive(Debug, Default, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `retry-after`.
    pub retry_after: Option<String>,
    /// The header `retry-after-ms`.
    pub retry_after_ms: Option<String>,
    /// The header `x-request-id`, or `request-id`.
    pub request_id: Option<String>,
    /// The body as text; `None` where it is no text, or longer than 1 MiB.
    pub body: Option<String>,
}

/// What [`Call::run`] sends with, and waits with.
pub trait Transport {
    /// One attempt, given up after `timeout`. A redirect must not be followed: it would take the key to wherever it points.
    fn send(&mut self, request: &OutgoingRequest<'_>, timeout: Duration) -> Attempt;

    /// Waits.
    fn sleep(&mut self, wait: Duration);

    /// The time since the call began, by a clock that never goes back.
    fn elapsed(&self) -> Duration;

    /// The time of day, since 1970 (UTC).
    fn now(&self) -> Duration;

    /// A number that is uniform over `u32`: it spreads retries.
    fn random(&mut self) -> u32;
}

/// One event on its way: what is sent, and what is known of it.
pub struct Call<'a> {
    request: OutgoingRequest<'a>,
    delivery: Delivery,
}

impl<'a> Call<'a> {
    pub(super) fn new(config: &Config<'a>, endpoint: &'static Endpoint, fields: Fields<'a>) -> Result<Self, Invalid> {
        let mut issues = Issues::new();
        match ConversionEvent::parse(endpoint, fields, Fallback::None, Some(config), &mut issues) {
            Some(event) if issues.is_empty() => {
                let delivery = Delivery::new(&event, config.policy);
                Ok(Self { request: OutgoingRequest::new(config, event), delivery })
            }
            _ => Err(Invalid(issues)),
        }
    }

    /// The request that each attempt sends.
    pub fn request(&self) -> &OutgoingRequest<'a> {
        &self.request
    }

    /// HTTP requests made so far.
    pub fn attempts(&self) -> u32 {
        self.delivery.attempts()
    }

    /// Sends until the call is over, with a transport that blocks. Under an executor, do the same with
    /// [`poll`](Self::poll) and [`answered`](Self::answered).
    pub fn run(&mut self, transport: &mut impl Transport) -> Outcome {
        let mut step = self.poll(transport.elapsed());
        loop {
            step = match step {
                Step::Done(outcome) => return outcome,
                Step::Sleep(wait) => {
                    transport.sleep(wait.into());
                    self.poll(transport.elapsed())
                }
                Step::Send { timeout } => {
                    let attempt = transport.send(&self.request, timeout.into());
                    let random = transport.random();
                    self.answered(&attempt, transport.elapsed(), transport.now(), random)
                }
            };
        }
    }

    /// What is next, so long after the call began: at its beginning, and after each wait.
    pub fn poll(&mut self, elapsed: Duration) -> Step {
        self.delivery.poll(elapsed.into())
    }

    /// What is next after an attempt. `now` is since 1970 (UTC), `random` uniform over `u32`.
    pub fn answered(&mut self, attempt: &Attempt, elapsed: Duration, now: Duration, random: u32) -> Step {
        let ended = match attempt {
            Attempt::Answered(answer) => AttemptResult::Answered(answer.parts()),
            Attempt::ConnectionLost => AttemptResult::ConnectionLost,
            Attempt::NotConnected => AttemptResult::NotConnected,
            Attempt::TimedOut => AttemptResult::TimedOut,
        };
        let clock = Clock { elapsed: elapsed.into(), now: Timestamp(whole(now)) };
        self.delivery.handle(&ended, clock, Jitter(random), || self.request.private_values().clone()).step
    }
}

impl Answer {
    fn parts(&self) -> IncomingResponse<'_, ParsedJson> {
        IncomingResponse {
            status: self.status,
            retry_after: RetryAfter {
                seconds_or_date: self.retry_after.as_deref(),
                milliseconds: self.retry_after_ms.as_deref(),
            },
            request_id: self.request_id.as_deref(),
            body: Body::parse(self.body.as_deref()),
        }
    }
}

impl From<Duration> for Millis {
    fn from(duration: Duration) -> Self {
        Self::saturating_from(whole(duration))
    }
}

impl From<Millis> for Duration {
    fn from(Millis(milliseconds): Millis) -> Self {
        Self::from_millis(milliseconds.into())
    }
}

fn whole(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn configure<'a>(service: &Service, key: &'a str, options: Options<'a>) -> Result<Config<'a>, Invalid> {
    let number = |number: Option<f64>| number.map_or(Value::Absent, Value::Number);
    let milliseconds = |duration: Option<Duration>| number(duration.map(|duration| duration.as_secs_f64() * 1000.0));
    let mut fields = Fields::default();
    // Each service has its own names for them.
    for setting in service.settings {
        let value = match setting.sets {
            Sets::Key => key.into(),
            Sets::BaseUrl => text(options.base_url),
            Sets::Timeout => milliseconds(options.timeout),
            Sets::Budget => milliseconds(options.budget),
            Sets::MaxAttempts => number(options.max_attempts.map(f64::from)),
            Sets::Replay => if options.replays_everything { "always" } else { "safe" }.into(),
            Sets::AllowHttp | Sets::Path | Sets::FirstName | Sets::SecondName | Sets::InJavaScript => continue,
        };
        fields.set(setting.name, value);
    }
    let mut issues = Issues::new();
    let config = Config::parse(service, fields, &mut issues);
    config.filter(|_| issues.is_empty()).ok_or(Invalid(issues))
}

pub(super) fn text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Absent, Value::Text)
}

/// A whole number that JSON's readers take as it is.
pub(super) fn number(name: &'static str, number: u64) -> Result<Value<'static>, Invalid> {
    const MOST: u64 = 1 << 53;
    if number >= MOST {
        return Err(Invalid(vec![Issue::of(name, "must be less than 2^53")]));
    }
    #[expect(clippy::cast_precision_loss, reason = "a float holds every whole number below")]
    Ok(Value::Number(number as f64))
}
