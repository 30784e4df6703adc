//! `scenecast info`: what is in a recording.

use super::Failure;
use indicatif::{BinaryBytes, HumanCount};
use scenecast::recording::{Summary, summarize};
use scenecast_protocol::Limits;
use std::{
    fmt::{self, Write as _},
    fs::File,
    io::{self, Write as _},
    path::Path,
};

/// More of a name says no more.
const MAX_SHOWN_CHARS: usize = 120;

pub(crate) fn run(file: &Path) -> Result<(), Failure> {
    let summary = summarize_file(file)?;
    // Whoever reads may have seen enough.
    let _ = io::stdout().write_all(text(&summary).as_bytes());
    Ok(())
}

/// Reads a recording to its end.
pub(crate) fn summarize_file(path: &Path) -> Result<Summary, Failure> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    // To open a folder is no error.
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(cannot_read(path, &"it is a folder"));
    }
    let in_file = |error| Failure::bad_input(format!("{}, {error}", path.display()));
    summarize(file, &Limits::default()).map_err(in_file)
}

pub(crate) fn cannot_read(path: &Path, error: &dyn fmt::Display) -> Failure {
    Failure::bad_input(format!("cannot read {}: {error}", path.display()))
}

fn text(summary: &Summary) -> String {
    let Summary {
        version,
        duration_secs,
        classes,
        largest_arrays,
        array_count,
        array_bytes,
        content_bytes,
        file_bytes,
    } = summary;
    let messages: usize = classes.iter().map(|class| class.messages).sum();
    let bytes = |bytes: u64| BinaryBytes(bytes).to_string();
    let count = |count: usize| HumanCount(count as u64).to_string();
    let mut out = format!(
        "version   viser {}\n\
         duration  {duration_secs:.3} s\n\
         size      {}, {} after decompression\n\
         messages  {}\n\
         arrays    {}, {}\n",
        shown(version),
        bytes(*file_bytes),
        bytes(*content_bytes),
        count(messages),
        count(*array_count),
        bytes(*array_bytes),
    );
    // Writing to a String cannot fail.
    if !classes.is_empty() {
        let (m, b, a) = ("messages", "bytes", "arrays");
        let _ = writeln!(out, "\n{:36} {m:>12} {b:>12} {a:>12}", "class");
    }
    for class in classes {
        let _ = writeln!(
            out,
            "{:36} {:>12} {:>12} {:>12}",
            shown(&class.tag),
            count(class.messages),
            bytes(class.message_bytes),
            bytes(class.array_bytes),
        );
    }
    if !largest_arrays.is_empty() {
        let _ = writeln!(
            out,
            "\n{:12} {:6} {:>10}  first used by",
            "largest", "type", "at"
        );
    }
    for array in largest_arrays {
        let _ = writeln!(
            out,
            "{:12} {:6} {:>8.2} s  {} {} {}",
            bytes(array.bytes),
            shown(&array.dtype),
            array.time_secs,
            shown(&array.class),
            shown(&array.name),
            shown(&array.property),
        );
    }
    out
}

/// Text of a file, without what would steer a terminal.
fn shown(text: &str) -> String {
    text.escape_debug().take(MAX_SHOWN_CHARS).collect()
}
