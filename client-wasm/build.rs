//! Takes comments and indentation out of the shaders: the page carries their text.

use std::path::Path;
use std::{env, fs, io};

const SHADERS: &str = "src/render/shaders";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={SHADERS}");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for file in fs::read_dir(SHADERS)? {
        let file = file?;
        let text = fs::read_to_string(file.path())?;
        fs::write(Path::new(&out).join(file.file_name()), stripped(&text))?;
    }
    Ok(())
}

/// The lines that a compiler needs.
fn stripped(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        code.trim()
    });
    let lines = lines.filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}
