//! What the real aitviewer 1.14.2 had after each of a sequence of messages. Where ours is another on
//! purpose, the case is named here with what ours does instead.

use bytes::Bytes;
use scenecast_remote::{
    Sequence,
    renderable::{Content, Renderable},
};
use serde_json::Value as Json;

/// The recorded cases.
pub(crate) fn cases() -> Vec<Json> {
    let lines = include_str!("../fixtures/semantics.jsonl").lines();
    let cases: Vec<Json> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(cases.len() > 70);
    cases
}

/// The bytes of a step's message.
pub(crate) fn pickle(step: &Json) -> Bytes {
    let (pairs, _) = step["pickle"].as_str().unwrap().as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.iter().map(byte).collect()
}

/// What ours does otherwise.
#[derive(PartialEq)]
pub(crate) enum Difference {
    /// The message is refused with a reason; aitviewer drops it in silence or half applies it.
    Refused,
    /// aitviewer applies it and fails when it draws; ours refuses it.
    RefusedForGood,
    /// The state is as the script's author meant.
    State,
}

pub(crate) fn difference(case: &str, step: usize) -> Option<Difference> {
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

/// Whether a node is what was recorded, at a frame of the scene.
pub(crate) fn check_node(at: &str, node: &Renderable, frame: usize, expected: &Json) {
    let shown = node.shown(frame);
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
