//! Sequences of messages, and the state that the real aitviewer 1.14.2 had after each.
//!
//! Where ours is another on purpose, the case is named here with what ours does instead.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::sync::Arc;

use scenecast_remote::pickle::Limits;
use scenecast_remote::renderable::{Content, Renderable};
use scenecast_remote::scene::{Applied, NodeId, SceneLimits};
use scenecast_remote::smpl::ModelFolder;
use scenecast_remote::{Kind, Message, NdArray, Refused, Scene, Sequence, Value};
use serde_json::Value as Json;

fn scene() -> Scene {
    let models = ModelFolder::new("no/models");
    Scene::new(Arc::new(models), SceneLimits::default())
}

fn message(hex: &Json) -> Message {
    let (pairs, _) = hex.as_str().unwrap().as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    Message::decode(&pairs.iter().map(byte).collect(), &Limits::default()).unwrap()
}

/// What ours does otherwise.
#[derive(PartialEq)]
enum Difference {
    /// The message is refused with a reason; aitviewer drops it in silence or half applies it.
    Refused,
    /// aitviewer applies it and fails when it draws; ours refuses it.
    RefusedForGood,
    /// The state is as the script's author meant.
    State,
}

fn difference(case: &str, step: usize) -> Option<Difference> {
    Some(match (case, step) {
        // No such node, which aitviewer does not say.
        ("unknown_uid", _) => Difference::Refused,
        // A node without frames is still there, and takes frames again.
        ("mesh_remove_all_then_unreachable", 2..) => Difference::State,
        // No frame has a fraction.
        ("set_frame_float", 1) => Difference::RefusedForGood,
        // A new node shows the scene's frame at once.
        ("new_node_starts_at_zero", 2) => Difference::State,
        // The scene's frame stays among those that there are.
        ("remove_below_current", 2..) => Difference::State,
        // Vertices in the plane, and colours for other vertices, could never be drawn.
        ("mesh_create_vertices_fv2" | "mesh_create_vertex_colors_wrong_v", _) => {
            Difference::RefusedForGood
        }
        // Nothing is applied by half.
        ("arrows_add_uneven", 1) => Difference::State,
        // The last pose holds for further frames.
        ("transform_add_frames_beyond", 2) => Difference::State,
        _ => return None,
    })
}

#[test]
fn every_recorded_state_is_ours_too() {
    let path = format!(
        "{}/tests/fixtures/semantics.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let mut cases = 0;
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        check(&case);
        cases += 1;
    }
    assert!(cases > 70);
}

fn check(case: &Json) {
    let name = case["case"].as_str().unwrap();
    let mut scene = scene();
    scene.timeline_mut().set_playing(case["playing"] == true);
    for (step, expected) in case["steps"].as_array().unwrap().iter().enumerate() {
        let at = format!("{name}, step {step}");
        let message = message(&expected["pickle"]);
        let result = scene.apply(1, message);
        let difference = difference(name, step);
        let error = expected["error"].as_str();
        match difference {
            Some(Difference::Refused) => assert!(result.is_err() && error.is_none(), "{at}"),
            Some(Difference::RefusedForGood) => {
                assert!(result.is_err() && error.is_none(), "{at}");
                return;
            }
            Some(Difference::State) => return,
            None => assert_eq!(result.is_err(), error.is_some(), "{at}: {result:?}"),
        }
        let state = &expected["scene"];
        assert_eq!(state["n_frames"], scene.timeline().length(), "{at}");
        assert_eq!(state["current_frame"], scene.timeline().frame(), "{at}");
        assert_eq!(state["user_nodes"], scene.nodes().count(), "{at}");
        let uid = Value::Int(case["uid"].as_i64().unwrap());
        let node = scene.node_from_remote_uid(1, &uid);
        assert_eq!(node.is_some(), !expected["node"].is_null(), "{at}");
        if let Some(node) = node {
            check_node(&at, &scene, node, &expected["node"]);
        }
    }
}

fn check_node(at: &str, scene: &Scene, id: NodeId, expected: &Json) {
    let node = scene.node(id).unwrap();
    let shown = scene.shown(id, scene.timeline().frame());
    assert_eq!(expected["class"], class(node), "{at}");
    assert_eq!(expected["n_frames"], node.frame_count(), "{at}");
    // A node without frames is shown nowhere, though aitviewer calls it active.
    let active = expected["active"] == true && node.frame_count() > 0;
    assert_eq!(shown.is_some(), active, "{at}");
    if let Some(shown) = shown {
        assert_eq!(expected["frame_index"], shown.frame, "{at}");
        let pose = shown.pose;
        let matrix: Vec<f32> = (0..4)
            .flat_map(|row| match row {
                3 => [0.0, 0.0, 0.0, 1.0],
                row => {
                    let [a, b, c] = pose.rotation[row].map(|part| part * pose.scale);
                    [a, b, c, pose.position[row]]
                }
            })
            .collect();
        same(at, &matrix, &expected["model_matrix"]);
    }
    same(at, &node.color, &expected["color"]);
    match &node.content {
        Content::Node
        | Content::Skeletons(_)
        | Content::PointClouds(_)
        | Content::Images(_)
        | Content::Body(_) => {}
        Content::Meshes(meshes) => {
            frames(at, &meshes.vertices, &expected["vertices"]);
            let dtype = expected["dtype"].as_str().unwrap();
            assert_eq!(meshes.vertices.is_integer(), dtype == "<i8", "{at}");
        }
        Content::Spheres(spheres) => {
            frames(at, &spheres.positions, &expected["positions"]);
            same(at, &[spheres.radius], &expected["radius"]);
        }
        Content::Lines(lines) => {
            frames(at, &lines.lines, &expected["lines"]);
            assert_eq!(expected["n_lines"], lines.count(), "{at}");
            same(
                at,
                &[lines.r_base, lines.r_tip],
                &serde_json::json!([expected["r_base"], expected["r_tip"]]),
            );
        }
        Content::Arrows(arrows) => {
            frames(at, &arrows.origins, &expected["origins"]);
            frames(at, &arrows.tips, &expected["tips"]);
        }
        Content::RigidBodies(bodies) => {
            frames(at, &bodies.rb_pos, &expected["positions"]);
            let tips = |axis: usize| {
                let frames = (0..bodies.rb_pos.len()).map(move |frame| bodies.axis_tips(frame));
                frames.flat_map(move |tips| tips[axis].clone())
            };
            let tips: Vec<f32> = (0..3).flat_map(tips).collect();
            same(at, &tips, &expected["axis_tips"]);
        }
    }
}

fn class(node: &Renderable) -> &'static str {
    match node.content {
        Content::Node => "Node",
        Content::Meshes(_) => "Meshes",
        Content::Spheres(_) => "Spheres",
        Content::Lines(_) => "Lines",
        Content::Arrows(_) => "Arrows",
        Content::RigidBodies(_) => "RigidBodies",
        Content::Skeletons(_) => "Skeletons",
        Content::PointClouds(_) => "PointClouds",
        Content::Images(_) => "Images",
        Content::Body(_) => "SMPLSequence",
    }
}

fn frames(at: &str, sequence: &Sequence, expected: &Json) {
    let ours = (0..sequence.len()).flat_map(|frame| sequence.at(frame).unwrap().to_vec());
    same(at, &ours.collect::<Vec<f32>>(), expected);
}

fn same(at: &str, ours: &[f32], expected: &Json) {
    fn flatten(nested: &Json, out: &mut Vec<f64>) {
        match nested {
            Json::Array(values) => values.iter().for_each(|value| flatten(value, out)),
            Json::String(text) => out.push(text.parse().unwrap()),
            number => out.push(number.as_f64().unwrap()),
        }
    }
    let mut numbers = Vec::new();
    flatten(expected, &mut numbers);
    assert_eq!(ours.len(), numbers.len(), "{at}");
    for (ours, expected) in ours.iter().zip(numbers) {
        let close = (f64::from(*ours) - expected).abs() <= 1e-6 * expected.abs().max(1.0);
        assert!(
            close || (ours.is_nan() && expected.is_nan()),
            "{at}: {ours} {expected}"
        );
    }
}

fn mesh(uid: i64, frames: usize) -> Message {
    let vertices = NdArray::from_f32(vec![frames, 3, 3], vec![0.5; frames * 9]).unwrap();
    let faces = NdArray::from_u32(vec![1, 3], vec![0, 1, 2]).unwrap();
    let kwargs = [("vertices", vertices.into()), ("faces", faces.into())];
    Message::new(Kind::Meshes, Some(uid), kwargs)
}

fn add(uid: i64, frames: usize) -> Message {
    let vertices = NdArray::from_f32(vec![frames, 3, 3], vec![1.5; frames * 9]).unwrap();
    Message::new(Kind::AddFrames, Some(uid), [("vertices", vertices.into())])
}

fn remove(uid: i64, frames: Value) -> Message {
    Message::new(Kind::RemoveFrames, Some(uid), [("frames", frames)])
}

fn reason(result: Result<Applied, Refused>) -> String {
    result.unwrap_err().0
}

#[test]
fn a_node_without_frames_takes_frames_again() {
    let mut scene = scene();
    scene.apply(1, mesh(1, 2)).unwrap();
    let all = Value::List(vec![0.into(), 1.into()]);
    let Ok(Applied::Changed(id)) = scene.apply(1, remove(1, all)) else {
        panic!("not removed");
    };
    assert!(scene.shown(id, 0).is_none());
    assert_eq!(scene.apply(1, add(1, 3)), Ok(Applied::Changed(id)));
    assert_eq!(scene.timeline().length(), 3);
    let delete = Message::new(Kind::Delete, Some(1), []);
    assert_eq!(scene.apply(1, delete), Ok(Applied::Deleted(id)));
    assert_eq!(scene.timeline().length(), 1);
}

#[test]
fn the_shown_frame_stays_among_those_that_there_are() {
    let mut scene = scene();
    scene.apply(1, mesh(1, 4)).unwrap();
    scene.timeline_mut().seek(3);
    scene.apply(1, remove(1, 3.into())).unwrap();
    assert_eq!(scene.timeline().frame(), 2);
}

#[test]
fn publishers_do_not_reach_each_others_nodes() {
    let mut scene = scene();
    scene.apply(1, mesh(1, 1)).unwrap();
    assert!(reason(scene.apply(2, add(1, 1))).contains("no node"));
    scene.apply(2, mesh(1, 1)).unwrap();
    assert_eq!(scene.nodes().count(), 2);
}

#[test]
fn a_publisher_has_limits_of_its_own() {
    let models = Arc::new(ModelFolder::new("no/models"));
    let limits = SceneLimits {
        nodes: 2,
        bytes: 10_000,
        ..SceneLimits::default()
    };
    let mut scene = Scene::new(models, limits);
    scene.apply(1, mesh(1, 100)).unwrap();
    assert!(reason(scene.apply(1, add(1, 100))).contains("limit of 10000 bytes"));
    assert!(reason(scene.apply(1, mesh(2, 200))).contains("limit of 10000 bytes"));
    scene.apply(1, mesh(2, 1)).unwrap();
    assert!(reason(scene.apply(1, mesh(3, 1))).contains("2 nodes"));
    scene.apply(2, mesh(1, 100)).unwrap();
    // What is removed can be used again.
    let slice = Value::Slice(Box::new([Value::None, 90.into(), Value::None]));
    scene.apply(1, remove(1, slice)).unwrap();
    scene.apply(1, add(1, 80)).unwrap();
    scene
        .apply(1, Message::new(Kind::Delete, Some(2), []))
        .unwrap();
    scene.apply(1, mesh(3, 1)).unwrap();
}

#[test]
fn a_missing_body_model_is_refused_with_where_it_was_looked_for() {
    let poses = NdArray::from_f32(vec![1, 69], vec![0.0; 69]).unwrap();
    let smpl = Message::new(Kind::Smpl, Some(1), [("poses_body", poses.into())]);
    assert!(reason(scene().apply(1, smpl)).contains("looked for smpl/SMPL_NEUTRAL.npz"));
}
