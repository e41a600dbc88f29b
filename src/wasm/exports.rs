//! The functions that `pkg/` calls. Each is one synchronous step: it keeps nothing when it returns, so a request that is
//! killed between two steps, or in the middle of one, takes nothing with it. What a delivery needs between two steps is
//! `state`, a list of numbers in the JavaScript frame of its call (see [`Delivery::save`]).
//!
//! They take what a wasm function can: numbers, and JavaScript's values as they are. `pkg/start.js` so calls them directly,
//! and no glue is made for them.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{AbortSignal, RequestInit};

use super::{
    convert::{self, Given, failure_out, reason_out, request_out, step_out},
    fetch,
};
use crate::proto::{
    config::Config,
    delivery::{Clock, Delivery, Handled, Outcome, Step},
    email,
    error::{Failure, Issues},
    event::{ConversionEvent, Fallback},
    private::PrivateValues,
    provider::{Endpoint, Provider},
    request::OutgoingRequest,
    response::{Ended, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    time::Millis,
    webhook,
};

/// The names of the fields of an event, by the number of its endpoint ([`Endpoint::number`]), or behind those, of the
/// options of a provider, each followed by a comma: the order in which [`begin`] wants their values.
#[wasm_bindgen(js_name = fieldNames)]
pub fn field_names(of: usize) -> JsValue {
    JsValue::from_str(match Endpoint::ALL.get(of) {
        Some(endpoint) => endpoint.fields().names,
        None => provider(of).option_names(),
    })
}

/// The provider whose options have this number in [`field_names`].
fn provider(options: usize) -> Provider {
    Provider::ALL.get(options.wrapping_sub(Endpoint::ALL.len())).copied().unwrap_or(Provider::Refport)
}

/// The click ID in what was read of a request (see [`Given::click_id`]), or null.
#[wasm_bindgen(js_name = findClickId)]
pub fn find_click_id(request: &Given) -> JsValue {
    request.click_id().map_or(JsValue::NULL, |click_id| JsValue::from_str(click_id.as_str()))
}

/// The ID of a RefCampaign session in what was read of a request (see [`Given::sources`]), or null.
#[wasm_bindgen(js_name = findSessionId)]
pub fn find_session_id(request: &Given) -> JsValue {
    request.sources().find_session().map_or(JsValue::NULL, |session_id| JsValue::from_str(&session_id))
}

/// What is wrong with the options of a provider, by its number in [`field_names`]: a failure without issues where nothing
/// is.
#[wasm_bindgen(js_name = checkOptions)]
pub fn check_options(of: usize, options: &Given) -> Array {
    let mut issues = Issues::new();
    let _ = Config::parse(provider(of), options, &mut issues);
    failure_out(&Failure::refused(issues))
}

/// Checks a call's values and starts its delivery. `request` is what was read of the request, or null where the click ID
/// must be among `values`. `refused`: reading the values brought up issues already. `aborted`: the caller's
/// signal has fired already. Answers a step, with what to send.
#[wasm_bindgen]
pub fn begin(
    state: &Given,
    event: u32,
    config: &Given,
    values: &Given,
    request: &Given,
    refused: bool,
    aborted: bool,
) -> Array {
    let mut issues = Issues::new();
    let endpoint = Endpoint::from_number(event);
    let config = Config::parse(endpoint.provider(), config, &mut issues);
    let click_id = if request.is_null() { None } else { Some(request.click_id()) };
    let fallback = match (&click_id, if request.is_null() { None } else { request.complaint() }) {
        (None, _) => Fallback::None,
        (Some(None), Some(complaint)) => Fallback::NoRequest(complaint),
        (Some(found), _) => Fallback::Request(found.as_ref()),
    };
    let event = ConversionEvent::parse(endpoint, values, fallback, config.as_ref(), &mut issues);
    let handled = match (config, event) {
        _ if refused || !issues.is_empty() => ended(Outcome::Failed(Failure::refused(issues))),
        (Some(config), Some(event)) => {
            let mut delivery = Delivery::new(&event, config.policy);
            if aborted {
                delivery.abort()
            } else {
                let step = step_out(&Handled::unanswered(delivery.poll(Millis(0))));
                state.keep(&delivery);
                step.set(convert::LAST, request_out(&OutgoingRequest::new(&config, event)).into());
                return step;
            }
        }
        _ => ended(Outcome::Skipped),
    };
    step_out(&handled)
}

/// A call that is over before its delivery began.
fn ended(outcome: Outcome) -> Handled {
    Handled::unanswered(Step::Done(outcome))
}

/// The `init` of the attempt that a `send` step asks for.
#[wasm_bindgen]
pub fn attempt(authorization: &JsValue, body: &JsValue, signal: &AbortSignal) -> RequestInit {
    fetch::init(authorization, body, signal)
}

/// The default transport: the global `fetch`, called as a bare function.
#[wasm_bindgen]
pub fn fetch(url: &JsValue, init: &RequestInit) -> Promise {
    fetch::fetch(url, init)
}

/// The step after a `sleep`.
#[wasm_bindgen]
pub fn poll(state: &Given, elapsed_ms: u32) -> Array {
    let mut delivery = state.delivery();
    let step = delivery.poll(Millis(elapsed_ms));
    state.keep(&delivery);
    step_out(&Handled::unanswered(step))
}

/// The step after an attempt, or where the caller's signal fired. `how` it ended: 0 answered, 1 connection lost, 2 timed
/// out, 3 aborted, 4 not connected, 5 redirected. `answer` has the headers `retry-after`, `retry-after-ms` and `x-request-id`, what the body is
/// ([`Given::body`]), and what is to be kept out of all that is told. `elapsed_ms` is since the call began, `now_ms`
/// since 1970, and `random` is uniform over all `u32`.
#[wasm_bindgen]
pub fn handle(
    state: &Given,
    how: u32,
    status: u16,
    answer: &Given,
    elapsed_ms: u32,
    now_ms: f64,
    random: u32,
) -> Array {
    let mut delivery = state.delivery();
    let ended = match how {
        0 => Ended::Answered(IncomingResponse {
            status,
            retry_after: RetryAfter { seconds_or_date: answer.optional_text(0), milliseconds: answer.optional_text(1) },
            request_id: answer.optional_text(2),
            body: answer.body(3),
        }),
        2 => Ended::TimedOut,
        4 => Ended::NotConnected,
        5 => Ended::Redirected { status },
        _ => Ended::ConnectionLost,
    };
    let clock = Clock { elapsed: Millis(elapsed_ms), now: convert::timestamp(now_ms) };
    let handled = if how == 3 {
        delivery.abort()
    } else {
        delivery.handle(&ended, clock, Jitter(random), || PrivateValues(answer.texts_from(4)))
    };
    state.keep(&delivery);
    step_out(&handled)
}

/// A text of a service's, the first of `values`, with the others taken out of it.
#[wasm_bindgen]
pub fn scrub(values: &Given) -> JsValue {
    let [text, private @ ..] = &*values.texts_from(0) else { return JsValue::NULL };
    JsValue::from_str(&PrivateValues(private.to_vec()).scrub(text, usize::MAX))
}

/// The hash of an e-mail address, the first of `values`, that JavaScript has trimmed and lower-cased; null where nothing is
/// left of it.
#[wasm_bindgen(js_name = hashEmail)]
pub fn hash_email(values: &Given) -> JsValue {
    email::hash(values.text(0)).map_or(JsValue::NULL, |hash| JsValue::from_str(&hash))
}

/// Why a webhook of RefCampaign's is not to be trusted, `[reason, message]`, or undefined where it is. `values` are its
/// header, its body's bytes and the secret; an absent header or secret is an empty one. Without a body all else is checked.
#[wasm_bindgen(js_name = verifyWebhook)]
pub fn verify_webhook(values: &Given, now_ms: f64, tolerance_seconds: f64) -> Option<Array> {
    let (header, body, secret) = (values.text(0), values.bytes(1), values.text(2));
    let (now, tolerance) = (convert::timestamp(now_ms), convert::whole(tolerance_seconds));
    let checked = match body {
        Some(body) => webhook::verify(Some(header), &body, secret, now, tolerance),
        None => webhook::check(Some(header), secret, now, tolerance).map(|_| ()),
    };
    checked.err().map(reason_out)
}
