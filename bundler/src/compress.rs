//! Adds the `.br` and `.gz` siblings that a server sends to browsers that accept them.

use crate::{files, read, write};
use anyhow::Result;
use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
};

/// Below this a compressed reply saves no packet.
const MIN_BYTES: usize = 1024;

/// Compresses every file of a folder, and of those in it, as hard as the formats allow. A sibling
/// that would be no smaller than its file is left out.
pub(crate) fn folder(folder: &Path) -> Result<()> {
    let mut total = [0; 3];
    for path in files(folder)? {
        if path.extension().is_some_and(|e| e == "br" || e == "gz") {
            continue;
        }
        let bytes = read(&path)?;
        let mut sizes = [bytes.len(); 3];
        for (index, (extension, packed)) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)]
            .into_iter()
            .enumerate()
        {
            if bytes.len() >= MIN_BYTES && packed.len() < bytes.len() {
                write(&sibling(&path, extension), &packed)?;
                sizes[index + 1] = packed.len();
            }
        }
        println!(
            "{:>9} {:>9} {:>9}  {}",
            sizes[0],
            sizes[1],
            sizes[2],
            path.display()
        );
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    println!(
        "{:>9} {:>9} {:>9}  bytes as is, brotli, gzip",
        total[0], total[1], total[2]
    );
    Ok(())
}

fn sibling(path: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
