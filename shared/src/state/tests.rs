//! The state against the rules of scopes, ranks and visibility, and against itself: whatever a
//! viewer misses because newer messages replaced it, it ends in the same state.

mod convergence;
mod mirror;
mod recorded;
mod rules;

use std::sync::Arc;

use crate::Message;
use crate::scene::{
    AddNode, Frame, Label, Node, RemoveSceneNode, SceneNodeUpdate, SetPosition,
    SetSceneNodeVisibility,
};
use crate::wire::{Updates, Wire};

fn add_as(name: &str, owner: &str, is_virtual: bool, node: impl Into<Node>) -> Message {
    let (name, owner) = (name.into(), owner.to_owned());
    Message::AddNode(AddNode {
        name,
        owner,
        is_virtual,
        node: node.into(),
    })
}

fn add(name: &str, owner: &str) -> Message {
    add_as(name, owner, false, Frame::default())
}

fn remove(name: &str, owner: &str) -> Message {
    RemoveSceneNode {
        name: name.into(),
        owner: owner.to_owned(),
    }
    .into()
}

fn position(name: &str, owner: &str, x: f64) -> Message {
    SetPosition {
        name: name.into(),
        position: [x, 0.0, 0.0],
        owner: owner.to_owned(),
    }
    .into()
}

fn visibility(name: &str, owner: &str, visible: bool) -> Message {
    SetSceneNodeVisibility {
        name: name.into(),
        visible,
        owner: owner.to_owned(),
    }
    .into()
}

fn update(name: &str, owner: &str, property: &'static str, value: impl Wire) -> Message {
    let updates = Updates(vec![(property.into(), value.to_value())]);
    SceneNodeUpdate {
        name: name.into(),
        updates,
        owner: owner.to_owned(),
    }
    .into()
}

fn label(text: &str) -> Node {
    Label::default().text(text).into()
}

fn names(state: &super::ViewerState) -> Vec<Arc<str>> {
    state
        .scene
        .ids()
        .map(|id| state.scene.name(id).clone())
        .collect()
}
