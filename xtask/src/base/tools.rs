//! Running other programs.
//!
//! In: a command and, for when it is missing, what to do. Out: its output, or one line that says what failed.
//! Not its job: knowing any program; `rust` and `npm` do.

use std::fs::Metadata;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// What a program said, both streams in the order they were written, and how it ended.
pub struct Finished {
    pub text: String,
    pub status: ExitStatus,
}

/// Runs a program to its end and keeps all it says.
pub fn capture(command: &mut Command) -> Result<Finished> {
    let shown = shown(command);
    let (mut reader, writer) = std::io::pipe().context("cannot open a pipe")?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("cannot start `{shown}`"))?;
    // The command still holds the pipe's writing end; without this the reading never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).with_context(|| format!("cannot read the output of `{shown}`"))?;
    let status = child.wait().with_context(|| format!("cannot wait for `{shown}`"))?;
    Ok(Finished { text: String::from_utf8_lossy(&bytes).into_owned(), status })
}

/// Runs a program to its end, in this terminal, and answers its exit code: success or failure.
pub fn exit_code(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a program that must succeed; shows what it said only when it did not.
pub fn quietly(command: &mut Command, remedy: &str) -> Result<String> {
    let shown = shown(command);
    let finished = capture(command)?;
    if finished.status.success() {
        return Ok(finished.text);
    }
    eprint!("{}", finished.text);
    bail!("`{shown}` failed ({}): {remedy}", finished.status)
}

/// The stdout of a program that must succeed; its stderr goes to the terminal as it comes.
pub fn stdout_of(command: &mut Command, remedy: &str) -> Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot start `{shown}`: {remedy}"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({}): {remedy}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is not text"))
}

/// The first executable of this name on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|candidate| is_executable(candidate))
}

/// Whether this is a file that may be run.
pub fn is_executable(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && may_run(&metadata))
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(unix)]
fn may_run(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn may_run(_: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_streams_and_the_status_are_kept() {
        let finished = capture(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        assert_eq!(finished.text, "out\nerr\n");
        assert_eq!(finished.status.code(), Some(3));
    }

    #[test]
    fn a_failure_names_the_command_and_the_remedy() {
        let error = quietly(Command::new("sh").args(["-c", "exit 2"]), "install it").unwrap_err();
        assert_eq!(error.to_string(), "`sh -c exit 2` failed (exit status: 2): install it");
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not_at_all() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-anywhere").is_none());
    }

    #[test]
    fn only_a_file_that_may_be_run_is_a_program() {
        assert!(is_executable(Path::new("/bin/sh")));
        assert!(!is_executable(Path::new("/bin")));
        assert!(!is_executable(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))));
    }
}
