//! What services have besides deliveries: their webhooks, and RefCampaign's hash of an e-mail address.

use refport_edge_arena::mailbox;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "refcampaign")]
use super::letters::whole;
use super::letters::{received, reply, word};
use crate::boundary::layout::{SEPARATOR, WebhookPart, Word};
#[cfg(feature = "refcampaign")]
use crate::proto::{email, time::Timestamp};
use crate::proto::{text::concat, webhook};

/// Replies with the hash of an e-mail address, which stands apart, that JavaScript has trimmed and lower-cased; unless nothing
/// is left of it.
#[cfg(feature = "refcampaign")]
#[wasm_bindgen(js_name = hashEmail)]
pub fn hash_email(_length: usize) {
    let address = bytes().and_then(|bytes| str::from_utf8(bytes).ok());
    if let Some(hash) = address.and_then(email::hash) {
        reply(hash);
    }
}

/// Replies with why a webhook of RefCampaign's is not to be trusted, a reason and a message, unless it is. A message of its
/// header, the secret and times; its body stands apart. Without a body all else is checked.
#[cfg(feature = "refcampaign")]
#[wasm_bindgen(js_name = verifyWebhook)]
pub fn verify_webhook(length: usize) {
    let Some(message) = received(length) else { return reply_with_reason(webhook::Reason::MissingHeader) };
    let part = |part: WebhookPart| Some(message.text(part.place()));
    let (header, secret) = (part(WebhookPart::Header), part(WebhookPart::Secret).unwrap_or_default());
    let now = Timestamp(whole(message.number(WebhookPart::Now.place())));
    let tolerance = whole(message.number(WebhookPart::Tolerance.place()));
    let checked = match bytes() {
        Some(body) => webhook::verify(header, body, secret, now, tolerance),
        None => webhook::check(header, secret, now, tolerance).map(|_| ()),
    };
    if let Err(reason) = checked {
        reply_with_reason(reason);
    }
}

/// The same, where the signature is of the body alone and has no time.
#[cfg(feature = "bare-webhook")]
#[wasm_bindgen(js_name = verifyBareWebhook)]
pub fn verify_bare_webhook(length: usize) {
    let Some(message) = received(length) else { return reply_with_reason(webhook::Reason::MissingHeader) };
    let part = |part: WebhookPart| message.text(part.place());
    let (header, secret) = (Some(part(WebhookPart::Header)), part(WebhookPart::Secret));
    let checked = match bytes() {
        Some(body) => webhook::verify_bare(header, body, secret),
        None => webhook::check_bare(header, secret).map(|_| ()),
    };
    if let Err(reason) = checked {
        reply_with_reason(reason);
    }
}

fn reply_with_reason(reason: webhook::Reason) {
    reply(concat(&[reason.as_str(), &SEPARATOR.to_string(), reason.message()]));
}

/// The room that JavaScript writes a body to.
const BYTES: usize = 1;

/// What stands apart from the message, where anything does.
fn bytes() -> Option<&'static [u8]> {
    Some(mailbox::received(BYTES, word(Word::BodyLength).checked_sub(1)?))
}
