//! Rust's standard library compiled together with the client: for size, without the texts of
//! panics. It makes the page about 32 KB smaller.
//!
//! The ways to ask for it are not stable yet, so they are tried first. Where they do not work the
//! client gets the library as Rust ships it.

use super::{TARGET, rustc, rustup};
use crate::{
    process,
    progress::{self, Step},
};
use std::{path::Path, process::Command};

/// A panic stops the page in any case; how it reads costs 12 KB.
const RUSTFLAGS: [&str; 3] = [
    "-Zlocation-detail=none",
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
];

const CARGO: [&str; 2] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];

/// Makes a `cargo build` for wasm32 compile the standard library too, where that works.
pub(crate) fn add(step: &Step, cargo: &mut Command) {
    let has_source = has_source() || rustup(step, &["component", "add", "rust-src"]).is_ok();
    if has_source && knows_flags() {
        allow_unstable(cargo)
            .args(CARGO)
            .env("CARGO_ENCODED_RUSTFLAGS", RUSTFLAGS.join("\u{1f}"));
    } else {
        progress::note("std cannot be compiled here, so the page is about 32 KB larger");
    }
}

/// Makes a stable compiler take the flags of nightly.
fn allow_unstable(command: &mut Command) -> &mut Command {
    command.env("RUSTC_BOOTSTRAP", "1")
}

fn knows_flags() -> bool {
    let mut command = rustc();
    allow_unstable(&mut command).args(RUSTFLAGS);
    process::output(command.args(["--target", TARGET, "--print", "cfg"])).is_some()
}

fn has_source() -> bool {
    process::output(rustc().args(["--print", "sysroot"])).is_some_and(|root| {
        let library = Path::new(&root).join("lib/rustlib/src/rust/library");
        library.join("Cargo.lock").is_file()
    })
}
