//! What crosses between JavaScript and the core, by name.
//!
//! One message in, one message out a step. [`layout`] names everything that crosses; the build writes `pkg/dist/layout.js` of
//! it, so that the two sides cannot drift. [`message`] reads what JavaScript has laid into memory (`pkg/message.js`).
//! Out of scope: the memory itself (the crate `arena`), and what a step does (`wasm::exports`).

pub mod layout;
pub mod message;
