//! The functions that `pkg/` calls. Each is one synchronous step: it keeps nothing when it returns, so a request that is
//! killed between two steps, or in the middle of one, takes nothing with it. What a delivery needs between two steps is
//! `state`, an array of numbers in the JavaScript frame of its call (see [`Delivery::save`]).

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{AbortSignal, RequestInit};

use super::{
    convert::{self, Given, failure_out, start_out, step_out},
    fetch,
};
use crate::proto::{
    click_id::ClickId,
    config::Config,
    delivery::{Clock, Delivery, Handled, Outcome, Step},
    error::Failure,
    event::{ConversionEvent, Fallback},
    provider::{Endpoint, Provider},
    request::{OutgoingRequest, PrivateValues},
    response::{Ended, IncomingResponse},
    retry_after::RetryAfter,
    time::{Millis, Timestamp},
};

const PROVIDER: Provider = Provider::Refport;

/// The names of the fields of a `"lead"` or a `"sale"`, or else of the configuration, each followed by a comma: the order
/// in which [`begin`] wants their values.
#[wasm_bindgen]
pub fn field_names(of: &str) -> String {
    let mut list = String::new();
    let mut add = |name: &str| {
        list.push_str(name);
        list.push(',');
    };
    match endpoint(of) {
        Some(endpoint) => endpoint.fields().iter().for_each(|field| add(field.name)),
        None => Config::FIELDS.iter().for_each(|name| add(name)),
    }
    list
}

fn endpoint(event: &str) -> Option<Endpoint> {
    match event {
        "lead" => Some(Endpoint::RefportLead),
        "sale" => Some(Endpoint::RefportSale),
        _ => None,
    }
}

/// The click ID in what was read of a request; see [`Given::click_id`].
#[wasm_bindgen]
pub fn find_click_id(request: &Given) -> Option<String> {
    request.click_id().map(ClickId::into_string)
}

/// Checks a configuration: undefined, or the failure to throw.
#[wasm_bindgen]
pub fn check_config(config: &Given, issues: &Given) -> JsValue {
    let mut issues = issues.issues();
    let _ = Config::parse(PROVIDER, config.fields(Config::FIELDS.iter().copied()), &mut issues);
    if issues.is_empty() { JsValue::UNDEFINED } else { failure_out(&Failure::refused(issues)) }
}

/// Checks a call's values and starts its delivery. `extra` are the members of the event that this package does not know,
/// as the inside of a JSON object. `request` is what was read of the request, or undefined where the click ID must be
/// among `values`. `aborted`: the caller's signal has fired already. Answers a step: alone where the call is over, else with what to send.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "one crossing of the boundary, and no object to take apart")]
pub fn begin(
    state: &mut [u32],
    event: &str,
    config: &Given,
    values: &Given,
    extra: String,
    issues: &Given,
    request: Option<Given>,
    aborted: bool,
) -> JsValue {
    let mut issues = issues.issues();
    let config = Config::parse(PROVIDER, config.fields(Config::FIELDS.iter().copied()), &mut issues);
    let endpoint = endpoint(event).unwrap_or(Endpoint::RefportSale);
    let mut fields = values.fields(endpoint.fields().iter().map(|field| field.name));
    fields.extra = extra;
    let fallback = request.map_or(Fallback::None, |request| Fallback::Request(request.click_id()));
    let event = ConversionEvent::parse(endpoint, fields, fallback, &mut issues);
    let (Some(config), Some(event)) = (config, event) else {
        return ended_early(if issues.is_empty() {
            Outcome::Skipped
        } else {
            Outcome::Failed(Box::new(Failure::refused(issues)))
        });
    };
    let mut delivery = Delivery::new(&event, config.policy);
    let handled = if aborted { delivery.abort() } else { Handled::unanswered(delivery.poll(Millis(0))) };
    keep(state, &delivery);
    start_out(&step_out(&handled), &OutgoingRequest::new(&config, event))
}

/// The `init` of the attempt that a `send` step asks for.
#[wasm_bindgen]
pub fn attempt(authorization: &JsValue, body: &JsValue, signal: &AbortSignal) -> RequestInit {
    fetch::init(authorization, body, signal)
}

/// The default transport: the global `fetch`, called as a bare function.
#[wasm_bindgen]
pub fn fetch(url: &JsValue, init: &RequestInit) -> Result<Promise, JsValue> {
    fetch::fetch(url, init)
}

/// The step after a `sleep`. Answers a step.
#[wasm_bindgen]
pub fn poll(state: &mut [u32], elapsed_ms: f64) -> JsValue {
    let mut delivery = restore(state);
    let step = delivery.poll(convert::millis(elapsed_ms));
    keep(state, &delivery);
    step_out(&Handled::unanswered(step))
}

/// The step after an attempt, or where the caller's signal fired. `how` is `"answered"`, `"connection"`, `"timeout"` or
/// `"aborted"`. `answer` has the headers `retry-after`, `retry-after-ms` and `x-request-id`, the body, and the
/// `authorization` and body of the request, to be kept out of what is told. `elapsed_ms` is since the call began, `now_ms`
/// since 1970, and `random` is uniform from 0 to 1. Answers a step.
#[wasm_bindgen]
pub fn handle(
    state: &mut [u32],
    how: &str,
    status: u16,
    answer: &Given,
    elapsed_ms: f64,
    now_ms: f64,
    random: f64,
) -> JsValue {
    let mut delivery = restore(state);
    let headers = [answer.optional_text(0), answer.optional_text(1), answer.optional_text(2)];
    let [retry_after, retry_after_ms, request_id] = headers.each_ref().map(Option::as_deref);
    let body = answer.optional_text(3);
    let ended = match how {
        "answered" => Ended::Answered(IncomingResponse {
            status,
            retry_after: RetryAfter { seconds_or_date: retry_after, milliseconds: retry_after_ms },
            request_id,
            body: body.as_deref(),
        }),
        "timeout" => Ended::TimedOut,
        _ => Ended::ConnectionLost,
    };
    let clock = Clock { elapsed: convert::millis(elapsed_ms), now: Timestamp(convert::whole(now_ms)) };
    let handled = if how == "aborted" {
        delivery.abort()
    } else {
        delivery.handle(&ended, clock, convert::jitter(random), || PrivateValues::of(&answer.text(4), &answer.text(5)))
    };
    keep(state, &delivery);
    step_out(&handled)
}

fn restore(state: &[u32]) -> Delivery {
    Delivery::load(state.first_chunk().unwrap_or(&[0; 9]))
}

fn keep(state: &mut [u32], delivery: &Delivery) {
    if let Some(state) = state.first_chunk_mut() {
        *state = delivery.save();
    }
}

/// A call that is over before its delivery began.
fn ended_early(outcome: Outcome) -> JsValue {
    step_out(&Handled::unanswered(Step::Done(outcome)))
}
