//! What Rust needs to compile the browser client.

pub(crate) mod small_std;

use crate::{
    paths, process,
    progress::{self, Step},
};
use anyhow::{Context, Result, bail};
use std::{
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The target of the browser client.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How long rustup may take. Where it cannot reach its server it may wait for ever.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// Makes the toolchain in use able to compile for [`TARGET`]. Steps that run at the same time wait
/// for one another here.
pub(crate) fn ensure() -> Result<()> {
    static IS_ABLE: Mutex<bool> = Mutex::new(false);
    let mut is_able = IS_ABLE.lock().unwrap_or_else(PoisonError::into_inner);
    if !*is_able {
        progress::step("wasm32 toolchain", find_or_add)?;
        *is_able = true;
    }
    Ok(())
}

fn find_or_add(step: &Step) -> Result<()> {
    if links() {
        step.set_up_to_date();
        return Ok(());
    }
    rustup(step, &["target", "add", TARGET])
        .with_context(|| format!("Rust lacks the target {TARGET}, and rustup cannot add it"))?;
    if !links() {
        bail!("Rust has the target {TARGET} and still cannot link for it");
    }
    Ok(())
}

/// Runs rustup for the toolchain that runs this program.
fn rustup(step: &Step, arguments: &[&str]) -> Result<()> {
    let mut command = process::command("rustup");
    command.args(arguments).env("RUSTUP_MAX_RETRIES", "1");
    process::run_within(step, "rustup", &mut command, Some(RUSTUP_LIMIT))
}

fn rustc() -> Command {
    process::command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Compiles and links a module that needs std: this finds a missing target, a missing linker and a
/// std of another compiler alike.
fn links() -> bool {
    let scratch = paths::own().join("probe");
    let source = scratch.join("probe.rs");
    let text = "pub fn probe(x: u8) -> String { format!(\"{x}\") }\n";
    let is_written = std::fs::create_dir_all(&scratch).and_then(|()| std::fs::write(&source, text));
    is_written.is_ok()
        && rustc()
            .args(["--edition=2024", "--crate-type=cdylib", "--target", TARGET])
            .arg("--out-dir")
            .arg(&scratch)
            .arg(&source)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
}
