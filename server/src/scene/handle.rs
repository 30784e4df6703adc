//! What a program holds of a node.

mod bone;
mod clickable;
mod gui_3d;
mod picture;
mod transform_controls;

pub use bone::Bone;

use super::{kind::SceneNode, node::NodeInner, position::Position, tree::SceneInner};
use crate::error::Result;
use scenecast_protocol::{Wxyz, scene::Node};
use std::{fmt, marker::PhantomData, sync::Arc};

/// A node in the scene. Cloning is cheap; dropping it leaves the node where it is.
///
/// `Handle<Node>` is one of unknown kind; see [`downcast`](Self::downcast). All calls but
/// [`name`](Self::name) and [`is_removed`](Self::is_removed) fail with
/// [`Removed`](crate::Error::Removed) once the node is removed or another one has its name.
pub struct Handle<N = Node> {
    pub(crate) node: Arc<NodeInner>,
    pub(crate) scene: Arc<SceneInner>,
    kind: PhantomData<fn() -> N>,
}

impl<N> Handle<N> {
    pub(crate) fn new(node: Arc<NodeInner>, scene: Arc<SceneInner>) -> Self {
        Self {
            node,
            scene,
            kind: PhantomData,
        }
    }

    /// The handle as one of another kind, which the caller knows to be the node's.
    pub(crate) fn of_kind<M>(&self) -> Handle<M> {
        Handle::new(Arc::clone(&self.node), Arc::clone(&self.scene))
    }

    /// The node's name, with its parents' names.
    pub fn name(&self) -> &str {
        &self.node.name
    }

    /// Position in the parent's frame.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn position(&self) -> Result<[f64; 3]> {
        self.node.read(|state| state.position)
    }

    /// Moves the node in its parent's frame.
    ///
    /// # Errors
    /// The node has been removed, or the position is not finite.
    pub fn set_position(&self, position: impl Into<Position>) -> Result<()> {
        self.node.set_position(position.into().0)
    }

    /// Rotation in the parent's frame.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn wxyz(&self) -> Result<Wxyz> {
        self.node.read(|state| state.wxyz)
    }

    /// Turns the node in its parent's frame.
    ///
    /// # Errors
    /// The node has been removed, or the rotation is not finite.
    pub fn set_wxyz(&self, wxyz: impl Into<Wxyz>) -> Result<()> {
        self.node.set_wxyz(wxyz.into())
    }

    /// Whether the node is shown, if its parents are.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn visible(&self) -> Result<bool> {
        self.node.read(|state| state.visible)
    }

    /// Shows or hides the node and everything below it.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn set_visible(&self, visible: bool) -> Result<()> {
        self.node.set_visible(visible)
    }

    /// Removes the node and everything below it.
    ///
    /// # Errors
    /// The node has been removed before.
    pub fn remove(&self) -> Result<()> {
        self.scene.remove(&self.node)
    }

    /// Whether the node has been removed or replaced.
    pub fn is_removed(&self) -> bool {
        self.node.is_removed()
    }
}

impl<N: SceneNode> Handle<N> {
    /// A copy of the properties. Arrays are shared, not copied.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn props(&self) -> Result<N> {
        self.node.props()
    }

    /// Changes properties. Viewers get those that differ afterwards, each by itself.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// # let cloud = server.scene().add("/cloud", scenecast::scene::PointCloud::new([[0.0; 3]]))?;
    /// cloud.update(|p| p.point_size = 0.05)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The node has been removed, or the new properties contradict each other; nothing changes
    /// then.
    pub fn update<R>(&self, change: impl FnOnce(&mut N) -> R) -> Result<R> {
        self.node.update(change)
    }
}

impl Handle<Node> {
    /// The handle of a node of this kind, or `None` if it is of another.
    pub fn downcast<N: SceneNode>(&self) -> Option<Handle<N>> {
        self.node.props::<N>().ok()?;
        Some(self.of_kind())
    }
}

impl<N> Clone for Handle<N> {
    fn clone(&self) -> Self {
        self.of_kind()
    }
}

impl<N> fmt::Debug for Handle<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({})", self.name())
    }
}
