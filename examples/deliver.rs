//! A sale, reported from a native program with an HTTP client of its own.
//!
//! In: the address of a service, a key, a click ID and an invoice ID. Out: what became of the sale, and exit code 1 where it
//! failed. The crate decides; sending, waiting and telling the time are done here, in [`Transport`].
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

use refport_edge::{Answer, Attempt, Invalid, Options, Outcome, OutgoingRequest, Refport, Sale, Transport};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [base_url, key, click_id, invoice_id] = &*arguments else {
        println!("usage: deliver BASE_URL API_KEY CLICK_ID INVOICE_ID");
        return ExitCode::FAILURE;
    };
    match report(base_url, key, click_id, invoice_id) {
        Ok(is_good) if is_good => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(Invalid(issues)) => {
            issues.iter().for_each(|issue| println!("{issue}"));
            ExitCode::FAILURE
        }
    }
}

/// Reports a sale, and says whether it is on the books.
fn report(base_url: &str, key: &str, click_id: &str, invoice_id: &str) -> Result<bool, Invalid> {
    let refport = Refport::new(key, Options { base_url: Some(base_url), ..Options::default() })?;
    let sale = Sale {
        click_id,
        customer_external_id: "user_001",
        amount: 4900,
        currency: Some("usd"),
        invoice_id: Some(invoice_id),
        ..Sale::default()
    };
    let mut call = refport.sale(&sale)?;
    let outcome = call.run(&mut Ureq { began: Instant::now() });
    println!("{} after {} attempt(s)", outcome.as_str(), call.attempts());
    if let Outcome::Failed(failure) = &outcome {
        println!("{}: {}", failure.code(), failure.kind.message());
    }
    Ok(!matches!(outcome, Outcome::Failed(_)))
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
