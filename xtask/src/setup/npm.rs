//! Programs from npm, each in a folder of its own below the target folder.

use crate::{paths, process, progress::Step};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Whether npm is here.
pub(crate) fn is_here() -> bool {
    process::find("npm").is_some()
}

/// Where a package's program is, once it is installed.
pub(crate) fn program(package: &str, program: &str) -> PathBuf {
    let folder = paths::own().join(package);
    folder.join("node_modules/.bin").join(program)
}

/// Installs exactly this version of a package; nothing of it is run.
pub(crate) fn install(step: &Step, package: &str, version: &str) -> Result<()> {
    let folder = paths::own().join(package);
    std::fs::create_dir_all(&folder)?;
    // Without a package.json of its own npm would look for one in the folders above.
    std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    process::run(
        step,
        "npm",
        process::command("npm").current_dir(&folder).args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--save-exact",
            &format!("{package}@{version}"),
        ]),
    )
    .with_context(|| format!("npm could not install {package} {version}"))
}
