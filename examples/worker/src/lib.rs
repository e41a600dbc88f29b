//! A sale, reported from a Cloudflare Worker that is written in Rust.
//!
//! In: a request with the click ID and the invoice in its query. Out: what became of the sale, as text. The crate decides;
//! the runtime's own `fetch` sends, its timer waits.

use std::time::Duration;

use refport_edge::{Answer, Attempt, Call, Invalid, Options, Outcome, Refport, Sale, Step};
use worker::{
    AbortController, Context, Date, Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, Result,
    event,
};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let (url, key, service) = (request.url()?, env.secret("REFPORT_API_KEY")?.to_string(), env.var("REFPORT_URL")?.to_string());
    let given = |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    let (click_id, invoice_id) = (given("refp_id").unwrap_or_default(), given("invoice"));
    let report = async || {
        let refport = Refport::new(&key, Options { base_url: Some(&service), ..Options::default() })?;
        let sale = Sale {
            click_id: &click_id,
            customer_external_id: "user_001",
            amount: 4900,
            currency: Some("usd"),
            invoice_id: invoice_id.as_deref(),
            ..Sale::default()
        };
        Ok::<_, Invalid>(deliver(refport.sale(&sale)?).await)
    };
    match report().await {
        Ok(Outcome::Failed(failure)) => Response::ok(format!("failed: {}", failure.code())),
        Ok(outcome) => Response::ok(outcome.as_str()),
        Err(invalid) => Response::error(invalid.to_string(), 400),
    }
}

/// Does what the call says until it is over.
async fn deliver(mut call: Call<'_>) -> Outcome {
    let began = Date::now().as_millis();
    let elapsed = || Duration::from_millis(Date::now().as_millis().saturating_sub(began));
    let mut step = call.poll(elapsed());
    loop {
        step = match step {
            Step::Done(outcome) => return outcome,
            Step::Sleep(wait) => {
                Delay::from(Duration::from(wait)).await;
                call.poll(elapsed())
            }
            Step::Send { timeout } => {
                let attempt = send(&call, timeout.into()).await;
                let now = Duration::from_millis(Date::now().as_millis());
                call.answered(&attempt, elapsed(), now, random())
            }
        };
    }
}

/// One attempt. A redirect is never followed: it would take the key to wherever it points.
async fn send(call: &Call<'_>, timeout: Duration) -> Attempt {
    let controller = AbortController::default();
    let signal = controller.signal();
    let exchange = async {
        let mut response = Fetch::Request(outgoing(call)?).send_with_signal(&signal).await?;
        let headers = response.headers().clone();
        let header = |name: &str| headers.get(name).ok().flatten();
        let (retry_after, retry_after_ms, request_id) = (header("retry-after"), header("retry-after-ms"), header("x-request-id"));
        let (status, body) = (response.status_code(), response.text().await?);
        let body = Some(body).filter(|body| body.len() <= 1 << 20);
        Ok::<_, worker::Error>(Answer { status, retry_after, retry_after_ms, request_id, body })
    };
    let late = Delay::from(timeout);
    let (exchange, late) = (std::pin::pin!(exchange), std::pin::pin!(late));
    match futures_util::future::select(exchange, late).await {
        futures_util::future::Either::Left((Ok(answer), _)) => Attempt::Answered(answer),
        futures_util::future::Either::Left((Err(_), _)) => Attempt::ConnectionLost,
        futures_util::future::Either::Right(_) => {
            controller.abort();
            Attempt::TimedOut
        }
    }
}

fn outgoing(call: &Call<'_>) -> Result<Request> {
    let request = call.request();
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/json")?;
    if let Some(authorization) = request.authorization() {
        headers.set("authorization", &authorization)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
    init.with_body(request.body.as_deref().map(Into::into));
    Request::new_with_init(&request.url, &init)
}

/// Uniform over `u32`: it spreads retries.
fn random() -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1, as Math.random gives it")]
    {
        (worker::js_sys::Math::random() * 4_294_967_296.0) as u32
    }
}
