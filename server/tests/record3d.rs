//! Captures of Record3D: as folders and archives, beside viser, and damaged ones.

#![cfg(feature = "record3d")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "record3d/capture.rs"]
mod capture;

use capture::{Capture, folder};
use glam::{DMat3, DVec3};
use proptest::prelude::*;
use scenecast::{
    image::RgbImage,
    loaders::record3d::{Record3d, Record3dFrame},
    transforms::{SE3, SO3},
};
use serde::Deserialize;
use std::fs;

/// `record3d/record_with_viser.py`: a picture of 10 × 7 pixels with depth of 3 × 4.
#[derive(Deserialize)]
struct Recorded {
    k: [f64; 9],
    pose: [f64; 7],
    rgb: Vec<u8>,
    depth: Vec<f32>,
    mask: Vec<bool>,
    clouds: Vec<Cloud>,
}

#[derive(Deserialize)]
struct Cloud {
    step: u32,
    positions: Vec<[f32; 3]>,
    colors: Vec<[u8; 3]>,
}

#[test]
fn frames_become_the_points_that_viser_makes_of_them() {
    let recorded: Recorded = serde_json::from_str(include_str!("record3d/viser.json")).unwrap();
    let [w, i, j, k, x, y, z] = recorded.pose;
    let mut frame = Record3dFrame {
        intrinsics: DMat3::from_cols_array(&recorded.k),
        rgb: RgbImage::from_raw(10, 7, recorded.rgb).unwrap(),
        depth: recorded.depth,
        depth_size: [3, 4],
        mask: recorded.mask,
        world_from_camera: SE3::new(SO3::from_quaternion_wxyz([w, i, j, k]), [x, y, z]),
    };
    for cloud in recorded.clouds {
        let ours = frame.get_point_cloud(cloud.step);
        assert_eq!(ours.colors.unwrap(), cloud.colors);
        for (ours, theirs) in ours.positions.iter().zip(&cloud.positions) {
            let near = ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-5);
            assert!(near, "{ours:?} {theirs:?}");
        }
    }
    // Arrays that do not fit the size leave points out.
    frame.depth.clear();
    assert!(frame.get_point_cloud(0).positions.is_empty());
}

#[test]
fn folders_and_archives_hold_the_same() {
    let capture = Capture::small();
    let (folder, archive) = (folder("same"), folder("same").with_extension("r3d"));
    capture.write_folder(&folder);
    fs::write(&archive, capture.archive()).unwrap();
    for path in [folder, archive] {
        let read = Record3d::open(&path).unwrap();
        assert_eq!((read.num_frames(), read.fps()), (11, 30.0));
        // Numbers count, not names: 10 comes after 9.
        for index in [0, 10] {
            let frame = read.get_frame(index).unwrap();
            assert_eq!(
                (frame.rgb.dimensions(), frame.depth_size),
                ((8, 12), [2, 3])
            );
            assert_eq!(frame.depth, [index as f32 + 1.0; 6]);
            assert_eq!(frame.mask, [true, false, true, true, true, true]);
            let cloud = frame.get_point_cloud(4);
            assert_eq!(cloud.positions.len(), 5);
            // The camera of the file looks along -Z; it stands at x = 2.
            let at = DVec3::from(cloud.positions[0].map(f64::from));
            assert!((at.z + index as f64 + 1.0).abs() < 1e-6, "{at}");
            assert_eq!(
                frame.world_from_camera.translation(),
                DVec3::new(2.0, 0.0, 0.0)
            );
            let up = frame.world_from_camera.rotation() * DVec3::Y;
            assert!((up + DVec3::Y).length() < 1e-12, "{up}");
        }
        assert_eq!(read.get_frame(0).unwrap().aspect(), 8.0 / 12.0);
        let error = read.get_frame(11).unwrap_err().to_string();
        assert!(error.contains("frame 11 of 11"), "{error}");
    }
}

#[test]
fn depth_has_the_usual_sizes_where_the_file_does_not_say() {
    for (size, pixels) in [([192, 256], 192 * 256), ([480, 640], 480 * 640)] {
        let mut capture = Capture::small();
        capture.depth_size = None;
        capture.depth = vec![1.0; pixels];
        capture.mask = vec![2; pixels];
        let path = folder("usual");
        capture.write_folder(&path);
        assert_eq!(
            Record3d::open(&path)
                .unwrap()
                .get_frame(3)
                .unwrap()
                .depth_size,
            size
        );
    }
}

#[test]
fn what_is_wrong_is_told() {
    let path = folder("wrong");
    let open = |change: &dyn Fn(&mut Capture)| {
        let mut capture = Capture::small();
        change(&mut capture);
        let _ = fs::remove_dir_all(&path);
        capture.write_folder(&path);
        let read = Record3d::open(&path).and_then(|capture| capture.get_frame(0));
        read.unwrap_err().to_string()
    };
    for (error, problem) in [
        (open(&|c| c.k = [0.0; 9]), "no camera matrix"),
        (open(&|c| c.fps = 0.0), "0 frames per second"),
        (open(&|c| c.poses = 10), "10 poses for 11 frames"),
        (
            open(&|c| c.depth_size = Some([1 << 20, 1 << 20])),
            "depth of 1048576×1048576",
        ),
        (
            open(&|c| c.depth = vec![1.0; 5]),
            "20 bytes are no picture of [[2, 3]]",
        ),
        // More than is asked for is not unpacked.
        (
            open(&|c| c.depth = vec![1.0; 1 << 20]),
            "25 bytes are no picture",
        ),
        (open(&|c| c.mask = vec![2; 7]), "conf: 7 bytes"),
    ] {
        assert!(
            error.contains(problem),
            "{error}\nshould contain\n{problem}"
        );
    }
    fs::remove_file(path.join("rgbd/0.depth")).unwrap();
    let error = Record3d::open(&path)
        .unwrap()
        .get_frame(0)
        .unwrap_err()
        .to_string();
    assert!(error.contains("0.depth"), "{error}");
    let file = path.join("metadata");
    assert!(
        Record3d::open(&file)
            .unwrap_err()
            .to_string()
            .contains("no zip archive")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn damaged_archives_are_survived(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = Capture::small().archive();
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let path = folder("damaged").with_extension("r3d");
        fs::write(&path, bytes).unwrap();
        // An error or a cloud, never a panic.
        if let Ok(capture) = Record3d::open(&path) {
            for index in [0, 10] {
                drop(capture.get_frame(index).map(|frame| frame.get_point_cloud(1)));
            }
        }
    }

    #[test]
    fn damaged_pictures_are_survived(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        extension in prop::sample::select(vec!["jpg", "depth", "conf"]),
    ) {
        let path = folder("pictures");
        if !path.join("metadata").exists() {
            let mut capture = Capture::small();
            // Enough for the compressor's entropy coder.
            capture.depth_size = Some([64, 64]);
            capture.depth = (0..4096).map(|i| (i % 97) as f32 / 7.0).collect();
            capture.mask = (0..4096).map(|i| (i * i % 31 % 3) as u8).collect();
            capture.write_folder(&path);
        }
        let (from, to) = (path.join(format!("rgbd/1.{extension}")), path.join(format!("rgbd/0.{extension}")));
        let whole = fs::read(from).unwrap();
        let mut bytes = whole.clone();
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        fs::write(&to, bytes).unwrap();
        drop(Record3d::open(&path).unwrap().get_frame(0).map(|frame| frame.get_point_cloud(1)));
        fs::write(&to, whole).unwrap();
    }
}
