//! `cargo xtask test`: runs the suites and adds up.
//!
//! In: which suites. Out: a line for each suite, the output of those that failed, and `N passed, M failed` as the very
//! last line of stdout.
//! Not its job: what the suites are; `suites` lists them.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};

use crate::checks::Check;
use crate::counts::{self, Tally};
use crate::paths::Paths;
use crate::suites::{ALL, Count, Run, Suite};
use crate::{progress, tools};

/// How a suite went.
#[derive(Default)]
struct Outcome {
    tally: Tally,
    /// What it printed, or what is wrong, when it failed; else the lines in which it sums itself up.
    output: String,
}

/// Prints what there is to run.
pub fn list() {
    for suite in ALL {
        println!("{:<18} {}", suite.name, suite.about);
    }
}

/// Runs the suites called `only`, or all; fails when a test failed or a suite ran nothing.
pub fn run(paths: &Paths, only: &[String]) -> Result<ExitCode> {
    let suites = chosen(only)?;
    let mut total = Tally::default();
    let mut bad = Vec::new();
    for suite in &suites {
        let began = Instant::now();
        progress::say("test", &format!("{}: {}", suite.name, suite.about));
        let outcome = run_suite(paths, suite);
        total += outcome.tally;
        let time = progress::seconds(began.elapsed());
        println!("{}", line(suite.name, outcome.tally, &time));
        if !outcome.output.is_empty() {
            println!("{}", outcome.output.trim_end());
        }
        if !outcome.tally.is_good() {
            bad.push(suite.name);
        }
    }
    println!();
    println!(
        "{}",
        if bad.is_empty() { "every suite passed".to_owned() } else { format!("failed: {}", bad.join(", ")) }
    );
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The suites with these names, in the list's order; all when there are no names.
fn chosen(only: &[String]) -> Result<Vec<&'static Suite>> {
    if let Some(unknown) = only.iter().find(|name| ALL.iter().all(|suite| suite.name != **name)) {
        bail!("no suite is called `{unknown}`: see `cargo xtask test --list`");
    }
    Ok(ALL.iter().filter(|suite| only.is_empty() || only.iter().any(|name| name == suite.name)).collect())
}

/// `ok    native               123 passed     4.1 s`.
fn line(name: &str, tally: Tally, time: &str) -> String {
    let mark = if tally.is_good() { "ok" } else { "FAIL" };
    let failed = if tally.failed > 0 { format!(", {} failed", tally.failed) } else { String::new() };
    let counted = format!("{} passed{failed}", tally.passed);
    format!("{mark:<5} {name:<18} {counted:<24} {time}")
}

/// Runs one suite. What keeps it from running at all is a failure of it.
fn run_suite(paths: &Paths, suite: &Suite) -> Outcome {
    let result = match &suite.run {
        Run::Commands(commands, count) => commands(paths).and_then(|commands| run_commands(commands, *count)),
        Run::Checks(checks) => checks(paths).map(judge),
    };
    let outcome =
        result.unwrap_or_else(|error| Outcome { tally: Tally::one(false), output: format!("error: {error:#}") });
    refuse_empty(outcome)
}

/// A suite in which nothing ran has failed: otherwise a renamed file would pass.
fn refuse_empty(mut outcome: Outcome) -> Outcome {
    if outcome.tally == Tally::default() {
        outcome.tally.failed = 1;
        outcome.output += "\nerror: this suite ran no test";
    }
    outcome
}

fn run_commands(commands: Vec<Command>, count: Count) -> Result<Outcome> {
    let mut sum = Outcome::default();
    for mut command in commands {
        let finished = tools::capture(&mut command)?;
        let tally = tally(&finished.text, finished.status.success(), count);
        sum.tally += tally;
        if tally.is_good() {
            sum.output += &figures(&finished.text);
        } else {
            sum.output += &format!("{}\n({})\n", finished.text.trim_end(), finished.status);
        }
    }
    Ok(sum)
}

/// The lines in which a suite sums up its parts, `ok    workerd  182 rows  0 throws`, indented below its own.
fn figures(output: &str) -> String {
    output.lines().filter(|line| line.starts_with("ok    ")).map(|line| format!("      {line}\n")).collect()
}

/// What one program's output and exit code say together.
fn tally(output: &str, succeeded: bool, count: Count) -> Tally {
    let mut tally = match count {
        Count::ExitCode => return Tally::one(succeeded),
        Count::CargoTest => counts::cargo_test(output),
        Count::LastLine => counts::last_line(output).unwrap_or_default(),
    };
    if !succeeded && tally.failed == 0 {
        // It did not compile, or died before it could count itself.
        tally.failed = 1;
    }
    tally
}

/// Each property counts one; what contradicts it is the output.
fn judge(checks: Vec<Check>) -> Outcome {
    let mut sum = Outcome::default();
    for check in checks {
        sum.tally += Tally::one(check.holds());
        if !check.holds() {
            sum.output += &format!("not so: {}\n  {}\n", check.name, check.offenders.join("\n  "));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_suite_is_refused_with_the_way_out() {
        let error = chosen(&["nativ".to_owned()]).err().unwrap().to_string();
        assert_eq!(error, "no suite is called `nativ`: see `cargo xtask test --list`");
        assert_eq!(chosen(&[]).unwrap().len(), ALL.len());
        assert_eq!(chosen(&["wasm".to_owned()]).unwrap().len(), 1);
    }

    #[test]
    fn a_program_that_fails_without_counting_is_one_failure() {
        assert_eq!(tally("error: could not compile", false, Count::CargoTest), Tally { passed: 0, failed: 1 });
        assert_eq!(tally("9 passed, 0 failed\nkilled", false, Count::LastLine), Tally { passed: 0, failed: 1 });
        assert_eq!(tally("9 passed, 0 failed", false, Count::LastLine), Tally { passed: 9, failed: 1 });
        assert_eq!(tally("9 passed, 2 failed", false, Count::LastLine), Tally { passed: 9, failed: 2 });
        assert_eq!(tally("", true, Count::ExitCode), Tally { passed: 1, failed: 0 });
    }

    #[test]
    fn a_suite_that_ran_nothing_has_failed_and_says_so() {
        let outcome = refuse_empty(run_commands(vec![Command::new("true")], Count::LastLine).unwrap());
        assert_eq!(outcome.tally, Tally { passed: 0, failed: 1 });
        assert!(outcome.output.contains("ran no test"));
    }

    #[test]
    fn a_property_that_does_not_hold_names_its_offenders() {
        let good = Check { name: "a", offenders: vec![] };
        let bad = Check { name: "no Closure", offenders: vec!["x::wrap".to_owned()] };
        let outcome = judge(vec![good, bad]);
        assert_eq!(outcome.tally, Tally { passed: 1, failed: 1 });
        assert_eq!(outcome.output, "not so: no Closure\n  x::wrap\n");
    }

    #[test]
    fn a_line_says_all_in_columns() {
        assert_eq!(
            line("native", Tally { passed: 123, failed: 0 }, "4.1 s"),
            "ok    native             123 passed               4.1 s"
        );
        assert!(
            line("types", Tally { passed: 1, failed: 2 }, "9.0 s")
                .starts_with("FAIL  types              1 passed, 2 failed")
        );
    }
}
