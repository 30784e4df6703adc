//! Nodes that follow what is decided elsewhere: a hub's publishers and timeline.

use super::{NodeInner, State, set_all};
use crate::infra::outgoing::{Change, Outgoing};
use scenecast_protocol::{
    Message, Wxyz,
    scene::{Node, SceneNodeUpdate, SetOrientation, SetPosition, SetSceneNodeVisibility},
    value::Value,
    wire::Updates,
};
use std::sync::Arc;

/// What becomes of a node of everyone's scene.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    /// Properties by their names on the wire, of the right types.
    pub(crate) props: Vec<(&'static str, Value)>,
    pub(crate) position: Option<[f64; 3]>,
    pub(crate) wxyz: Option<Wxyz>,
    pub(crate) visible: Option<bool>,
}

impl Step {
    /// The messages that tell viewers of all this.
    pub(crate) fn messages(&self, name: &Arc<str>) -> Vec<Message> {
        let named = || (Arc::clone(name), String::new());
        let mut messages: Vec<Message> = Vec::new();
        if !self.props.is_empty() {
            let updates = self.props.iter();
            let updates = updates.map(|(property, value)| ((*property).into(), value.clone()));
            let updates = Updates(updates.collect());
            let (name, owner) = named();
            messages.push(
                SceneNodeUpdate {
                    name,
                    updates,
                    owner,
                }
                .into(),
            );
        }
        if let Some(position) = self.position {
            let (name, owner) = named();
            messages.push(
                SetPosition {
                    name,
                    position,
                    owner,
                }
                .into(),
            );
        }
        if let Some(wxyz) = self.wxyz {
            let (name, owner) = named();
            messages.push(SetOrientation { name, wxyz, owner }.into());
        }
        if let Some(visible) = self.visible {
            let (name, owner) = named();
            messages.push(
                SetSceneNodeVisibility {
                    name,
                    visible,
                    owner,
                }
                .into(),
            );
        }
        messages
    }

    /// The state of a node after this.
    pub(crate) fn state(&self, mut props: Node) -> State {
        set_all(&mut props, &self.props);
        let mut state = State::of(props);
        self.apply(&mut state);
        state
    }

    fn apply(&self, state: &mut State) {
        state.position = self.position.unwrap_or(state.position);
        state.wxyz = self.wxyz.unwrap_or(state.wxyz);
        state.visible = self.visible.unwrap_or(state.visible);
    }

    /// Without what is so already.
    fn without(mut self, state: &State) -> Self {
        self.position = self.position.filter(|position| *position != state.position);
        self.wxyz = self.wxyz.filter(|wxyz| *wxyz != state.wxyz);
        self.visible = self.visible.filter(|visible| *visible != state.visible);
        self
    }
}

impl NodeInner {
    /// Does a step, unless the node has been removed: keeps it, and returns what is to be sent.
    /// What belongs to a frame of a sequence is not for viewers that play sequences themselves.
    pub(crate) fn step(&self, step: Step, is_of_frame: bool) -> Vec<Change> {
        let Ok(step) = self.read(|state| step.without(state)) else {
            return Vec::new();
        };
        let messages = step.messages(&self.name);
        let encode = |message| Outgoing {
            is_of_frame,
            ..Outgoing::new(message, 0)
        };
        let mut outgoing: Vec<Outgoing> = messages.iter().map(encode).collect();
        let Ok(mut state) = self.alive() else {
            return Vec::new();
        };
        set_all(&mut state.props, &step.props);
        step.apply(&mut state);
        let sequence = self.scope.outbox.sequence();
        for message in &mut outgoing {
            message.sequence = sequence;
        }
        outgoing.into_iter().map(Change::from).collect()
    }
}
