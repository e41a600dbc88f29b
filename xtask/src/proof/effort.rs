//! `cargo xtask counts`: what one call costs, exactly: instructions of the core, and crossings of its boundary.
//!
//! In: the built package. Out: a table beside the recorded baseline, and whether any figure is above it.
//! Not its job: time, which depends on the machine; `bench` reports it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::base::paths::Paths;
use crate::base::{lock, npm, progress, tools};
use crate::build::cores::{self, Core};
use crate::build::{wasm_build, wasm_opt};
use crate::proof::check::Check;
use crate::proof::instrument;

/// The figures of each scenario, as `bench/counts.mjs` names them.
const FIGURES: [(&str, &str); 3] =
    [("instructions", "instructions"), ("in", "calls into wasm"), ("out", "calls out of wasm")];

/// One figure of one scenario that has changed: its name, what was recorded and what it is.
type Change = (String, u64, u64);

/// Counts, prints, and records or judges; or takes one scenario apart.
pub fn report(paths: &Paths, record: bool, apart: Option<&str>) -> Result<ExitCode> {
    if let Some(scenario) = apart {
        wasm_build::build(paths)?;
        let with_names = |core: &Core| wasm_opt::with_names(paths, &paths.named_wasm(&core.name));
        print!("{}", run(paths, with_names, &[scenario])?);
        return Ok(ExitCode::SUCCESS);
    }
    let now = count(paths)?;
    if record {
        let text = serde_json::to_string_pretty(&Value::Object(now.clone()))? + "\n";
        let file = baseline_file(paths);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let baseline = baseline(paths)?;
    print!("{}", table(&now, &baseline));
    let above = above(&now, &baseline);
    println!(
        "{}",
        if above.is_empty() {
            "no figure is above the recorded one".to_owned()
        } else {
            format!("ABOVE the recorded: {}", above.join("; "))
        }
    );
    Ok(if above.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The gate, for `cargo xtask test`.
pub fn checks(paths: &Paths) -> Result<Vec<Check>> {
    let now = count(paths)?;
    let offenders = above(&now, &baseline(paths)?);
    Ok(vec![
        Check { name: "no call costs more than recorded (`cargo xtask counts --record` accepts it)", offenders },
        Check { name: "every call but a plain lookup reaches the core", offenders: idle(&now) },
    ])
}

/// Runs every scenario once.
fn count(paths: &Paths) -> Result<Map<String, Value>> {
    wasm_build::build(paths)?;
    let _alone = lock::exclusive(paths)?;
    let task = progress::begin("counts", "counting the instructions of each call");
    let shipped = |core: &Core| {
        let file = paths.dist().join(&core.name).with_extension("wasm");
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let text = run(paths, shipped, &[])?;
    task.done();
    serde_json::from_str(&text).context("bench/counts.mjs printed no JSON")
}

/// Runs `bench/counts.mjs` with an instrumented copy of each module.
fn run(paths: &Paths, wasm_of: impl Fn(&Core) -> Result<Vec<u8>>, options: &[&str]) -> Result<String> {
    let dir = paths.work().join("counted");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    for core in cores::single() {
        let file = dir.join(&core.name).with_extension("wasm");
        let counted = instrument::instrument(&wasm_of(&core)?)?;
        fs::write(&file, counted).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let mut script = Command::new(npm::system_node()?);
    script.arg(paths.bench().join("counts.mjs")).arg(&dir).args(options);
    tools::stdout_of(&mut script, "see Node's message above")
}

fn baseline_file(paths: &Paths) -> PathBuf {
    paths.bench().join("counts.json")
}

fn baseline(paths: &Paths) -> Result<Map<String, Value>> {
    let file = baseline_file(paths);
    let text = fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}: run `cargo xtask counts --record`", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

fn figure(figures: &Map<String, Value>, scenario: &str, name: &str) -> Option<u64> {
    figures.get(scenario)?.get(name)?.as_u64()
}

/// What is more than it was. A scenario that was never recorded is too much as well: it has to be looked at once.
fn above(now: &Map<String, Value>, baseline: &Map<String, Value>) -> Vec<String> {
    let grown = |(what, was, is): Change| format!("{what}: {} instead of {}", thousands(is), thousands(was));
    changes(now, baseline).into_iter().filter(|(_, was, is)| is > was).map(grown).collect()
}

/// What ran nothing in the core and should have. JavaScript answers a plain lookup by itself: those rows name a size.
fn idle(now: &Map<String, Value>) -> Vec<String> {
    let is_plain = |scenario: &str| scenario.starts_with("lookup, ") && scenario.contains(" B, ID ");
    let is_idle = |scenario: &String| !is_plain(scenario) && figure(now, scenario, "instructions") == Some(0);
    now.keys().filter(|scenario| is_idle(scenario)).cloned().collect()
}

fn changes(now: &Map<String, Value>, baseline: &Map<String, Value>) -> Vec<Change> {
    let mut changes = Vec::new();
    for scenario in now.keys() {
        for (key, name) in FIGURES {
            let is = figure(now, scenario, key).unwrap_or_default();
            let was = figure(baseline, scenario, key).unwrap_or_default();
            if is != was {
                changes.push((format!("{scenario}, {name}"), was, is));
            }
        }
    }
    changes
}

fn table(now: &Map<String, Value>, baseline: &Map<String, Value>) -> String {
    let mut table = format!("{:<38}{:>14}{:>10}{:>8}{:>8}\n", "one call", "instructions", "recorded", "in", "out");
    for scenario in now.keys() {
        let of = |figures, name| figure(figures, scenario, name).map_or_else(|| "-".to_owned(), thousands);
        let [instructions, calls_in, calls_out] = ["instructions", "in", "out"].map(|name| of(now, name));
        let recorded = of(baseline, "instructions");
        table += &format!("{scenario:<38}{instructions:>14}{recorded:>10}{calls_in:>8}{calls_out:>8}\n");
    }
    table
}

fn thousands(number: u64) -> String {
    progress::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(instructions: u64, out: u64) -> Map<String, Value> {
        let figures = serde_json::json!({ "sale": { "instructions": instructions, "in": 5, "out": out } });
        figures.as_object().unwrap().clone()
    }

    #[test]
    fn more_than_recorded_is_named_and_less_is_not() {
        assert!(above(&figures(1000, 90), &figures(1000, 90)).is_empty());
        assert!(above(&figures(999, 89), &figures(1000, 90)).is_empty());
        let above = above(&figures(1001, 91), &figures(1000, 90));
        assert_eq!(above, ["sale, instructions: 1,001 instead of 1,000", "sale, calls out of wasm: 91 instead of 90"]);
    }

    #[test]
    fn only_a_plain_lookup_may_cost_the_core_nothing() {
        assert!(idle(&figures(1, 1)).is_empty());
        assert_eq!(idle(&figures(0, 0)), ["sale"]);
        let plain = serde_json::json!({ "lookup, 60 B, ID first": { "instructions": 0, "in": 0, "out": 0 } });
        assert!(idle(plain.as_object().unwrap()).is_empty());
    }

    #[test]
    fn a_call_that_was_never_recorded_is_too_much() {
        assert_eq!(above(&figures(1, 1), &Map::new()).len(), 3);
    }
}
