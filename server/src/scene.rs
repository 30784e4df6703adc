//! The scene: add nodes, hold them, look them up.

mod background;
mod checks;
mod environment;
mod glb_mesh;
mod glb_parts;
mod handle;
mod hdri;
mod kind;
mod name;
mod node;
mod page;
mod picture;
mod placed;
mod pointer;
mod position;
mod splats;
mod tree;
mod up;

pub use background::Background;
pub use environment::Environment;
pub use glb_mesh::GlbMesh;
pub(crate) use glb_parts::GlbParts;
pub use handle::{Bone, Handle};
pub use hdri::Hdri;
pub use kind::{Clickable, SceneNode};
pub use picture::{Encoding, Picture, ShowsPicture};
pub use placed::{Place, Placed};
pub use position::Position;
#[doc(no_inline)]
pub use scenecast_protocol::scene::*;
pub use splats::Gaussians;
pub use up::Up;

pub(crate) use checks::finite_all;
pub(crate) use node::NodeInner;
#[cfg(feature = "hub")]
pub(crate) use node::Step;
pub(crate) use tree::SceneInner;

use crate::{error::Result, gui::GuiInner, infra::fan_out::Audience, scope::Scope};
use std::sync::{Arc, Weak};

/// The axes at the world's origin, hidden at first.
const WORLD_AXES: &str = "/WorldAxes";

/// The scene of all viewers, or of one.
///
/// A viewer sees its own scene and the one of all; its own node hides the other one of the same
/// name.
#[derive(Debug, Clone)]
pub struct Scene {
    pub(crate) inner: Arc<SceneInner>,
}

impl Scene {
    /// A scene whose nodes show no GUI.
    #[cfg(test)]
    pub(crate) fn new(scope: Scope) -> Self {
        Self::with_gui(scope, Weak::new())
    }

    /// A scene whose nodes may show parts of `gui`.
    pub(crate) fn with_gui(scope: Scope, gui: Weak<GuiInner>) -> Self {
        Self {
            inner: Arc::new(SceneInner::new(scope, gui)),
        }
    }

    /// What viewers are told first.
    pub(crate) fn start(&self) -> Result<()> {
        self.add(WORLD_AXES, Frame::new(0.5, 0.0125).hidden())?;
        self.clear_background_image();
        self.set_up_direction(Up::Z);
        Ok(())
    }

    /// Adds a node, or replaces the one of that name; missing parents come into being. A name is
    /// a path such as `/robot/arm`, the slash at the front may be left out.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::scene::{Box, Place};
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// let cube = server.scene().add("/cube", Box::new([1.0; 3]).color([20, 120, 220]).at([0.0, 0.0, 0.5]))?;
    /// cube.set_visible(false)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`InvalidName`](crate::Error::InvalidName), or
    /// [`InvalidProps`](crate::Error::InvalidProps) where arrays do not fit each other or numbers
    /// are not finite.
    #[doc(alias = "add_frame")]
    #[doc(alias = "add_3d_gui_container")]
    #[doc(alias = "add_batched_axes")]
    #[doc(alias = "add_point_cloud")]
    #[doc(alias = "add_mesh_simple")]
    #[doc(alias = "add_box")]
    #[doc(alias = "add_icosphere")]
    #[doc(alias = "add_cylinder")]
    #[doc(alias = "add_line_segments")]
    #[doc(alias = "add_grid")]
    #[doc(alias = "add_label")]
    #[doc(alias = "add_glb")]
    #[doc(alias = "add_batched_glb")]
    #[doc(alias = "add_batched_meshes_simple")]
    #[doc(alias = "add_mesh_skinned")]
    #[doc(alias = "add_arrows")]
    #[doc(alias = "add_spline_catmull_rom")]
    #[doc(alias = "add_spline_cubic_bezier")]
    #[doc(alias = "add_camera_frustum")]
    #[doc(alias = "add_image")]
    #[doc(alias = "add_transform_controls")]
    #[doc(alias = "add_light_ambient")]
    #[doc(alias = "add_light_directional")]
    #[doc(alias = "add_light_hemisphere")]
    #[doc(alias = "add_light_point")]
    #[doc(alias = "add_light_rectarea")]
    #[doc(alias = "add_light_spot")]
    pub fn add<P: Place>(&self, name: &str, node: P) -> Result<Handle<P::Node>> {
        self.inner.add(name::normalize(name)?, node.placed())
    }

    /// The node of that name, if there is one.
    pub fn get_handle_by_name(&self, name: &str) -> Option<Handle> {
        let node = self.inner.get(&name::normalize(name).ok()?)?;
        Some(Handle::new(node, Arc::clone(&self.inner)))
    }

    /// Removes the node of that name with everything below it; `false` if there is none.
    pub fn remove_by_name(&self, name: &str) -> bool {
        let name = name.trim_end_matches('/');
        let node = self.get_handle_by_name(name);
        node.is_some_and(|node| node.remove().is_ok())
    }

    /// Removes all nodes but the world axes, and the background image. Lights, fog, environment
    /// and the up direction stay.
    pub fn reset(&self) {
        let keeps_axes = self.inner.scope.audience == Audience::Everyone;
        for node in self.inner.top_level() {
            if !(keeps_axes && &*node.name == WORLD_AXES) {
                // An error means that another thread was faster.
                let _ = self.inner.remove(&node);
            }
        }
        self.clear_background_image();
    }

    /// Says which direction of the scene is up on the screen; +Z unless said otherwise. Cameras,
    /// lights and environment follow. A direction without length changes nothing.
    pub fn set_up_direction(&self, up: impl Into<Up>) {
        if let Some(wxyz) = up.into().view_world_from_scene() {
            self.inner.scope.send(SetOrientation {
                name: "".into(),
                wxyz,
                owner: self.inner.scope.owner(),
            });
        }
    }

    /// Shows or hides everything.
    pub fn set_global_visibility(&self, visible: bool) {
        self.inner.scope.send(SetSceneNodeVisibility {
            name: "".into(),
            visible,
            owner: self.inner.scope.owner(),
        });
    }

    /// The axes at the world's origin: hidden until they are set visible. `None` in the scene of
    /// one viewer, unless it has a frame `/WorldAxes` of its own.
    pub fn world_axes(&self) -> Option<Handle<Frame>> {
        self.get_handle_by_name(WORLD_AXES)?.downcast()
    }
}

#[cfg(test)]
mod tests;
