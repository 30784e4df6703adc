//! A wasm32 toolchain from Debian's packages, for a machine that cannot reach rustup's server.
//!
//! Debian keeps a current Rust for building its browsers (`rustc-web`), with the source of std but
//! without a std compiled for wasm32. That is compiled once, here, and laid out as a toolchain
//! folder: our std beside links to everything else of Debian's.

use super::{TARGET, Wasm, works};
use crate::{
    digest::{Digest, files},
    paths, process,
    progress::Step,
    setup::apt,
};
use anyhow::{Context, Result, bail};
use std::{
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

const SOURCE: &str = "/usr/lib/rustlib/src/rust";

/// `-Zbuild-std` compiles std as a dependency of some crate: of this empty one.
const MANIFEST: &str = r#"
[package]
name = "std-for-wasm"
version = "0.0.0"
edition = "2021"

[workspace]

# As std is built for the official toolchains.
[profile.release]
codegen-units = 1
debug = false
"#;

const BUILD_STD: &str = "-Zbuild-std=std,panic_abort";

fn folder() -> PathBuf {
    paths::own().join("rust-wasm")
}

/// What the toolchain depends on: a Debian upgrade of either package calls for a new one, and so
/// does another way to compile std.
fn digest() -> Option<Digest> {
    let compiler = process::output(process::command("/usr/bin/rustc").arg("-vV"))?;
    let mut query = process::command("dpkg-query");
    query.args(["--show", "rustc-web", "rust-web-src"]);
    let packages = process::output(&mut query)?;
    let digest = Digest::default().text(&compiler).text(&packages);
    Some(digest.text(MANIFEST).text(BUILD_STD))
}

/// The toolchain that an earlier run made, if it still fits Debian's packages.
pub(super) fn up_to_date() -> Option<Wasm> {
    let made = Wasm::Debian(folder());
    (digest()?.is_current("rust-wasm") && works(&made)).then_some(made)
}

/// Installs the packages, compiles std and lays out the toolchain: about a minute.
pub(super) fn make(step: &Step) -> Result<Wasm> {
    if !apt::is_here() {
        bail!("this machine has neither the target nor Debian's packages");
    }
    apt::ensure(step, &["rustc-web", "cargo-web", "rust-web-src"])?;
    let compiler = process::output(process::command("/usr/bin/rustc").arg("-vV"))
        .context("Debian's rustc does not run")?;
    let field = |name: &str| {
        let value = compiler.lines().find_map(|line| line.strip_prefix(name));
        value.with_context(|| format!("Debian's rustc -vV has no line `{name}`"))
    };
    let host = field("host: ")?;
    // Debian's rustc brings no rust-lld; the lld of the same LLVM takes its place.
    let llvm = field("LLVM version: ")?
        .split('.')
        .next()
        .unwrap_or_default();
    apt::ensure(step, &[&format!("lld-{llvm}")])?;
    let lld = PathBuf::from(format!("/usr/bin/lld-{llvm}"));

    step.set_detail("compiling std");
    let scratch = paths::own().join("rust-wasm-build");
    let libraries = compile_std(step, &scratch, &lld)?;
    lay_out(&libraries, host, &lld)?;
    std::fs::remove_dir_all(&scratch)?;

    let made = Wasm::Debian(folder());
    if !works(&made) {
        bail!(
            "the toolchain in {} cannot build for {TARGET}",
            folder().display()
        );
    }
    digest()
        .context("Debian's packages changed meanwhile")?
        .remember("rust-wasm")?;
    Ok(made)
}

/// Compiles std from Debian's source; returns the folder with its libraries.
fn compile_std(step: &Step, scratch: &Path, lld: &Path) -> Result<PathBuf> {
    if scratch.exists() {
        std::fs::remove_dir_all(scratch)?;
    }
    for folder in ["src", ".cargo", "bin"] {
        std::fs::create_dir_all(scratch.join(folder))?;
    }
    std::fs::write(scratch.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(scratch.join("src/lib.rs"), "#![no_std]\n")?;
    // Debian ships the crates that std depends on with its source, so this needs no network.
    std::fs::write(
        scratch.join(".cargo/config.toml"),
        format!(
            "[source.crates-io]\nreplace-with = \"debian\"\n\
             [source.debian]\ndirectory = \"{SOURCE}/library/vendor\"\n"
        ),
    )?;
    symlink(lld, scratch.join("bin/rust-lld"))?;

    let mut cargo = Command::new("/usr/bin/cargo");
    cargo
        .current_dir(scratch)
        .args(["build", "--offline", "--release", "--target", TARGET])
        .args([BUILD_STD, "--target-dir", "target"])
        // Nothing of this project's settings may leak into std.
        .env_clear()
        .env("PATH", format!("{}/bin:/usr/bin:/bin", scratch.display()))
        .env("HOME", scratch)
        .env("CARGO_HOME", scratch.join(".cargo"))
        .env("RUSTC", "/usr/bin/rustc")
        // build-std is a nightly flag.
        .env("RUSTC_BOOTSTRAP", "1")
        // With bitcode a project can use LTO; the remap keeps this machine's paths out of its wasm.
        .env(
            "RUSTFLAGS",
            format!("-Cembed-bitcode=yes --remap-path-prefix={SOURCE}=/rustc/std"),
        );
    process::run(step, "std-for-wasm", &mut cargo)?;
    Ok(scratch.join("target").join(TARGET).join("release/deps"))
}

/// Puts the toolchain folder together.
fn lay_out(libraries: &Path, host: &str, lld: &Path) -> Result<()> {
    let folder = folder();
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let rustlib = folder.join("lib/rustlib");
    let ours = rustlib.join(TARGET).join("lib");
    let host_folder = rustlib.join(host);
    for new in [&folder.join("bin"), &ours, &host_folder.join("bin")] {
        std::fs::create_dir_all(new)?;
    }
    for library in files(libraries)? {
        let name = library.file_name().unwrap_or_default();
        let is_library = library
            .extension()
            .is_some_and(|e| e == "rlib" || e == "rmeta");
        if is_library && !name.to_string_lossy().starts_with("libstd_for_wasm") {
            std::fs::copy(&library, ours.join(name))?;
        }
    }
    // Build scripts and procedural macros run on this machine.
    symlink(
        format!("/usr/lib/rustlib/{host}/lib"),
        host_folder.join("lib"),
    )?;
    symlink(lld, host_folder.join("bin/rust-lld"))?;
    symlink("/usr/lib/rustlib/src", rustlib.join("src"))?;
    symlink("/usr/bin/cargo", folder.join("bin/cargo"))?;
    for tool in ["rustc", "rustdoc"] {
        let path = folder.join("bin").join(tool);
        let script = format!(
            "#!/bin/sh\nexec /usr/bin/{tool} --sysroot \"{}\" \"$@\"\n",
            folder.display()
        );
        std::fs::write(&path, script)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
