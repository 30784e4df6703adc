//! Sequences of messages, and the state that the real aitviewer 1.14.2 had after each.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "semantics/recorded.rs"]
mod recorded;

use std::sync::Arc;

use recorded::{Difference, check_node, difference, pickle};
use scenecast_remote::pickle::Limits;
use scenecast_remote::scene::{Applied, SceneLimits};
use scenecast_remote::smpl::ModelFolder;
use scenecast_remote::{Kind, Message, NdArray, Refused, Scene, Value};
use serde_json::Value as Json;

fn scene() -> Scene {
    let models = ModelFolder::new("no/models");
    Scene::new(Arc::new(models), SceneLimits::default())
}

#[test]
fn every_recorded_state_is_ours_too() {
    recorded::cases().iter().for_each(check);
}

fn check(case: &Json) {
    let name = case["case"].as_str().unwrap();
    let mut scene = scene();
    scene.timeline_mut().set_playing(case["playing"] == true);
    for (step, expected) in case["steps"].as_array().unwrap().iter().enumerate() {
        let at = format!("{name}, step {step}");
        let message = Message::decode(&pickle(expected), &Limits::default()).unwrap();
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
            let node = scene.node(node).unwrap();
            check_node(&at, node, scene.timeline().frame(), &expected["node"]);
        }
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
fn a_still_mesh_lasts_as_long_as_its_copies_move() {
    let mut scene = scene();
    let with_copies = |uid: i64, frames: usize, of_copies: usize| {
        let mut message = mesh(uid, frames);
        let copies =
            NdArray::from_f32(vec![of_copies, 2, 4, 4], vec![0.5; of_copies * 32]).unwrap();
        message
            .kwargs
            .push(("instance_transforms".into(), copies.into()));
        message
    };
    scene.apply(1, with_copies(1, 1, 5)).unwrap();
    assert_eq!(scene.timeline().length(), 5);
    scene.apply(1, with_copies(2, 7, 1)).unwrap();
    assert_eq!(scene.timeline().length(), 7);
    let refused = reason(scene.apply(1, with_copies(3, 7, 5)));
    assert!(refused.contains("must have 1 or the mesh's 7"), "{refused}");
    assert_eq!(scene.nodes().count(), 2);
}

#[test]
fn arguments_of_a_plain_node_may_come_by_position() {
    let mut scene = scene();
    let place = Value::List(vec![1.into(), 2.into(), 3.into()]);
    let mut message = Message::new(Kind::Node, Some(1), []);
    message.args = vec!["here".into(), Value::None, place];
    scene.apply(1, message).unwrap();
    let node = scene.node_from_remote_uid(1, &1.into()).unwrap();
    let node = scene.node(node).unwrap();
    assert_eq!(
        (&*node.name, node.placement.pose_at(0).position),
        ("here", [1.0, 2.0, 3.0])
    );
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
