//! `cargo xtask test`: runs the suites and adds up.
//!
//! In: which suites. Out: a line for each suite, the output of those that failed, why others were skipped, and as the very
//! last line of stdout `N passed, M failed`, or `N passed, M failed, K skipped` when something was skipped.
//! Not its job: what the suites are; `suites` lists them.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};

use crate::base::paths::Paths;
use crate::base::{progress, tools};
use crate::proof::check::Check;
use crate::run::counts::{self, Tally};
use crate::run::suites::{ALL, Count, Possible, Run, Suite};

/// How a line begins that says what was skipped and why.
const SKIP: &str = "skip  ";

/// How a suite went.
#[derive(Default)]
struct Outcome {
    tally: Tally,
    /// What it printed, or what is wrong, when it failed; else the lines in which it sums itself up or says what it skipped.
    output: String,
}

/// Prints what there is to run.
pub fn list() {
    for suite in ALL {
        println!("{:<18} {}", suite.name, suite.about);
    }
}

/// Runs the suites called `only`, or all; fails when a test failed or a suite ran nothing. What is skipped fails nothing, but with
/// `no_skip`.
pub fn run(paths: &Paths, only: &[String], no_skip: bool) -> Result<ExitCode> {
    let suites = chosen(only)?;
    let mut total = Tally::default();
    let (mut failed, mut skipped) = (Vec::new(), Vec::new());
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
            failed.push(suite.name);
        }
        skipped.extend(skips(suite.name, &outcome.output));
    }
    println!("\n{}", summary(&failed, &skipped));
    if no_skip && total.skipped > 0 {
        println!("refused: nothing may be skipped here (--no-skip)");
    }
    println!("{total}");
    Ok(if is_enough(total, no_skip) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether the run as a whole is a success.
fn is_enough(total: Tally, no_skip: bool) -> bool {
    total.failed == 0 && !(no_skip && total.skipped > 0)
}

/// What is to be read at the end of a long output: each test that was skipped, with the reason, and the suites that failed.
fn summary(failed: &[&str], skipped: &[String]) -> String {
    let result = match (failed, skipped) {
        ([], []) => "every suite passed".to_owned(),
        ([], _) => "every test that ran passed".to_owned(),
        _ => format!("failed: {}", failed.join(", ")),
    };
    skipped.iter().cloned().chain([result]).collect::<Vec<_>>().join("\n")
}

/// A suite's lines `skip  NAME: REASON`, each with the suite's name.
fn skips(suite: &str, output: &str) -> Vec<String> {
    let reasons = output.lines().filter_map(|line| line.trim_start().strip_prefix(SKIP));
    reasons.map(|reason| format!("{SKIP}{suite:<18} {reason}")).collect()
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
    let mark = match tally {
        _ if tally.is_skipped() => "skip",
        _ if tally.is_good() => "ok",
        _ => "FAIL",
    };
    let passed = (tally.passed > 0 || !tally.is_skipped()).then(|| format!("{} passed", tally.passed));
    let failed = (tally.failed > 0).then(|| format!("{} failed", tally.failed));
    let skipped = (tally.skipped > 0).then(|| format!("{} skipped", tally.skipped));
    let counted = [passed, failed, skipped].into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{mark:<5} {name:<18} {counted:<24} {time}")
}

/// Runs one suite. What keeps it from running at all is a failure of it.
fn run_suite(paths: &Paths, suite: &Suite) -> Outcome {
    let result = match &suite.run {
        Run::Commands(commands, count) => commands(paths).and_then(|commands| run_commands(commands, *count)),
        Run::WherePossible(commands, count) => commands(paths).and_then(|possible| match possible {
            Possible::Commands(commands) => run_commands(commands, *count),
            Possible::Skip(reason) => Ok(skip(&reason)),
        }),
        Run::Checks(checks) => checks(paths).map(judge),
    };
    let outcome =
        result.unwrap_or_else(|error| Outcome { tally: Tally::one(false), output: format!("error: {error:#}") });
    refuse_empty(outcome)
}

/// A suite that this machine cannot run; the rest of a reason of several lines is indented below its first.
fn skip(reason: &str) -> Outcome {
    Outcome { tally: Tally::one_skipped(), output: format!("      {SKIP}{}", reason.replace('\n', "\n            ")) }
}

/// A suite in which nothing ran has failed: otherwise a renamed file would pass.
fn refuse_empty(mut outcome: Outcome) -> Outcome {
    if outcome.tally.is_empty() {
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

/// The lines in which a suite sums up its parts, `ok    workerd  182 rows  0 throws`, or says what it skipped and why,
/// indented below its own.
fn figures(output: &str) -> String {
    let is_figure = |line: &&str| line.starts_with("ok    ") || line.starts_with(SKIP);
    output.lines().filter(is_figure).map(|line| format!("      {line}\n")).collect()
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

    fn tally_of(passed: usize, failed: usize) -> Tally {
        Tally { passed, failed, skipped: 0 }
    }

    #[test]
    fn an_unknown_suite_is_refused_with_the_way_out() {
        let error = chosen(&["nativ".to_owned()]).err().unwrap().to_string();
        assert_eq!(error, "no suite is called `nativ`: see `cargo xtask test --list`");
        assert_eq!(chosen(&[]).unwrap().len(), ALL.len());
        assert_eq!(chosen(&["wasm".to_owned()]).unwrap().len(), 1);
    }

    #[test]
    fn a_program_that_fails_without_counting_is_one_failure() {
        assert_eq!(tally("error: could not compile", false, Count::CargoTest), tally_of(0, 1));
        assert_eq!(tally("9 passed, 0 failed\nkilled", false, Count::LastLine), tally_of(0, 1));
        assert_eq!(tally("9 passed, 0 failed", false, Count::LastLine), tally_of(9, 1));
        assert_eq!(tally("9 passed, 2 failed", false, Count::LastLine), tally_of(9, 2));
        assert_eq!(tally("", true, Count::ExitCode), tally_of(1, 0));
    }

    #[test]
    fn a_suite_that_ran_nothing_has_failed_and_says_so() {
        let outcome = refuse_empty(run_commands(vec![Command::new("true")], Count::LastLine).unwrap());
        assert_eq!(outcome.tally, tally_of(0, 1));
        assert!(outcome.output.contains("ran no test"));
    }

    #[test]
    fn a_property_that_does_not_hold_names_its_offenders() {
        let good = Check { name: "a", offenders: vec![] };
        let bad = Check { name: "no Closure", offenders: vec!["x::wrap".to_owned()] };
        let outcome = judge(vec![good, bad]);
        assert_eq!(outcome.tally, tally_of(1, 1));
        assert_eq!(outcome.output, "not so: no Closure\n  x::wrap\n");
    }

    #[test]
    fn a_line_says_all_in_columns() {
        assert_eq!(
            line("native", tally_of(123, 0), "4.1 s"),
            "ok    native             123 passed               4.1 s"
        );
        assert!(line("types", tally_of(1, 2), "9.0 s").starts_with("FAIL  types              1 passed, 2 failed"));
    }

    #[test]
    fn a_suite_that_cannot_run_is_skipped_with_its_reason_and_is_no_failure() {
        let outcome = refuse_empty(skip("no browser: install one\nPATH: none"));
        assert_eq!(outcome.tally, Tally::one_skipped());
        assert_eq!(outcome.output, "      skip  no browser: install one\n            PATH: none");
        assert!(line("browser", outcome.tally, "0.1 s").starts_with("skip  browser            1 skipped   "));
        let skipped = skips("browser", &outcome.output);
        assert_eq!(skipped, ["skip  browser            no browser: install one"]);
        assert_eq!(
            summary(&[], &skipped),
            "skip  browser            no browser: install one\nevery test that ran passed"
        );
        assert_eq!(summary(&["size"], &skipped), "skip  browser            no browser: install one\nfailed: size");
        assert_eq!(summary(&[], &[]), "every suite passed");
    }

    #[test]
    fn what_was_skipped_fails_a_run_that_may_skip_nothing() {
        let skipped = Tally { passed: 9, failed: 0, skipped: 1 };
        assert!(is_enough(skipped, false) && !is_enough(skipped, true));
        assert!(is_enough(tally_of(9, 0), true));
        assert!(!is_enough(tally_of(9, 1), false) && !is_enough(tally_of(9, 1), true));
    }

    #[test]
    fn a_program_may_skip_a_part_of_itself() {
        let mut program = Command::new("printf");
        program.arg("ok   a\\nskip  b: no c here\\n1 passed, 0 failed, 1 skipped\\n");
        let outcome = refuse_empty(run_commands(vec![program], Count::LastLine).unwrap());
        assert_eq!(outcome.tally, Tally { passed: 1, failed: 0, skipped: 1 });
        assert_eq!(skips("suite", &outcome.output), ["skip  suite              b: no c here"]);
        assert!(line("suite", outcome.tally, "0.1 s").starts_with("ok    suite              1 passed, 1 skipped "));
    }

    #[test]
    fn a_program_that_dies_has_failed_whatever_it_skipped() {
        assert_eq!(
            tally("0 passed, 0 failed, 1 skipped", false, Count::LastLine),
            Tally { passed: 0, failed: 1, skipped: 1 }
        );
    }
}
