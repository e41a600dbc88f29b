//! `cargo xtask docs`: the documentation as a site, below `target/docs`.
//!
//! In: the pages, the types, the crate. Out: the site, what its check prints, and an exit code.
//! Not its job: the pages' code, which the suite `docs` runs; looking at the site, which `docs/site.mjs` does.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::base::stamp::files_below;
use crate::base::{progress, rust, tools};
use crate::build::pack;
use crate::run::chromium::{self, Found};

/// Builds the site and checks it.
pub fn run(paths: &Paths) -> Result<ExitCode> {
    let dir = paths.docs();
    let node = pack::node_in(paths, &dir)?.get_program().to_owned();
    let tool = |script: &str| {
        let mut command = Command::new(&node);
        command.current_dir(&dir).arg(dir.join("node_modules").join(script));
        command
    };
    let site = paths.site();
    quietly("the reference of the types", tool("typedoc/bin/typedoc").args(["--options", "typedoc.json"]))?;
    quietly("the pages", tool("vitepress/bin/vitepress.js").args(["build", "."]))?;
    rustdoc(paths, &site.join("rust"))?;
    let mut check = Command::new(&node);
    check.current_dir(&dir).arg("site.mjs");
    match chromium::find(paths)? {
        Found::Program(program) => {
            check.env(chromium::VARIABLE, program);
        }
        Found::Nowhere(reason) => progress::say("docs", &format!("the pages are not looked at: {reason}")),
    }
    let code = tools::exit_code(&mut check)?;
    println!("{}", site.join("index.html").display());
    Ok(code)
}

fn quietly(what: &str, command: &mut Command) -> Result<()> {
    let task = progress::begin("docs", &format!("building {what}"));
    tools::quietly(command, "see its message above")?;
    task.done();
    Ok(())
}

/// The crate's documentation, without a warning.
fn rustdoc(paths: &Paths, to: &Path) -> Result<()> {
    let target = paths.work().join("rustdoc");
    let mut command = rust::cargo(paths);
    command.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--quiet", "--no-deps", "--lib", "-p", "refport-edge"]);
    command.arg("--target-dir").arg(&target);
    quietly("the crate's documentation", &mut command)?;
    let from = target.join("doc");
    for file in files_below(&from)? {
        let copy = to.join(file.strip_prefix(&from).unwrap_or(&file));
        if let Some(dir) = copy.parent() {
            fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
        }
        fs::copy(&file, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}
