//! A Rust toolchain that can compile for wasm32.

mod debian;

use crate::{
    paths, process,
    progress::{self, Step},
};
use anyhow::{Context, Result};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The target of the browser client.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How long rustup may take. Where it cannot reach its server it may wait for ever.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// The toolchain for the wasm half of the project.
#[derive(Clone)]
pub(crate) enum Wasm {
    /// The one in use, by its name in rustup; without a name where there is no rustup.
    InUse(Option<String>),
    /// One that was put together from Debian's packages, in this folder.
    Debian(PathBuf),
}

impl Wasm {
    /// Its cargo.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = match self {
            Self::InUse(_) => process::command("cargo"),
            Self::Debian(folder) => process::command(folder.join("bin/cargo")),
        };
        self.configure(&mut command);
        command
    }

    /// Makes a program that runs `cargo` run this toolchain's. What the native half's cargo left in
    /// the environment would choose that half's toolchain.
    pub(crate) fn configure(&self, command: &mut Command) {
        command
            .env_remove("CARGO")
            .env_remove("RUSTC")
            .env_remove("RUSTDOC");
        match self {
            Self::InUse(Some(name)) => {
                command.env("RUSTUP_TOOLCHAIN", name);
            }
            Self::InUse(None) => {}
            Self::Debian(folder) => {
                let old = std::env::var_os("PATH").unwrap_or_default();
                let folders =
                    std::iter::once(folder.join("bin")).chain(std::env::split_paths(&old));
                if let Ok(path) = std::env::join_paths(folders) {
                    command.env("PATH", path);
                }
                command
                    .env("RUSTC", folder.join("bin/rustc"))
                    .env("RUSTDOC", folder.join("bin/rustdoc"))
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env_remove("LD_LIBRARY_PATH");
            }
        }
    }

    /// What to do to use it outside these commands, where that takes anything.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::InUse(_) => None,
            Self::Debian(folder) => Some(format!(
                "For `trunk serve`: export PATH={}/bin:$PATH",
                folder.display()
            )),
        }
    }
}

/// Finds or makes a toolchain that can compile for wasm32: the one in use, with rustup's help where
/// that works, or else one from Debian's packages. Steps that run at the same time wait for one
/// another here.
pub(crate) fn ensure() -> Result<Wasm> {
    static FOUND: Mutex<Option<Wasm>> = Mutex::new(None);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(wasm) = &*found {
        return Ok(wasm.clone());
    }
    Ok(found.insert(find_or_make()?).clone())
}

fn find_or_make() -> Result<Wasm> {
    progress::step("wasm32 toolchain", |step| {
        // For trying the way that machines without access to rustup's server take.
        let debian_only = std::env::var_os("SCENECAST_WASM_FROM_DEBIAN").is_some();
        if !debian_only {
            let in_use = Wasm::InUse(toolchain_in_use());
            if works(&in_use) {
                step.set_up_to_date();
                return Ok(in_use);
            }
        }
        if let Some(made) = debian::up_to_date() {
            step.set_up_to_date();
            return Ok(made);
        }
        if !debian_only && let Some(name) = toolchain_in_use() {
            let in_use = Wasm::InUse(Some(name.clone()));
            if add_target(step, &name).is_ok() && works(&in_use) {
                return Ok(in_use);
            }
            progress::note("rustup cannot add the wasm32 target here; Debian's packages can");
        }
        debian::make(step).with_context(|| {
            format!("no toolchain for wasm32; where rustup works, run: rustup target add {TARGET}")
        })
    })
}

/// The name of rustup's toolchain in use; `None` where there is no rustup.
fn toolchain_in_use() -> Option<String> {
    let shown = process::output(process::command("rustup").args(["show", "active-toolchain"]))?;
    shown.split_whitespace().next().map(str::to_owned)
}

fn add_target(step: &Step, toolchain: &str) -> Result<()> {
    process::run_within(
        step,
        "rustup",
        process::command("rustup")
            .args(["target", "add", TARGET, "--toolchain", toolchain])
            .env("RUSTUP_MAX_RETRIES", "1"),
        Some(RUSTUP_LIMIT),
    )
}

/// Compiles and links a module that needs std: this finds a missing target, a missing linker and a
/// std of another compiler alike.
fn works(wasm: &Wasm) -> bool {
    let scratch = paths::own().join("probe");
    if std::fs::create_dir_all(&scratch).is_err() {
        return false;
    }
    let source = scratch.join("probe.rs");
    let text = "pub fn probe(x: u8) -> String { format!(\"{x}\") }\n";
    std::fs::write(&source, text).is_ok() && compiles(wasm, &source, &scratch)
}

fn compiles(wasm: &Wasm, source: &Path, scratch: &Path) -> bool {
    let mut rustc = match wasm {
        Wasm::InUse(_) => process::command("rustc"),
        Wasm::Debian(folder) => process::command(folder.join("bin/rustc")),
    };
    wasm.configure(&mut rustc);
    rustc
        .args(["--edition=2024", "--crate-type=cdylib", "--target", TARGET])
        .arg("--out-dir")
        .arg(scratch)
        .arg(source)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
