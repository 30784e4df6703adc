//! The browser bundle: `dist/`, and its copy in `server/dist/`.

use crate::{
    digest::{Digest, files},
    paths, process,
    progress::{self, Step, Task},
    setup::wasm_opt,
    toolchain::{self, small_std},
};
use anyhow::{Context, Result};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// How much care goes into the bundle.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As small as it gets.
    Release,
    /// As soon as it gets: no optimisation, no wasm-opt.
    Dev,
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "dev",
        }
    }

    /// The client as the compiler leaves it.
    fn wasm(self) -> PathBuf {
        let folder = match self {
            Self::Release => "wasm-release",
            Self::Dev => "debug",
        };
        let folder = paths::target().join(toolchain::TARGET).join(folder);
        folder.join("scenecast_client.wasm")
    }
}

/// Makes the bundle if anything in it changed.
pub(crate) fn make(profile: Profile) -> Result<()> {
    let wasm_opt = compile(profile)?;
    progress::step("bundle", |step| {
        let digest = inputs(profile, wasm_opt.is_some())?;
        if digest.is_current("bundle") && is_complete() {
            step.set_up_to_date();
            return Ok(());
        }
        let staging = paths::own().join("dist");
        write_page(step, profile, wasm_opt.as_deref(), &staging)?;
        // A development build changes before compressing it would pay.
        if profile == Profile::Release {
            compress(step, &staging)?;
        }
        publish(&staging)?;
        digest.remember("bundle")
    })
}

/// Compiles the client and, beside it, the bundler; returns where wasm-opt is, if it has a part.
fn compile(profile: Profile) -> Result<Option<PathBuf>> {
    let mut wasm_opt = None;
    let mut tasks: Vec<Task<'_>> = vec![
        Box::new(|| {
            toolchain::ensure()?;
            progress::step("client", |step| build_client(step, profile))
        }),
        Box::new(|| progress::step("bundler", build_bundler)),
    ];
    if profile == Profile::Release {
        tasks.push(Box::new(|| {
            wasm_opt = progress::step("wasm-opt", wasm_opt::ensure)?;
            Ok(())
        }));
    }
    progress::together(tasks)?;
    Ok(wasm_opt)
}

fn build_client(step: &Step, profile: Profile) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "scenecast-client", "--lib"]);
    cargo.args(["--target", toolchain::TARGET]);
    cargo.args(["--profile", profile.cargo_name()]);
    if profile == Profile::Release {
        small_std::add(step, &mut cargo);
    }
    process::run(step, "client", &mut cargo)
}

fn build_bundler(step: &Step) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "bundler"]);
    process::run(step, "bundler", &mut cargo)
}

fn bundler() -> Command {
    process::command(paths::target().join("debug/bundler"))
}

/// Everything that the bundle's content depends on.
fn inputs(profile: Profile, with_wasm_opt: bool) -> Result<Digest> {
    let root = paths::root();
    Digest::default()
        .text(&with_wasm_opt.to_string())
        .file(&profile.wasm())?
        .file(&paths::target().join("debug/bundler"))?
        .file(&root.join("index.html"))?
        .folder(&root.join("client-wasm/style"))?
        .folder(&root.join("client-wasm/vendor"))?
        .file(&root.join("client-wasm/page.json"))?
        .folder(&root.join("client-wasm/assets"))
}

/// Whether both folders still hold a bundle, the same one.
fn is_complete() -> bool {
    let read = |folder: PathBuf| std::fs::read(folder.join("index.html")).ok();
    let page = read(paths::dist());
    page.is_some() && page == read(paths::server_dist())
}

/// Writes the page.
fn write_page(step: &Step, profile: Profile, wasm_opt: Option<&Path>, folder: &Path) -> Result<()> {
    step.set_detail("wasm-bindgen, wasm-opt");
    let mut command = bundler();
    command.args(["page", "index.html"]);
    command.arg(profile.wasm()).arg(folder);
    command.args(wasm_opt);
    process::run(step, "page", &mut command)
}

/// Adds the compressed siblings.
fn compress(step: &Step, folder: &Path) -> Result<()> {
    step.set_detail("brotli, gzip");
    process::run(step, "compress", bundler().arg("compress").arg(folder))
}

/// Puts the finished bundle where people and the server look for it.
fn publish(staging: &Path) -> Result<()> {
    for folder in [paths::dist(), paths::server_dist()] {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot replace {}", folder.display()))?;
        }
        for file in files(staging)? {
            let target = folder.join(file.strip_prefix(staging)?);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::copy(&file, &target)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}
