//! `scenecast render`: pictures of files, without a browser.

mod camera;
mod options;
mod output;
mod source;

pub(crate) use options::RenderOptions;

use super::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use output::Output;
use scenecast::render::RenderError;
use scenecast_client::headless::Studio;
use source::Source;

pub(crate) fn run(options: &RenderOptions) -> Result<(), Failure> {
    let output = Output::new(options)?;
    let mut source = Source::open(&options.files)?;
    let span = source.span();
    let start_secs = *span.start();
    let times = options.times(span)?;
    let viewpoint = source.viewpoint(&options.camera);
    viewpoint.check().map_err(Failure::bad_input)?;
    let mut studio = Studio::new().map_err(RenderError::from)?;
    let show = |studio: &mut Studio, source: &mut Source, time_secs| {
        for complaint in studio.show(source.seek(time_secs), time_secs) {
            tracing::warn!("{complaint}");
        }
    };

    let bar = (times.len() > 1).then(|| new_bar(times.len()));
    // What is there from the start, and moves by itself, begins then.
    show(&mut studio, &mut source, start_secs);
    for (frame, time_secs) in times.enumerate() {
        show(&mut studio, &mut source, time_secs);
        let picture = studio.picture(source.state(), &viewpoint, options.size.0);
        let picture = picture.map_err(|error| match RenderError::from(error) {
            error @ RenderError::Size { .. } => Failure::bad_input(error),
            error => error.into(),
        })?;
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
