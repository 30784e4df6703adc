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
mod callbacks;
#[cfg(feature = "hub")]
mod connection;
#[cfg(feature = "hub")]
mod endpoint;
#[cfg(feature = "hub")]
mod hub;
#[cfg(feature = "hub")]
mod ingest;
#[cfg(feature = "hub")]
mod look;
#[cfg(feature = "hub")]
mod node;
#[cfg(feature = "hub")]
mod notices;
#[cfg(feature = "hub")]
mod presenter;
#[cfg(feature = "hub")]
mod publisher;
#[cfg(feature = "hub")]
mod settings;
#[cfg(feature = "hub")]
mod state;
#[cfg(feature = "hub")]
mod timeline;
#[cfg(feature = "hub")]
mod tracks;

#[cfg(feature = "hub")]
pub use {
    callbacks::{Handled, Kwargs},
    hub::Hub,
    node::HubNode,
    publisher::{Publisher, Recipients},
    scenecast_remote::{
        Refused, Renderable, Timeline,
        pickle::Limits as MessageLimits,
        scene::{PublisherId, SceneLimits},
    },
    settings::{RemoteLimits, RemoteSettings},
    timeline::HubTimeline,
};
#[cfg(feature = "hub")]
pub(crate) use {endpoint::Endpoint, hub::HubInner};
