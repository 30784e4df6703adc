//! aitviewer's remote viewer, both sides of it.
//!
//! * **Publishing** to hubs, or to aitviewer's own viewer, over the network: [`RemoteViewer`] and
//!   nodes such as [`RemoteMeshes`]. It is the crate `scenecast-remote` with its feature
//!   `publisher`. Programs that only publish take that crate alone: it has neither a server nor a
//!   page to embed.
//! * **The hub** that they publish to: [`Builder::remote`](crate::Builder::remote) opens it, and
//!   [`Server::hub`](crate::Server::hub) is its [`Hub`]. See `docs/hub.md`.

pub use scenecast_remote::publisher::{
    BodyFrames, ConnectOptions, Frames, Options, RemoteArrows, RemoteError, RemoteImages,
    RemoteLines, RemoteMeshes, RemoteNode, RemotePointClouds, RemoteRigidBodies, RemoteSkeletons,
    RemoteSmplSequence, RemoteSpheres, RemoteViewer,
};
pub use scenecast_remote::{Dtype, Kind, Message, NdArray, Value};

#[cfg(feature = "hub")]
mod hub;

#[cfg(feature = "hub")]
pub(crate) use hub::{Endpoint, HubInner};
#[cfg(feature = "hub")]
pub use {
    hub::{
        Handled, Hub, HubNode, HubTimeline, Kwargs, Publisher, Recipients, RemoteLimits,
        RemoteSettings,
    },
    scenecast_remote::{
        Refused, Renderable, Timeline,
        pickle::Limits as MessageLimits,
        scene::{PublisherId, SceneLimits},
    },
};
