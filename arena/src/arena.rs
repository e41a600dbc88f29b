//! A global allocator that is emptied as a whole.
//!
//! In: requests for memory. Out: pointers; [`crate::blocks`] decides where they point.

use core::{
    alloc::{GlobalAlloc, Layout},
    ptr,
};

use crate::blocks::{Block, Blocks, Freed, Memory};

/// What freed memory is filled with. In tests it is something that cannot be taken for an empty value.
pub const FREED: u8 = if cfg!(feature = "poison") { 0xA5 } else { 0 };

/// The allocator. It is for one thread.
pub struct Arena<M> {
    blocks: Blocks,
    memory: M,
}

impl<M: Memory> Arena<M> {
    /// An arena in which nothing is in use.
    ///
    /// # Safety
    /// The memory from its base to its end is the arena's alone, and its provenance is exposed.
    pub const unsafe fn new(memory: M) -> Self {
        Self { blocks: Blocks::empty(), memory }
    }

    /// The memory that blocks are cut from.
    pub const fn memory(&self) -> &M {
        &self.memory
    }

    /// Keeps all that is in use.
    pub fn settle(&self) {
        self.blocks.settle();
    }

    /// Frees and wipes all that is not kept.
    ///
    /// # Safety
    /// Nobody uses it any more.
    pub unsafe fn rewind(&self) -> Freed {
        let freed = self.blocks.rewind(&self.memory);
        // SAFETY: all of it was handed out by this arena, and the caller vouches that nobody uses it.
        unsafe { wipe(freed.start, freed.size) };
        freed
    }
}

/// Overwrites memory that was freed.
///
/// # Safety
/// Its provenance is exposed, it may be written to, and nobody uses it.
pub unsafe fn wipe(start: usize, size: usize) {
    // SAFETY: the caller vouches for it.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(FREED, size) }
}

// SAFETY: blocks in use never overlap, and a block that cannot have another size stays as it is: see tests/blocks.rs.
unsafe impl<M: Memory> GlobalAlloc for Arena<M> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        pointer(self.blocks.alloc(layout.size(), layout.align(), &self.memory))
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if cfg!(feature = "poison") {
            // SAFETY: the block is of this arena, and the caller gives it up.
            unsafe { wipe(block.addr(), layout.size()) };
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let old = Block { start: block.addr(), size: layout.size(), align: layout.align() };
        let new = pointer(self.blocks.realloc(old, size, &self.memory));
        if !new.is_null() && new != block {
            // SAFETY: only a block that becomes longer moves, and the two do not overlap. The old one is the caller's no more.
            unsafe {
                ptr::copy_nonoverlapping(block, new, layout.size());
                self.dealloc(block, layout);
            }
        }
        new
    }
}

fn pointer(start: Option<usize>) -> *mut u8 {
    start.map_or(ptr::null_mut(), ptr::with_exposed_provenance_mut)
}
