//! What a viewer knows: the state that messages add up to.
//!
//! [`ViewerState::apply`] is the one place where a message changes what is shown. The browser
//! client, recorders, relays and tests share it, so that they cannot disagree. It is a plain state
//! machine without clock, I/O or threads.
//!
//! Two viewers that saw different histories of the same server, say because one of them was slow
//! and got coalesced updates, end with equal [`ViewerState::digest`]s.

mod adopt;
mod camera;
mod digest;
mod environment;
pub mod gui;
mod links;
mod settle;
mod tree;
mod update;
mod variant;

use std::sync::Arc;

use crate::event::ScenePointerEnable;
use crate::message::Message;
use crate::wire::DecodeError;

pub use camera::CameraSettings;
pub use environment::{Environment, EnvironmentChanges};
pub use gui::GuiState;
pub use settle::{Changes, PropertyChange};
pub use tree::{MAX_DEPTH, MAX_NAME_BYTES, NodeId, SceneTree};
pub use variant::{Bindings, MovedVertices, Pose};

/// Everything that a server has told its viewer.
#[derive(Clone, Debug, Default)]
pub struct ViewerState {
    /// The scene's nodes.
    pub scene: SceneTree,
    /// Fog, lights and backgrounds.
    pub environment: Environment,
    /// What the server wants of the camera.
    pub camera: CameraSettings,
    /// Components, panels, dialogs, notifications, commands and the theme.
    pub gui: GuiState,
    /// Which pointer events outside of nodes are reported, by owner and type.
    pointer_filters: Vec<ScenePointerEnable>,
}

/// Why a message did not change what it was to change. What else it says has been applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// A value does not fit its property.
    #[error("node {node}, property `{property}`: {error}")]
    Property {
        /// The node.
        node: Arc<str>,
        /// The property, by its wire name.
        property: String,
        /// What is wrong with the value.
        error: DecodeError,
    },
    /// A value does not fit the property of a GUI component, panel or command.
    #[error("GUI {uuid}, property `{property}`: {error}")]
    GuiProperty {
        /// The component, panel or command.
        uuid: Arc<str>,
        /// The property, by its wire name.
        property: String,
        /// What is wrong with the value.
        error: DecodeError,
    },
    /// A name is too long, or has too many parts, to be a node.
    #[error(
        "a node name has {bytes} bytes and {depth} parts; \
         at most {MAX_NAME_BYTES} bytes and {MAX_DEPTH} parts are allowed"
    )]
    Name {
        /// Its length.
        bytes: usize,
        /// Its parts.
        depth: usize,
    },
    /// The root always exists.
    #[error("the root, whose name is empty, cannot be added; give the node a name")]
    Root,
}

impl ViewerState {
    /// The state of a viewer that has just connected.
    pub fn new() -> Self {
        Self::default()
    }

    /// The state of this viewer when it has connected again: it knows nothing of the server yet.
    /// What its user chose to show or hide stays chosen, by the nodes' names.
    pub fn reconnected(&self) -> Self {
        Self {
            scene: self.scene.reconnected(),
            gui: GuiState::restarted(),
            ..Self::default()
        }
    }

    /// Applies one message. What it refers to may be gone or not here yet: that is routine and no
    /// error.
    ///
    /// # Errors
    /// Part of the message makes no sense; the rest is applied.
    pub fn apply(&mut self, message: &Message) -> Result<(), ApplyError> {
        let scene = &mut self.scene;
        match message {
            Message::AddNode(m) => return scene.add(m),
            Message::RemoveSceneNode(m) => scene.remove(&m.name, &m.owner),
            Message::SceneNodeUpdate(m) => return scene.update(&m.name, &m.owner, &m.updates),
            Message::BoxedPoints(m) => return scene.set_points(&m.name, &m.property, m.points()),
            Message::SetPosition(m) => scene.set_position(&m.name, &m.owner, m.position),
            Message::SetOrientation(m) => scene.set_orientation(&m.name, &m.owner, m.wxyz),
            Message::SetSceneNodeVisibility(m) => {
                scene.set_visible(&m.name, &m.owner, m.visible);
            }
            Message::SetBonePosition(m) => {
                scene.set_bone(&m.name, &m.owner, m.bone_index, |bone| {
                    bone.position = m.position
                });
            }
            Message::SetBoneOrientation(m) => {
                scene.set_bone(&m.name, &m.owner, m.bone_index, |bone| bone.wxyz = m.wxyz);
            }
            Message::SetSceneNodeClickBindings(m) => {
                scene.set_bindings(&m.name, &m.owner, |bindings| {
                    bindings.click.clone_from(&m.bindings)
                });
            }
            Message::SetSceneNodeDragBindings(m) => {
                scene.set_bindings(&m.name, &m.owner, |bindings| {
                    bindings.drag.clone_from(&m.bindings)
                });
            }
            Message::ScenePointerEnable(m) => self.set_pointer_filter(m),
            Message::Fog(m) => self.environment.set_fog(m),
            Message::EnvironmentMap(m) => self.environment.set_map(m),
            Message::EnableLights(m) => self.environment.set_lights(m),
            Message::BackgroundImage(m) => self.environment.set_background(m),
            Message::SetCameraPosition(m) => self.camera.position = Some(m.clone()),
            Message::SetCameraUpDirection(m) => self.camera.up_direction = Some(m.clone()),
            Message::SetCameraLookAt(m) => self.camera.look_at = Some(m.clone()),
            Message::SetCameraNear(m) => self.camera.near = Some(m.clone()),
            Message::SetCameraFar(m) => self.camera.far = Some(m.clone()),
            Message::SetCameraFov(m) => self.camera.fov = Some(m.clone()),
            Message::SetCameraMinOrbitDistance(m) => {
                self.camera.min_orbit_distance = Some(m.clone());
            }
            Message::SetCameraMaxOrbitDistance(m) => {
                self.camera.max_orbit_distance = Some(m.clone());
            }
            Message::AddComponent(m) => self.gui.add(m),
            Message::GuiRemove(m) => self.gui.remove(&m.uuid),
            Message::GuiUpdate(m) => {
                return gui_outcome(&m.uuid, self.gui.update(&m.uuid, &m.updates));
            }
            Message::GuiFormSubmit(m) => self.gui.set_dirty(&m.uuid, false),
            Message::GuiFormDirty(m) => self.gui.set_dirty(&m.uuid, true),
            Message::GuiPanel(m) => self.gui.set_panel(&m.uuid, Some(&m.props)),
            Message::GuiPanelRemove(m) => self.gui.set_panel(&m.uuid, None),
            Message::GuiSetPanelPosition(m) => {
                self.gui
                    .place(&m.uuid, |panel| panel.position = Some(m.clone()));
            }
            Message::GuiSetPanelWidth(m) => {
                self.gui
                    .place(&m.uuid, |panel| panel.width = Some(m.clone()));
            }
            Message::GuiSetPanelHeight(m) => {
                self.gui
                    .place(&m.uuid, |panel| panel.height = Some(m.clone()));
            }
            Message::GuiSetPanelCollapsed(m) => {
                self.gui
                    .place(&m.uuid, |panel| panel.collapsed = Some(m.clone()));
            }
            Message::GuiModal(m) => self.gui.open_modal(m),
            Message::GuiCloseModal(m) => self.gui.close_modal(&m.uuid),
            Message::SetGuiPanelLabel(m) => self.gui.set_label(m.label.as_ref()),
            Message::ThemeConfiguration(m) => self.gui.set_theme(m),
            Message::NotificationShow(m) => self.gui.set_notification(&m.uuid, Some(&m.props)),
            Message::NotificationUpdate(m) => self.gui.update_notification(&m.uuid, &m.props),
            Message::RemoveNotification(m) => self.gui.set_notification(&m.uuid, None),
            Message::RegisterCommand(m) => self.gui.set_command(&m.uuid, Some(&m.props)),
            Message::CommandUpdate(m) => {
                return gui_outcome(&m.uuid, self.gui.update_command(&m.uuid, &m.updates));
            }
            Message::RemoveCommand(m) => self.gui.set_command(&m.uuid, None),
            Message::ShareUrlUpdated(m) => self.gui.set_share_url(m.share_url.as_ref()),
            // Events and requests: they ask for something once and leave no state behind.
            Message::ResetGui(_)
            | Message::RunJavascript(_)
            | Message::GetRenderRequest(_)
            | Message::FileTransferStartDownload(_)
            | Message::FileTransferPart(_)
            | Message::FileTransferPartAck(_)
            | Message::LocalStorageSetItem(_)
            | Message::LocalStorageRemoveItem(_)
            | Message::LocalStorageClear(_)
            | Message::LocalStorageGetItemRequest(_)
            | Message::ReplayDone(_)
            | Message::Unknown(_) => {}
            // A hub's timeline: whoever plays it applies the messages of a frame.
            Message::TimelineState(_)
            | Message::Track(_)
            | Message::TrackChange(_)
            | Message::SequenceFrames(_) => {}
            // What only viewers send.
            Message::ViewerCamera(_)
            | Message::ScenePointer(_)
            | Message::SceneNodeClick(_)
            | Message::SceneNodeDrag(_)
            | Message::TransformControlsUpdate(_)
            | Message::TransformControlsDragStart(_)
            | Message::TransformControlsDragEnd(_)
            | Message::GuiButtonHold(_)
            | Message::GetRenderResponse(_)
            | Message::FileTransferStartUpload(_)
            | Message::ShareUrlRequest(_)
            | Message::ShareUrlDisconnect(_)
            | Message::CommandTrigger(_)
            | Message::LocalStorageGetItemResponse(_)
            | Message::PlaysSequences(_)
            | Message::FramesRequest(_)
            | Message::TimelineCommand(_) => {}
        }
        Ok(())
    }

    /// Which pointer events outside of nodes are reported.
    pub fn pointer_filters(&self) -> &[ScenePointerEnable] {
        &self.pointer_filters
    }

    fn set_pointer_filter(&mut self, filter: &ScenePointerEnable) {
        self.pointer_filters
            .retain(|old| (&old.owner, old.event_type) != (&filter.owner, filter.event_type));
        if !filter.modifiers.is_empty() {
            self.pointer_filters.push(filter.clone());
        }
    }
}

fn gui_outcome(
    uuid: &Arc<str>,
    outcome: Result<(), (String, DecodeError)>,
) -> Result<(), ApplyError> {
    outcome.map_err(|(property, error)| ApplyError::GuiProperty {
        uuid: uuid.clone(),
        property,
        error,
    })
}

#[cfg(test)]
mod tests;
