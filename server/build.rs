//! Embeds the built browser client, `dist/`, in the library. Without one the library still builds.

use std::{
    env,
    error::Error,
    ffi::OsStr,
    fmt::Write,
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let dist = package.join("dist");
    println!("cargo:rerun-if-changed=build.rs");
    // A path that does not exist would make every build start over; the package's folder tells
    // just as well when `dist` appears.
    let watched = if dist.is_dir() { "dist" } else { "." };
    println!("cargo:rerun-if-changed={watched}");

    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        collect(&dist, &mut files)?;
    }
    let mut entries = Vec::new();
    for file in &files {
        let Some(name) = file.strip_prefix(&dist)?.to_str() else {
            return Err(format!("{}: the name is not UTF-8", file.display()).into());
        };
        entries.push((name.replace('\\', "/"), file));
    }
    entries.sort();

    let mut code = String::from("static CLIENT: &[File] = &[\n");
    for (path, file) in entries {
        let hash = hash(&fs::read(file)?);
        let (brotli, gzip) = (sibling(file, "br"), sibling(file, "gz"));
        writeln!(
            code,
            "File {{ path: {path:?}, hash: {hash:?}, plain: include_bytes!({file:?}), \
             brotli: {brotli}, gzip: {gzip} }},"
        )?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("client.rs"), code)?;
    Ok(())
}

/// All files below a folder but the compressed forms of others.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !is_compressed_form(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_compressed_form(path: &Path) -> bool {
    let compressed = matches!(path.extension().and_then(OsStr::to_str), Some("br" | "gz"));
    compressed && path.with_extension("").is_file()
}

/// The expression for a compressed form that may be there.
fn sibling(file: &Path, extension: &str) -> String {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    let path = PathBuf::from(name);
    if path.is_file() {
        format!("Some(include_bytes!({path:?}))")
    } else {
        "None".to_owned()
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}
