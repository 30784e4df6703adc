//! The TypeScript compiler, for the tests of what is generated for it.

use super::{apt, npm};
use crate::{process, progress::Step};
use anyhow::{Result, ensure};
use std::path::PathBuf;

const PACKAGE: &str = "typescript";

const VERSION: &str = "5.9.3";

/// The pinned compiler.
///
/// # Errors
/// Neither this machine nor Debian's packages have npm, or it cannot install the compiler.
pub(crate) fn ensure(step: &Step) -> Result<PathBuf> {
    let program = npm::program(PACKAGE, "tsc");
    if is_pinned(&program) {
        step.set_up_to_date();
        return Ok(program);
    }
    if !npm::is_here() {
        apt::ensure(step, &["npm"])?;
    }
    npm::install(step, PACKAGE, VERSION)?;
    ensure!(
        is_pinned(&program),
        "npm installed another TypeScript than {VERSION}"
    );
    Ok(program)
}

fn is_pinned(program: &PathBuf) -> bool {
    program.exists()
        && process::output(process::command(program).arg("--version"))
            .is_some_and(|version| version.trim() == format!("Version {VERSION}"))
}
