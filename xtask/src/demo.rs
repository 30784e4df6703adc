//! `cargo xtask demo`: everything built, and the demo served.

use crate::{
    bundle::{self, Profile},
    paths, process,
    progress::{self, Step},
};
use anyhow::{Context, Result, bail};
use std::process::Stdio;

/// Builds the bundle and the server, then runs `scenecast demo` with the given arguments.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    // On a first run the server's dependencies compile while the client does. The server itself
    // compiles once more then, since it carries the bundle.
    let bundle_changed = bundle::make_beside(
        Profile::Release,
        vec![Box::new(|| progress::step("server", build_server))],
    )?;
    if bundle_changed {
        progress::step("server with the bundle", build_server)?;
    }

    let program = paths::target().join("release/scenecast");
    let mut command = process::command(&program);
    command.arg("demo").args(args).stdin(Stdio::inherit());
    let status = progress::quietly(|| command.status())
        .with_context(|| format!("cannot run {}", program.display()))?;
    if !status.success() {
        bail!("scenecast demo ended with {status}");
    }
    Ok(())
}

fn build_server(step: &Step) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args([
        "build",
        "--release",
        "--package",
        "scenecast",
        "--bin",
        "scenecast",
    ]);
    process::run(step, "server", &mut cargo)
}
