//! The recorded messages of aitviewer's client over the hub's wire: what the hub has after each, and
//! what a viewer is shown.

#[path = "../../../remote/tests/semantics/recorded.rs"]
mod recorded;

use crate::{
    client_socket::ClientSocket,
    endpoint::{connect, send},
    setting::{PATIENCE, hub, viewer},
};
use recorded::{Difference, check_node, difference, pickle};
use scenecast::{
    remote::{Handled, Kind, Message, Renderable, Value},
    scene::Node,
};
use scenecast_remote::renderable::Content;
use serde_json::Value as Json;
use std::sync::mpsc;

#[test]
fn recorded_messages_end_as_they_did_in_aitviewer() {
    let cases = recorded::cases();
    // A timeline that plays is somewhere else by the time that it is looked at.
    let at_rest = cases.iter().filter(|case| case["playing"] == false);
    let nodes: usize = at_rest.map(check).sum();
    assert!(nodes > 100, "{nodes}");
}

/// Plays a case to a hub of its own; how often a node was compared.
fn check(case: &Json) -> usize {
    let name = case["case"].as_str().unwrap();
    let server = hub();
    let hub = server.hub();
    let (said, heard) = mpsc::channel();
    let _ = hub.on_message(move |kind, _, _, _, publisher| {
        let is_end = *kind == Value::Int(20_001);
        if is_end {
            said.send(publisher.clone()).unwrap();
        }
        Handled::from(is_end)
    });
    let mut viewer = viewer(&server);
    let mut publisher = connect(&server, &[]).unwrap();
    // Comes after each message, when that has been applied.
    let mut end = Message::new(Kind::UserMessage, None, []);
    end.kind = 20_001.into();
    let end = end.encode().unwrap();

    let mut nodes = 0;
    for (step, expected) in case["steps"].as_array().unwrap().iter().enumerate() {
        let at = format!("{name}, step {step}");
        send(&mut publisher, &pickle(expected));
        send(&mut publisher, &end);
        let from = heard.recv_timeout(PATIENCE).expect(&at);
        let difference = difference(name, step);
        if matches!(
            difference,
            Some(Difference::RefusedForGood | Difference::State)
        ) {
            break;
        }
        let (state, frame) = (&expected["scene"], hub.timeline().frame());
        assert_eq!(state["n_frames"], hub.timeline().length(), "{at}");
        assert_eq!(state["current_frame"], frame, "{at}");
        assert_eq!(state["user_nodes"], hub.nodes().len(), "{at}");
        let uid = Value::Int(case["uid"].as_i64().unwrap());
        let node = hub.node_from_remote_uid(uid, &from);
        assert_eq!(node.is_some(), !expected["node"].is_null(), "{at}");
        if let Some(node) = node {
            let renderable = node.renderable().unwrap();
            check_node(&at, &renderable, frame, &expected["node"]);
            let name = viewer.wait_for(&format!("-{}", node.id()));
            viewer.read_until(|viewer| is_shown(viewer, &name, &renderable, frame));
            nodes += 1;
        }
    }
    nodes
}

/// Whether a viewer is shown a node as it is in a frame: where it is, and a mesh's vertices.
fn is_shown(viewer: &ClientSocket, name: &str, node: &Renderable, frame: usize) -> bool {
    let Some(shown) = node.shown(frame) else {
        return !viewer.is_shown(name);
    };
    let vertices = match (&node.content, viewer.node(name)) {
        (Content::Meshes(meshes), Node::Mesh(mesh)) if node.placement.is_rigid() => {
            let bits = |value: &f32| value.to_bits();
            let there = mesh.vertices.to_vec();
            let there = there.as_flattened().iter().map(bits);
            let published = meshes.vertices.at(shown.frame);
            there.eq(published.iter().flat_map(|frame| frame.iter().map(bits)))
        }
        _ => true,
    };
    let position = shown.pose.position.map(f64::from);
    viewer.is_shown(name) && viewer.pose(name).0 == position && vertices
}
