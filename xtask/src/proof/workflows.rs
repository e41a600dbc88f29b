//! What the workflows of `.github` must not do.
//!
//! In: their text. Out: a verdict for each property.
//! Not its job: running anything of them.

use std::fs;

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::proof::check::Check;

const FOLDER: &str = ".github/workflows";
/// The one that publishes.
const RELEASE: &str = "release.yml";
/// The step of it that does.
const PUBLISHES: &str = "npm publish ";
/// The steps that have to come before that.
const PROOFS: &[&str] = &[
    "cargo xtask release --check --tag \"$GITHUB_REF_NAME\"",
    "cargo xtask reproduce",
    // Without the option a machine that has no browser would publish what no browser has seen.
    "bash .ci/run --no-skip",
];

/// What must be so at any time.
pub fn checks(paths: &Paths) -> Result<Vec<Check>> {
    let folder = paths.root.join(FOLDER);
    let read =
        |file: &std::path::Path| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let texts = entries.map(|entry| read(&entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(vec![
        Check {
            name: "workflows name their actions by commit, and the tag beside it",
            offenders: texts.iter().flat_map(|text| floating(text)).collect(),
        },
        Check {
            name: "what publishes has checked the version, and passed every test without a skip",
            offenders: unproven(&read(&folder.join(RELEASE))?),
        },
    ])
}

/// Actions of a workflow that whoever moves a tag could replace.
fn floating(workflow: &str) -> Vec<String> {
    workflow.lines().filter(|line| floats(line)).map(|line| line.trim().to_owned()).collect()
}

/// Whether it names an action by anything but a commit, with its tag in a comment.
fn floats(line: &str) -> bool {
    let Some((_, action)) = line.split_once("uses:") else { return false };
    let is_commit = |name: &str| name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pinned = action.split_once('@').and_then(|(_, version)| version.split_once(" # v"));
    !pinned.is_some_and(|(commit, tag)| is_commit(commit) && !tag.is_empty())
}

/// The proofs that a workflow does not wait for before it publishes.
fn unproven(workflow: &str) -> Vec<String> {
    let steps = workflow.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("run: "));
    let before: Vec<_> = steps.take_while(|step| !step.starts_with(PUBLISHES)).collect();
    let missing = PROOFS.iter().filter(|proof| !before.contains(proof));
    missing.map(|proof| format!("{RELEASE} publishes without the step `{proof}` before it")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_that_a_test_was_skipped_of() {
        let steps = |steps: &[&str]| steps.iter().map(|step| format!("      - run: {step}\n")).collect::<String>();
        let [check, reproduce, test] = PROOFS else { panic!("the proofs are others") };
        let publish = "npm publish a.tgz --provenance";
        assert!(unproven(&steps(&[check, reproduce, test, publish])).is_empty());
        for wrong in [&[check, reproduce, "bash .ci/run", publish][..], &[check, reproduce, publish, test], &[publish]]
        {
            let offenders = unproven(&steps(wrong));
            assert!(offenders.iter().any(|offender| offender.contains("--no-skip")), "{offenders:?}");
        }
        assert_eq!(unproven(&steps(&[check, reproduce, test]).replace("- run", "# - run")).len(), PROOFS.len());
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
