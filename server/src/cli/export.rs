//! `scenecast export`: a recording and its player as one page.

use super::{Failure, info};
use scenecast::recording::{WholeFile, export_html};
use std::{fs::File, path::Path};

pub(crate) fn run(file: &Path, page: &Path, dark: bool) -> Result<(), Failure> {
    info::summarize_file(file)?;
    let recording = File::open(file).map_err(|error| info::cannot_read(file, &error))?;
    let cannot_write =
        |error| Failure::bad_input(format!("cannot write {}: {error}", page.display()));
    let mut out = WholeFile::create(page).map_err(cannot_write)?;
    export_html(recording, &mut out, dark)?;
    out.finish().map_err(cannot_write)
}
