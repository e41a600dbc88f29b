//! Counting tests.
//!
//! In: what a test command printed. Out: how many tests passed, failed and were skipped.
//! Not its job: running anything, or judging an exit code.

use std::fmt::{self, Display, Formatter};
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Those that this machine cannot run.
    pub skipped: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Tally {
    /// One thing that is right or is not.
    pub fn one(is_right: bool) -> Self {
        Self { passed: usize::from(is_right), failed: usize::from(!is_right), skipped: 0 }
    }

    /// One thing that this machine cannot run.
    pub fn one_skipped() -> Self {
        Self { skipped: 1, ..Self::default() }
    }

    /// Whether something passed or was skipped, and nothing failed.
    pub fn is_good(self) -> bool {
        self.failed == 0 && !self.is_empty()
    }

    /// Whether everything was skipped.
    pub fn is_skipped(self) -> bool {
        self.is_good() && self.passed == 0
    }

    /// Whether there was no test at all.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// `3 passed, 0 failed`; and `, 1 skipped` when something was.
impl Display for Tally {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(out, ", {} skipped", self.skipped) } else { Ok(()) }
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
/// `, K skipped` may follow.
pub fn last_line(output: &str) -> Option<Tally> {
    let line = output.lines().rev().find(|line| !line.trim().is_empty())?;
    let (passed, rest) = line.trim().split_once(" passed, ")?;
    let (failed, rest) = rest.split_once(" failed")?;
    let skipped = match rest {
        "" => 0,
        _ => rest.strip_prefix(", ")?.strip_suffix(" skipped")?.parse().ok()?,
    };
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()?, skipped })
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
        Tally { passed, failed, skipped: 0 }
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
    fn a_javascript_suite_may_skip() {
        assert_eq!(last_line("4 passed, 2 failed, 3 skipped"), Some(Tally { passed: 4, failed: 2, skipped: 3 }));
        assert_eq!(last_line("0 passed, 0 failed, 1 skipped\n"), Some(Tally::one_skipped()));
        for wrong in
            ["4 passed, 2 failed, many skipped", "4 passed, 2 failed3 skipped", "4 passed, 2 failed, 3 ignored"]
        {
            assert_eq!(last_line(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_run_of_nothing_is_not_good() {
        assert!(!tally(0, 0).is_good());
        assert!(!tally(5, 1).is_good());
        assert!(tally(5, 0).is_good());
        assert_eq!(Tally::one(false), tally(0, 1));
    }

    #[test]
    fn what_is_skipped_is_no_failure_and_hides_none() {
        let skipped = Tally::one_skipped();
        assert!(skipped.is_good() && skipped.is_skipped());
        for (mut other, is_good) in [(tally(5, 0), true), (tally(0, 1), false)] {
            other += skipped;
            assert_eq!((other.is_good(), other.is_skipped()), (is_good, false));
        }
    }

    #[test]
    fn a_tally_says_what_was_skipped_only_when_something_was() {
        assert_eq!(tally(5, 1).to_string(), "5 passed, 1 failed");
        assert_eq!(Tally { passed: 5, failed: 0, skipped: 2 }.to_string(), "5 passed, 0 failed, 2 skipped");
    }
}
