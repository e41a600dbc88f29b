//! An allocator over real memory, and what is known of its blocks.

use std::{
    alloc::{GlobalAlloc, Layout, alloc_zeroed, dealloc},
    cell::Cell,
};

use proptest::sample::Index;
use refport_edge_arena::{
    arena::{Arena, FREED},
    blocks::{Memory, PAGE},
};

/// What an allocator may be asked for.
#[derive(Clone, Debug)]
pub enum Request {
    Alloc { size: usize, align: usize },
    Realloc { which: Index, size: usize },
    ReallocLast { size: usize },
    Dealloc { which: Index },
    Settle,
    Rewind,
    MayGrow(bool),
}

/// A part of the host's memory that grows as wasm's does.
struct Region {
    start: *mut u8,
    pages: Cell<usize>,
    may_grow: Cell<bool>,
}

const MOST_PAGES: usize = if cfg!(miri) { 4 } else { 40 };
/// How much of each end of a block is looked at after each request.
const EDGE: usize = 4;
/// Of the first page; the program's own data are there.
const BEFORE: usize = PAGE - 1_001;
const LAYOUT: Layout = match Layout::from_size_align(MOST_PAGES * PAGE, PAGE) {
    Ok(layout) => layout,
    Err(_) => panic!("a page is a power of two"),
};

impl Memory for Region {
    fn base(&self) -> usize {
        self.start.addr() + BEFORE
    }

    fn end(&self) -> usize {
        self.start.addr() + self.pages.get() * PAGE
    }

    fn grow(&self, pages: usize) -> bool {
        let pages = self.pages.get() + pages;
        let grows = self.may_grow.get() && pages <= MOST_PAGES;
        if grows {
            self.pages.set(pages);
        }
        grows
    }
}

struct Held {
    start: *mut u8,
    layout: Layout,
    /// Its bytes count from here.
    first: u8,
    is_kept: bool,
}

impl Held {
    fn byte(&self, at: usize) -> u8 {
        self.first.wrapping_add(at.to_le_bytes()[0])
    }

    fn fill(&self, from: usize) {
        for at in from..self.layout.size() {
            // SAFETY: the block is in use, and so long.
            unsafe { self.start.add(at).write(self.byte(at)) };
        }
    }

    fn must_hold(&self, bytes: impl Iterator<Item = usize>) {
        for at in bytes {
            // SAFETY: the block is in use, and longer than that.
            assert_eq!(unsafe { self.start.add(at).read() }, self.byte(at), "byte {at} of {:?}", self.layout);
        }
    }
}

pub struct Tester {
    arena: Arena<Region>,
    held: Vec<Held>,
    next: u8,
    refused: usize,
    floor: usize,
}

impl Tester {
    pub fn new() -> Self {
        // SAFETY: the layout is not empty.
        let start = unsafe { alloc_zeroed(LAYOUT) };
        let _ = start.expose_provenance();
        let region = Region { start, pages: Cell::new(1), may_grow: Cell::new(true) };
        // SAFETY: the region is nobody else's.
        let arena = unsafe { Arena::new(region) };
        Self { arena, held: vec![], next: 1, refused: 0, floor: 0 }
    }

    /// How many requests were refused.
    pub fn refused(&self) -> usize {
        self.refused
    }

    pub fn make(&mut self, request: Request) {
        match request {
            Request::Alloc { size, align } => self.alloc(size, align),
            Request::Realloc { which, size } if !self.held.is_empty() => {
                self.realloc(which.index(self.held.len()), size)
            }
            Request::ReallocLast { size } if !self.held.is_empty() => self.realloc(self.held.len() - 1, size),
            Request::Dealloc { which } if !self.held.is_empty() => {
                let held = self.held.remove(which.index(self.held.len()));
                // SAFETY: the block is in use until now.
                unsafe { self.arena.dealloc(held.start, held.layout) };
            }
            Request::Settle => {
                self.arena.settle();
                self.held.iter_mut().for_each(|held| held.is_kept = true);
                self.floor = self.highest();
            }
            Request::Rewind => self.rewind(),
            Request::MayGrow(may) => self.arena.memory().may_grow.set(may),
            Request::Realloc { .. } | Request::ReallocLast { .. } | Request::Dealloc { .. } => {}
        }
    }

    fn highest(&self) -> usize {
        self.held.iter().map(|held| held.start.addr() + held.layout.size()).max().unwrap_or(0)
    }

    fn alloc(&mut self, size: usize, align: usize) {
        let layout = Layout::from_size_align(size, align).unwrap();
        // SAFETY: no size here is zero.
        let start = unsafe { self.arena.alloc(layout) };
        if start.is_null() {
            self.refused += 1;
            return;
        }
        let held = Held { start, layout, first: self.next, is_kept: false };
        self.next = self.next.wrapping_mul(31).wrapping_add(7);
        held.fill(0);
        self.held.push(held);
    }

    fn realloc(&mut self, index: usize, size: usize) {
        let held = &mut self.held[index];
        // SAFETY: the block is in use, and no size here is zero.
        let start = unsafe { self.arena.realloc(held.start, held.layout, size) };
        if start.is_null() {
            self.refused += 1;
            // It is in use as before: `check` reads it, and whoever allocates next must not get it.
            return;
        }
        let before = held.layout.size();
        held.is_kept &= start == held.start;
        held.start = start;
        held.layout = Layout::from_size_align(size, held.layout.align()).unwrap();
        held.must_hold(0..before.min(size));
        held.fill(before);
    }

    fn rewind(&mut self) {
        // SAFETY: what is not kept is not used from here on.
        let freed = unsafe { self.arena.rewind() };
        assert!(freed.start >= self.floor.max(self.arena.memory().base()), "what is kept is not freed");
        self.held.retain(|held| held.is_kept);
        for at in 0..freed.size {
            let address = std::ptr::with_exposed_provenance::<u8>(freed.start + at);
            // SAFETY: the arena has handed it out, so it is in the region.
            assert_eq!(unsafe { address.read() }, FREED, "what is freed is wiped");
        }
    }

    /// That the blocks in use hold every byte they were given.
    pub fn check_all(&self) {
        self.held.iter().for_each(|held| held.must_hold(0..held.layout.size()));
    }

    /// That the blocks in use are aligned, apart from each other, inside the memory, and whole at both ends.
    pub fn check(&self) {
        let memory = self.arena.memory();
        let mut spans = vec![(0, memory.base())];
        for held in &self.held {
            let (start, size) = (held.start.addr(), held.layout.size());
            held.must_hold((0..size.min(EDGE)).chain(size.saturating_sub(EDGE)..size));
            assert!(start.is_multiple_of(held.layout.align()), "aligned to {}", held.layout.align());
            spans.push((start, start + size));
        }
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "apart: {spans:?}");
        assert!(spans.iter().all(|span| span.1 <= memory.end()), "inside");
    }
}

impl Drop for Tester {
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout, and nothing uses it any more.
        unsafe { dealloc(self.arena.memory().start, LAYOUT) };
    }
}
