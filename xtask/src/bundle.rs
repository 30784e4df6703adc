//! The browser bundle: `dist/`, and its copy in `server/dist/`.

pub(crate) mod compare;
mod trunk;

use crate::{
    digest::{Digest, files},
    paths, process,
    progress::{self, Step, Task},
    setup::wasm_opt,
    toolchain::{self, Wasm},
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

/// What the bundle is made with.
struct Tools {
    wasm: Wasm,
    wasm_opt: Option<PathBuf>,
}

/// Makes the bundle if anything in it changed.
pub(crate) fn make(profile: Profile) -> Result<()> {
    let tools = compile(profile)?;
    progress::step("bundle", |step| {
        let by_trunk = profile == Profile::Release && trunk::is_here();
        let digest = inputs(profile, &tools, by_trunk)?;
        if digest.is_current("bundle") && is_complete() {
            step.set_up_to_date();
            return Ok(());
        }
        let staging = paths::own().join("dist");
        let done_by_trunk = by_trunk
            && trunk::build(step, &tools, &staging)
                .inspect_err(|_| progress::note("trunk failed; the bundler takes its place"))
                .is_ok();
        if !done_by_trunk {
            write_page(step, profile, &tools, &staging)?;
        }
        // A development build changes before compressing it would pay.
        if profile == Profile::Release {
            compress(step, &staging)?;
        }
        publish(&staging)?;
        digest.remember("bundle")
    })
}

/// Compiles the client and, beside it, the bundler.
fn compile(profile: Profile) -> Result<Tools> {
    let (mut wasm, mut wasm_opt) = (None, None);
    let mut tasks: Vec<Task<'_>> = vec![
        Box::new(|| {
            let toolchain = wasm.insert(toolchain::ensure()?);
            progress::step("client", |step| build_client(step, profile, toolchain))
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
    let wasm = wasm.context("no toolchain for wasm32")?;
    Ok(Tools { wasm, wasm_opt })
}

fn build_client(step: &Step, profile: Profile, toolchain: &Wasm) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "scenecast-client", "--lib"]);
    cargo.args(["--target", toolchain::TARGET]);
    cargo.args(["--profile", profile.cargo_name()]);
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
fn inputs(profile: Profile, tools: &Tools, by_trunk: bool) -> Result<Digest> {
    let root = paths::root();
    Digest::default()
        .text(&format!("{} {by_trunk}", tools.wasm_opt.is_some()))
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

/// Writes the page without trunk.
fn write_page(step: &Step, profile: Profile, tools: &Tools, folder: &Path) -> Result<()> {
    step.set_detail("wasm-bindgen, wasm-opt");
    let mut command = bundler();
    command.args(["page", "index.html"]);
    command.arg(profile.wasm()).arg(folder);
    command.args(&tools.wasm_opt);
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
