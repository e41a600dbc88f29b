//! The memory of a wasm module, and its global allocator.
//!
//! What wasm-bindgen keeps for itself (the free list of its table of JavaScript values) is made before [`memory_settle`] and
//! stays. Should it ever grow, and so move, the module is broken once its memory is rewound, and `pkg/core.js` replaces it.
//! Both functions are called by `pkg/core.js` while no step runs, and by nobody else: that is what makes them sound.

use core::arch::wasm32;

use crate::{
    arena::{self, Arena},
    blocks::{Memory, PAGE},
};

// SAFETY: the linker leaves what is behind the program's data and its stack to the allocator.
#[global_allocator]
pub(crate) static ARENA: Arena<Wasm> = unsafe { Arena::new(Wasm) };

// SAFETY: wasm without the `atomics` feature has one thread.
unsafe impl Sync for Arena<Wasm> {}

/// One giant parameter or answer must not hold its memory for ever: wasm memory never shrinks.
const MOST_PAGES: usize = 32;

/// The linker puts the stack first, and nothing may be written by a pointer to address zero.
const STACK_BOTTOM: usize = 16;

/// Keeps all that was allocated so far.
#[unsafe(no_mangle)]
extern "C" fn memory_settle() {
    ARENA.settle();
}

/// Frees and wipes all that was allocated since the memory was settled, and what the step left on the stack: the key and
/// personal data are in both. Answers whether this instance must be replaced before it runs again.
#[unsafe(no_mangle)]
extern "C" fn memory_rewind() -> bool {
    // SAFETY: no step runs.
    let freed = unsafe { ARENA.rewind() };
    // SAFETY: no step runs, and this function keeps nothing on the stack: xtask/src/proof/stack.rs checks that of the built module,
    // and that no step comes near the bottom.
    unsafe { arena::wipe(STACK_BOTTOM, (&raw const __stack_high).addr().wrapping_sub(STACK_BOTTOM)) };
    freed.broken || wasm32::memory_size(0) > MOST_PAGES
}

// The linker defines them; only their addresses are taken.
unsafe extern "C" {
    static __heap_base: u8;
    static __stack_high: u8;
}

pub(crate) struct Wasm;

impl Memory for Wasm {
    fn base(&self) -> usize {
        (&raw const __heap_base).addr()
    }

    fn end(&self) -> usize {
        wasm32::memory_size(0).saturating_mul(PAGE)
    }

    fn grow(&self, pages: usize) -> bool {
        wasm32::memory_grow(0, pages) != usize::MAX
    }
}
