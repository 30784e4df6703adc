//! However much is recorded, little of it is in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytes::Bytes;
use peak_alloc::PeakAlloc;
use scenecast::{
    Server,
    recording::Writer,
    scene::{PointCloud, Points, Precision},
};
use scenecast_protocol::{
    Dtype, Limits, Message, RawArray, Value,
    recording::{Recording, summarize},
};
use std::{
    fs::File,
    sync::{Mutex, PoisonError},
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CLOUDS: usize = 17;
const POINTS: usize = 1_000_000;

/// What is documented for recordings, and two clouds on their way.
const ALLOWED_BYTES: usize = (64 + 32 + 32 + 2 * 12) << 20;

/// Held while memory is measured: it is counted for the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Our files have a checksum: whatever is wrong with them is an error, within the memory that whole
/// ones take.
#[test]
fn damaged_recordings_are_errors_and_cost_no_more_than_whole_ones() {
    const VISERS: &[u8] = include_bytes!("../../shared/tests/fixtures/viser-1.1.1/all_nodes.viser");
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let recording = Recording::decode(VISERS, &Limits::default()).unwrap();
    let mut writer = Writer::new();
    for (time, message) in &recording.messages {
        writer.add(*time, message);
    }
    let mut whole = Vec::new();
    writer.write(0.0, &mut whole).unwrap();
    assert!(summarize(&whole[..], &Limits::default()).is_ok());

    let mut files: Vec<Vec<u8>> = Vec::new();
    for end in (0..whole.len()).step_by(997) {
        files.push(whole[..end].to_vec());
    }
    for at in (0..whole.len()).step_by(11) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        files.push(damaged);
    }
    // A block that grows ten thousandfold, under a header that promises even more.
    let mut bomb = u64::MAX.to_le_bytes().to_vec();
    bomb.extend(zstd_of(&vec![0; 64 << 20]));
    files.push(bomb);
    for file in &files {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let summary = summarize(&file[..], &Limits::default());
        let taken = MEMORY.peak_usage().saturating_sub(before);
        assert!(taken < 8 << 20, "{taken} bytes for {}", file.len());
        // Flags that nobody reads are not part of what the checksum is over.
        assert!(summary.is_err() || file[..20] != whole[..20], "{summary:?}");
    }
}

/// Compresses by way of a recording's writer: its block starts after 8 bytes.
fn zstd_of(content: &[u8]) -> Vec<u8> {
    let array = RawArray::new(Dtype::U8, Bytes::copy_from_slice(content));
    let message = Message::Unknown(Value::Array(array));
    let encoded = message.encoded();
    let file = scenecast_protocol::recording::encode([(0.0, &encoded)].into_iter(), 0.0, 1);
    file.unwrap()[8..].to_vec()
}

#[test]
fn a_large_recording_waits_in_a_file() {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
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
