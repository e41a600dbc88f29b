//! Where blocks of memory go.
//!
//! In: sizes and alignments. Out: addresses. Blocks are cut one above the other, so that no two in use overlap, and are
//! freed all at once. Nothing here touches the memory it speaks of.
//!
//! ```text
//! base          floor                top          high         the end of memory
//!  | kept blocks  | blocks of this step | was in use  | never used   |
//! ```

#![forbid(unsafe_code)]

use core::cell::Cell;

/// What memory is grown by, in bytes.
pub const PAGE: usize = 65_536;

/// The memory that blocks are cut from.
pub trait Memory {
    /// The first address that may be used.
    fn base(&self) -> usize;

    /// The first address behind it, in bytes.
    fn end(&self) -> usize;

    /// Makes it so many pages longer, or answers false and leaves it as it is.
    fn grow(&self, pages: usize) -> bool;
}

/// A block in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its address.
    pub start: usize,
    /// In bytes.
    pub size: usize,
    /// A power of two.
    pub align: usize,
}

/// What a rewind has freed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freed {
    /// The first address that may have been written to.
    pub start: usize,
    /// How many bytes of it.
    pub size: usize,
    /// A kept block has moved, and was freed with the others: the program that kept it must not run again.
    pub broken: bool,
}

/// Which addresses are in use.
#[derive(Debug, PartialEq, Eq)]
pub struct Blocks {
    /// Where the next block goes.
    top: Cell<usize>,
    /// What is below this is kept.
    floor: Cell<usize>,
    /// The highest that `top` was since the last rewind.
    high: Cell<usize>,
    /// A kept block has moved above the floor.
    moved: Cell<bool>,
}

impl Blocks {
    /// Nothing is in use.
    pub const fn empty() -> Self {
        Self { top: Cell::new(0), floor: Cell::new(0), high: Cell::new(0), moved: Cell::new(false) }
    }

    /// The address of a new block. None where memory cannot grow: then nothing has changed.
    pub fn alloc(&self, size: usize, align: usize, memory: &impl Memory) -> Option<usize> {
        let mask = align.checked_sub(1)?;
        let start = self.top.get().max(memory.base()).checked_add(mask)? & !mask;
        self.occupy(start, size, memory)
    }

    /// The address of a block once it has another size: where that is a new one, the caller copies what is in it. None where
    /// memory cannot grow: then nothing has changed, and the block is in use as before.
    pub fn realloc(&self, block: Block, size: usize, memory: &impl Memory) -> Option<usize> {
        let is_kept = block.start < self.floor.get();
        if !is_kept && block.start.wrapping_add(block.size) == self.top.get() {
            return self.occupy(block.start, size, memory);
        }
        if size <= block.size {
            return Some(block.start);
        }
        let start = self.alloc(size, block.align, memory)?;
        if is_kept {
            self.moved.set(true);
        }
        Some(start)
    }

    /// Keeps all that is in use.
    pub fn settle(&self) {
        self.floor.set(self.top.get());
        self.high.set(self.top.get());
    }

    /// Frees all that is not kept.
    pub fn rewind(&self, memory: &impl Memory) -> Freed {
        // Below the base is the program's own data, even where nothing is kept.
        let start = self.floor.get().max(memory.base());
        let freed = Freed { start, size: self.high.get().saturating_sub(start), broken: self.moved.get() };
        self.top.set(self.floor.get());
        self.high.set(self.floor.get());
        freed
    }

    /// Puts the top behind a block.
    fn occupy(&self, start: usize, size: usize, memory: &impl Memory) -> Option<usize> {
        let top = start.checked_add(size)?;
        let missing = top.saturating_sub(memory.end());
        if missing > 0 && !memory.grow(missing.div_ceil(PAGE)) {
            return None;
        }
        self.top.set(top);
        self.high.set(self.high.get().max(top));
        Some(start)
    }
}
