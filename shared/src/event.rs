//! What viewers do in the scene: clicks, drags, gizmos.

use std::sync::Arc;

use crate::types::{Modifier, PointerButton, Wxyz};

literal! {
    /// What a viewer does with the pointer in the scene.
    ScenePointerEvent {
        /// A click.
        Click = "click",
        /// A rectangle drawn on the screen.
        RectSelect = "rect-select",
    }
}

message! {
    /// A viewer pointed at the scene.
    pub struct ScenePointer as "ScenePointerMessage" {
        /// What it did.
        event_type: ScenePointerEvent,
        /// Where the ray through a clicked pixel starts, in the world.
        ray_origin: Option<[f64; 3]>,
        /// Where that ray goes.
        ray_direction: Option<[f64; 3]>,
        /// The click, or two corners of the rectangle; 0 to 1 from the top left.
        screen_pos: Vec<[f64; 2]>,
        /// Modifiers held.
        modifier: Option<Modifier>,
    }
}

message! {
    /// Which events of one type are reported: the full set.
    pub struct ScenePointerEnable as "ScenePointerEnableMessage" {
        /// The type.
        event_type: ScenePointerEvent,
        /// Modifiers of which one must be held exactly, `None` for no modifier; empty for none.
        modifiers: Vec<Option<Modifier>>,
        /// The viewer that this is for, by client id; empty for all.
        owner: String = String::new(),
    }
}

message! {
    /// A viewer clicked a node.
    pub struct SceneNodeClick as "SceneNodeClickMessage" {
        /// The node.
        name: Arc<str>,
        /// Which instance of it.
        instance_index: Option<i64>,
        /// Where the ray through the pixel starts, in the world.
        ray_origin: [f64; 3],
        /// Where that ray goes.
        ray_direction: [f64; 3],
        /// 0 to 1 from the top left.
        screen_pos: [f64; 2],
        /// Modifiers held.
        modifier: Option<Modifier>,
        /// Whose variant of the node.
        owner: String = String::new(),
    }
}

literal! {
    /// A moment of a drag.
    DragPhase {
        /// It begins.
        Start = "start",
        /// It goes on.
        Update = "update",
        /// It ends.
        End = "end",
    }
}

message! {
    /// A viewer drags a node.
    pub struct SceneNodeDrag as "SceneNodeDragMessage" {
        /// The moment.
        phase: DragPhase,
        /// The node.
        name: Arc<str>,
        /// Which instance of it.
        instance_index: Option<i64>,
        /// The grabbed point of the node where it is now, in the world.
        start_position: [f64; 3],
        /// The same, 0 to 1 from the top left.
        start_screen_pos: [f64; 2],
        /// The pointer on the plane through the grabbed point, in the world.
        end_position: [f64; 3],
        /// The same, 0 to 1 from the top left.
        end_screen_pos: [f64; 2],
        /// Button held.
        button: PointerButton,
        /// Modifiers held.
        modifier: Option<Modifier>,
        /// Whose variant of the node.
        owner: String = String::new(),
    }
}

message! {
    /// A viewer moves a gizmo.
    pub struct TransformControlsUpdate as "TransformControlsUpdateMessage" {
        /// The gizmo.
        name: Arc<str>,
        /// Its rotation in its parent's frame.
        wxyz: Wxyz,
        /// Its position in its parent's frame.
        position: [f64; 3],
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// A viewer takes hold of a gizmo.
    pub struct TransformControlsDragStart as "TransformControlsDragStartMessage" {
        /// The gizmo.
        name: Arc<str>,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// A viewer lets go of a gizmo.
    pub struct TransformControlsDragEnd as "TransformControlsDragEndMessage" {
        /// The gizmo.
        name: Arc<str>,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}
