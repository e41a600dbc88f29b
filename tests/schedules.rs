//! What holds for every delivery, tried on random schedules: whatever a service, a network, a timer and a caller do.
//!
//! `REFPORT_SCHEDULES` is how many are tried; a long run takes a million, in release mode.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test that panics fails")]

#[path = "support/scenario.rs"]
mod scenario;

use core::cell::RefCell;

use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use refport_edge::proto::{
    delivery::{Outcome, Step},
    error::ErrorKind,
    fields::Fields,
    provider::{refcampaign, refport},
    service::Endpoint,
    time::{Millis, Timestamp},
};
use scenario::{Answer, Ending, How, Played, Scenario, Wait};

const DEFAULT_SCHEDULES: u32 = 20_000;

/// The SHA-256 of nobody's address.
const HASH: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Sat, 21 Nov 2026 10:00:00 GMT
const NOW: Timestamp = Timestamp(1_795_255_200_000);

/// One call and all that happens to it.
#[derive(Debug, Clone)]
struct Schedule {
    event: Event,
    replay_always: bool,
    timeout_ms: u32,
    budget_ms: u32,
    max_attempts: u32,
    /// The endings of the first attempts; those after them end like the last.
    attempts: Vec<Attempt>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Lead,
    Sale,
    SaleWithInvoice,
    EmbedToken,
    Conversion,
    Refund,
    Identify,
    Ping,
}

impl Event {
    const ALL: [Self; 8] = [
        Self::Lead,
        Self::Sale,
        Self::SaleWithInvoice,
        Self::EmbedToken,
        Self::Conversion,
        Self::Refund,
        Self::Identify,
        Self::Ping,
    ];

    fn endpoint(self) -> &'static Endpoint {
        match self {
            Self::Lead => &refport::LEAD,
            Self::Sale | Self::SaleWithInvoice => &refport::SALE,
            Self::EmbedToken => &refport::EMBED_TOKEN,
            Self::Conversion => &refcampaign::TRACK,
            Self::Refund => &refcampaign::REFUND,
            Self::Identify => &refcampaign::IDENTIFY,
            Self::Ping => &refcampaign::PING,
        }
    }

    /// The service counts it once, however often it comes.
    fn is_replay_safe(self) -> bool {
        !matches!(self, Self::Lead | Self::Sale)
    }

    /// Whether, after an attempt, nobody knows.
    fn is_in_doubt_after(self, attempt: &Attempt) -> bool {
        let is_refports = matches!(self, Self::Lead | Self::Sale | Self::SaleWithInvoice);
        match attempt.tells {
            Tells::Enough => false,
            Tells::Nothing => !is_refports && self != Self::Identify,
            Tells::No => is_refports || self == Self::EmbedToken,
            Tells::TooLittle => true,
        }
    }
}

/// How an attempt ends, and what that means by the rule (design, "The retry rule, whole").
#[derive(Debug, Clone)]
struct Attempt {
    ending: Ending,
    tells: Tells,
    /// Not to be sent again earlier than this after the answer.
    retry_after: Millis,
}

/// What an attempt tells of the event.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tells {
    /// It is recorded, or it is not.
    Enough,
    /// A success without a body.
    Nothing,
    /// RefCampaign's `success: false` inside a success. Nobody else says so.
    No,
    /// Nobody knows whether it was recorded.
    TooLittle,
}

/// What all schedules together came to.
#[derive(Debug, Default)]
struct Figures {
    schedules: u64,
    attempts: u64,
    waits: u64,
    recorded: u64,
    duplicate: u64,
    unattributed: u64,
    failed: u64,
    maybe_recorded: u64,
    retryable: u64,
    out_of_budget: u64,
}

#[test]
fn no_schedule_makes_a_delivery_lie_overrun_or_count_twice() {
    let schedules = std::env::var("REFPORT_SCHEDULES").map_or(DEFAULT_SCHEDULES, |count| count.parse().unwrap());
    assert!(schedules > 0, "no schedule proves nothing");
    let figures = RefCell::new(Figures::default());
    let config = Config { cases: schedules, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&any_schedule(), |schedule| check(&schedule, &figures));
    let figures = figures.into_inner();
    result.unwrap();
    println!("{figures:?}");
    // A generator that misses a whole region would prove nothing about it.
    let seldom = [figures.recorded, figures.duplicate, figures.unattributed, figures.maybe_recorded, figures.waits];
    assert!(schedules < 1000 || seldom.iter().all(|count| *count > 0), "{figures:?}");
}

fn check(schedule: &Schedule, figures: &RefCell<Figures>) -> Result<(), TestCaseError> {
    let scenario = scenario(schedule);
    let (outcome, attempts) = scenario.aborted();
    let Outcome::Failed(failure) = outcome else { panic!("an aborted call came to {outcome:?}") };
    prop_assert!(attempts == 0 && !failure.maybe_recorded && failure.kind == ErrorKind::Aborted);

    let mut made: Vec<&Attempt> = vec![];
    let played = scenario.play(|| {
        // A delivery that never ends finds the end of the script.
        let attempt = &schedule.attempts[made.len().min(schedule.attempts.len() - 1)];
        made.push(attempt);
        (made.len() <= 64).then(|| attempt.ending.clone())
    });
    let sends: Vec<_> =
        played.steps.iter().filter_map(|(at, step)| timeout(step).map(|timeout| (*at, timeout))).collect();
    let budget = Millis(schedule.budget_ms);
    let replay_safe = schedule.event.is_replay_safe() || schedule.replay_always;

    prop_assert_eq!(played.attempts as usize, made.len());
    prop_assert_eq!(&played.request_id, &None, "a request ID that nobody sent");
    let most = if schedule.event == Event::Identify { schedule.max_attempts.min(2) } else { schedule.max_attempts };
    prop_assert!(played.attempts <= most, "more attempts than allowed");
    for (at, timeout) in &sends {
        prop_assert!(at.saturating_add(*timeout) <= budget, "an attempt may outlast the budget");
        prop_assert!(timeout.0 > 0 && *timeout <= Millis(schedule.timeout_ms));
    }
    for (index, pair) in sends.windows(2).enumerate() {
        let (before, (at, timeout), (again, _)) = (made[index], pair[0], pair[1]);
        let answered = at.saturating_add(taken(before, timeout));
        prop_assert!(again >= answered.saturating_add(before.retry_after), "sent earlier than the service asked for");
        let in_doubt = schedule.event.is_in_doubt_after(before);
        prop_assert!(replay_safe || !in_doubt, "sent again though it may be recorded");
    }
    let ambiguous = made.iter().any(|attempt| schedule.event.is_in_doubt_after(attempt));
    if let Outcome::Failed(failure) = &played.outcome {
        prop_assert_eq!(failure.maybe_recorded, ambiguous, "maybe_recorded lies");
        prop_assert_eq!(failure.status.is_none(), is_unanswered(failure.kind));
        prop_assert!(failure.kind != ErrorKind::Internal, "a defect");
    }
    figures.borrow_mut().add(&played);
    Ok(())
}

fn taken(attempt: &Attempt, timeout: Millis) -> Millis {
    if matches!(attempt.ending.how, How::TimedOut) { timeout } else { attempt.ending.takes.min(timeout) }
}

fn timeout(step: &Step) -> Option<Millis> {
    if let Step::Send { timeout } = step { Some(*timeout) } else { None }
}

fn is_unanswered(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::Aborted)
}

impl Figures {
    fn add(&mut self, played: &Played) {
        self.schedules += 1;
        self.attempts += u64::from(played.attempts);
        self.waits += played.steps.iter().filter(|(_, step)| timeout(step).is_none()).count() as u64;
        match &played.outcome {
            Outcome::Recorded => self.recorded += 1,
            Outcome::Duplicate => self.duplicate += 1,
            Outcome::Unattributed => self.unattributed += 1,
            Outcome::Skipped => panic!("an event with a click ID was skipped"),
            Outcome::Failed(failure) => {
                self.failed += 1;
                self.maybe_recorded += u64::from(failure.maybe_recorded);
                self.retryable += u64::from(failure.retryable);
                self.out_of_budget += u64::from(failure.retryable && failure.retry_after.is_some());
            }
        }
    }
}

fn scenario(schedule: &Schedule) -> Scenario {
    let mut event = Fields::from([("clickId", "abc123".into()), ("customerExternalId", "user_001".into())]);
    event.set("eventName", "Sign Up");
    event.set("amount", 4900.0);
    event.set("currency", "EUR");
    event.set("tenantId", "org_001");
    event.set("externalId", "ord_42");
    event.set("sessionId", "rcs_7fKj2");
    event.set("customerEmailHash", HASH);
    if schedule.event == Event::SaleWithInvoice {
        event.set("invoiceId", "inv_001");
    }
    let config = Fields::from([
        ("apiKey", "rk_test".into()),
        ("timeoutMs", f64::from(schedule.timeout_ms).into()),
        ("budgetMs", f64::from(schedule.budget_ms).into()),
        ("maxAttempts", f64::from(schedule.max_attempts).into()),
        ("retry.replay", if schedule.replay_always { "always" } else { "safe" }.into()),
    ]);
    Scenario::new(schedule.event.endpoint(), event, config).at(NOW)
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let event = prop::sample::select(&Event::ALL[..]);
    let policy = (1..20_000_u32, 1..30_000_u32, 1..12_u32);
    (event, prop::bool::weighted(0.2), policy, prop::collection::vec(any_attempt(), 1..6)).prop_map(
        |(event, replay_always, (timeout_ms, budget_ms, max_attempts), attempts)| Schedule {
            event,
            replay_always,
            timeout_ms,
            budget_ms,
            max_attempts,
            attempts,
        },
    )
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    let takes = prop_oneof![3 => 0..400_u32, 1 => 0..20_000_u32];
    (any_meaning(), takes, any::<u32>(), any_wait()).prop_map(|((how, tells, retry_after), takes, jitter, wait)| {
        Attempt { ending: Ending { how, takes: Millis(takes), jitter, wait }, tells, retry_after }
    })
}

fn any_wait() -> impl Strategy<Value = Wait> {
    let milliseconds = |range: core::ops::Range<u32>| range.prop_map(Millis);
    prop_oneof![
        6 => Just(Wait::ON_TIME),
        2 => (milliseconds(0..10), milliseconds(0..5)).prop_map(|(early_by, late_by)| Wait::Wakes { early_by, late_by }),
        1 => milliseconds(0..20_000).prop_map(|late_by| Wait::Wakes { early_by: Millis(0), late_by }),
        1 => milliseconds(0..2_000).prop_map(Wait::AbortedAfter),
    ]
}

/// How an attempt ends, what that tells, and how long the service wants to be left alone.
fn any_meaning() -> impl Strategy<Value = (How, Tells, Millis)> {
    const PROOF: &str = r#"{"sale":{"id":"sale_xyz"},"click":{"id":"clk_xyz"},"publicToken":"token_xyz",
        "expires":"2027-01-01T00:00:00Z","success":true}"#;
    let answer = |status, body: &str, seconds: Option<u64>| {
        How::Answered(Answer {
            status,
            body: Some(body.to_owned()),
            retry_after: seconds.map(|seconds| seconds.to_string()),
            ..Answer::default()
        })
    };
    let code = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"any"}}}}"#);
    let settled = |how| Just((how, Tells::Enough, Millis(0)));
    let ambiguous = |how| Just((how, Tells::TooLittle, Millis(0)));
    let seconds = || prop_oneof![4 => 0..4_u64, 1 => 0..40_u64];
    let asking = move |status, tells, body: String| {
        (seconds(), any::<bool>()).prop_map(move |(seconds, since_1970)| {
            let said = if since_1970 { NOW.0 / 1000 + seconds } else { seconds };
            (answer(status, &body, Some(said)), tells, Millis::saturating_from(seconds * 1000))
        })
    };
    prop_oneof![
        4 => settled(answer(200, PROOF, None)),
        1 => Just((answer(204, "", None), Tells::Nothing, Millis(0))),
        1 => Just((answer(200, r#"{"success":true,"data":{"success":false}}"#, None), Tells::No, Millis(0))),
        1 => settled(answer(409, &code("DUPLICATE_INVOICE"), None)),
        4 => settled(answer(429, &code("RATE_LIMIT_EXCEEDED"), None)),
        4 => asking(429, Tells::Enough, code("RATE_LIMITED")),
        4 => asking(503, Tells::Enough, String::new()),
        4 => asking(500, Tells::TooLittle, String::new()),
        1 => settled(answer(429, &code("LIMIT_EXCEEDED"), None)),
        4 => prop_oneof![Just(500_u16), Just(502), Just(503), Just(504), Just(599)]
            .prop_map(move |status| (answer(status, "<html>", None), Tells::TooLittle, Millis(0))),
        1 => prop_oneof![Just(302_u16), Just(400), Just(401), Just(403), Just(404), Just(409), Just(418), Just(422), Just(0)]
            .prop_map(move |status| (answer(status, "", None), Tells::Enough, Millis(0))),
        1 => ambiguous(answer(200, "<html>", None)),
        3 => ambiguous(How::ConnectionLost),
        3 => settled(How::NotConnected),
        1 => ambiguous(How::Redirected(200)),
        3 => ambiguous(How::TimedOut),
        1 => ambiguous(How::Aborted),
    ]
}
