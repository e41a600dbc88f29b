//! The test suites.
//!
//! In: nothing. Out: the list of suites, each with how it is run and how its tests are counted.
//! Not its job: running them; `test_run` does.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::base::paths::Paths;
use crate::base::{npm, rust};
use crate::build::{cores, pack, wasm_build};
use crate::proof::check::Check;
use crate::proof::checks::{self, Built};
use crate::proof::{arrows, effort, panics, release};
use crate::run::chromium::{self, Found};
use crate::run::{matrix, nginx, poison, prose, recipes};
use crate::size::bundle;

/// One line of `cargo xtask test --list`.
pub struct Suite {
    pub name: &'static str,
    /// What a pass of it means.
    pub about: &'static str,
    pub run: Run,
}

/// How a suite is run. What a function here prepares (a build, an installation) is part of the suite's time.
pub enum Run {
    /// Programs; what they print is counted.
    Commands(fn(&Paths) -> Result<Vec<Command>>, Count),
    /// Programs that some machines cannot run.
    WherePossible(fn(&Paths) -> Result<Possible>, Count),
    /// Properties looked up by xtask itself; each counts one.
    Checks(fn(&Paths) -> Result<Vec<Check>>),
}

/// The programs of a suite, or why this machine cannot run them and what to do about it.
pub enum Possible {
    Commands(Vec<Command>),
    Skip(String),
}

/// How the tests of a program are counted.
#[derive(Clone, Copy)]
pub enum Count {
    /// The program as a whole is one test.
    ExitCode,
    /// The `test result:` lines of Cargo's test binaries.
    CargoTest,
    /// `N passed, M failed` on the last line, and after it `, K skipped` where something was.
    LastLine,
}

/// Every suite, the quick ones first.
pub const ALL: &[Suite] = &[
    Suite { name: "fmt", about: "the code is formatted", run: Run::Commands(fmt, Count::ExitCode) },
    Suite {
        name: "clippy",
        about: "no lint, on the host and for WebAssembly",
        run: Run::Commands(clippy, Count::ExitCode),
    },
    Suite {
        name: "native",
        about: "the Rust tests and documented examples",
        run: Run::Commands(native, Count::CargoTest),
    },
    Suite { name: "purity", about: "the native crate is free of JavaScript", run: Run::Checks(checks::purity) },
    Suite { name: "arrows", about: "imports point down, and in no circle", run: Run::Checks(arrows::checks) },
    Suite { name: "wasm", about: "properties of the built module", run: Run::Checks(wasm) },
    Suite { name: "panics", about: "no export can reach a panic", run: Run::Checks(panics::checks) },
    Suite {
        name: "wasm-bindgen-test",
        about: "the Rust tests of the boundary, on Node",
        run: Run::Commands(wasm_bindgen_test, Count::CargoTest),
    },
    Suite {
        name: "size",
        about: "what a Worker ships of each import is within its budget",
        run: Run::Checks(size_budget),
    },
    Suite {
        name: "counts",
        about: "no call runs more instructions or crosses the boundary more often than recorded",
        run: Run::Checks(effort::checks),
    },
    Suite {
        name: "release",
        about: "versions agree, and types with what is exported",
        run: Run::Checks(release::checks),
    },
    Suite {
        name: "types",
        about: "index.d.ts under every TypeScript setting",
        run: Run::Commands(|p| script(p, &p.runtimes(), "types"), Count::LastLine),
    },
    Suite {
        name: "contract-node",
        about: "the golden vectors, on Node",
        run: Run::Commands(|p| script(p, &p.runtimes(), "contract-node"), Count::LastLine),
    },
    Suite {
        name: "poison",
        about: "the golden vectors, on Node, with a pattern in memory that is freed",
        run: Run::Commands(poison::contract, Count::LastLine),
    },
    Suite {
        name: "contract-workerd",
        about: "the golden vectors, in the Workers runtime",
        run: Run::Commands(|p| script(p, &p.runtimes(), "contract-workerd"), Count::LastLine),
    },
    Suite {
        name: "unavailable",
        about: "where WebAssembly cannot run, importing succeeds and every call says what to do",
        run: Run::Commands(|p| script(p, &p.runtimes(), "unavailable"), Count::LastLine),
    },
    Suite {
        name: "parity",
        about: "what the services document is built and tested, or left out with a reason",
        run: Run::Commands(parity, Count::LastLine),
    },
    Suite {
        name: "matrix",
        about: "the package in Node, Deno, Bun, workerd, Vercel's edge runtime and esbuild; publint, attw",
        run: Run::Commands(matrix::quick, Count::LastLine),
    },
    Suite {
        name: "frameworks",
        about: "what real frameworks hand their handlers is understood",
        run: Run::Commands(frameworks, Count::LastLine),
    },
    Suite {
        name: "faults",
        about: "every fault, in every runtime",
        run: Run::Commands(|p| script(p, &p.faults(), "matrix"), Count::LastLine),
    },
    Suite {
        name: "hostile",
        about: "hostile values and transports, in every runtime",
        run: Run::Commands(|p| script(p, &p.faults(), "hostile"), Count::LastLine),
    },
    Suite {
        name: "growth",
        about: "no call's time grows faster than its input",
        run: Run::Commands(|p| script(p, &p.faults(), "growth"), Count::LastLine),
    },
    Suite {
        name: "random",
        about: "random hostile calls and a polluted prototype, in every runtime",
        run: Run::Commands(|p| script(p, &p.faults(), "random"), Count::LastLine),
    },
    Suite {
        name: "canary",
        about: "neither the key nor personal data shows anywhere",
        run: Run::Commands(|p| script(p, &p.faults(), "canary"), Count::LastLine),
    },
    Suite {
        name: "readme",
        about: "the documentation's tables are what is tested",
        run: Run::Commands(readme_tables, Count::LastLine),
    },
    Suite {
        name: "results",
        about: "what is told of the benchmark is what was measured, and its fair client does what it is said to do",
        run: Run::Commands(results, Count::LastLine),
    },
    Suite {
        name: "example-types",
        about: "the example shop's TypeScript",
        run: Run::Commands(example_types, Count::ExitCode),
    },
    Suite {
        name: "fake-service",
        about: "the fake services answer as the real ones are documented to",
        run: Run::Commands(|p| script(p, &p.worker_example(), "test/contract"), Count::LastLine),
    },
    Suite {
        name: "from-rust",
        about: "a native program delivers to the fake services",
        run: Run::Commands(|p| script(p, &p.worker_example(), "test/from-rust"), Count::LastLine),
    },
    Suite {
        name: "demo",
        about: "the demo's journey without a person",
        run: Run::Commands(demo_once, Count::ExitCode),
    },
    Suite {
        name: "browser",
        about: "the example shop, clicked through in Chromium",
        run: Run::WherePossible(browser, Count::LastLine),
    },
    Suite {
        name: "docs",
        about: "the documentation's code was run, and its links lead somewhere",
        run: Run::Commands(docs, Count::LastLine),
    },
    Suite {
        name: "prose",
        about: "no sentence has to be read twice",
        run: Run::Commands(|p| Ok(vec![prose::command(p)?]), Count::LastLine),
    },
    Suite {
        name: "testing",
        about: "the fakes of refport-edge/testing, in every runtime",
        run: Run::Commands(|p| script(p, &p.runtimes(), "testing"), Count::LastLine),
    },
    Suite {
        name: "recipes",
        about: "the recipes that need no framework's build run against the fake service",
        run: Run::Commands(recipes::quick, Count::LastLine),
    },
    Suite {
        name: "doctor",
        about: "the command `refport-edge doctor`, against services and pages on this machine",
        run: Run::Commands(|p| script(p, &p.runtimes(), "doctor"), Count::LastLine),
    },
    Suite {
        name: "attribution",
        about: "capture and checkout: in every runtime, the Cache API, the payment vendors' libraries",
        run: Run::Commands(attribution, Count::LastLine),
    },
    Suite {
        name: "caches",
        about: "no shared cache hands one visitor's click to another: nginx",
        run: Run::WherePossible(caches, Count::LastLine),
    },
    Suite {
        name: "outbox",
        about: "events outlast an outage on the platform's own queue: Queues, a Durable Object, Workflows in workerd",
        run: Run::Commands(|p| script(p, &p.faults(), "outbox"), Count::LastLine),
    },
];

fn fmt(paths: &Paths) -> Result<Vec<Command>> {
    rust::ensure_component(paths, "rustfmt", "fmt")?;
    Ok(vec![cargo(paths, &["fmt", "--all", "--check"])])
}

fn clippy(paths: &Paths) -> Result<Vec<Command>> {
    rust::ensure_component(paths, "clippy", "clippy")?;
    rust::ensure_wasm_target(paths)?;
    let host = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let wasm = ["clippy", "-p", "refport-edge", "--lib", "--target", rust::WASM_TARGET];
    let lints = ["--", "-D", "warnings"];
    let package = cores::features();
    let features = ["--no-default-features", "--features", &package];
    // As the npm package has it, and as a Rust Worker does.
    let package = [&wasm[..], &features[..], &lints[..]].concat();
    let worker = [&wasm[..], &lints[..]].concat();
    Ok(vec![cargo(paths, &host), cargo(paths, &package), cargo(paths, &worker)])
}

fn native(paths: &Paths) -> Result<Vec<Command>> {
    Ok(vec![cargo(paths, &["test", "--no-fail-fast", "-p", "refport-edge", "-p", "refport-edge-arena", "-p", "xtask"])])
}

fn wasm(paths: &Paths) -> Result<Vec<Check>> {
    wasm_build::build(paths)?;
    Built::read(paths)?.checks()
}

fn wasm_bindgen_test(paths: &Paths) -> Result<Vec<Command>> {
    rust::ensure_wasm_target(paths)?;
    // The tests run the package's own modules.
    pack::pack(paths)?;
    let mut build = rust::cargo(paths);
    build.args(["build", "--quiet", "-p", "wasm-test-runner"]);
    let runner = rust::artifacts(&mut build, "wasm-test-runner")?;
    let runner = runner.first().context("cargo named no wasm-test-runner")?;
    let mut tests = cargo(
        paths,
        &[
            "test",
            "--no-fail-fast",
            "-p",
            "refport-edge",
            "--target",
            rust::WASM_TARGET,
            "--no-default-features",
            "--features",
            &cores::features(),
            "--test",
            "wasm_*",
        ],
    );
    tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    Ok(vec![tests])
}

fn size_budget(paths: &Paths) -> Result<Vec<Check>> {
    let sizes = bundle::measure(paths, &pack::pack(paths)?)?;
    Ok(vec![Check {
        name: "the bundle of each import, the WebAssembly and the glue are within their budgets",
        offenders: sizes.above(),
    }])
}

/// A JavaScript suite: it imports the packed tarball, never the source tree.
fn script(paths: &Paths, dir: &Path, name: &str) -> Result<Vec<Command>> {
    let file = dir.join(format!("{name}.mjs"));
    if !file.is_file() {
        bail!("{} is missing: the checkout is incomplete", file.display());
    }
    let mut command = pack::node_in(paths, dir)?;
    command.arg(file);
    Ok(vec![command])
}

/// It runs the documentation's programs against the fake services, which are bundled and run where the example shop is.
fn parity(paths: &Paths) -> Result<Vec<Command>> {
    npm::install_with_tarball(paths, &paths.worker_example(), &pack::pack(paths)?.stable)?;
    script(paths, &paths.runtimes(), "parity")
}

/// It installs the tarball beside the frameworks itself.
fn frameworks(paths: &Paths) -> Result<Vec<Command>> {
    script(paths, &paths.runtimes(), "frameworks")
}

fn example_types(paths: &Paths) -> Result<Vec<Command>> {
    let dir = paths.worker_example();
    let mut command = pack::node_in(paths, &dir)?;
    command.arg(npm::bin(&dir, "tsc")).arg("--noEmit");
    Ok(vec![command])
}

fn readme_tables(paths: &Paths) -> Result<Vec<Command>> {
    let node = npm::system_node()?;
    let check = |(script, page)| {
        let mut command = Command::new(&node);
        command.current_dir(&paths.root).args([script, "--check", page]);
        command
    };
    let tables =
        [("tests/faults/table.mjs", "docs/retries.md"), ("tests/runtimes/matrix/table.mjs", "docs/runtimes.md")];
    Ok(tables.map(check).into())
}

fn results(paths: &Paths) -> Result<Vec<Command>> {
    let node = npm::system_node()?;
    let script = |args: &[&str]| {
        let mut command = Command::new(&node);
        command.current_dir(&paths.root).args(args);
        command
    };
    Ok(vec![script(&["bench/bench.mjs", "--check"]), script(&["bench/check-fair.mjs"])])
}

/// Without `--port` it takes whichever is free.
fn demo_once(paths: &Paths) -> Result<Vec<Command>> {
    let mut command = pack::node_in(paths, &paths.worker_example())?;
    command.args(["demo.mjs", "--once"]);
    Ok(vec![command])
}

fn browser(paths: &Paths) -> Result<Possible> {
    let program = match chromium::find(paths)? {
        Found::Program(program) => program,
        Found::Nowhere(reason) => return Ok(Possible::Skip(reason)),
    };
    let mut commands = script(paths, &paths.worker_example(), "test/browser")?;
    for command in &mut commands {
        command.env(chromium::VARIABLE, &program);
    }
    Ok(Possible::Commands(commands))
}

/// Its programs reach the fake services, which are bundled and run where the example shop is.
fn docs(paths: &Paths) -> Result<Vec<Command>> {
    npm::install_with_tarball(paths, &paths.worker_example(), &pack::pack(paths)?.stable)?;
    script(paths, &paths.docs(), "check")
}

/// The payments end on the books of the fake services, which are bundled and run where the example shop is.
fn attribution(paths: &Paths) -> Result<Vec<Command>> {
    npm::install_with_tarball(paths, &paths.worker_example(), &pack::pack(paths)?.stable)?;
    let mut commands = Vec::new();
    for name in ["vectors", "proxied", "cache-api", "payments"] {
        commands.extend(script(paths, &paths.attribution(), name)?);
    }
    Ok(commands)
}

fn caches(paths: &Paths) -> Result<Possible> {
    let program = match nginx::find(paths)? {
        nginx::Found::Program(program) => program,
        nginx::Found::Nowhere(reason) => return Ok(Possible::Skip(reason)),
    };
    let mut commands = script(paths, &paths.attribution(), "caches")?;
    for command in &mut commands {
        command.env(nginx::VARIABLE, &program);
    }
    Ok(Possible::Commands(commands))
}

fn cargo(paths: &Paths, args: &[&str]) -> Command {
    let mut command = rust::cargo(paths);
    command.args(args);
    command
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_suite_has_its_own_name() {
        let names: BTreeSet<_> = ALL.iter().map(|suite| suite.name).collect();
        assert_eq!(names.len(), ALL.len());
    }
}
