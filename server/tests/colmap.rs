//! Reconstructions by COLMAP: what viser reads from the same files, and damaged ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use scenecast::loaders::colmap::{self, CameraModel, Model};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/colmap")
        .join(name)
}

/// `colmap/record_with_viser.py`.
#[derive(Deserialize)]
struct Recorded {
    /// Model, width, height, parameters.
    cameras: BTreeMap<u32, (String, u64, u64, Vec<f64>)>,
    images: BTreeMap<u32, RecordedImage>,
    points: BTreeMap<u64, RecordedPoint>,
}

/// Rotation, translation, camera, name, keypoints, their points.
type RecordedImage = ([f64; 4], [f64; 3], u32, String, Vec<[f64; 2]>, Vec<i64>);

/// Position, colour, error, images, keypoints.
type RecordedPoint = ([f64; 3], [u8; 3], f64, Vec<u32>, Vec<u32>);

fn check(model: &Model) {
    let recorded: Recorded = serde_json::from_str(include_str!("colmap/viser.json")).unwrap();
    assert_eq!(model.cameras.len(), recorded.cameras.len());
    for (id, (name, width, height, params)) in recorded.cameras {
        let ours = &model.cameras[&id];
        assert_eq!(
            (ours.model.name(), ours.width, ours.height),
            (name.as_str(), width, height)
        );
        assert_eq!(ours.params, params);
    }
    assert_eq!(model.images.len(), recorded.images.len());
    for (id, (qvec, tvec, camera, name, xys, points)) in recorded.images {
        let ours = &model.images[&id];
        assert_eq!((ours.qvec, ours.tvec, ours.camera_id), (qvec, tvec, camera));
        assert_eq!(ours.name, name);
        let keypoints = ours.keypoints.iter();
        assert_eq!(keypoints.clone().map(|k| k.xy).collect::<Vec<_>>(), xys);
        let seen = keypoints.map(|k| k.point3d_id.map_or(-1, |id| id as i64));
        assert_eq!(seen.collect::<Vec<_>>(), points);
    }
    assert_eq!(model.points3d.len(), recorded.points.len());
    for (id, (xyz, rgb, error, images, keypoints)) in recorded.points {
        let ours = &model.points3d[&id];
        assert_eq!((ours.xyz, ours.rgb, ours.error), (xyz, rgb, error));
        assert_eq!(
            ours.track,
            images.into_iter().zip(keypoints).collect::<Vec<_>>()
        );
    }
}

#[test]
fn bytes_say_what_viser_reads() {
    check(&colmap::read_model(fixture("")).unwrap());
}

#[test]
fn text_says_what_viser_reads() {
    check(&Model {
        cameras: colmap::read_cameras_text(fixture("cameras.txt")).unwrap(),
        images: colmap::read_images_text(fixture("images.txt")).unwrap(),
        points3d: colmap::read_points3d_text(fixture("points3D.txt")).unwrap(),
    });
}

#[test]
fn cameras_and_images_become_frustums() {
    let model = colmap::read_model(fixture("")).unwrap();
    let camera = &model.cameras[&4];
    assert_eq!(camera.model, CameraModel::Pinhole);
    assert_eq!(camera.focal_lengths(), [camera.params[0], camera.params[1]]);
    let simple = &model.cameras[&3];
    assert_eq!(simple.focal_lengths(), [500.5; 2]);
    assert!((simple.fov() - 2.0 * (240.0_f64 / 500.5).atan()).abs() < 1e-12);
    assert_eq!(simple.aspect(), 640.0 / 480.0);
    let image = &model.images[&7];
    let seen = image.camera_from_world() * image.world_from_camera().translation();
    assert!(seen.length() < 1e-12, "{seen}");
}

fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("colmap");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Reads a file as the one it is meant to be.
fn read(name: &str, path: &Path) -> Result<usize, String> {
    let rows = match name {
        "cameras.bin" => colmap::read_cameras_binary(path).map(|rows| rows.len()),
        "cameras.txt" => colmap::read_cameras_text(path).map(|rows| rows.len()),
        "images.bin" => colmap::read_images_binary(path).map(|rows| rows.len()),
        "images.txt" => colmap::read_images_text(path).map(|rows| rows.len()),
        "points3D.bin" => colmap::read_points3d_binary(path).map(|rows| rows.len()),
        _ => colmap::read_points3d_text(path).map(|rows| rows.len()),
    };
    rows.map_err(|error| error.to_string())
}

const FILES: [&str; 6] = [
    "cameras.bin",
    "cameras.txt",
    "images.bin",
    "images.txt",
    "points3D.bin",
    "points3D.txt",
];

proptest! {
    #[test]
    fn damaged_files_are_survived(
        which in 0..FILES.len(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let name = FILES[which];
        let mut bytes = fs::read(fixture(name)).unwrap();
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        // An error or something read, never a panic.
        drop(read(name, &file("damaged", &bytes)));
    }
}

#[test]
fn what_is_wrong_is_told() {
    let many = u64::MAX.to_le_bytes();
    let model = [
        &1_u64.to_le_bytes()[..],
        &1_u32.to_le_bytes(),
        &99_u32.to_le_bytes(),
        &[0; 16],
    ]
    .concat();
    let cases: [(&str, &[u8], &str); 11] = [
        (
            "cameras.bin",
            &many,
            "byte 8: 18446744073709551615 cameras take at least 24",
        ),
        ("images.bin", &many, "images take at least 73 bytes"),
        ("points3D.bin", &many, "points take at least 51 bytes"),
        ("points3D.bin", &[1], "the file ends in a length: 1 of 8"),
        ("cameras.bin", &model, "99 is no camera model"),
        (
            "cameras.txt",
            b"# a\n1 PINHOLE 1 1 1 1 1",
            "line 2: the line ends before a parameter",
        ),
        (
            "cameras.txt",
            b"1 LENS 1 1 1",
            "line 1: `LENS` is no camera model",
        ),
        (
            "cameras.txt",
            b"1 PINHOLE 1 1 1 nan 1 1",
            "NaN cannot be a parameter",
        ),
        (
            "images.txt",
            b"1 1 0 0 0 0 0 0 1",
            "line 1: the line ends before the image's name",
        ),
        (
            "images.txt",
            b"1 1 0 0 0 0 0 0 1 a.jpg\n1 2",
            "line 2: the line ends before the id",
        ),
        (
            "points3D.txt",
            b"1 0 0 0 0 0 256 0",
            "`256` cannot be the colour",
        ),
    ];
    for (number, (name, content, problem)) in cases.into_iter().enumerate() {
        let error = read(name, &file(&format!("bad {number}"), content)).unwrap_err();
        assert!(
            error.contains(problem),
            "{error}\nshould contain\n{problem}"
        );
    }
    let absent = colmap::read_model(fixture("absent"))
        .unwrap_err()
        .to_string();
    assert!(absent.contains("cameras.txt"), "{absent}");
}

#[test]
fn names_may_have_spaces_and_comments_may_be_anywhere() {
    let text = b"# a\n\n1 1 0 0 0 0 0 0 1 my photo.jpg\n\n# b\n2 1 0 0 0 0 0 0 1 b.jpg";
    let images = colmap::read_images_text(file("names.txt", text)).unwrap();
    let names: Vec<&str> = images.values().map(|image| image.name.as_str()).collect();
    assert_eq!(names, ["my photo.jpg", "b.jpg"]);
}
