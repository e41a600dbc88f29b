//! The memory of one step.
//!
//! Nothing of a call lives in wasm memory between two steps, so memory need not be given back piece by piece: a step
//! takes what it needs from the top, and the next one starts anew from the floor. With a general allocator the module is
//! 1.5 kB larger after gzip, most of it code that drops strings one by one.
//!
//! What wasm-bindgen keeps for itself (the free list of its table of JavaScript values) stays below the floor: it is made
//! before [`memory_settle`]. Should it ever grow, and so move above, the floor rises over it. Both functions are called by
//! `pkg/start.js` while no step runs, and by nobody else: that is what makes them sound.
//!
//! This is the one crate with `unsafe` in it, and there is no more to it than this file. On targets other than wasm it is
//! empty.

#![no_std]
#![cfg(target_family = "wasm")]

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
    ptr,
};

#[global_allocator]
static ARENA: Arena = Arena { top: Cell::new(0), floor: Cell::new(0), moved: Cell::new(false) };

/// Keeps all that was allocated so far.
#[unsafe(no_mangle)]
extern "C" fn memory_settle() {
    ARENA.floor.set(ARENA.top.get());
    ARENA.moved.set(false);
}

/// Frees all that was allocated since the memory was settled.
#[unsafe(no_mangle)]
extern "C" fn memory_rewind() {
    if ARENA.moved.get() {
        memory_settle();
    } else {
        ARENA.top.set(ARENA.floor.get());
    }
}

/// A global allocator that is emptied as a whole.
struct Arena {
    /// Where the next block goes.
    top: Cell<usize>,
    /// What is below this stays.
    floor: Cell<usize>,
    /// A block from below the floor has moved above it.
    moved: Cell<bool>,
}

// SAFETY: wasm without the `atomics` feature has one thread.
unsafe impl Sync for Arena {}

const PAGE: usize = 65_536;

/// The first address behind the program's own data and its stack.
fn heap_base() -> usize {
    unsafe extern "C" {
        static __heap_base: u8;
    }
    // The linker defines it; only its address is taken.
    (&raw const __heap_base).addr()
}

// SAFETY: blocks are cut from memory that nothing else uses, one above the other, so they never overlap while in use.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let top = self.top.get().max(heap_base());
        let start = top.wrapping_add(layout.align() - 1) & !(layout.align() - 1);
        let Some(end) = start.checked_add(layout.size()) else { return ptr::null_mut() };
        let owned = core::arch::wasm32::memory_size(0).wrapping_mul(PAGE);
        if end > owned {
            let pages = (end - owned).div_ceil(PAGE);
            if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
                return ptr::null_mut();
            }
        }
        self.top.set(end);
        ptr::with_exposed_provenance_mut(start)
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block.addr() < self.floor.get() {
            self.moved.set(true);
        } else if block.addr().wrapping_add(layout.size()) == self.top.get() {
            // The topmost block grows, or shrinks, where it is.
            self.top.set(block.addr());
        }
        // SAFETY: the caller vouches for `size` and the alignment.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !new.is_null() && new != block {
            // SAFETY: both blocks are at least as long as the shorter of the two lengths. `copy`, since a block that
            // stays topmost may be given anew at the same place.
            unsafe { ptr::copy(block, new, layout.size().min(size)) };
        }
        new
    }
}
