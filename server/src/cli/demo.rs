//! `scenecast demo`: a gallery of what a scene can hold, gently moving.

mod arm;
mod gallery;
mod shapes;

use super::{Failure, options::ServeOptions, serve};
use gallery::Gallery;
use std::{
    sync::mpsc::RecvTimeoutError,
    time::{Duration, Instant},
};

/// The time between two steps of the animation.
const STEP: Duration = Duration::from_micros(16_667);

pub(crate) fn run(options: ServeOptions) -> Result<(), Failure> {
    let server = serve::start(&options)?;
    let gallery = Gallery::build(&server)?;
    let stop = serve::stop_signal()?;
    serve::announce(&server, &options);

    let start = Instant::now();
    for step in 1_u32.. {
        // What is moved in one step is seen in one piece.
        server.atomic(|| gallery.pose(start.elapsed().as_secs_f64()))?;
        let next = start + STEP * step;
        match stop.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(())
}
