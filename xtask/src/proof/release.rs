//! `cargo xtask release --check`: whether what would be published says the same of itself everywhere.
//!
//! In: the manifests, the changelog, the declared types, the packed package. Out: a verdict for each, and an exit code.
//! Not its job: publishing; `.github/workflows/release.yml` does, after this.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::base::paths::Paths;
use crate::base::{npm, tools};
use crate::build::pack;
use crate::proof::check::Check;

const NO_REPOSITORY: &str = "npm takes no provenance without it: set `repository.url` to where the workflow runs";

/// What is to be released.
#[derive(Args)]
pub struct Options {
    /// Refuse unless the version, the changelog, the types and the package agree. There is nothing else to do here.
    #[arg(long, required = true)]
    check: bool,
    /// The tag of the release, `v` and the version; it must agree too.
    #[arg(long)]
    tag: Option<String>,
}

/// Prints the verdicts; the exit code says whether it may be published.
pub fn run(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let mut checks = self::checks(paths)?;
    let manifest = package(paths)?;
    let version = text_of(&manifest["version"]);
    let repository = text_of(&manifest["repository"]["url"]);
    checks.push(Check {
        name: "package.json names its repository",
        offenders: if repository.is_empty() { vec![NO_REPOSITORY.to_owned()] } else { vec![] },
    });
    let changelog = read(&paths.root.join("CHANGELOG.md"))?;
    checks.push(Check {
        name: "CHANGELOG.md begins with this version, and nothing is unreleased",
        offenders: unreleased(&changelog, &version),
    });
    if let Some(tag) = &options.tag {
        let offenders = if *tag == format!("v{version}") { vec![] } else { vec![format!("{tag} is not v{version}")] };
        checks.push(Check { name: "the tag is this version", offenders });
    }
    let passed = checks.iter().filter(|check| check.holds()).count();
    for check in &checks {
        println!("{} {}", if check.holds() { "ok  " } else { "FAIL" }, check.name);
        check.offenders.iter().for_each(|offender| println!("       {offender}"));
    }
    println!("{passed} passed, {} failed", checks.len() - passed);
    Ok(if passed == checks.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What must be so at any time, not only before a release.
pub fn checks(paths: &Paths) -> Result<Vec<Check>> {
    pack::pack(paths)?;
    Ok(vec![
        Check { name: "Cargo.toml, package.json and jsr.json have one version", offenders: versions(paths)? },
        Check { name: "index.d.ts declares what the package exports", offenders: undeclared(paths, "index", &[])? },
        Check { name: "slim.d.ts declares what /slim exports", offenders: undeclared(paths, "slim", &["index"])? },
        Check { name: "workflows name their actions by commit, and the tag beside it", offenders: floating(paths)? },
    ])
}

fn package(paths: &Paths) -> Result<Value> {
    Ok(serde_json::from_str(&read(&paths.pkg().join("package.json"))?)?)
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Every place that has another version than the package.
fn versions(paths: &Paths) -> Result<Vec<String>> {
    let expected = text_of(&package(paths)?["version"]);
    let jsr: Value = serde_json::from_str(&read(&paths.pkg().join("jsr.json"))?)?;
    let found = [
        ("Cargo.toml", workspace_version(&read(&paths.root.join("Cargo.toml"))?).to_owned()),
        ("pkg/jsr.json", text_of(&jsr["version"])),
    ];
    let others = found.into_iter().filter(|(_, version)| *version != expected);
    Ok(others.map(|(file, version)| format!("{file} has {version:?}, pkg/package.json {expected:?}")).collect())
}

/// Actions of the workflows that whoever moves a tag could replace.
fn floating(paths: &Paths) -> Result<Vec<String>> {
    let dir = paths.root.join(".github/workflows");
    let mut offenders = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let workflow = read(&entry?.path())?;
        offenders.extend(workflow.lines().filter(|line| floats(line)).map(|line| line.trim().to_owned()));
    }
    Ok(offenders)
}

/// Whether it names an action by anything but a commit, with its tag in a comment.
fn floats(line: &str) -> bool {
    let Some((_, action)) = line.split_once("uses:") else { return false };
    let is_commit = |name: &str| name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pinned = action.split_once('@').and_then(|(_, version)| version.split_once(" # v"));
    !pinned.is_some_and(|(commit, tag)| is_commit(commit) && !tag.is_empty())
}

/// The `version` below `[workspace.package]`.
fn workspace_version(manifest: &str) -> &str {
    let section = manifest.split("[workspace.package]").nth(1).unwrap_or_default();
    let line = section.lines().find_map(|line| line.strip_prefix("version = "));
    line.unwrap_or_default().trim_matches('"')
}

/// What keeps the changelog from being this version's.
fn unreleased(changelog: &str, version: &str) -> Vec<String> {
    let mut sections = changelog.split("\n## ").skip(1).peekable();
    let mut offenders = Vec::new();
    if let Some(section) = sections.next_if(|section| section.starts_with("Unreleased")) {
        let entries = section.lines().filter(|line| line.starts_with("- ")).count();
        if entries > 0 {
            offenders.push(format!("{entries} entries are below Unreleased"));
        }
    }
    let newest = sections.next().and_then(|section| section.lines().next()).unwrap_or("no section");
    if newest.split_whitespace().next() != Some(version) {
        offenders.push(format!("the newest version it tells of is {newest:?}, not {version:?}"));
    }
    offenders
}

/// The names that only one of an entry and its types has. `also` are other files of types that it takes everything from.
fn undeclared(paths: &Paths, entry: &str, also: &[&str]) -> Result<Vec<String>> {
    let pkg = paths.pkg();
    let mut declared = BTreeSet::new();
    for name in also.iter().chain([&entry]) {
        declared.extend(values_in(&read(&pkg.join(format!("{name}.d.ts")))?).into_iter().map(str::to_owned));
    }
    let exported = exports_of(&pkg.join(format!("{entry}.js")))?;
    let only_types = declared.difference(&exported).map(|name| format!("{name} is declared, but not exported"));
    let only_values = exported.difference(&declared).map(|name| format!("{name} is exported, but not declared"));
    Ok(only_types.chain(only_values).collect())
}

/// The names of the values that a file of types exports.
fn values_in(types: &str) -> Vec<&str> {
    types.lines().filter_map(value_in).collect()
}

fn value_in(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("export ")?;
    let rest = ["function ", "class ", "const "].iter().find_map(|word| rest.strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// The names that a module exports.
fn exports_of(module: &Path) -> Result<BTreeSet<String>> {
    let mut node = Command::new(npm::system_node()?);
    let script = "console.log(Object.keys(await import(process.argv[1])).join('\\n'))";
    node.args(["--input-type=module", "--eval", script]).arg(module);
    let names = tools::stdout_of(&mut node, "the package does not load")?;
    Ok(names.lines().map(str::to_owned).collect())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_workspaces_own() {
        let manifest = "[package]\nversion = \"9\"\n[workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        assert_eq!(workspace_version(manifest), "0.1.0");
    }

    #[test]
    fn a_changelog_is_ready_when_its_newest_section_is_the_version() {
        let ready = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n- New.\n\n## 0.1.0\n";
        assert!(unreleased(ready, "0.2.0").is_empty());
        assert_eq!(unreleased(ready, "0.3.0").len(), 1);
        let early = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0\n";
        assert_eq!(unreleased(early, "0.2.0").len(), 2);
        assert_eq!(unreleased("# Changelog\n", "0.1.0").len(), 1);
    }

    #[test]
    fn only_values_are_taken_from_types() {
        let types = "export function track(a: A): B;\nexport interface A {}\n  export const no: 1;\n\
                     export class E extends F {}\nexport const c: typeof track;\nexport type T = 1;\n";
        assert_eq!(values_in(types), ["track", "E", "c"]);
    }

    #[test]
    fn an_action_that_is_not_named_by_its_commit_floats() {
        let commit = "fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09";
        assert!(!floats(&format!("      - uses: actions/checkout@{commit} # v5.1.0")));
        assert!(!floats("      - run: cargo xtask matrix"));
        for line in ["      - uses: actions/checkout@v5", "uses: a/b@main # v1", "uses: ./local"] {
            assert!(floats(line), "{line}");
        }
        assert!(floats(&format!("uses: actions/checkout@{commit}")));
    }
}
