//! Publishing to a hub, or to aitviewer's remote viewer, over the network.
//!
//! It is the crate `scenecast-remote` with its feature `publisher`. Programs that only publish
//! take that crate alone: it has neither a server nor a page to embed.

pub use scenecast_remote::publisher::{
    BodyFrames, ConnectOptions, Frames, Options, RemoteArrows, RemoteError, RemoteLines,
    RemoteMeshes, RemoteNode, RemoteRigidBodies, RemoteSkeletons, RemoteSmplSequence,
    RemoteSpheres, RemoteViewer,
};
pub use scenecast_remote::{Dtype, Kind, Message, NdArray, Value};
