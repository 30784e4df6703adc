//! Makes the browser bundle from `index.html` and the client's compiled wasm.
//!
//! It reads the same `<link data-trunk …>` elements as trunk does, so that `trunk serve` works too,
//! and makes a smaller page. `cargo xtask bundle` is the way to call it; it is a program of its own
//! so that it compiles beside the client, not before it.

mod compress;
mod directive;
mod glue;
mod page;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const USAGE: &str = "usage:
  bundler page INDEX_HTML WASM DIST [WASM_OPT]   write the page into the folder DIST
  bundler compress DIST                          add .br and .gz siblings to its files";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["page", index, wasm, dist] => page::make(&request(index, wasm, dist, None)),
        ["page", index, wasm, dist, wasm_opt] => {
            page::make(&request(index, wasm, dist, Some(wasm_opt)))
        }
        ["compress", dist] => compress::folder(Path::new(dist)),
        _ => bail!("{USAGE}"),
    }
}

fn request(index: &str, wasm: &str, dist: &str, wasm_opt: Option<&str>) -> page::Request {
    page::Request {
        index: PathBuf::from(index),
        wasm: PathBuf::from(wasm),
        dist: PathBuf::from(dist),
        wasm_opt: wasm_opt.map(PathBuf::from),
    }
}

/// Reads a file, with its path in the error.
fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it, with its path in the error.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// A text without indentation, empty lines and those that a test picks.
fn unindented(text: &str, is_left_out: impl Fn(&str) -> bool) -> String {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !is_left_out(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// All files in a folder and in those below it, in a fixed order.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
