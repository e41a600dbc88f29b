//! Where JavaScript and a step leave each other what crosses: words, numbers, and room for a message and for bytes.
//!
//! `pkg/core.js` writes before a step and reads behind it, never while one runs: that is what makes it sound. What stands
//! where is not this file's.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
    slice,
};

use crate::wasm::ARENA;

/// More words than any step has.
const WORDS: usize = 64;
const NUMBERS: usize = 64;
/// One for a message, one for bytes.
const ROOMS: usize = 2;

struct Mailbox {
    words: [Cell<u32>; WORDS],
    numbers: [Cell<f64>; NUMBERS],
    /// Where each room is, and how many bytes it has.
    rooms: [Cell<(usize, usize)>; ROOMS],
}

// SAFETY: wasm without the `atomics` feature has one thread.
unsafe impl Sync for Mailbox {}

static MAILBOX: Mailbox = Mailbox {
    words: [const { Cell::new(0) }; WORDS],
    numbers: [const { Cell::new(0.0) }; NUMBERS],
    rooms: [const { Cell::new((0, 0)) }; ROOMS],
};

/// The word at a place; 0 where there is none.
pub fn word(place: usize) -> u32 {
    MAILBOX.words.get(place).map_or(0, Cell::get)
}

/// Leaves a word at a place.
pub fn set_word(place: usize, word: u32) {
    if let Some(cell) = MAILBOX.words.get(place) {
        cell.set(word);
    }
}

/// The number at a place; NaN where there is none.
pub fn number(place: usize) -> f64 {
    MAILBOX.numbers.get(place).map_or(f64::NAN, Cell::get)
}

/// The first bytes of a room, as many as JavaScript has written there; none where it has no such room. They live until the
/// memory is rewound, when the step that asked has ended.
pub fn received(room: usize, length: usize) -> &'static [u8] {
    let Some(cell) = MAILBOX.rooms.get(room) else { return &[] };
    let (at, size) = cell.replace((0, 0));
    if size == 0 || length > size {
        return &[];
    }
    // SAFETY: `mailbox_room` has allocated `size` bytes there and zeroed them, for this step and nobody else, and the place is
    // forgotten above, so nobody is given them twice.
    unsafe { slice::from_raw_parts(core::ptr::with_exposed_provenance(at), length) }
}

/// Where the words are.
#[unsafe(no_mangle)]
extern "C" fn mailbox_words() -> *const Cell<u32> {
    MAILBOX.words.as_ptr()
}

/// Where the numbers are.
#[unsafe(no_mangle)]
extern "C" fn mailbox_numbers() -> *const Cell<f64> {
    MAILBOX.numbers.as_ptr()
}

/// Makes room for the next step: where it begins, or 0 where there is no memory for it.
#[unsafe(no_mangle)]
extern "C" fn mailbox_room(room: usize, bytes: usize) -> usize {
    let Ok(layout) = Layout::from_size_align(bytes.max(1), 1) else { return 0 };
    // SAFETY: the layout is of one byte or more.
    let at = unsafe { ARENA.alloc_zeroed(layout) }.expose_provenance();
    if let Some(cell) = MAILBOX.rooms.get(room) {
        cell.set((at, if at == 0 { 0 } else { layout.size() }));
    }
    at
}
