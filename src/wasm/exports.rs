//! The functions that `pkg/` calls. Each is one synchronous step: it keeps nothing when it returns, so a request that is
//! killed between two steps, or in the middle of one, takes nothing with it.

use js_sys::{Array, JsString, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::AbortSignal;

use super::{
    convert::{self, Parcel},
    fetch,
};
use crate::proto::{
    click_id::{ClickId, Sources},
    config::Config,
    delivery::{Clock, Delivery, Handled, Outcome},
    error::{ErrorKind, Failure, Issues},
    event::{ConversionEvent, Fallback, Lead, Sale},
    provider::Provider,
    request::{OutgoingRequest, PrivateValues},
    response::{Ended, IncomingResponse},
    retry::Jitter,
    retry_after::{RetryAfter, Timestamp},
};

const PROVIDER: Provider = Provider::Refport;

/// The names of the fields of a `"config"`, a `"lead"` or a `"sale"`, joined by commas: the order in which [`begin`]
/// wants their values.
#[wasm_bindgen]
pub fn field_names(of: &str) -> String {
    names(of).join(",")
}

fn names(of: &str) -> &'static [&'static str] {
    match of {
        "lead" => Lead::FIELDS,
        "sale" => Sale::FIELDS,
        _ => Config::FIELDS,
    }
}

/// The click ID called `name`, in the parts of a request that can hold one.
#[wasm_bindgen]
pub fn find_click_id(
    name: &JsString,
    url: Option<JsString>,
    stored: Option<String>,
    cookie_header: Option<JsString>,
) -> Option<String> {
    find(name, url, stored, cookie_header).map(ClickId::into_string)
}

fn find(
    name: &JsString,
    url: Option<JsString>,
    stored: Option<String>,
    cookie_header: Option<JsString>,
) -> Option<ClickId> {
    let url = url.filter(|url| convert::occurs(url, name)).map(String::from);
    let cookie_header = cookie_header.map(|header| convert::narrow(&header, name));
    let sources = Sources { url: url.as_deref(), stored: stored.as_deref(), cookie_header: cookie_header.as_deref() };
    sources.find(&String::from(name.clone()))
}

/// Checks a configuration: undefined, or the failure to throw.
#[wasm_bindgen]
pub fn check_config(config: &Array, issues: &Array) -> JsValue {
    let mut issues = convert::issues(issues);
    let _ = parse_config(config, &mut issues);
    if issues.is_empty() { JsValue::UNDEFINED } else { convert::failure(&Failure::refused(issues)) }
}

fn parse_config(config: &Array, issues: &mut Issues) -> Option<Config> {
    Config::parse(PROVIDER, convert::fields(Config::FIELDS, config, &Array::new()), issues)
}

/// Checks a call's values and starts its delivery. `request` is `[name, url, stored, cookieHeader]`, or undefined where
/// the click ID must be among `values`. `aborted`: the caller's signal has fired already.
#[wasm_bindgen]
pub fn begin(
    event: &str,
    config: &Array,
    values: &Array,
    extra: &Array,
    issues: &Array,
    request: Option<Array>,
    aborted: bool,
) -> JsValue {
    match parse(event, config, values, extra, convert::issues(issues), request) {
        Ok((config, event)) => start(&config, &event, aborted),
        Err(outcome) => convert::ended_early(&outcome),
    }
}

/// A valid event, or the outcome of a call that has none.
fn parse(
    event: &str,
    config: &Array,
    values: &Array,
    extra: &Array,
    mut issues: Issues,
    request: Option<Array>,
) -> Result<(Config, ConversionEvent), Outcome> {
    let config = parse_config(config, &mut issues);
    let fields = convert::fields(names(event), values, extra);
    let fallback = request.map_or(Fallback::None, |request| Fallback::Request(find_in(&request)));
    let event = match event {
        "lead" => Lead::parse(fields, fallback, &mut issues).map(ConversionEvent::Lead),
        _ => Sale::parse(fields, fallback, &mut issues).map(ConversionEvent::Sale),
    };
    if !issues.is_empty() {
        return Err(Outcome::Failed(Box::new(Failure::refused(issues))));
    }
    config.zip(event).ok_or(Outcome::Skipped)
}

fn start(config: &Config, event: &ConversionEvent, aborted: bool) -> JsValue {
    let encoded = PROVIDER.encode(event);
    let mut delivery = Delivery::new(encoded.endpoint, encoded.replay_safe, config.policy);
    let request = OutgoingRequest::new(config, encoded);
    let handled = if aborted {
        delivery.handle(&Ended::Aborted, Clock::default(), Jitter(0), PrivateValues::default)
    } else {
        Handled { status: None, kind: None, request_id: None, step: delivery.poll(Clock::default().elapsed) }
    };
    convert::step_out(&delivery, &handled, &Parcel::pack(&request, &delivery))
}

fn find_in(request: &Array) -> Option<ClickId> {
    let text = |index| Some(request.get(index)).filter(|text| text.is_string()).map(JsString::from);
    find(&text(0)?, text(1), text(2).map(String::from), text(3))
}

/// The `[url, init]` of the attempt that a `send` step asks for.
#[wasm_bindgen]
pub fn attempt(parcel: &Array, signal: &AbortSignal) -> Array {
    fetch::arguments(&Parcel::open(parcel), signal)
}

/// The default transport: the global `fetch`, called as a bare function.
#[wasm_bindgen]
pub fn fetch(url: &JsValue, init: &JsValue) -> Promise {
    fetch::fetch(url, init)
}

/// The step after a `sleep`.
#[wasm_bindgen]
pub fn poll(parcel: &Array, elapsed_ms: f64) -> JsValue {
    let parcel = Parcel::open(parcel);
    let Some(mut delivery) = parcel.delivery() else {
        return lost();
    };
    let step = delivery.poll(convert::duration(elapsed_ms));
    parcel.update(&delivery);
    convert::step_out(&delivery, &Handled { status: None, kind: None, request_id: None, step }, &parcel)
}

/// The step after an attempt. `how` is `"answered"`, with the answer as
/// `[status, retryAfter, retryAfterMs, requestId, body]`, or `"connection"`, `"timeout"` or `"aborted"`. `elapsed_ms` is
/// since the call began, `now_ms` since 1970, and `random` is uniform from 0 to 1.
#[wasm_bindgen]
pub fn handle(parcel: &Array, how: &str, answer: &Array, elapsed_ms: f64, now_ms: f64, random: f64) -> JsValue {
    let parcel = Parcel::open(parcel);
    let Some(mut delivery) = parcel.delivery() else {
        return lost();
    };
    let text = |index| answer.get(index).as_string();
    let (retry_after, retry_after_ms, request_id, body) = (text(1), text(2), text(3), text(4));
    let ended = match how {
        "answered" => Ended::Answered(IncomingResponse {
            status: answer
                .get(0)
                .as_f64()
                .and_then(|status| convert::whole(status).try_into().ok())
                .unwrap_or_default(),
            retry_after: RetryAfter {
                seconds_or_date: retry_after.as_deref(),
                milliseconds: retry_after_ms.as_deref(),
            },
            request_id: request_id.as_deref(),
            body: body.as_deref(),
        }),
        "timeout" => Ended::TimedOut,
        "aborted" => Ended::Aborted,
        _ => Ended::ConnectionLost,
    };
    let clock = Clock { elapsed: convert::duration(elapsed_ms), now: Timestamp(convert::whole(now_ms)) };
    let handled = delivery.handle(&ended, clock, convert::jitter(random), || parcel.private_values());
    parcel.update(&delivery);
    convert::step_out(&delivery, &handled, &parcel)
}

/// What is no parcel of ours cannot be carried on; nobody knows what became of its event.
fn lost() -> JsValue {
    let failure = Failure { maybe_recorded: true, ..Failure::new(ErrorKind::Internal) };
    convert::ended_early(&Outcome::Failed(Box::new(failure)))
}
