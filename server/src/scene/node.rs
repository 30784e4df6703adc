//! A node as the server knows it: the truth that viewers converge to.

mod bindings;
mod bones;
#[cfg(feature = "hub")]
mod follow;

use super::{kind::SceneNode, picture::Picture, placed::Placed};
use crate::{
    error::{Error, Result},
    events::Interaction,
    infra::{ClientId, outgoing::Outgoing},
    scope::Scope,
};
use bones::BonePose;
#[cfg(feature = "hub")]
pub(crate) use follow::Step;
use scenecast_protocol::{
    Wxyz,
    scene::{Node, SceneNodeUpdate, SetOrientation, SetPosition, SetSceneNodeVisibility},
    value::Value,
    wire::Updates,
};
use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

/// What can change about a node.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) props: Node,
    pub(crate) position: [f64; 3],
    pub(crate) wxyz: Wxyz,
    pub(crate) visible: bool,
    pub(crate) removed: bool,
    /// What `props` have in compressed form.
    pub(crate) picture: Option<Picture>,
    bones: Vec<BonePose>,
}

#[cfg(feature = "hub")]
impl State {
    /// Of a node at its parent's origin, which is to be seen.
    pub(crate) fn of(props: Node) -> Self {
        Self {
            bones: bones::at_rest(&props),
            props,
            position: [0.0; 3],
            wxyz: Wxyz::IDENTITY,
            visible: true,
            removed: false,
            picture: None,
        }
    }
}

impl<N: SceneNode> From<Placed<N>> for State {
    fn from(placed: Placed<N>) -> Self {
        let props = placed.node.into();
        Self {
            bones: bones::at_rest(&props),
            props,
            position: placed.position,
            wxyz: placed.wxyz,
            visible: placed.visible,
            removed: false,
            picture: placed.picture,
        }
    }
}

/// A node in one scope.
#[derive(Debug)]
pub(crate) struct NodeInner {
    pub(crate) name: Arc<str>,
    pub(crate) scope: Scope,
    /// Tells the order in which siblings were added.
    pub(crate) order: u64,
    /// Held while a change takes its place in the order of calls and is handed to the buffer,
    /// never while it is encoded.
    state: Mutex<State>,
    /// Most nodes have none.
    interaction: OnceLock<Box<Interaction>>,
}

impl NodeInner {
    pub(crate) fn new(name: Arc<str>, scope: Scope, order: u64, state: State) -> Self {
        Self {
            name,
            scope,
            order,
            state: Mutex::new(state),
            interaction: OnceLock::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, unless the node has been removed.
    fn alive(&self) -> Result<MutexGuard<'_, State>> {
        let state = self.lock();
        if state.removed {
            return Err(self.removed());
        }
        Ok(state)
    }

    /// Reads the state, unless the node has been removed.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&State) -> R) -> Result<R> {
        self.alive().map(|state| read(&state))
    }

    fn removed(&self) -> Error {
        Error::Removed {
            name: Arc::clone(&self.name),
        }
    }

    pub(crate) fn is_removed(&self) -> bool {
        self.lock().removed
    }

    pub(crate) fn set_position(&self, position: [f64; 3]) -> Result<()> {
        self.check_pose("position", &position)?;
        if self.read(|state| state.position == position)? {
            return Ok(());
        }
        let message = SetPosition {
            name: Arc::clone(&self.name),
            position,
            owner: self.scope.owner(),
        };
        self.change(message.into(), |state| state.position = position)
    }

    pub(crate) fn set_wxyz(&self, wxyz: Wxyz) -> Result<()> {
        self.check_pose("wxyz", &wxyz.0)?;
        if self.read(|state| state.wxyz == wxyz)? {
            return Ok(());
        }
        let message = SetOrientation {
            name: Arc::clone(&self.name),
            wxyz,
            owner: self.scope.owner(),
        };
        self.change(message.into(), |state| state.wxyz = wxyz)
    }

    pub(crate) fn set_visible(&self, visible: bool) -> Result<()> {
        if self.read(|state| state.visible == visible)? {
            return Ok(());
        }
        let message = SetSceneNodeVisibility {
            name: Arc::clone(&self.name),
            visible,
            owner: self.scope.owner(),
        };
        self.change(message.into(), |state| state.visible = visible)
    }

    fn change(
        &self,
        message: scenecast_protocol::Message,
        change: impl FnOnce(&mut State),
    ) -> Result<()> {
        let mut message = self.scope.encode(message, 0);
        let mut state = self.alive()?;
        message.sequence = self.scope.outbox.sequence();
        change(&mut state);
        self.scope.push(message);
        Ok(())
    }

    /// The GUI container that the node shows, if it is made for that.
    pub(crate) fn gui_container(&self) -> Option<Arc<str>> {
        match &self.lock().props {
            Node::Gui3D(props) => Some(props.container_uuid.as_str().into()),
            _ => None,
        }
    }

    /// Whether viewers move the node by a gizmo.
    pub(crate) fn is_gizmo(&self) -> bool {
        matches!(self.lock().props, Node::TransformControls(_))
    }

    /// Takes the pose that a viewer gave a gizmo, and tells the others; whether that
    /// [crosses](crate::rivals) another's move.
    pub(crate) fn follow(&self, position: [f64; 3], wxyz: Wxyz, mover: ClientId) -> Result<bool> {
        self.check_pose("position", &position)?;
        self.check_pose("wxyz", &wxyz.0)?;
        let messages = self.pose_messages(position, wxyz);
        let mut state = self.alive()?;
        (state.wxyz, state.position) = (wxyz, position);
        self.push_pose(messages, Some(mover));
        Ok(self.interaction().note_move(mover))
    }

    /// Says the gizmo's pose to all viewers, once those who move it at the same moment rest; else
    /// how long to wait.
    pub(crate) fn settle_gizmo(&self) -> Option<Duration> {
        let state = self.alive().ok()?;
        let wait = self.interaction().unrest();
        if wait.is_none() {
            self.push_pose(self.pose_messages(state.position, state.wxyz), None);
        }
        wait
    }

    fn pose_messages(&self, position: [f64; 3], wxyz: Wxyz) -> [Outgoing; 2] {
        let (name, owner) = (&self.name, self.scope.owner());
        let turned = SetOrientation {
            name: Arc::clone(name),
            wxyz,
            owner: owner.clone(),
        };
        let moved = SetPosition {
            name: Arc::clone(name),
            position,
            owner,
        };
        [self.scope.encode(turned, 0), self.scope.encode(moved, 0)]
    }

    /// To be called with the state locked.
    fn push_pose(&self, mut messages: [Outgoing; 2], excluded: Option<ClientId>) {
        let sequence = self.scope.outbox.sequence();
        for message in &mut messages {
            message.sequence = sequence;
            message.excluded = excluded;
        }
        self.scope
            .push_all(messages.map(Into::into).into_iter().collect());
    }

    /// Lets `change` work on a copy of the properties, and sends those that differ.
    pub(crate) fn update<N: SceneNode, R>(&self, change: impl FnOnce(&mut N) -> R) -> Result<R> {
        let old = self.props::<N>()?;
        let mut new = old.clone();
        let result = change(&mut new);
        let asked = new.clone();
        new.settle();
        new.check().map_err(|reason| self.invalid(reason))?;
        let mut changes = old.diff(&new);
        // What follows from other properties is said after them.
        let assigned = old.diff(&asked);
        changes.sort_by_key(|(name, _)| !assigned.iter().any(|(other, _)| other == name));
        let messages = changes.iter().map(|(property, value)| {
            let message = SceneNodeUpdate {
                name: Arc::clone(&self.name),
                updates: Updates(vec![((*property).into(), value.clone())]),
                owner: self.scope.owner(),
            };
            self.scope.encode(message, 0)
        });
        let mut messages: Vec<_> = messages.collect();
        let mut state = self.alive()?;
        // Property by property: another thread may have changed others in the meantime.
        set_all(&mut state.props, &changes);
        let sequence = self.scope.outbox.sequence();
        for message in &mut messages {
            message.sequence = sequence;
        }
        self.scope
            .push_all(messages.into_iter().map(Into::into).collect());
        Ok(result)
    }

    /// The properties.
    pub(crate) fn props<N: SceneNode>(&self) -> Result<N> {
        let props = self.read(|state| state.props.clone())?;
        // Handles are made with the kind of their node, so this does not fail.
        N::try_from(props).map_err(|_| self.invalid("the node is of another kind".to_owned()))
    }

    fn invalid(&self, reason: String) -> Error {
        Error::InvalidProps {
            node: self.name.to_string(),
            reason,
        }
    }

    /// Keeps the picture that the properties show.
    pub(crate) fn set_picture(&self, picture: Option<Picture>) -> Result<()> {
        self.alive()?.picture = picture;
        Ok(())
    }

    fn check_pose(&self, what: &str, numbers: &[f64]) -> Result<()> {
        super::checks::finite_all(what, numbers).map_err(|reason| self.invalid(reason))
    }
}

fn set_all(props: &mut Node, changes: &[(&'static str, Value)]) {
    for (property, value) in changes {
        // Names and values come from properties of the same kind.
        if let Err(error) = props.set(property, value) {
            tracing::error!("cannot keep {property}: {error}");
        }
    }
}
