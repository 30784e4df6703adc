//! `scenecast play`: a recording in the browser.

use super::{Failure, info, options::ServeOptions, serve};
use std::path::Path;

/// Where the page finds the recording.
const URL_PATH: &str = "recording.viser";

pub(crate) fn run(file: &Path, options: ServeOptions) -> Result<(), Failure> {
    // What is wrong with a file is better said here than on the page.
    info::summarize_file(file)?;
    let stop = serve::stop_signal()?;
    let server = serve::builder(&options)?
        .serve_file(URL_PATH, file)
        .start()?;
    serve::announce_page(&server, &options, &format!("playbackPath={URL_PATH}"));
    // An error means that the thread that waits for signals is gone: then nobody can ask.
    let _ = stop.recv();
    Ok(())
}
