//! A node with the pose that it is added with.

use super::{kind::SceneNode, picture::Picture, position::Position};
use scenecast_protocol::Wxyz;

/// A node with its first pose and visibility, for [`Scene::add`](super::Scene::add).
#[derive(Debug, Clone)]
pub struct Placed<N> {
    pub(crate) node: N,
    pub(crate) position: [f64; 3],
    pub(crate) wxyz: Wxyz,
    pub(crate) visible: bool,
    pub(crate) picture: Option<Picture>,
}

/// What [`Scene::add`](super::Scene::add) takes: properties, with or without a pose.
///
/// ```
/// use scenecast::scene::{Box, Place};
/// let crate_on_the_floor = Box::new([1.0, 1.0, 1.0]).at([0.0, 0.0, 0.5]).hidden();
/// ```
pub trait Place: Sized {
    /// The properties.
    type Node: SceneNode;

    /// With the pose, at the parent's origin if none is given.
    fn placed(self) -> Placed<Self::Node>;

    /// At this position in the parent's frame.
    #[must_use]
    fn at(self, position: impl Into<Position>) -> Placed<Self::Node> {
        let mut placed = self.placed();
        placed.position = position.into().0;
        placed
    }

    /// With this rotation in the parent's frame.
    #[must_use]
    fn turned(self, wxyz: impl Into<Wxyz>) -> Placed<Self::Node> {
        let mut placed = self.placed();
        placed.wxyz = wxyz.into();
        placed
    }

    /// Not shown, with everything below it.
    #[must_use]
    fn hidden(self) -> Placed<Self::Node> {
        let mut placed = self.placed();
        placed.visible = false;
        placed
    }
}

impl<N: SceneNode> Place for N {
    type Node = N;

    fn placed(self) -> Placed<N> {
        Placed {
            node: self,
            position: [0.0; 3],
            wxyz: Wxyz::IDENTITY,
            visible: true,
            picture: None,
        }
    }
}

impl<N: SceneNode> Place for Placed<N> {
    type Node = N;

    fn placed(self) -> Placed<N> {
        self
    }
}
