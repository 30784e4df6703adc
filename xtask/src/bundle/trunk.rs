//! The bundle made by trunk, where it is installed.

use super::Tools;
use crate::{paths, process, progress::Step};
use anyhow::Result;
use std::path::Path;

/// How to get the version of trunk that the project is tried with.
pub(super) const INSTALL: &str = "cargo install trunk --version 0.21.14 --locked";

/// Whether a trunk of the tried series is on `PATH`.
pub(super) fn is_here() -> bool {
    process::output(process::command("trunk").arg("--version"))
        .is_some_and(|version| version.starts_with("trunk 0.21."))
}

/// Runs `trunk build --release` into a folder.
pub(super) fn build(step: &Step, tools: &Tools, folder: &Path) -> Result<()> {
    step.set_detail("trunk");
    let mut command = process::command("trunk");
    tools.wasm.configure(&mut command);
    // Trunk takes the tools that it finds on PATH at the pinned version before it fetches its own.
    if let Some(bin) = tools.wasm_opt.as_deref().and_then(Path::parent) {
        prepend_path(&mut command, bin);
    }
    command.args(["build", "--release", "--dist"]).arg(folder);
    // With both tools at hand nothing is left to fetch.
    if tools.wasm_opt.is_some() && process::find("wasm-bindgen").is_some() {
        command.arg("--offline");
    }
    std::fs::create_dir_all(paths::own())?;
    process::run(step, "trunk", &mut command)
}

fn prepend_path(command: &mut std::process::Command, folder: &Path) {
    let set = command
        .get_envs()
        .find_map(|(name, value)| (name == "PATH").then(|| value.map(ToOwned::to_owned))?);
    let old = set.or_else(|| std::env::var_os("PATH")).unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&old));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
}
