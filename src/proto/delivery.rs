//! The delivery of one event: the state machine.
//!
//! In: a [`ConversionEvent`], then how each attempt ended. Out: one [`Step`] after
//! the other. It has no clock, no dice and no connection: time and jitter come in, and whoever drives it does what the
//! step says.
//!
//! ```text
//!            poll               handle(ended)
//!   Ready ─────────▶ InFlight ───────────────▶ Done
//!     ▲  Send                │      Done         ▲
//!     │                      │ Sleep             │ Done: the budget ran out, or the caller's signal
//!     └──────── Waiting ◀────┘                   │
//!       poll       └─────────────────────────────┘
//! ```
//!
//! What is ambiguous stays so: once an attempt ended without an answer that settles the matter, the failure says
//! `maybe_recorded`, whatever comes after. An event that the service would count twice is never sent after such an
//! attempt.
//!
//! ```
//! use refport_edge::proto::{
//!     body::Body,
//!     config::Policy,
//!     delivery::{Clock, Delivery, Outcome, Step},
//!     response::{AttemptResult, IncomingResponse},
//!     retry::Jitter,
//!     retry_after::RetryAfter,
//!     time::Millis,
//! };
//! # use refport_edge::proto::{error::Issues, event::{ConversionEvent, Fallback}, fields::Fields, provider::refport};
//! # let fields = Fields::from([
//! #     ("clickId", "abc123".into()), ("customerExternalId", "user_001".into()),
//! #     ("amount", 4900.0.into()), ("invoiceId", "inv_001".into()),
//! # ]);
//! # let sale = ConversionEvent::parse(&refport::SALE, fields, Fallback::None, None, &mut Issues::default()).unwrap();
//!
//! let mut delivery = Delivery::new(&sale, Policy::default());
//! assert_eq!(delivery.poll(Millis(0)), Step::Send { timeout: Millis(5_000) });
//!
//! // The service is overloaded, and says so: the delivery waits. (What to keep out of error texts is not needed here.)
//! let clock = Clock { elapsed: Millis(80), ..Clock::default() };
//! let answer = |status, body| {
//!     let body = Body::parse(Some(body));
//!     AttemptResult::Answered(IncomingResponse { status, retry_after: RetryAfter::default(), request_id: None, body })
//! };
//! let overloaded = answer(503, "overloaded");
//! let handled = delivery.handle(&overloaded, clock, Jitter(1 << 31), || unreachable!());
//! assert_eq!(handled.step, Step::Sleep(Millis(125)));
//!
//! let woken = Millis(205);
//! assert!(matches!(delivery.poll(woken), Step::Send { .. }));
//! let recorded = answer(200, r#"{"sale":{"id":"sale_xyz"}}"#);
//! let handled = delivery.handle(&recorded, Clock { elapsed: woken, ..clock }, Jitter(0), || unreachable!());
//! assert_eq!(handled.step, Step::Done(Outcome::Recorded));
//! assert_eq!(delivery.attempts(), 2);
//! ```

use super::{
    body::Lookup,
    config::{Policy, Replay},
    error::{ErrorKind, Failure},
    event::ConversionEvent,
    private::PrivateValues,
    provider::{self, has},
    response::{AttemptResult, Fault, Verdict, classify, is_identifier, request_id, service_code, service_message},
    retry::{Decision, Jitter, decide},
    service::Endpoint,
    time::{Millis, Timestamp},
};

/// What whoever drives the delivery does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send the request, give it up after `timeout`, and [`handle`](Delivery::handle) how that ended.
    Send {
        /// For the whole attempt, reading the body included.
        timeout: Millis,
    },
    /// Wait, then [`poll`](Delivery::poll).
    Sleep(Millis),
    /// The delivery is over.
    Done(Outcome),
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the books.
    Recorded,
    /// It was on the books already.
    Duplicate,
    /// The service took it, but the click belongs to no link.
    Unattributed,
    /// No click ID: nothing was sent.
    Skipped,
    /// It was not recorded, or nobody knows.
    Failed(Failure),
}

/// The names of outcomes in JavaScript and in the golden vectors, by their numbers.
pub const OUTCOMES: &[&str] = &["recorded", "duplicate", "unattributed", "skipped", "failed"];

impl Outcome {
    /// Its name.
    pub fn as_str(&self) -> &'static str {
        usize::try_from(self.number()).ok().and_then(|number| OUTCOMES.get(number)).copied().unwrap_or_default()
    }

    /// Its place among [`OUTCOMES`].
    pub fn number(&self) -> u32 {
        match self {
            Self::Recorded => 0,
            Self::Duplicate => 1,
            Self::Unattributed => 2,
            Self::Skipped => 3,
            Self::Failed(_) => 4,
        }
    }
}

/// The two readings of time that a step needs.
#[derive(Debug, Default, Clone, Copy)]
pub struct Clock {
    /// Since the call began, by a clock that never goes back.
    pub elapsed: Millis,
    /// The time of day, to compare a date in an answer with.
    pub now: Timestamp,
}

/// What one attempt came to, and what is next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// Why the attempt failed, if it did.
    pub kind: Option<ErrorKind>,
    /// The service's own ID of the request.
    pub request_id: Option<String>,
    /// What is next.
    pub step: Step,
}

impl Handled {
    /// A step that no answer led to.
    pub fn unanswered(step: Step) -> Self {
        Self { kind: None, request_id: None, step }
    }
}

/// One event on its way: 1 to n attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    endpoint: &'static Endpoint,
    replay_safe: bool,
    policy: Policy,
    attempts: u32,
    maybe_recorded: bool,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Ready,
    InFlight,
    /// Until this long after the call began.
    Waiting(Millis),
    Done,
}

impl Delivery {
    /// A delivery of `event` that has not begun.
    pub fn new(event: &ConversionEvent, policy: Policy) -> Self {
        let replay_safe = event.replay_safe || policy.replay == Replay::Always;
        // What the caller wants of replays is in `replay_safe` now.
        let max_attempts = policy.max_attempts.min(event.endpoint.max_attempts);
        let policy = Policy { replay: Replay::Safe, max_attempts, ..policy };
        Self { endpoint: event.endpoint, replay_safe, policy, attempts: 0, maybe_recorded: false, phase: Phase::Ready }
    }

    /// Where the event goes.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// HTTP requests made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What is next, `elapsed` after the call began: at its beginning and after each [`Step::Sleep`].
    pub fn poll(&mut self, elapsed: Millis) -> Step {
        match self.phase {
            Phase::Waiting(until) if elapsed < until => Step::Sleep(until.saturating_sub(elapsed)),
            Phase::Ready | Phase::Waiting(_) => self.send(elapsed),
            Phase::InFlight | Phase::Done => self.lose_place(),
        }
    }

    fn send(&mut self, elapsed: Millis) -> Step {
        let left = self.policy.budget.saturating_sub(elapsed);
        if left == Millis(0) {
            // The timer of the wait was late.
            return self.fail(Failure::new(ErrorKind::Timeout, true));
        }
        self.attempts = self.attempts.saturating_add(1);
        self.phase = Phase::InFlight;
        Step::Send { timeout: self.policy.timeout.min(left) }
    }

    /// The caller's signal has fired: before the first attempt, during one or in a wait.
    pub fn abort(&mut self) -> Handled {
        self.maybe_recorded |= self.phase == Phase::InFlight;
        let step = self.fail(Failure::new(ErrorKind::Aborted, true));
        Handled { kind: Some(ErrorKind::Aborted), ..Handled::unanswered(step) }
    }

    /// Takes how the attempt in flight ended. `private` is asked only where something of the service's is passed on.
    pub fn handle<'p>(
        &mut self,
        ended: &AttemptResult<'_, impl Lookup>,
        clock: Clock,
        jitter: Jitter,
        private: impl Fn() -> PrivateValues<'p>,
    ) -> Handled {
        if self.phase != Phase::InFlight {
            return Handled::unanswered(self.lose_place());
        }
        let (kind, step) = match classify(self.endpoint, ended, clock.now) {
            Verdict::Recorded => (None, self.done(Outcome::Recorded)),
            Verdict::Duplicate => (None, self.done(Outcome::Duplicate)),
            Verdict::Unattributed => (None, self.done(Outcome::Unattributed)),
            Verdict::SeenBefore if const { has::seen_before() } => self.seen_before(ended, &private),
            Verdict::SeenBefore => (None, self.done(Outcome::Duplicate)),
            Verdict::Failed(fault) => {
                self.maybe_recorded |= fault.ambiguous;
                let decision = decide(&fault, self.replay_safe, &self.policy, self.attempts, clock.elapsed, jitter);
                let step = match decision {
                    Decision::Wait(wait) => {
                        self.phase = Phase::Waiting(clock.elapsed.saturating_add(wait));
                        Step::Sleep(wait)
                    }
                    Decision::Stop { retry_after } => self.fail(describe(&fault, retry_after, ended, &private)),
                };
                (Some(fault.kind), step)
            }
        };
        Handled { kind, request_id: request_id(ended).filter(|id| may_be_told(id, &private)), step }
    }

    /// The service remembers the event. Of this call's first attempt it cannot be that one that is remembered; after another of
    /// the call's own, nobody knows what became of that.
    fn seen_before<'p>(
        &mut self,
        ended: &AttemptResult<'_, impl Lookup>,
        private: &impl Fn() -> PrivateValues<'p>,
    ) -> (Option<ErrorKind>, Step) {
        if self.attempts <= 1 {
            return (None, self.done(Outcome::Duplicate));
        }
        let fault = Fault::recorded_or_lost();
        self.maybe_recorded = true;
        (Some(fault.kind), self.fail(describe(&fault, None, ended, private)))
    }

    /// Whoever drives it lost its place. What was sent may have arrived.
    fn lose_place(&mut self) -> Step {
        self.maybe_recorded = true;
        self.fail(Failure::new(ErrorKind::Internal, true))
    }

    fn fail(&mut self, failure: Failure) -> Step {
        self.done(Outcome::Failed(Failure { maybe_recorded: self.maybe_recorded, ..failure }))
    }

    fn done(&mut self, outcome: Outcome) -> Step {
        self.phase = Phase::Done;
        Step::Done(outcome)
    }
}

/// The fault as the caller is told of it: in our words, with the service's beside them.
fn describe<'p>(
    fault: &Fault,
    retry_after: Option<Millis>,
    ended: &AttemptResult<'_, impl Lookup>,
    private: &impl Fn() -> PrivateValues<'p>,
) -> Failure {
    /// A service's words beyond this many characters help nobody.
    const LONGEST_MESSAGE: usize = 500;
    let mut failure = Failure { status: ended.status(), retry_after, ..Failure::new(fault.kind, fault.transient) };
    // Of what only looks like the service's answer, nothing is passed on.
    if let AttemptResult::Answered(response) = ended
        && !matches!(fault.kind, ErrorKind::Redirected | ErrorKind::InvalidResponse)
    {
        failure.service_code = service_code(&response.body).filter(|code| may_be_told(code, private));
        failure.service_message = service_message(&response.body).map(|text| private().scrub(&text, LONGEST_MESSAGE));
    }
    failure
}

/// Whether a code or an ID that a service names is one, and holds nothing private.
fn may_be_told<'p>(identifier: &str, private: &impl Fn() -> PrivateValues<'p>) -> bool {
    is_identifier(identifier) && private().allow(identifier)
}

/// A delivery between two steps, as plain numbers: whoever cannot keep a [`Delivery`] keeps these.
pub type Saved = [u32; 9];

impl Delivery {
    /// The delivery as plain numbers.
    pub fn save(&self) -> Saved {
        let (phase, until) = match self.phase {
            Phase::Done => (0, 0),
            Phase::Ready => (1, 0),
            Phase::InFlight => (2, 0),
            Phase::Waiting(until) => (3, until.0),
        };
        [
            self.endpoint.number,
            u32::from(self.replay_safe),
            self.policy.timeout.0,
            self.policy.budget.0,
            self.policy.max_attempts,
            self.attempts,
            u32::from(self.maybe_recorded),
            phase,
            until,
        ]
    }

    /// The delivery that [`save`](Self::save) made these numbers of. Numbers of no delivery are none.
    pub fn load(saved: &Saved) -> Option<Self> {
        let [endpoint, replay_safe, timeout, budget, max_attempts, attempts, maybe_recorded, phase, until] = *saved;
        Some(Self {
            endpoint: provider::endpoint(endpoint)?,
            replay_safe: replay_safe != 0,
            policy: Policy { timeout: Millis(timeout), budget: Millis(budget), max_attempts, replay: Replay::Safe },
            attempts,
            maybe_recorded: maybe_recorded != 0,
            phase: match phase {
                1 => Phase::Ready,
                2 => Phase::InFlight,
                3 => Phase::Waiting(Millis(until)),
                0 => Phase::Done,
                _ => return None,
            },
        })
    }
}
