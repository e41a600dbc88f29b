//! A delivery played against a script, on a virtual clock.
//!
//! In: an event, a policy and how each attempt ends. Out: every step with the time it was taken at, and the outcome. The
//! delivery is saved and loaded between any two steps, as the boundary to JavaScript does it. What is right or wrong is
//! not its job.

use refport_edge::proto::{
    body::Body,
    config::{Config, Policy},
    delivery::{Clock, Delivery, Handled, Outcome, Step},
    error::Issues,
    event::{ConversionEvent, Fallback},
    fields::Fields,
    private::PrivateValues,
    request::OutgoingRequest,
    response::{AttemptResult, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    service::Endpoint,
    time::{Millis, Timestamp},
};

/// How one attempt ends, and how the wait after it goes, if there is one.
#[derive(Debug, Clone)]
pub struct Ending {
    pub how: How,
    /// How long the attempt takes; a timeout takes as long as it is.
    pub takes: Millis,
    /// The dice of the wait.
    pub jitter: u32,
    pub wait: Wait,
}

/// How an attempt ends.
#[derive(Debug, Clone)]
pub enum How {
    Answered(Answer),
    ConnectionLost,
    NotConnected,
    Redirected(u16),
    TimedOut,
    Aborted,
}

/// An answer, as it comes over the wire.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<String>,
    pub retry_after_ms: Option<String>,
    pub request_id: Option<String>,
    pub body: Option<String>,
}

/// How a wait goes.
#[derive(Debug, Clone, Copy)]
pub enum Wait {
    /// The timer fires a little early, once, or late.
    Wakes { early_by: Millis, late_by: Millis },
    /// The caller's signal fires so long after the wait began.
    AbortedAfter(Millis),
}

impl Wait {
    /// The timer fires when it should.
    pub const ON_TIME: Self = Self::Wakes { early_by: Millis(0), late_by: Millis(0) };
}

/// What a delivery has done.
#[derive(Debug)]
pub struct Played {
    /// Every step but the last, and how long after the beginning of the call it was taken.
    pub steps: Vec<(Millis, Step)>,
    pub outcome: Outcome,
    pub attempts: u32,
    pub request_id: Option<String>,
}

/// An event on its way to a service that does what a script says.
pub struct Scenario {
    event: ConversionEvent<'static>,
    policy: Policy,
    private: PrivateValues<'static>,
    now: Timestamp,
}

impl Scenario {
    /// An event of valid values, sent with a valid configuration.
    pub fn new(endpoint: &'static Endpoint, event: Fields<'static>, config: Fields<'static>) -> Self {
        let mut issues = Issues::default();
        let config = Config::parse(endpoint.service, config, &mut issues);
        let event = ConversionEvent::parse(endpoint, event, Fallback::None, config.as_ref(), &mut issues);
        let (Some(config), Some(event)) = (config, event) else { panic!("not a valid call: {issues:?}") };
        let private = OutgoingRequest::new(&config, event.clone()).private_values().clone();
        Self { event, policy: config.policy, private, now: Timestamp::default() }
    }

    /// The time of day at which every attempt ends.
    pub fn at(self, now: Timestamp) -> Self {
        Self { now, ..self }
    }

    /// Plays the script, which gives the ending of each attempt; `None` is a signal that fired before the call.
    pub fn play(&self, mut script: impl FnMut() -> Option<Ending>) -> Played {
        let mut clock = Millis(0);
        let mut delivery = Delivery::new(&self.event, self.policy);
        let mut steps = Vec::new();
        let mut request_id = None;
        let mut ending = None;
        let mut step = delivery.poll(clock);
        loop {
            delivery = saved_and_loaded(&delivery);
            match step {
                Step::Done(outcome) => return Played { steps, outcome, attempts: delivery.attempts(), request_id },
                Step::Send { timeout } => {
                    steps.push((clock, step));
                    let next = script().expect("the script ends before the delivery does");
                    let taken = if matches!(next.how, How::TimedOut) { timeout } else { next.takes.min(timeout) };
                    clock = clock.saturating_add(taken);
                    let answered = self.handle(&mut delivery, &next.how, clock, next.jitter);
                    (step, request_id) = (answered.step, answered.request_id);
                    ending = Some(next);
                }
                Step::Sleep(wait) => {
                    steps.push((clock, step));
                    let after = ending.as_mut().expect("no delivery begins with a wait");
                    step = match after.wait {
                        Wait::AbortedAfter(time) => {
                            clock = clock.saturating_add(time.min(wait));
                            self.handle(&mut delivery, &How::Aborted, clock, 0).step
                        }
                        Wait::Wakes { early_by, late_by } => {
                            clock = clock.saturating_add(wait.saturating_sub(early_by)).saturating_add(late_by);
                            after.wait = Wait::ON_TIME;
                            delivery.poll(clock)
                        }
                    };
                }
            }
        }
    }

    /// The outcome of a call whose signal had fired before it began.
    pub fn aborted(&self) -> (Outcome, u32) {
        let mut delivery = Delivery::new(&self.event, self.policy);
        match self.handle(&mut delivery, &How::Aborted, Millis(0), 0).step {
            Step::Done(outcome) => (outcome, delivery.attempts()),
            step => panic!("an aborted call goes on: {step:?}"),
        }
    }

    fn handle(&self, delivery: &mut Delivery, how: &How, elapsed: Millis, jitter: u32) -> Handled {
        let ended = match how {
            How::Answered(answer) => AttemptResult::Answered(IncomingResponse {
                status: answer.status,
                retry_after: RetryAfter {
                    seconds_or_date: answer.retry_after.as_deref(),
                    milliseconds: answer.retry_after_ms.as_deref(),
                },
                request_id: answer.request_id.as_deref(),
                body: Body::parse(answer.body.as_deref()),
            }),
            How::ConnectionLost => AttemptResult::ConnectionLost,
            How::NotConnected => AttemptResult::NotConnected,
            How::Redirected(status) => AttemptResult::Redirected { status: *status },
            How::TimedOut => AttemptResult::TimedOut,
            How::Aborted => {
                let handled = delivery.abort();
                *delivery = saved_and_loaded(delivery);
                return handled;
            }
        };
        let clock = Clock { elapsed, now: self.now };
        let handled = delivery.handle(&ended, clock, Jitter(jitter), || self.private.clone());
        *delivery = saved_and_loaded(delivery);
        handled
    }
}

fn saved_and_loaded(delivery: &Delivery) -> Delivery {
    let loaded = Delivery::load(&delivery.save()).expect("a delivery");
    assert_eq!(loaded, *delivery, "a delivery is the same once it is saved and loaded");
    loaded
}
