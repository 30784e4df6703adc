//! However much is recorded, little of it is in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use peak_alloc::PeakAlloc;
use scenecast::{
    Server,
    scene::{PointCloud, Points, Precision},
};
use scenecast_protocol::{Limits, recording::summarize};
use std::fs::File;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CLOUDS: usize = 17;
const POINTS: usize = 1_000_000;

/// What is documented for recordings, and two clouds on their way.
const ALLOWED_BYTES: usize = (64 + 32 + 32 + 2 * 12) << 20;

#[test]
fn a_large_recording_waits_in_a_file() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from_bits(0x3f80_0000 | (state >> 9))
    };
    let mut points: Vec<[f32; 3]> = (0..POINTS).map(|_| [next(), next(), next()]).collect();
    let server = Server::builder().port(0).start().unwrap();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let serializer = server.get_scene_serializer();
    for _ in 0..CLOUDS {
        points.rotate_left(1);
        let cloud = PointCloud::new(Points::f32(points.clone())).precision(Precision::Float32);
        server.scene().add("/cloud", cloud).unwrap();
        serializer.insert_sleep(0.1).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clouds.viser");
    serializer.save(&path).unwrap();
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let recorded = CLOUDS * POINTS * 12;
    assert!(taken < ALLOWED_BYTES, "{taken} bytes for {recorded}");
    assert!(recorded > ALLOWED_BYTES);

    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let summary = summarize(File::open(&path).unwrap(), &Limits::default()).unwrap();
    assert!((summary.duration_secs - 0.1 * CLOUDS as f64).abs() < 1e-9);
    assert!(summary.array_bytes as usize >= recorded);
    assert_eq!(summary.largest_arrays[0].name, "/cloud");
    let taken = MEMORY.peak_usage().saturating_sub(before);
    assert!(taken < 1 << 20, "{taken} bytes to read");
}
