//! The steps of a delivery. Each is synchronous and keeps nothing when it returns, so a request that is killed between
//! two steps, or in the middle of one, takes nothing with it.
//!
//! In: a message of so many bytes, and words (`boundary::layout`). Out: words, and a reply; a step of a delivery that failed
//! answers its failure besides. What is no message, or a number of nothing, is a defect: `internal`, and never a default.

use js_sys::{Map, Promise};
use refport_edge_arena::mailbox;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::RequestInit;

use super::{
    failure::failure_out,
    fetch,
    letters::{elapsed, is_set, place, received, reply, set, whole, word},
};
use crate::boundary::{
    layout::{AnswerPart, BodyIs, Ending, Next, RequestPart, SEPARATOR, Word},
    message::{Facts, Message, Table},
};
use crate::proto::{
    body::Body,
    config::Config,
    delivery::{Clock, Delivery, Handled, Outcome, Saved, Step},
    error::{ErrorKind, Failure, Issues},
    event::{ConversionEvent, Fallback},
    private::PrivateValues,
    provider,
    request::OutgoingRequest,
    response::{AttemptResult, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    text::concat,
    time::{Millis, Timestamp},
};

/// Lets one object cross: with the first one, wasm-bindgen makes its list of those that are here.
#[wasm_bindgen]
pub fn prepare() {
    let _ = Map::new();
}

/// Checks the options of a provider. Answers a failure, without issues where nothing is wrong.
#[wasm_bindgen(js_name = checkOptions)]
pub fn check_options(length: usize) -> JsValue {
    let service = provider::service(mailbox::word(place(Word::Service)));
    let (Some(message), Some(service)) = (received(length), service) else { return defect() };
    let mut issues = Issues::new();
    let _ = Config::parse(service, options(&message, service.settings.len()), &mut issues);
    failure_out(&Failure::refused(issues))
}

/// The values of a provider's options, which begin a message; those that are not known begin at `unknown_from`.
fn options<'m, 'a>(message: &'m Message<'a>, unknown_from: usize) -> Table<'m, 'a> {
    Table { message, from: 0, unknown_from, unknown: word(Word::UnknownOptions), own_id: None }
}

/// Checks a call's values and starts its delivery. A message of the options, the parameters, the ID made for the call, the
/// parts of the request, the options that are not known, and the parameters that are not.
///
/// Replies with the URL, the `authorization` header, the body (empty where there is none), and the private values.
#[wasm_bindgen]
pub fn begin(length: usize) -> JsValue {
    let endpoint = provider::endpoint(mailbox::word(place(Word::Endpoint)));
    let (Some(message), Some(endpoint)) = (received(length), endpoint) else { return defect() };
    let service = endpoint.service;
    let fields_from = service.settings.len();
    let own_id = fields_from.saturating_add(endpoint.fields.iter().count());
    let request_from = own_id.saturating_add(1);
    let unknown_from = request_from.saturating_add(RequestPart::COUNT);
    let options = options(&message, unknown_from);
    let fields = Table {
        message: &message,
        from: fields_from,
        unknown_from: unknown_from.saturating_add(options.unknown.saturating_mul(2)),
        unknown: word(Word::UnknownParameters),
        own_id: Some(own_id),
    };
    let mut issues = Issues::new();
    let config = Config::parse(service, options, &mut issues);
    let request = message.request(request_from);
    let click_id = if is_set(Word::HasRequest) { request.click_id() } else { None };
    let fallback = match (&click_id, request.problem) {
        _ if !is_set(Word::HasRequest) => Fallback::None,
        (None, Some(problem)) => Fallback::NoRequest(problem),
        (found, _) => Fallback::Request(found.as_ref()),
    };
    let event = ConversionEvent::parse(endpoint, fields, fallback, config.as_ref(), &mut issues);
    let (config, event) = match (config, event) {
        _ if is_set(Word::IsRefused) || !issues.is_empty() => return over(Outcome::Failed(Failure::refused(issues))),
        (Some(config), Some(event)) => (config, event),
        _ => return over(Outcome::Skipped),
    };
    let mut delivery = Delivery::new(&event, config.policy);
    if is_set(Word::IsAborted) {
        return answer(delivery.abort());
    }
    let step = delivery.poll(Millis(0));
    keep(&delivery);
    reply_with_request(&OutgoingRequest::new(&config, event));
    answer(Handled::unanswered(step))
}

fn reply_with_request(request: &OutgoingRequest) {
    let separator = SEPARATOR.to_string();
    let authorization = request.authorization().unwrap_or_default();
    let mut texts = vec![&*request.url, &separator, &authorization, &separator];
    texts.push(request.body.as_deref().unwrap_or_default());
    for value in &request.private_values().0 {
        texts.extend([&*separator, value]);
    }
    reply(concat(&texts));
}

/// A call that is over before its delivery began.
fn over(outcome: Outcome) -> JsValue {
    answer(Handled::unanswered(Step::Done(outcome)))
}

/// The default transport: the global `fetch`, called as a bare function.
#[wasm_bindgen]
pub fn fetch(url: &JsValue, init: &RequestInit) -> Promise {
    fetch::fetch(url, init)
}

/// The step after a wait.
#[wasm_bindgen]
pub fn poll(_length: usize) -> JsValue {
    let Some(mut delivery) = delivery() else { return defect() };
    let step = delivery.poll(elapsed());
    keep(&delivery);
    answer(Handled::unanswered(step))
}

/// The step after an attempt, or where the caller's signal fired. A message of the parts of the answer, what was looked up in
/// its body, and the private values. Replies with the service's own ID of the request, where there is one.
#[wasm_bindgen]
pub fn handle(length: usize) -> JsValue {
    let ending = Ending::ALL.get(word(Word::Ending)).copied();
    let (Some(message), Some(mut delivery), Some(ending)) = (received(length), delivery(), ending) else {
        return defect();
    };
    let status = u16::try_from(word(Word::Status)).unwrap_or_default();
    let part = |part: AnswerPart| message.optional_text(part.place());
    let paths = delivery.endpoint().service.answer_paths;
    let private_from = AnswerPart::COUNT.saturating_add(paths.len());
    let ended = match ending {
        Ending::Answered => AttemptResult::Answered(IncomingResponse {
            status,
            retry_after: RetryAfter {
                seconds_or_date: part(AnswerPart::RetryAfter),
                milliseconds: part(AnswerPart::RetryAfterMs),
            },
            request_id: part(AnswerPart::RequestId),
            body: match BodyIs::ALL.get(word(Word::BodyIs)) {
                Some(BodyIs::Empty) => Body::Empty,
                Some(BodyIs::Null) => Body::Null,
                Some(BodyIs::Json) => Body::Json(Facts { message: &message, paths }),
                Some(BodyIs::Unreadable) => Body::Unreadable,
                None => return defect(),
            },
        }),
        Ending::TimedOut => AttemptResult::TimedOut,
        Ending::NotConnected => AttemptResult::NotConnected,
        Ending::Redirected => AttemptResult::Redirected { status },
        Ending::ConnectionLost | Ending::Aborted => AttemptResult::ConnectionLost,
    };
    let now = timestamp(message.number(AnswerPart::Now.place()));
    let jitter = Jitter(mailbox::word(place(Word::Random)));
    let private = || PrivateValues(message.texts(private_from, word(Word::PrivateValues)));
    let handled = match ending {
        Ending::Aborted => delivery.abort(),
        _ => delivery.handle(&ended, Clock { elapsed: elapsed(), now }, jitter, private),
    };
    keep(&delivery);
    answer(handled)
}

/// Replies with a text of a service's, the first of a message, without the others.
#[wasm_bindgen]
pub fn scrub(length: usize) {
    let Some(message) = received(length) else { return };
    let private = PrivateValues(message.texts(1, word(Word::PrivateValues)));
    reply(private.scrub(message.text(0), usize::MAX));
}

/// The delivery that JavaScript has kept.
fn delivery() -> Option<Delivery> {
    let mut saved = Saved::default();
    for (place, kept) in saved.iter_mut().enumerate() {
        *kept = mailbox::word(place);
    }
    Delivery::load(&saved)
}

fn keep(delivery: &Delivery) {
    for (place, kept) in delivery.save().into_iter().enumerate() {
        mailbox::set_word(place, kept);
    }
}

/// What is next, for JavaScript; the failure where the call has failed.
fn answer(handled: Handled) -> JsValue {
    let kind = handled.kind.map_or(0, |kind| (kind as u32).wrapping_add(1));
    set(Word::Kind, kind);
    if let Some(request_id) = handled.request_id {
        reply(request_id);
    }
    let (next, milliseconds) = match handled.step {
        Step::Send { timeout } => (Next::Send, timeout.0),
        Step::Sleep(wait) => (Next::Sleep, wait.0),
        Step::Done(outcome) => {
            set(Word::Next, Next::Done as u32);
            set(Word::Outcome, outcome.number());
            return match outcome {
                Outcome::Failed(failure) => failure_out(&failure),
                Outcome::Recorded | Outcome::Duplicate | Outcome::Unattributed | Outcome::Skipped => JsValue::UNDEFINED,
            };
        }
    };
    set(Word::Next, next as u32);
    set(Word::Milliseconds, milliseconds);
    JsValue::UNDEFINED
}

/// What cannot be: JavaScript and the core do not understand each other. What was sent may have arrived.
fn defect() -> JsValue {
    let failure = Failure { maybe_recorded: true, ..Failure::new(ErrorKind::Internal, true) };
    over(Outcome::Failed(failure))
}

/// A time as JavaScript's `Date` gives it, in whole milliseconds since 1970.
fn timestamp(milliseconds: f64) -> Timestamp {
    Timestamp(whole(milliseconds))
}
