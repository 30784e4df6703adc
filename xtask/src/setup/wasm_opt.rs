//! wasm-opt, from the npm package of Binaryen's own authors.

use super::npm;
use crate::{
    process,
    progress::{self, Step},
};
use anyhow::Result;
use std::path::PathBuf;

const PACKAGE: &str = "binaryen";

/// Trunk.toml pins the same version.
const VERSION: &str = "132";

/// The pinned wasm-opt; `None`, with a remark, where npm cannot bring it. The bundle works without:
/// it is larger then.
pub(crate) fn ensure(step: &Step) -> Result<Option<PathBuf>> {
    let program = npm::program(PACKAGE, "wasm-opt");
    if is_pinned(&program) {
        step.set_up_to_date();
        return Ok(Some(program));
    }
    if !npm::is_here() {
        progress::note("npm is missing, so the client stays larger than it could be");
        return Ok(None);
    }
    let installed = npm::install(step, PACKAGE, &format!("{VERSION}.0.0"));
    if installed.is_err() || !is_pinned(&program) {
        progress::note(
            "npm could not install wasm-opt, so the client stays larger than it could be",
        );
        return Ok(None);
    }
    Ok(Some(program))
}

fn is_pinned(program: &PathBuf) -> bool {
    program.exists()
        && process::output(process::command(program).arg("--version"))
            .is_some_and(|version| version.starts_with(&format!("wasm-opt version {VERSION}")))
}
