//! Counting tests.
//!
//! In: what a test command printed. Out: how many tests passed and failed.
//! Not its job: running anything, or judging an exit code.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// One thing that is right or is not.
    pub fn one(is_right: bool) -> Self {
        Self { passed: usize::from(is_right), failed: usize::from(!is_right) }
    }

    /// Whether something ran and nothing failed.
    pub fn is_good(self) -> bool {
        self.passed > 0 && self.failed == 0
    }
}

/// The sum of all `test result: ok. 3 passed; 1 failed; …` lines that Cargo's test binaries print.
pub fn cargo_test(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines() {
        let Some((_, result)) = line.split_once("test result: ") else { continue };
        tally.passed += number_before(result, " passed;").unwrap_or(0);
        tally.failed += number_before(result, " failed;").unwrap_or(0);
    }
    tally
}

/// The `N passed, M failed` of the last line that is not blank, which is how the JavaScript suites end.
pub fn last_line(output: &str) -> Option<Tally> {
    let line = output.lines().rev().find(|line| !line.trim().is_empty())?;
    let (passed, failed) = line.trim().split_once(" passed, ")?;
    Some(Tally { passed: passed.parse().ok()?, failed: failed.strip_suffix(" failed")?.parse().ok()? })
}

/// The number that ends where `marker` begins.
fn number_before(text: &str, marker: &str) -> Option<usize> {
    let before = &text[..text.find(marker)?];
    before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: usize, failed: usize) -> Tally {
        Tally { passed, failed }
    }

    #[test]
    fn every_test_binary_of_cargo_counts() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests refport_edge
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s
";
        assert_eq!(cargo_test(output), tally(15, 2));
    }

    #[test]
    fn output_without_a_result_counts_nothing() {
        assert_eq!(cargo_test("error: could not compile"), tally(0, 0));
        assert_eq!(last_line(""), None);
        assert_eq!(last_line("Error: Cannot find module"), None);
    }

    #[test]
    fn only_the_last_line_of_a_javascript_suite_counts() {
        assert_eq!(last_line("1 passed, 9 failed\nok  a\n41 passed, 2 failed\n\n"), Some(tally(41, 2)));
        assert_eq!(last_line("41 passed, 2 failed\nTypeError: x"), None);
        assert_eq!(last_line("41 passed, many failed"), None);
    }

    #[test]
    fn a_run_of_nothing_is_not_good() {
        assert!(!tally(0, 0).is_good());
        assert!(!tally(5, 1).is_good());
        assert!(tally(5, 0).is_good());
        assert_eq!(Tally::one(false), tally(0, 1));
    }
}
