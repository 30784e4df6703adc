//! Loading with a progress bar.

use indicatif::{ProgressBar, ProgressStyle};
use scenecast::loaders::{LoadError, Loaded, load};
use std::path::Path;

/// Smaller files are there before a bar could be read.
const MIN_BYTES: u64 = 8 * 1024 * 1024;

/// Loads a file; a large one with a bar on standard error if that is a terminal.
pub(crate) fn load_with_bar(path: &Path, name: &str) -> Result<Loaded, LoadError> {
    let mut bar = None;
    let loaded = load(path, |progress| {
        if progress.bytes_total >= MIN_BYTES {
            let bar = bar.get_or_insert_with(|| new_bar(name, progress.bytes_total));
            bar.set_position(progress.bytes_read);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    loaded
}

fn new_bar(name: &str, bytes: u64) -> ProgressBar {
    let template = "{msg} [{bar:40}] {bytes} of {total_bytes}, {eta} left";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes)
        .with_style(style.progress_chars("=> "))
        .with_message(name.to_owned())
}
