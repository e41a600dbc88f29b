//! A sale, reported from a native program with an HTTP client of its own.
//!
//! In: the address of a service, a key, a click ID and an invoice ID. Out: what became of the sale, and exit code 1 where it
//! failed. The crate decides; sending, waiting and telling the time are done here, in [`deliver`], the whole of what
//! `pkg/driver.js` does for JavaScript.
//!
//! ```sh
//! cargo run --example deliver -- http://127.0.0.1:8788 YOUR_API_KEY abc123 inv_001
//! ```
//!
//! For https give ureq its feature `rustls`.

#![allow(clippy::print_stdout, reason = "it is a program for people")]

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    process::ExitCode,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use refport_edge::proto::{
    body::{Body, ParsedJson},
    config::Config,
    delivery::{Clock, Delivery, Outcome, Step},
    error::Issues,
    event::{ConversionEvent, Fallback},
    fields::Fields,
    provider::refport,
    request::OutgoingRequest,
    response::{AttemptResult, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    time::{Millis, Timestamp},
};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [base_url, key, click_id, invoice_id] = &*arguments else {
        println!("usage: deliver BASE_URL API_KEY CLICK_ID INVOICE_ID");
        return ExitCode::FAILURE;
    };
    let options = Fields::from([("apiKey", key.as_str().into()), ("baseUrl", base_url.as_str().into())]);
    let sale = Fields::from([
        ("clickId", click_id.as_str().into()),
        ("customerExternalId", "user_001".into()),
        ("amount", 4900.0.into()),
        ("currency", "usd".into()),
        ("invoiceId", invoice_id.as_str().into()),
    ]);

    let mut issues = Issues::default();
    let config = Config::parse(&refport::SERVICE, options, &mut issues);
    let sale = ConversionEvent::parse(&refport::SALE, sale, Fallback::None, config.as_ref(), &mut issues);
    let (Some(config), Some(sale)) = (config, sale) else {
        issues.iter().for_each(|issue| println!("{issue}"));
        return ExitCode::FAILURE;
    };

    let mut delivery = Delivery::new(&sale, config.policy);
    let outcome = deliver(&mut delivery, &OutgoingRequest::new(&config, sale));
    println!("{} after {} attempt(s)", outcome.as_str(), delivery.attempts());
    match outcome {
        Outcome::Failed(failure) => {
            println!("{}: {}", failure.code(), failure.kind.message());
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Does what the delivery says until it is over.
fn deliver(delivery: &mut Delivery, request: &OutgoingRequest) -> Outcome {
    let began = Instant::now();
    let elapsed = || Millis::saturating_from(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    let mut step = delivery.poll(elapsed());
    loop {
        step = match step {
            Step::Done(outcome) => return outcome,
            Step::Sleep(wait) => {
                thread::sleep(Duration::from_millis(wait.0.into()));
                delivery.poll(elapsed())
            }
            Step::Send { timeout } => {
                let answer = send(request, timeout);
                let ended = match &answer {
                    Ok(answer) => AttemptResult::Answered(answer.parts()),
                    Err(ureq::Error::Timeout(_)) => AttemptResult::TimedOut,
                    Err(_) => AttemptResult::ConnectionLost,
                };
                let clock = Clock { elapsed: elapsed(), now: now() };
                delivery.handle(&ended, clock, dice(), || request.private_values().clone()).step
            }
        };
    }
}

/// The parts of an answer that count, read to its end.
struct Answer {
    status: u16,
    headers: [Option<String>; 3],
    body: Body<ParsedJson>,
}

impl Answer {
    fn parts(&self) -> IncomingResponse<'_, ParsedJson> {
        let [seconds_or_date, milliseconds, request_id] = self.headers.each_ref().map(Option::as_deref);
        let retry_after = RetryAfter { seconds_or_date, milliseconds };
        IncomingResponse { status: self.status, retry_after, request_id, body: self.body.clone() }
    }
}

/// One attempt. A redirect is never followed: it would take the key to wherever it points.
fn send(request: &OutgoingRequest, timeout: Millis) -> Result<Answer, ureq::Error> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_millis(timeout.0.into())))
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut outgoing = ureq::http::Request::builder().method(request.method()).uri(&request.url);
    for (name, value) in [OutgoingRequest::ACCEPT, OutgoingRequest::CONTENT_TYPE] {
        outgoing = outgoing.header(name, value);
    }
    if let Some(authorization) = request.authorization() {
        outgoing = outgoing.header("authorization", authorization);
    }
    let mut response = agent.run(outgoing.body(request.body.clone().unwrap_or_default())?)?;
    let header = |name| response.headers().get(name).and_then(|value| Some(value.to_str().ok()?.to_owned()));
    let headers = ["retry-after", "retry-after-ms", "x-request-id"].map(header);
    let status = response.status().as_u16();
    // More than 1 MB is no answer of a service.
    let body = match response.body_mut().with_config().limit(1 << 20).read_to_string() {
        Ok(text) => Body::parse(Some(&text)),
        Err(ureq::Error::BodyExceedsLimit(_)) => Body::parse(None),
        Err(error) => return Err(error),
    };
    Ok(Answer { status, headers, body })
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Each state of the standard library's hasher has keys of its own: random enough to spread retries.
fn dice() -> Jitter {
    let [a, b, c, d, ..] = RandomState::new().build_hasher().finish().to_ne_bytes();
    Jitter(u32::from_ne_bytes([a, b, c, d]))
}
