//! Measures jumps in a recording: near its start, near its end, anywhere; and, as what they are
//! compared with, playing from the start to the end in one go.
//!
//! ```text
//! cargo run --release -p scenecast-protocol --example seek_times -- scene.viser
//! ```

use std::error::Error;
use std::time::Instant;

use scenecast_protocol::recording::Recording;
use scenecast_protocol::state::{Changes, ViewerState};
use scenecast_protocol::timeline::Loading;
use scenecast_protocol::{Limits, recording};

/// Jumps of each kind.
const JUMPS: usize = 301;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected a recording")?;
    let file = bytes::Bytes::from(std::fs::read(path)?);
    let start = Instant::now();
    let mut timeline = Loading::new(file.clone())?
        .run(|| true)?
        .ok_or("the recording did not end")?;
    let loaded = start.elapsed();
    while timeline.prepare(|| true) {}
    println!(
        "{} messages, {:.0} s; loaded in {:.2} s, prepared in {:.2} s",
        timeline.messages(),
        timeline.duration_secs(),
        loaded.as_secs_f64(),
        (start.elapsed() - loaded).as_secs_f64(),
    );
    let (mut head, mut state) = (timeline.start(), ViewerState::new());
    let mut changes = Changes::default();
    // A well-mixed sequence that is the same on every machine.
    let mut random = 1u64;
    for (name, from, to) in [
        ("near the start", 0.0, 0.1),
        ("near the end", 0.9, 1.0),
        ("anywhere", 0.0, 1.0),
    ] {
        let mut millis: Vec<f64> = (0..JUMPS)
            .map(|_| {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let part = from + (to - from) * (random >> 11) as f64 / (1u64 << 53) as f64;
                let time = part * timeline.duration_secs();
                let start = Instant::now();
                timeline.seek(&mut head, &mut state, time, &mut |_, _| {});
                state.scene.settle(&mut changes);
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        millis.sort_by(f64::total_cmp);
        let (median, worst) = (millis[JUMPS / 2], millis[JUMPS - 1]);
        println!("{name}: median {median:.2} ms, worst {worst:.2} ms");
    }
    // The whole in memory, as other players have it.
    let limits = Limits {
        values: usize::MAX,
        decompressed_bytes: 4 << 30,
        ..Limits::default()
    };
    let recording: Result<Recording, recording::RecordingError> = Recording::decode(&file, &limits);
    let recording = recording?;
    let start = Instant::now();
    let mut state = ViewerState::new();
    for (_, message) in &recording.messages {
        let _ = state.apply(message);
    }
    println!(
        "playing from the start to the end: {:.0} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    Ok(())
}
