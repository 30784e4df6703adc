//! The publisher's side: creates renderables on a hub, ours or aitviewer's, over the network.
//!
//! ```no_run
//! use scenecast_remote::publisher::{RemoteMeshes, RemoteViewer};
//!
//! # fn main() -> Result<(), scenecast_remote::publisher::RemoteError> {
//! let viewer = RemoteViewer::connect("127.0.0.1:8417")?;
//! let vertices = vec![[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
//! let mesh = RemoteMeshes::new(&viewer, vertices.clone(), vec![[0, 1, 2]])?;
//! for height in 1..100 {
//!     let raised: Vec<[f32; 3]> = vertices.iter().map(|[x, y, z]| [*x, *y, z + height as f32]).collect();
//!     mesh.add_frames(raised)?;
//! }
//! viewer.set_frame(99)?;
//! # Ok(())
//! # }
//! ```
//!
//! Data is y up, as in aitviewer. Nothing tells a publisher whether the viewer could apply a
//! message: that is said on the hub's page and in its log.

mod address;
mod connection;
mod frames;
mod nodes;
mod options;
mod queue;
mod viewer;

pub use frames::Frames;
pub use nodes::{
    BodyFrames, RemoteArrows, RemoteImages, RemoteLines, RemoteMeshes, RemoteNode,
    RemotePointClouds, RemoteRigidBodies, RemoteSkeletons, RemoteSmplSequence, RemoteSpheres,
};
pub use options::Options;
pub use viewer::{ConnectOptions, RemoteViewer};

use std::convert::Infallible;

use crate::ndarray::ShapeError;
use crate::pickle::EncodeError;

/// Why a publisher could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteError {
    /// The address is none.
    #[error("{address:?} is no address; `host`, `host:port` and `token:SECRET@host:port` are")]
    Address {
        /// What was given.
        address: String,
    },
    /// Nobody answered in time.
    #[error("no viewer answers at {address}: {reason}")]
    Connect {
        /// Host and port.
        address: String,
        /// Of the last attempt.
        reason: String,
    },
    /// The connection has ended.
    #[error("the viewer has closed the connection")]
    Disconnected,
    /// The viewer's process could not be started.
    #[error("cannot start {program}: {source}")]
    Process {
        /// What was to be started.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Frames are not all of one shape.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// A value cannot be sent.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl From<Infallible> for RemoteError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
