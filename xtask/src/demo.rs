//! `cargo xtask demo`: everything built, and the demo served.

use crate::{
    bundle::{self, Profile},
    paths, process,
    progress::{self, Step, Task},
};
use anyhow::{Context, Result, bail};
use std::process::Stdio;

/// Builds the bundle and the server, then runs `scenecast demo` with the given arguments.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let program = paths::target().join("release/scenecast");
    let mut first: Vec<Task<'_>> = vec![Box::new(|| bundle::make(Profile::Release))];
    if !program.exists() {
        first.push(Box::new(|| {
            progress::step("server's dependencies", build_dependencies)
        }));
    }
    progress::together(first)?;
    progress::step("server", build_server)?;

    let mut command = process::command(&program);
    command.arg("demo").args(args).stdin(Stdio::inherit());
    let status = progress::quietly(|| command.status())
        .with_context(|| format!("cannot run {}", program.display()))?;
    if !status.success() {
        bail!("scenecast demo ended with {status}");
    }
    Ok(())
}

/// The server embeds the bundle, so that it can only be compiled after it; what it depends on need
/// not wait. Cargo has no command for that alone, but one that compiles the last crate in another
/// way than the rest: hastily.
fn build_dependencies(step: &Step) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["rustc", "--release", "--package", "scenecast", "--lib"]);
    cargo.args(["--", "-Copt-level=0", "-Awarnings"]);
    process::run(step, "dependencies", &mut cargo)
}

fn build_server(step: &Step) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "scenecast"]);
    cargo.args(["--bin", "scenecast"]);
    process::run(step, "server", &mut cargo)
}
