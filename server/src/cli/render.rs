//! `scenecast render`: pictures of files, without a browser.

mod camera;
mod options;
mod output;
mod source;

pub(crate) use options::RenderOptions;

use super::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use output::Output;
use scenecast::render::{HeadlessError, RenderError};
use scenecast_client::headless::Studio;
use source::Source;

pub(crate) fn run(options: &RenderOptions) -> Result<(), Failure> {
    let output = Output::new(options)?;
    let mut source = Source::open(&options.files)?;
    let times = options.times(source.span())?;
    let viewpoint = source.viewpoint(&options.camera);
    viewpoint.check().map_err(Failure::bad_input)?;
    let mut studio = Studio::new().map_err(|error: HeadlessError| RenderError::from(error))?;

    let bar = (times.len() > 1).then(|| new_bar(times.len()));
    for (frame, time_secs) in times.enumerate() {
        let state = source.seek(time_secs);
        for complaint in studio.show(state, time_secs) {
            tracing::warn!("{complaint}");
        }
        let picture = studio.picture(state, &viewpoint, options.size.0);
        let picture = picture.map_err(|error| Failure::bad_input(RenderError::from(error)))?;
        output.write(frame, &picture)?;
        bar.iter().for_each(|bar| bar.inc(1));
    }
    bar.iter().for_each(ProgressBar::finish_and_clear);
    Ok(())
}

fn new_bar(frames: usize) -> ProgressBar {
    let template = "[{bar:40}] {pos} of {len}, {eta} left";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(frames as u64).with_style(style.progress_chars("=> "))
}
