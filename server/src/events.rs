//! What viewers do in the scene: clicks, drags, gizmos.
//!
//! Callbacks are registered with handles ([`Handle::on_click`], [`Handle::on_drag`],
//! [`Handle::on_update`](crate::scene::Handle::<crate::scene::TransformControls>::on_update)) and
//! with scenes ([`Scene::on_click`], [`Scene::on_rect_select`]). Those of one handle are called one
//! after the other, event by event, on a thread where they may block; async ones are awaited in
//! the same order. A panic in one is reported and hurts no other.
//!
//! [`Scene::on_click`]: crate::scene::Scene::on_click
//! [`Scene::on_rect_select`]: crate::scene::Scene::on_rect_select

mod active;
mod bound;
mod interaction;
mod pointer;
mod routing;

pub(crate) use active::Active;
pub(crate) use bound::Bound;
pub(crate) use interaction::Interaction;
pub(crate) use pointer::PointerCallbacks;
pub use scenecast_protocol::{
    event::DragPhase,
    types::{Modifier, PointerButton},
};

use crate::{
    client::Client,
    scene::{Handle, Node, TransformControls},
};

/// A viewer clicked a node.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[doc(alias = "SceneNodePointerEvent")]
pub struct ClickEvent<N = Node> {
    /// The viewer.
    pub client: Client,
    /// The node.
    pub target: Handle<N>,
    /// Which instance of a node with many of them.
    pub instance_index: Option<usize>,
    /// Where the ray through the pixel starts, in the world.
    pub ray_origin: [f64; 3],
    /// Where that ray goes; of unit length.
    pub ray_direction: [f64; 3],
    /// The pixel: 0 to 1 from the top left of the drawing.
    pub screen_pos: [f64; 2],
    /// The modifiers held; `None` for none.
    pub modifier: Option<Modifier>,
}

/// A viewer drags a node.
///
/// A drag begins once the pointer has moved a little, goes on with each further move, and ends with
/// the release, or when the viewer leaves or the node is removed: each `Start` is followed by one
/// `End`. When the modifiers change, one drag ends and another one begins.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[doc(alias = "SceneNodeDragEvent")]
pub struct DragEvent<N = Node> {
    /// The viewer.
    pub client: Client,
    /// The node.
    pub target: Handle<N>,
    /// The moment.
    pub phase: DragPhase,
    /// Which instance of a node with many of them.
    pub instance_index: Option<usize>,
    /// The grabbed point of the node where it is now, in the world.
    pub start_position: [f64; 3],
    /// The same on the screen: 0 to 1 from the top left.
    pub start_screen_pos: [f64; 2],
    /// The pointer on the plane through the grabbed point that faces the camera, in the world.
    pub end_position: [f64; 3],
    /// The pointer on the screen: 0 to 1 from the top left.
    pub end_screen_pos: [f64; 2],
    /// The button held.
    pub button: PointerButton,
    /// The modifiers held; `None` for none.
    pub modifier: Option<Modifier>,
}

/// A viewer moves or turns a node with its gizmo.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransformControlsEvent {
    /// The viewer.
    pub client: Client,
    /// The gizmo. It has the new pose already.
    pub target: Handle<TransformControls>,
    /// The moment.
    pub phase: DragPhase,
}

/// A viewer clicked the scene, wherever there was no node that is clicked instead.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SceneClickEvent {
    /// The viewer.
    pub client: Client,
    /// Where the ray through the pixel starts, in the world.
    pub ray_origin: [f64; 3],
    /// Where that ray goes; of unit length.
    pub ray_direction: [f64; 3],
    /// The pixel: 0 to 1 from the top left of the drawing.
    pub screen_pos: [f64; 2],
    /// The modifiers held; `None` for none.
    pub modifier: Option<Modifier>,
}

/// A viewer drew a rectangle over the scene.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[doc(alias = "SceneRectSelectEvent")]
pub struct RectSelectEvent {
    /// The viewer.
    pub client: Client,
    /// The corner at the top left: 0 to 1 from the top left of the drawing.
    pub screen_min: [f64; 2],
    /// The corner at the bottom right.
    pub screen_max: [f64; 2],
    /// The modifiers held; `None` for none.
    pub modifier: Option<Modifier>,
}

impl ClickEvent {
    /// The same event about a node whose kind is known.
    pub(crate) fn of_kind<N>(&self) -> ClickEvent<N> {
        ClickEvent {
            client: self.client.clone(),
            target: self.target.of_kind(),
            instance_index: self.instance_index,
            ray_origin: self.ray_origin,
            ray_direction: self.ray_direction,
            screen_pos: self.screen_pos,
            modifier: self.modifier,
        }
    }
}

impl DragEvent {
    /// The same event about a node whose kind is known.
    pub(crate) fn of_kind<N>(&self) -> DragEvent<N> {
        DragEvent {
            client: self.client.clone(),
            target: self.target.of_kind(),
            phase: self.phase,
            instance_index: self.instance_index,
            start_position: self.start_position,
            start_screen_pos: self.start_screen_pos,
            end_position: self.end_position,
            end_screen_pos: self.end_screen_pos,
            button: self.button,
            modifier: self.modifier,
        }
    }
}
