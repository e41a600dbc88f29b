//! What crosses in a step: the message, words, bytes and the reply, by name.
//!
//! In: what JavaScript has left in the mailbox. Out: the same, read; and the reply.

use refport_edge_arena::mailbox;

use crate::boundary::{
    layout::{STATE_WORDS, Word},
    message::Message,
};
use crate::proto::time::Millis;

/// The room that JavaScript writes a message to.
const TEXT: usize = 0;

pub(super) fn received(length: usize) -> Option<Message<'static>> {
    Message::parse(str::from_utf8(mailbox::received(TEXT, length)).ok()?, mailbox::number)
}

pub(super) fn place(word: Word) -> usize {
    STATE_WORDS.wrapping_add(word.place())
}

pub(super) fn word(word: Word) -> usize {
    usize::try_from(mailbox::word(place(word))).unwrap_or_default()
}

pub(super) fn is_set(flag: Word) -> bool {
    word(flag) != 0
}

pub(super) fn set(word: Word, value: u32) {
    mailbox::set_word(place(word), value);
}

pub(super) fn elapsed() -> Millis {
    Millis(mailbox::word(place(Word::Elapsed)))
}

/// Leaves a text for JavaScript, which reads it before the memory is rewound.
pub(super) fn reply(text: String) {
    let text = text.leak();
    set(Word::ReplyAt, u32::try_from(text.as_ptr().addr()).unwrap_or_default());
    set(Word::ReplyLength, u32::try_from(text.len()).unwrap_or_default());
}

/// The whole part of a number that is not negative.
pub(super) fn whole(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
    {
        number as u64
    }
}
