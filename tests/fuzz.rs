//! The fuzz targets without libFuzzer: on the seeds of `fuzz/corpus` and on what a seeded generator makes of them.
//!
//! `REFPORT_FUZZ_ITERATIONS` is how many inputs each target gets. A failure prints its input; libFuzzer with coverage, for
//! the long run, is `cargo +nightly fuzz run click_id`.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::arithmetic_side_effects, reason = "likewise")]
#![allow(clippy::cast_possible_truncation, missing_docs, reason = "it is no API")]

#[path = "support/dice.rs"]
mod dice;
#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::{collections::BTreeMap, fs, panic, path::Path};

use dice::Dice;
use targets::{ALL, Target};

const DEFAULT_ITERATIONS: u64 = 20_000;
const LONGEST_INPUT: u64 = 400;

#[test]
fn a_click_id_is_found_where_a_slow_reading_finds_it() {
    try_many("click_id");
}

#[test]
fn a_retry_after_is_read_as_what_it_says() {
    try_many("retry_after");
}

#[test]
fn a_delivery_ends_and_does_not_lie() {
    try_many("delivery");
}

#[test]
fn any_values_are_issues_or_a_request_that_says_them() {
    try_many("event");
}

#[test]
fn every_target_is_tried_here_and_has_seeds() {
    let here = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file!())).unwrap();
    for target in ALL {
        assert!(here.contains(&format!("try_many(\"{}\")", target.name)), "{}", target.name);
        assert!(!seeds(target.name).is_empty(), "{} has no seed", target.name);
    }
}

fn try_many(name: &str) {
    let iterations =
        std::env::var("REFPORT_FUZZ_ITERATIONS").map_or(DEFAULT_ITERATIONS, |count| count.parse().unwrap());
    let target = ALL.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds(name);
    let mut dice = Dice(0x5eed ^ iterations);
    let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
    let generated = (0..iterations).map(|_| input(&mut dice, target, &seeds));
    for input in seeds.iter().cloned().chain(generated) {
        *ends.entry(tried(target, &input)).or_default() += 1;
    }
    println!("{name}: {} seeds, {iterations} generated inputs came to {ends:?}", seeds.len());
    // A generator that misses a whole region would prove nothing about it.
    let missed: Vec<_> = target.ends.iter().filter(|end| !ends.contains_key(**end)).collect();
    assert!(iterations < 10_000 || missed.is_empty(), "no input of {name} came to {missed:?}");
}

fn tried(target: &Target, input: &[u8]) -> &'static str {
    panic::catch_unwind(|| (target.run)(input)).unwrap_or_else(|_| panic!("{}: {}", target.name, input.escape_ascii()))
}

/// The hand-written inputs; what libFuzzer found is beside them where it ran, by names of 40 digits.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// A seed with some bytes changed, or words of the target's, or any bytes.
fn input(dice: &mut Dice, target: &Target, seeds: &[Vec<u8>]) -> Vec<u8> {
    match dice.below(4) {
        0 => {
            let mut input = seeds[dice.below(seeds.len() as u64) as usize].clone();
            for _ in 0..dice.below(6) {
                if input.is_empty() {
                    break;
                }
                let at = dice.below(input.len() as u64) as usize;
                input[at] = dice.below(256) as u8;
            }
            input
        }
        1 | 2 if !target.words.is_empty() => {
            let mut input = String::new();
            for _ in 0..dice.below(16) {
                input.push_str(target.words[dice.below(target.words.len() as u64) as usize]);
            }
            input.into_bytes()
        }
        _ => (0..dice.below(LONGEST_INPUT)).map(|_| dice.below(256) as u8).collect(),
    }
}
