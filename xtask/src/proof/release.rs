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
use crate::base::stamp::files_below;
use crate::base::{npm, tools};
use crate::build::{npm_readme, pack};
use crate::proof::check::Check;
use crate::proof::workflows;

/// The top-level domain that RFC 2606 keeps for examples: an address below it is a placeholder.
const PLACEHOLDER: &str = ".example";
/// The placeholder that `homepage` has, for whatever points to the documentation.
const PLACEHOLDER_HOST: &str = "refport-edge.example";

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
    checks.push(Check { name: "package.json has real addresses", offenders: placeholders(&manifest) });
    checks.push(Check { name: "no program of the package names a placeholder", offenders: naming_placeholder(paths)? });
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
    let mut checks = vec![
        Check { name: "Cargo.toml, package.json and jsr.json have one version", offenders: versions(paths)? },
        Check { name: "each entry's types declare what it exports", offenders: undeclared(paths)? },
        Check {
            name: "the README on npm has absolute links alone",
            offenders: npm_readme::relative_links(&read(&paths.pkg().join("README.md"))?),
        },
    ];
    checks.extend(workflows::checks(paths)?);
    Ok(checks)
}

/// The addresses of a package.json that are missing, or placeholders. npm takes a provenance only for a package whose
/// `repository.url` is where the workflow runs.
fn placeholders(manifest: &Value) -> Vec<String> {
    let addresses = [
        ("homepage", &manifest["homepage"]),
        ("repository.url", &manifest["repository"]["url"]),
        ("bugs.url", &manifest["bugs"]["url"]),
    ];
    let unreal = addresses.into_iter().filter(|(_, value)| {
        let host =
            text_of(value).split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
        host.is_empty() || host.ends_with(PLACEHOLDER)
    });
    unreal.map(|(name, value)| format!("`{name}` is {value}: set it to the real address")).collect()
}

/// The package's programs and types that name an address of the documentation which is not real yet.
fn naming_placeholder(paths: &Paths) -> Result<Vec<String>> {
    let mut offenders = Vec::new();
    for file in files_below(&paths.pkg())? {
        let is_program = file.extension().is_some_and(|kind| kind == "js" || kind == "ts");
        if is_program && read(&file)?.contains(PLACEHOLDER_HOST) {
            offenders.push(format!("{} names {PLACEHOLDER_HOST}: set it to the real address", file.display()));
        }
    }
    Ok(offenders)
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

/// The names that only one of an entry and its types has.
fn undeclared(paths: &Paths) -> Result<Vec<String>> {
    let manifest = package(paths)?;
    let entries = manifest["exports"].as_object().context("package.json has no exports")?;
    let mut offenders = Vec::new();
    for (name, ways) in entries {
        let [types, module] = ["types", "default"].map(|member| text_of(&ways["import"][member]));
        if types.is_empty() {
            continue;
        }
        let declared = values_of(&paths.pkg(), types.trim_start_matches("./"))?;
        let exported = exports_of(&paths.pkg().join(module))?;
        let only_types =
            declared.difference(&exported).map(|value| format!("{name}: {value} is declared, not exported"));
        let only_values =
            exported.difference(&declared).map(|value| format!("{name}: {value} is exported, not declared"));
        offenders.extend(only_types.chain(only_values));
    }
    Ok(offenders)
}

/// The names of the values that a file of types exports, with those of the files that it takes everything from.
fn values_of(pkg: &Path, types: &str) -> Result<BTreeSet<String>> {
    let text = read(&pkg.join(types))?;
    let mut values: BTreeSet<String> = values_in(&text).into_iter().map(str::to_owned).collect();
    for line in text.lines().filter_map(|line| line.strip_prefix("export * from \"./")) {
        let file = line.trim_end_matches(';').trim_end_matches('"').replace(".js", ".d.ts");
        values.extend(values_of(pkg, &file)?);
    }
    Ok(values)
}

/// The names of the values that the text of a file of types exports.
fn values_in(types: &str) -> Vec<&str> {
    let lists = types.split("export {").skip(1).filter_map(|rest| rest.split('}').next());
    let listed = lists.flat_map(|list| list.split(',')).map(|name| name.rsplit(" as ").next().unwrap_or(name).trim());
    let listed = listed.filter(|name| !name.is_empty() && !name.starts_with("type "));
    types.lines().filter_map(value_in).chain(listed).collect()
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
    fn a_placeholder_is_no_address() {
        let manifest = |host: &str| {
            serde_json::json!({
                "homepage": format!("https://{host}"),
                "repository": { "url": format!("git+https://{host}/a/b.git") },
                "bugs": { "url": format!("https://{host}/a/b/issues") }
            })
        };
        assert!(placeholders(&manifest("host.test")).is_empty());
        assert_eq!(placeholders(&manifest("docs.refport-edge.example")).len(), 3);
        assert_eq!(placeholders(&serde_json::json!({})).len(), 3);
    }

    #[test]
    fn only_values_are_taken_from_types() {
        let types = "export function track(a: A): B;\nexport interface A {}\n  export const no: 1;\n\
                     export class E extends F {}\nexport const c: typeof track;\nexport type T = 1;\n\
                     export {\n  f,\n  type U,\n  g as h,\n} from \"./x.js\";\n";
        assert_eq!(values_in(types), ["track", "E", "c", "f", "h"]);
    }
}
