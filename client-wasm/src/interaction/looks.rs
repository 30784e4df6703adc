//! How what pointers do looks.

use glam::DVec2;
use scenecast_protocol::event::{ScenePointerEnable, ScenePointerEvent};
use scenecast_protocol::state::{NodeId, SceneTree};

use super::aim::Over;
use super::gizmo::{AXIS_COLORS, gizmos};
use super::roster::Roster;
use super::scene_pointer::is_wanted;
use super::view::View;
use super::{Interaction, arrow};
use crate::render::Mark;

/// The shape of the mouse cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// What it is without us.
    #[default]
    Auto,
    /// Something can be clicked.
    Pointer,
    /// A rectangle is drawn.
    Crosshair,
}

/// A node that stands out because the mouse is over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hovered {
    /// The node.
    pub id: NodeId,
    /// Which instance of it, for nodes that stand for many things.
    pub instance: Option<u32>,
}

impl Interaction {
    /// The rectangle that is being drawn, from corner to corner.
    pub fn rectangle(&self) -> Option<[DVec2; 2]> {
        self.scene_press.as_ref()?.rectangle()
    }

    /// The node that the mouse is over, if it reacts to clicks or drags.
    pub fn hovered(&self) -> Option<Hovered> {
        match &self.hovered {
            Some(Over::Node(aim)) => Some(Hovered {
                id: aim.id,
                instance: aim
                    .instance
                    .and_then(|instance| u32::try_from(instance).ok()),
            }),
            Some(Over::Gizmo(..) | Over::OrbitTool(..)) | None => None,
        }
    }

    /// The arrow from the grabbed point to the pointer.
    pub fn drag_marks(&self, scene: &SceneTree, view: &View) -> Vec<Mark> {
        let arrow = self.drag.as_ref().and_then(|drag| drag.arrow(scene));
        arrow.map_or_else(Vec::new, |ends| arrow::marks(ends, view))
    }

    /// The shape of the mouse cursor.
    pub fn cursor(&self, filters: &[ScenePointerEnable]) -> Cursor {
        if self.rectangle().is_some() {
            Cursor::Crosshair
        } else if self.hovered.is_some() || is_wanted(filters, ScenePointerEvent::Click, self.held)
        {
            Cursor::Pointer
        } else {
            Cursor::Auto
        }
    }

    /// The marks of all gizmos.
    pub fn gizmo_marks(&self, scene: &SceneTree, roster: &Roster, view: &View) -> Vec<Mark> {
        let held = self.gizmo.as_ref().map(|drag| (drag.id, drag.handle()));
        let hovered = match &self.hovered {
            Some(Over::Gizmo(id, handle, _)) => Some((*id, *handle)),
            Some(Over::Node(_) | Over::OrbitTool(..)) | None => None,
        };
        gizmos(scene, roster, view)
            .flat_map(|(id, props, handles)| {
                let under = held.or(hovered).filter(|(of, _)| *of == id);
                handles.marks(props, &AXIS_COLORS, under.map(|(_, handle)| handle), view)
            })
            .collect()
    }

    /// The marks of the gizmo at the point that the camera orbits.
    pub fn orbit_tool_marks(&self, view: &View) -> Vec<Mark> {
        let hovered = match &self.hovered {
            Some(Over::OrbitTool(handle, _)) => Some(*handle),
            Some(Over::Node(_) | Over::Gizmo(..)) | None => None,
        };
        let tool = self.orbit_tool.as_ref();
        tool.map_or_else(Vec::new, |tool| tool.marks(hovered, view))
    }
}
