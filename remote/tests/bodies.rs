//! Body models against a NumPy reference of the published equations, on small random models.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use scenecast_remote::NdArray;
use scenecast_remote::pickle::encode;
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

/// A model's arrays as Python 2 pickled them: short strings, a sparse matrix, chumpy's arrays.
fn python2_pickle(arrays: &[(&str, NdArray)]) -> Vec<u8> {
    fn key(name: &str, out: &mut Vec<u8>) {
        out.extend([b'U', name.len() as u8]);
        out.extend_from_slice(name.as_bytes());
    }
    fn array(array: &NdArray, out: &mut Vec<u8>) {
        let pickle = encode(&array.clone().into()).unwrap();
        // Without the protocol and the end.
        out.extend_from_slice(&pickle[2..pickle.len() - 1]);
    }
    let mut out = b"\x80\x02}(".to_vec();
    for (name, values) in arrays {
        key(name, &mut out);
        match *name {
            "J_regressor" => {
                let &[rows, columns] = values.shape() else {
                    panic!("{values:?}");
                };
                let numbers = values.to_f32();
                let (mut data, mut indices, mut ends) = (vec![], vec![], vec![0]);
                for column in 0..columns {
                    for row in 0..rows {
                        let number = numbers[row * columns + column];
                        if number != 0.0 {
                            data.push(number);
                            indices.push(row as u32);
                        }
                    }
                    ends.push(data.len() as u32);
                }
                out.extend_from_slice(b"cscipy.sparse.csc\ncsc_matrix\n)\x81}(");
                key("data", &mut out);
                array(
                    &NdArray::from_f32(vec![data.len()], data).unwrap(),
                    &mut out,
                );
                key("indices", &mut out);
                array(
                    &NdArray::from_u32(vec![indices.len()], indices).unwrap(),
                    &mut out,
                );
                key("indptr", &mut out);
                array(
                    &NdArray::from_u32(vec![ends.len()], ends).unwrap(),
                    &mut out,
                );
                key("_shape", &mut out);
                out.extend([b'K', rows as u8, b'K', columns as u8, 0x86, b'u', b'b']);
            }
            "shapedirs" => {
                out.extend_from_slice(b"cchumpy.ch\nCh\n)\x81}(");
                key("x", &mut out);
                array(values, &mut out);
                out.extend(b"ub");
            }
            _ => array(values, &mut out),
        }
    }
    out.extend(b"u.");
    out
}

#[test]
fn models_are_read_from_pickles_too_and_run_nothing() {
    let (model, case, poses) = case("smpl");
    let npz = std::fs::read(format!("{}/smpl_tiny.npz", folder())).unwrap();
    let mut arrays: Vec<(String, NdArray)> = Vec::new();
    let names = [
        "v_template",
        "f",
        "shapedirs",
        "posedirs",
        "J_regressor",
        "weights",
        "kintree_table",
    ];
    for name in names {
        let array = scenecast_remote::smpl::read_npz(&npz, name).unwrap();
        arrays.push((name.to_owned(), array));
    }
    let arrays: Vec<(&str, NdArray)> = arrays
        .iter()
        .map(|(name, array)| (name.as_str(), array.clone()))
        .collect();
    let pickle = python2_pickle(&arrays);
    let from_pickle = BodyModel::from_pickle(&pickle.clone().into()).unwrap();
    let posed = |model: &BodyModel| {
        model.pose(
            &model.shape(&numbers(&case["betas"]), &[]),
            &poses[1],
            [0.0; 3],
        )
    };
    assert_eq!(posed(&from_pickle), posed(&model));
    let without = python2_pickle(&arrays[1..]);
    let error = BodyModel::from_pickle(&without.into())
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("`v_template` of a body model is missing"),
        "{error}"
    );
    let hostile = b"\x80\x02cos\nsystem\nU\x02id\x85R.";
    let error = BodyModel::from_pickle(&hostile.to_vec().into())
        .err()
        .unwrap();
    assert!(error.to_string().contains("os.system"), "{error}");
    for length in (0..pickle.len()).step_by(101) {
        assert!(BodyModel::from_pickle(&pickle[..length].to_vec().into()).is_err());
    }
    // A message may hold none of this.
    assert!(scenecast_remote::pickle::decode(&pickle.into(), &Default::default()).is_err());
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
