//! A sale, reported from a native program with an HTTP client of its own.
//!
//! In: the address of a service, a key, a click ID and an invoice ID; and which service it is, `refport` or `dub` (a sale) or `tolt` (a
//! customer). Out: what became of it, and exit code 1 where it failed. The crate decides; sending, waiting and telling the time are done here, in [`Transport`].
//!
//! ```sh
//! cargo run --example deliver -- http://127.0.0.1:8788 YOUR_API_KEY abc123 inv_001 refport
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

use refport_edge::{
    Answer, Attempt, Call, Invalid, Options, Outcome, OutgoingRequest, Refport, Sale, Transport,
    dub::{self, Dub},
    tolt::{Customer, Tolt},
};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [base_url, key, click_id, invoice_id, service] = &*arguments else {
        println!("usage: deliver BASE_URL API_KEY CLICK_ID INVOICE_ID SERVICE");
        return ExitCode::FAILURE;
    };
    let options = Options { base_url: Some(base_url), ..Options::default() };
    let call = match service.as_str() {
        "dub" => to_dub(key, options, click_id, invoice_id),
        "tolt" => to_tolt(key, options, click_id),
        _ => to_refport(key, options, click_id, invoice_id),
    };
    match call.map(report) {
        Ok(is_good) if is_good => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(Invalid(issues)) => {
            issues.iter().for_each(|issue| println!("{issue}"));
            ExitCode::FAILURE
        }
    }
}

fn to_refport<'a>(
    key: &'a str,
    options: Options<'a>,
    click_id: &'a str,
    invoice_id: &'a str,
) -> Result<Call<'a>, Invalid> {
    let sale = Sale {
        click_id,
        customer_external_id: "user_001",
        amount: 4900,
        currency: Some("usd"),
        invoice_id: Some(invoice_id),
        ..Sale::default()
    };
    Refport::new(key, options)?.sale(&sale)
}

fn to_dub<'a>(key: &'a str, options: Options<'a>, click_id: &'a str, invoice_id: &'a str) -> Result<Call<'a>, Invalid> {
    let sale = dub::Sale {
        click_id: Some(click_id),
        customer_external_id: "user_001",
        amount: 4900,
        invoice_id: Some(invoice_id),
        ..dub::Sale::default()
    };
    Dub::new(key, options)?.sale(&sale)
}

fn to_tolt<'a>(key: &'a str, options: Options<'a>, click_id: &'a str) -> Result<Call<'a>, Invalid> {
    let customer = Customer {
        partner_id: Some("part_8fKq"),
        click_id: Some(click_id),
        email: Some("jane@shop.example"),
        ..Customer::default()
    };
    Tolt::new(key, options)?.customer(&customer)
}

/// Delivers it, and says whether it is on the books.
fn report(mut call: Call<'_>) -> bool {
    let outcome = call.run(&mut Ureq { began: Instant::now() });
    println!("{} after {} attempt(s)", outcome.as_str(), call.attempts());
    if let Outcome::Failed(failure) = &outcome {
        println!("{}: {}", failure.code(), failure.kind.message());
    }
    !matches!(outcome, Outcome::Failed(_))
}

struct Ureq {
    began: Instant,
}

impl Transport for Ureq {
    fn send(&mut self, request: &OutgoingRequest<'_>, timeout: Duration) -> Attempt {
        match send(request, timeout) {
            Ok(answer) => Attempt::Answered(answer),
            Err(ureq::Error::Timeout(_)) => Attempt::TimedOut,
            Err(_) => Attempt::ConnectionLost,
        }
    }

    fn sleep(&mut self, wait: Duration) {
        thread::sleep(wait);
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    /// Each state of the standard library's hasher has keys of its own: random enough to spread retries.
    fn random(&mut self) -> u32 {
        let [a, b, c, d, ..] = RandomState::new().build_hasher().finish().to_ne_bytes();
        u32::from_ne_bytes([a, b, c, d])
    }
}

/// One attempt. A redirect is never followed: it would take the key to wherever it points.
fn send(request: &OutgoingRequest<'_>, timeout: Duration) -> Result<Answer, ureq::Error> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
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
    let [retry_after, retry_after_ms, request_id] = ["retry-after", "retry-after-ms", "x-request-id"].map(header);
    let status = response.status().as_u16();
    // More than 1 MiB is no answer of a service.
    let body = match response.body_mut().with_config().limit(1 << 20).read_to_string() {
        Ok(text) => Some(text),
        Err(ureq::Error::BodyExceedsLimit(_)) => None,
        Err(error) => return Err(error),
    };
    Ok(Answer { status, retry_after, retry_after_ms, request_id, body })
}
