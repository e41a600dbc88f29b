//! Whom a request is from: the steps that need no service.

use wasm_bindgen::prelude::wasm_bindgen;

use super::letters::{received, reply};

/// Replies with the click ID in the parts of a request, where there is one.
#[wasm_bindgen(js_name = findClickId)]
pub fn find_click_id(length: usize) {
    if let Some(click_id) = received(length).and_then(|message| message.request(0).click_id()) {
        reply(click_id.into_string());
    }
}

/// Replies with the ID of a RefCampaign session in the parts of a request, where there is one.
#[wasm_bindgen(js_name = findSessionId)]
pub fn find_session_id(length: usize) {
    if let Some(session_id) = received(length).and_then(|message| message.request(0).sources.find_session()) {
        reply(session_id);
    }
}
