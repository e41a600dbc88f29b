//! An nginx for the suites that need a shared cache.
//!
//! In: the environment variable NGINX, the PATH, and where neither names one, Debian's package. Out: the path of an nginx that
//! runs here, or why there is none.
//! Not its job: configuring it. Nothing is installed: the package is unpacked below `target`, and needs no rights.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::base::paths::Paths;
use crate::base::{lock, progress, tools};

/// The environment variable that holds nginx's path: the user's for xtask, and xtask's for the scripts.
pub const VARIABLE: &str = "NGINX";

const ADVICE: &str =
    "install one (`apt-get install -y nginx`), or set the environment variable NGINX to the path of one";

/// An nginx that runs, or why there is none.
pub enum Found {
    Program(PathBuf),
    /// What to do, and what is wrong.
    Nowhere(String),
}

/// Finds nginx, and fetches it where there is none. Fails when the user named one that does not run.
pub fn find(paths: &Paths) -> Result<Found> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        // Scripts run in another directory.
        let program = std::path::absolute(named)?;
        ensure!(runs(&program), "the environment variable {VARIABLE} is {}, which does not run", program.display());
        return Ok(Found::Program(program));
    }
    let on_path = ["/usr/sbin/nginx".into()].into_iter().chain(tools::find("nginx")).find(|program| runs(program));
    let found = match on_path {
        Some(program) => Ok(program),
        None => from_debian(paths),
    };
    Ok(match found {
        Ok(program) => Found::Program(program),
        Err(error) => Found::Nowhere(format!("no nginx runs on this machine: {ADVICE}\napt-get: {error:#}")),
    })
}

fn runs(program: &Path) -> bool {
    tools::is_executable(program)
        && tools::capture(Command::new(program).arg("-v")).is_ok_and(|finished| finished.status.success())
}

/// Debian's package, unpacked. It asks for no more libraries than a Debian has that can build this repository.
fn from_debian(paths: &Paths) -> Result<PathBuf> {
    let _alone = lock::exclusive(paths)?;
    let folder = paths.work().join("nginx");
    let program = folder.join("unpacked/usr/sbin/nginx");
    if runs(&program) {
        return Ok(program);
    }
    for tool in ["apt-get", "dpkg-deb"] {
        ensure!(tools::find(tool).is_some(), "{tool} is missing");
    }
    let task = progress::begin("apt", "unpacking Debian's package nginx");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder.join("lists/partial")).with_context(|| format!("cannot create {}", folder.display()))?;
    // This machine may know of no package, or of one that the mirror has replaced.
    if download(&folder, &[]).is_err() {
        download_with_own_lists(&folder)?;
    }
    let package = packages_in(&folder)?.into_iter().next().context("apt-get left no package")?;
    let mut unpack = Command::new("dpkg-deb");
    tools::quietly(unpack.arg("-x").arg(package).arg(folder.join("unpacked")), "see its message above")?;
    ensure!(runs(&program), "{} does not run: {}", program.display(), said(&program));
    task.done();
    Ok(program)
}

/// With package lists below `target`, as whoever is not root cannot renew the machine's.
fn download_with_own_lists(folder: &Path) -> Result<()> {
    let own = [
        format!("Dir::State::lists={}", folder.join("lists").display()),
        format!("Dir::Cache={}", folder.join("cache").display()),
    ];
    fs::create_dir_all(folder.join("cache/archives/partial")).context("cannot create apt-get's folders")?;
    apt_get(folder, &own, &["update"])?;
    download(folder, &own)
}

fn download(folder: &Path, options: &[String]) -> Result<()> {
    apt_get(folder, options, &["download", "nginx"])
}

fn apt_get(folder: &Path, options: &[String], arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.current_dir(folder).arg("-qq").args(options.iter().flat_map(|option| ["-o", option.as_str()]));
    let finished = tools::capture(command.args(arguments))?;
    ensure!(finished.status.success(), "{}", finished.text.trim());
    Ok(())
}

fn packages_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = files.filter_map(|file| file.ok().map(|file| file.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).collect())
}

/// Why it does not run, in its own words.
fn said(program: &Path) -> String {
    let finished = tools::capture(Command::new(program).arg("-v"));
    finished.map(|finished| finished.text.trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_program_that_succeeds_runs() {
        assert!(runs(Path::new("/bin/true")));
        for wrong in ["/bin/false", "/bin", "/no/such/program"] {
            assert!(!runs(Path::new(wrong)), "{wrong}");
        }
    }
}
