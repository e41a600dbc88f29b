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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocks {
    /// Where the next block goes.
    top: usize,
    /// What is below this is kept.
    floor: usize,
    /// The highest that `top` was since the last rewind.
    high: usize,
    /// A kept block has moved above the floor.
    moved: bool,
}

impl Blocks {
    /// Nothing is in use.
    pub const NONE: Self = Self { top: 0, floor: 0, high: 0, moved: false };

    /// The address of a new block. None where memory cannot grow: then nothing has changed.
    pub fn alloc(&mut self, size: usize, align: usize, memory: &impl Memory) -> Option<usize> {
        let mask = align.checked_sub(1)?;
        let start = self.top.max(memory.base()).checked_add(mask)? & !mask;
        self.occupy(start, size, memory)
    }

    /// The address of a block once it has another size: where that is a new one, the caller copies what is in it. None where
    /// memory cannot grow: then nothing has changed, and the block is in use as before.
    pub fn realloc(&mut self, block: Block, size: usize, memory: &impl Memory) -> Option<usize> {
        let is_kept = block.start < self.floor;
        if !is_kept && block.start.wrapping_add(block.size) == self.top {
            return self.occupy(block.start, size, memory);
        }
        if size <= block.size {
            return Some(block.start);
        }
        let start = self.alloc(size, block.align, memory)?;
        self.moved |= is_kept;
        Some(start)
    }

    /// Keeps all that is in use.
    pub fn settle(&mut self) {
        *self = Self { floor: self.top, high: self.top, ..*self };
    }

    /// Frees all that is not kept.
    pub fn rewind(&mut self, memory: &impl Memory) -> Freed {
        // Below the base is the program's own data, even where nothing is kept.
        let start = self.floor.max(memory.base());
        let freed = Freed { start, size: self.high.saturating_sub(start), broken: self.moved };
        self.top = self.floor;
        self.high = self.floor;
        freed
    }

    /// Puts the top behind a block.
    fn occupy(&mut self, start: usize, size: usize, memory: &impl Memory) -> Option<usize> {
        let top = start.checked_add(size)?;
        let missing = top.saturating_sub(memory.end());
        if missing > 0 && !memory.grow(missing.div_ceil(PAGE)) {
            return None;
        }
        self.top = top;
        self.high = self.high.max(top);
        Some(start)
    }
}
