//! wasm-bindgen and wasm-opt: from the compiler's wasm to what a browser loads.

use crate::{directive::Directive, read};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-bindgen made of the client.
pub(crate) struct Glue {
    /// The JavaScript module that loads the wasm.
    pub(crate) js: Vec<u8>,
    /// The wasm that belongs to it.
    pub(crate) wasm: Vec<u8>,
    /// A folder of modules that the glue imports as `./snippets/…`; absent where it needs none.
    pub(crate) snippets: PathBuf,
}

/// Runs wasm-bindgen for the web and, where `wasm_opt` names one, wasm-opt with the level and the
/// parameters that the page's `rel="rust"` element states. Intermediate files go to `scratch`.
pub(crate) fn make(
    wasm: &Path,
    name: &str,
    directive: &Directive,
    wasm_opt: Option<&Path>,
    scratch: &Path,
) -> Result<Glue> {
    if scratch.exists() {
        std::fs::remove_dir_all(scratch)
            .with_context(|| format!("cannot empty {}", scratch.display()))?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .generate(scratch)
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;

    let bound = scratch.join(format!("{name}_bg.wasm"));
    let wasm = match wasm_opt {
        Some(program) => optimise(program, &bound, directive)?,
        None => read(&bound)?,
    };
    Ok(Glue {
        js: read(&scratch.join(format!("{name}.js")))?,
        wasm,
        snippets: scratch.join("snippets"),
    })
}

fn optimise(program: &Path, wasm: &Path, directive: &Directive) -> Result<Vec<u8>> {
    let level = directive.get("data-wasm-opt").unwrap_or_default();
    let output = wasm.with_extension("opt.wasm");
    let status = Command::new(program)
        .arg(format!("-O{level}"))
        .args(
            directive
                .get("data-wasm-opt-params")
                .unwrap_or_default()
                .split_whitespace(),
        )
        .arg(wasm)
        .arg("--output")
        .arg(&output)
        .status()
        .with_context(|| format!("cannot run {}", program.display()))?;
    if !status.success() {
        bail!("{} failed: {status}", program.display());
    }
    read(&output)
}
