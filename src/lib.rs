//! Referral-conversion tracking for edge runtimes.
//!
//! A visitor came through a partner's link, so the browser holds a click ID. When that visitor signs up or pays, the
//! shop's server tells the service exactly once, or a partner goes unpaid or is paid twice. This crate decides how:
//! what is sent, what an answer means, whether and when to send again, and what is known in the end.
//!
//! Three rooms, and the arrows between them point one way:
//!
//! - [`proto`] is pure: no clock, no randomness, no I/O, no JavaScript. It runs natively and is tested there.
//! - `boundary` names what crosses to JavaScript and back, and reads it.
//! - `wasm` is thin: it takes values over the boundary to JavaScript and back. It decides nothing, and exists on wasm
//!   targets only.
//!
//! The loop that waits (for a timer, for `fetch`) is JavaScript, `pkg/driver.js`: nothing of a call lives in here
//! between two steps, so a request that the runtime kills can harm no other.
//!
//! # From Rust
//!
//! The same loop with an HTTP client of your own: whatever sends a request and reads its answer can deliver. Here the
//! client is two answers in a list; `examples/deliver.rs` has a real one.
//!
//! ```
//! use refport_edge::proto::{
//!     body::{Body, ParsedJson},
//!     config::Config,
//!     delivery::{Clock, Delivery, Outcome, Step},
//!     error::Issues,
//!     event::{ConversionEvent, Fallback},
//!     fields::Fields,
//!     provider::refcampaign,
//!     request::OutgoingRequest,
//!     response::{AttemptResult, IncomingResponse},
//!     retry::Jitter,
//!     retry_after::RetryAfter,
//!     time::Millis,
//! };
//!
//! /// Sends `request` with whatever `send` is, for as long as the delivery says.
//! fn deliver(
//!     delivery: &mut Delivery,
//!     request: &OutgoingRequest,
//!     mut send: impl FnMut(&OutgoingRequest, Millis) -> AttemptResult<'static, ParsedJson>,
//! ) -> Outcome {
//!     let mut clock = Clock::default();
//!     let mut step = delivery.poll(clock.elapsed);
//!     loop {
//!         step = match step {
//!             Step::Send { timeout } => {
//!                 let ended = send(request, timeout);
//!                 delivery.handle(&ended, clock, Jitter(1 << 31), || request.private_values().clone()).step
//!             }
//!             Step::Sleep(wait) => {
//!                 clock.elapsed = clock.elapsed.saturating_add(wait); // a real loop sleeps
//!                 delivery.poll(clock.elapsed)
//!             }
//!             Step::Done(outcome) => return outcome,
//!         }
//!     }
//! }
//!
//! let mut issues = Issues::default();
//! let config = Config::parse(&refcampaign::SERVICE, Fields::from([("apiKey", "rc_test_1".into())]), &mut issues);
//! let conversion = Fields::from([
//!     ("externalId", "ord_42".into()),
//!     ("sessionId", "rcs_7fKj2".into()),
//!     ("amount", "49.90".into()),
//!     ("currency", "EUR".into()),
//! ]);
//! let event =
//!     ConversionEvent::parse(&refcampaign::TRACK, conversion, Fallback::None, config.as_ref(), &mut issues);
//! let (Some(config), Some(event)) = (config, event) else { panic!("{issues:?}") };
//!
//! let mut delivery = Delivery::new(&event, config.policy);
//! let request = OutgoingRequest::new(&config, event);
//! let answers = [(503, "overloaded"), (201, r#"{"success":true,"data":{"success":true,"conversionId":"cnv_1"}}"#)];
//! let mut answers = answers.into_iter();
//! let outcome = deliver(&mut delivery, &request, |_, _| {
//!     let Some((status, text)) = answers.next() else { return AttemptResult::ConnectionLost };
//!     let (retry_after, body) = (RetryAfter::default(), Body::parse(Some(text)));
//!     AttemptResult::Answered(IncomingResponse { status, retry_after, request_id: None, body })
//! });
//! assert_eq!((outcome, delivery.attempts()), (Outcome::Recorded, 2));
//! ```

#[doc(hidden)]
pub mod boundary;
pub mod proto;

#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub mod wasm;

// The global allocator: `pkg/core.js` empties it before each step.
#[cfg(target_family = "wasm")]
use refport_edge_arena as _;
