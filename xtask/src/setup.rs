//! Makes available what this machine lacks.

pub(crate) mod apt;
pub(crate) mod axe;
pub(crate) mod chromium;
pub(crate) mod firefox;
pub(crate) mod graphics;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod typescript;
pub(crate) mod wasm_opt;

use crate::{progress, toolchain};
use anyhow::Result;

/// Everything that any command needs.
pub(crate) fn everything() -> Result<()> {
    toolchain::ensure()?;
    progress::step("wasm-opt", |step| wasm_opt::ensure(step).map(|_| ()))?;
    progress::step("TypeScript", |step| typescript::ensure(step).map(|_| ()))?;
    progress::step("axe-core", |step| axe::ensure(step).map(|_| ()))?;
    progress::step("Chromium", |step| chromium::ensure(step).map(|_| ()))?;
    progress::step("Firefox", |step| firefox::ensure(step).map(|_| ()))?;
    progress::step("OpenGL and fonts", graphics::ensure)?;
    progress::step("Python packages", python::ensure)?;
    Ok(())
}
