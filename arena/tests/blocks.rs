//! Any sequence of requests, with memory that grows or does not: blocks in use never overlap, and keep what is in them.
//!
//! Each sequence runs through the allocator itself, with real memory and real pointers. Under Miri
//! (`cargo +nightly miri test -p refport-edge-arena`) fewer are tried, and every access is checked.

#![cfg(not(target_family = "wasm"))]
#![allow(missing_docs, reason = "it is no API")]

mod tester;

use proptest::prelude::*;
use refport_edge_arena::blocks::{Block, Blocks, Freed, Memory, PAGE};
use tester::{Request, Tester};

fn requests() -> impl Strategy<Value = Vec<Request>> {
    let largest = if cfg!(miri) { 500 } else { 3 * PAGE };
    let size = move || prop_oneof![8 => 1..200_usize, 2 => 1..500_usize, 1 => 1..largest];
    let request = prop_oneof![
        6 => (size(), 0..7_u32).prop_map(|(size, power)| Request::Alloc { size, align: 1 << power }),
        6 => (any::<prop::sample::Index>(), size()).prop_map(|(which, size)| Request::Realloc { which, size }),
        // The last block is the one that grows in its place.
        3 => size().prop_map(|size| Request::ReallocLast { size }),
        2 => any::<prop::sample::Index>().prop_map(|which| Request::Dealloc { which }),
        1 => Just(Request::Settle),
        2 => Just(Request::Rewind),
        2 => any::<bool>().prop_map(Request::MayGrow),
    ];
    prop::collection::vec(request, 0..if cfg!(miri) { 20 } else { 200 })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 10 } else { 500 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn blocks_in_use_never_overlap_and_keep_what_is_in_them(requests in requests()) {
        let mut tester = Tester::new();
        for request in requests {
            tester.make(request);
            tester.check();
        }
        tester.check_all();
    }

    #[test]
    fn no_size_and_no_alignment_wraps_round(
        size in prop_oneof![any::<usize>(), (0..=PAGE).prop_map(|less| usize::MAX - less)],
        power in 0..usize::BITS,
        top in 0..=PAGE,
    ) {
        let memory = Endless { base: usize::MAX - top };
        let blocks = Blocks::empty();
        if let Some(start) = blocks.alloc(size, 1 << power, &memory) {
            prop_assert!(start >= memory.base && start.is_multiple_of(1 << power) && start.checked_add(size).is_some());
        } else {
            prop_assert_eq!(blocks, Blocks::empty());
        }
    }
}

/// Memory of which there is always enough.
struct Endless {
    base: usize,
}

impl Memory for Endless {
    fn base(&self) -> usize {
        self.base
    }

    fn end(&self) -> usize {
        usize::MAX
    }

    fn grow(&self, _: usize) -> bool {
        false
    }
}

#[test]
fn a_block_that_cannot_grow_in_its_place_is_as_before() {
    let mut tester = Tester::new();
    tester.make(Request::Alloc { size: 100, align: 1 });
    tester.make(Request::MayGrow(false));
    tester.make(Request::ReallocLast { size: 2 * PAGE });
    tester.make(Request::Alloc { size: 100, align: 1 });
    tester.check();
    assert_eq!(tester.refused(), 1);
}

#[test]
fn the_last_block_grows_in_its_place_and_the_others_move() {
    let memory = Endless { base: 16 };
    let blocks = Blocks::empty();
    let block = |start, size| Block { start, size, align: 1 };
    assert_eq!(blocks.alloc(10, 1, &memory), Some(16));
    assert_eq!(blocks.realloc(block(16, 10), 20, &memory), Some(16));
    assert_eq!(blocks.alloc(10, 1, &memory), Some(36));
    assert_eq!(blocks.realloc(block(16, 20), 5, &memory), Some(16));
    assert_eq!(blocks.realloc(block(16, 5), 21, &memory), Some(46));
}

#[test]
fn a_rewind_frees_all_that_was_in_use_since_the_memory_was_settled() {
    let memory = Endless { base: 16 };
    let blocks = Blocks::empty();
    blocks.alloc(10, 1, &memory);
    blocks.settle();
    assert_eq!(blocks.rewind(&memory), Freed { start: 26, size: 0, broken: false });
    blocks.alloc(100, 1, &memory);
    let shorter = Block { start: 26, size: 100, align: 1 };
    blocks.realloc(shorter, 1, &memory);
    assert_eq!(blocks.rewind(&memory), Freed { start: 26, size: 100, broken: false });
    assert_eq!(blocks.alloc(1, 1, &memory), Some(26));
}

#[test]
fn a_kept_block_that_moves_breaks_what_kept_it() {
    let memory = Endless { base: 16 };
    let blocks = Blocks::empty();
    let kept = Block { start: 16, size: 10, align: 1 };
    blocks.alloc(10, 1, &memory);
    blocks.settle();
    assert_eq!(blocks.realloc(kept, 8, &memory), Some(16));
    assert!(!blocks.rewind(&memory).broken);
    assert_eq!(blocks.realloc(kept, 11, &memory), Some(26));
    assert!(blocks.rewind(&memory).broken);
}
