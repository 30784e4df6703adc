//! wasm-bindgen and wasm-opt: from the compiler's wasm to what a browser loads.

mod order;
mod shorten;

use crate::{directive::Directive, files, read};
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
    /// Further modules that the glue imports: their paths beside it (`snippets/…`) and contents.
    pub(crate) snippets: Vec<(String, Vec<u8>)>,
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
    let mut bound = Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        // wasm-opt drops the names of functions; without it nobody else would.
        .remove_name_section(wasm_opt.is_none())
        .generate_output()
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;
    let imports = shorten::imports(&mut bound);
    let exports = shorten::exports(&mut bound);
    bound.emit(scratch)?;

    let bound = scratch.join(format!("{name}_bg.wasm"));
    let wasm = match wasm_opt {
        Some(program) => optimise(program, &bound, directive)?,
        None => read(&bound)?,
    };
    let js = String::from_utf8(read(&scratch.join(format!("{name}.js")))?)?;
    let js = exports
        .iter()
        .fold(js, |js, (old, new)| js.replace(old, new));
    Ok(Glue {
        js: shorten::script(&js, &imports).into_bytes(),
        wasm,
        snippets: snippets(scratch)?,
    })
}

fn snippets(scratch: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let folder = scratch.join("snippets");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let read_one = |path: PathBuf| {
        let name = path.strip_prefix(scratch)?.to_string_lossy().into_owned();
        Ok((name, read(&path)?))
    };
    files(&folder)?.into_iter().map(read_one).collect()
}

fn optimise(program: &Path, wasm: &Path, directive: &Directive) -> Result<Vec<u8>> {
    let level = directive.get("data-wasm-opt").unwrap_or_default();
    let params = directive.get("data-wasm-opt-params").unwrap_or_default();
    let params = || params.split_whitespace();
    let wasm_opt = |input: &Path, output: &Path| {
        let mut command = Command::new(program);
        command
            .args(params())
            .arg(input)
            .arg("--output")
            .arg(output);
        command
    };
    let optimised = wasm.with_extension("opt.wasm");
    run(wasm_opt(wasm, &optimised).arg(format!("-O{level}")))?;
    let [named, ordered] = ["named.wasm", "ordered.wasm"].map(|e| wasm.with_extension(e));
    order::write_as_names(&read(&optimised)?, &named)?;
    run(wasm_opt(&named, &ordered).arg("--reorder-functions-by-name"))?;
    read(&ordered)
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", program.display()))?;
    if !status.success() {
        bail!("{} failed: {status}", program.display());
    }
    Ok(())
}
