//! wasm-opt, from the npm package of Binaryen's own authors.

use crate::{
    paths, process,
    progress::{self, Step},
};
use anyhow::Result;
use std::path::PathBuf;

/// Trunk.toml pins the same version.
const VERSION: &str = "132";

/// The pinned wasm-opt; `None`, with a remark, where npm cannot bring it. The bundle works without:
/// it is larger then.
pub(crate) fn ensure(step: &Step) -> Result<Option<PathBuf>> {
    let folder = paths::own().join("binaryen");
    let program = folder.join("node_modules/.bin/wasm-opt");
    if is_pinned(&program) {
        step.set_up_to_date();
        return Ok(Some(program));
    }
    if process::find("npm").is_none() {
        progress::note("npm is missing, so the client stays larger than it could be");
        return Ok(None);
    }
    std::fs::create_dir_all(&folder)?;
    // Without a package.json of its own npm would look for one in the folders above.
    std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let installed = process::run(
        step,
        "npm",
        process::command("npm").current_dir(&folder).args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--save-exact",
            &format!("binaryen@{VERSION}.0.0"),
        ]),
    );
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
