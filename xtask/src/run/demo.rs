//! `cargo xtask demo`: the example shop on a local Workers runtime.
//!
//! In: a port. Out: the demo's own output and exit code, with all it needs built and installed first.
//! Not its job: the demo; `worker-example/demo.mjs` is it.

use std::net::TcpListener;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::base::paths::Paths;
use crate::base::progress;
use crate::build::pack;

/// Where a person finds the shop, when nobody says otherwise.
const DEFAULT_PORT: u16 = 8787;

/// Prepares the demo, runs it, and answers its exit code.
pub fn run(paths: &Paths, port: Option<u16>, once: bool) -> Result<ExitCode> {
    let port = port.or(if once { None } else { Some(DEFAULT_PORT) });
    port.map_or(Ok(()), ensure_free)?;
    let dir = paths.worker_example();
    if !dir.join("demo.mjs").is_file() {
        bail!("{} is missing: the checkout is incomplete", dir.join("demo.mjs").display());
    }
    let mut command = pack::node_in(paths, &dir)?;
    command.arg("demo.mjs");
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    if once {
        command.arg("--once");
    }
    progress::say("demo", "starting");
    become_the(&mut command)
}

/// Fails early, before a build of minutes, when the port is taken.
fn ensure_free(port: u16) -> Result<()> {
    if TcpListener::bind(("127.0.0.1", port)).is_err() {
        bail!("port {port} is in use: stop what is using it, or choose another with --port");
    }
    Ok(())
}

/// Becomes the demo, so that Ctrl-C and every other signal reach it and its exit code is ours.
#[cfg(unix)]
fn become_the(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start the demo")
}

/// Runs the demo to its end, where a process cannot be replaced.
#[cfg(not(unix))]
fn become_the(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("cannot start the demo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_named_with_the_way_out() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let message = ensure_free(port).unwrap_err().to_string();
        assert_eq!(message, format!("port {port} is in use: stop what is using it, or choose another with --port"));
        drop(listener);
        assert!(ensure_free(port).is_ok());
    }
}
