//! Body models against a NumPy reference of the published equations, on small random models.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use scenecast_remote::smpl::{BodyModel, Posed};
use serde_json::Value as Json;

fn folder() -> String {
    format!("{}/tests/fixtures/smpl", env!("CARGO_MANIFEST_DIR"))
}

fn numbers(nested: &Json) -> Vec<f32> {
    match nested {
        Json::Null => Vec::new(),
        Json::Array(values) => values.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap() as f32],
    }
}

/// The model of a case, its expectations, and the full pose of each frame.
fn case(name: &str) -> (BodyModel, Json, Vec<Vec<[f32; 3]>>) {
    let text = std::fs::read_to_string(format!("{}/{name}_case.json", folder())).unwrap();
    let case: Json = serde_json::from_str(&text).unwrap();
    let model = std::fs::read(format!("{}/{name}_tiny.npz", folder())).unwrap();
    let frames = case["poses_body"].as_array().unwrap().len();
    let parts = [
        "poses_root",
        "poses_body",
        "poses_left_hand",
        "poses_right_hand",
    ];
    let pose = |frame: usize| {
        let all = parts.iter().flat_map(|part| numbers(&case[part][frame]));
        let all: Vec<f32> = all.collect();
        all.as_chunks::<3>().0.to_vec()
    };
    let poses = (0..frames).map(pose).collect();
    (BodyModel::from_npz(&model).unwrap(), case, poses)
}

fn largest_difference(ours: impl IntoIterator<Item = f32>, expected: &Json) -> f32 {
    let (ours, expected): (Vec<f32>, Vec<f32>) = (ours.into_iter().collect(), numbers(expected));
    let shortest = ours.len().min(expected.len());
    assert!(shortest > 0 && expected.len() == shortest);
    let pairs = ours.iter().zip(&expected);
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn bodies_are_within_the_tolerance_of_the_reference() {
    for name in ["smpl", "smplh"] {
        let (model, case, poses) = case(name);
        let tolerance = case["tolerance"].as_f64().unwrap() as f32;
        let shaped = model.shape(&numbers(&case["betas"]), &[]);
        let parents: Vec<i64> = model
            .parents()
            .iter()
            .map(|parent| parent.map_or(-1, |parent| parent as i64))
            .collect();
        assert_eq!(serde_json::json!(parents), case["parents"]);
        for (frame, pose) in poses.iter().enumerate() {
            let at = numbers(&case["trans"][frame]).try_into().unwrap();
            let posed: Posed = model.pose(&shaped, pose, at);
            let vertices = largest_difference(posed.vertices, &case["expected_vertices"][frame]);
            assert!(vertices < tolerance, "{name} {frame}: {vertices}");
            let joints = posed.joints.into_iter().flatten();
            let joints = largest_difference(joints, &case["expected_joints_all"][frame]);
            assert!(joints < tolerance, "{name} {frame}: {joints}");
            let expected = &case["expected_global_rotations_display"][frame];
            let shown = expected.as_array().unwrap().len();
            let rotations = posed.rotations.into_iter().take(shown).flatten().flatten();
            let rotations = largest_difference(rotations, expected);
            assert!(rotations < tolerance, "{name} {frame}: {rotations}");
        }
    }
}

#[test]
fn broken_models_are_errors_not_panics() {
    let whole = std::fs::read(format!("{}/smpl_tiny.npz", folder())).unwrap();
    for length in (0..whole.len()).step_by(97) {
        assert!(BodyModel::from_npz(&whole[..length]).is_err());
    }
    for at in (0..whole.len()).step_by(53) {
        let mut changed = whole.clone();
        changed[at] ^= 0x40;
        let _ = BodyModel::from_npz(&changed);
    }
}
