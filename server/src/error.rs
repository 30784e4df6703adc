//! What can go wrong.

use crate::{
    http::{AccessError, BindError},
    loaders::LoadError,
    tunnel::TunnelError,
};
use std::{io, path::PathBuf, sync::Arc, time::Duration};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server found no port to listen on.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// A setting about who may connect cannot be used.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The server could not be shared.
    #[error("cannot share the server: {0}")]
    Share(#[source] Arc<TunnelError>),
    /// The system gave no threads or sockets.
    #[error("cannot start the server: {0}")]
    Start(#[source] io::Error),
    /// A server starts once.
    #[error("the server has been started already")]
    AlreadyStarted,
    /// Two types of messages have the same name.
    #[error("two message types are called `{name}`; give one of them another name")]
    DuplicateMessage {
        /// The name.
        name: &'static str,
    },
    /// A type of messages is not in the server's message set.
    #[error("`{name}` is not in the server's message set; add it with `MessageSet::with`")]
    UnknownMessage {
        /// The name.
        name: &'static str,
    },
    /// A handler cannot be removed.
    #[error("no such handler for `{name}` is registered")]
    NotRegistered {
        /// The name of the type of messages.
        name: &'static str,
    },
    /// A name is no node's name.
    #[error("`{name}` is no name for a node: {reason}; write one such as `/robot/arm`")]
    InvalidName {
        /// What was given.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Properties or a pose contradict themselves.
    #[error("{node}: {reason}")]
    InvalidProps {
        /// The node's or component's name.
        node: String,
        /// What is wrong, with the offending value.
        reason: String,
    },
    /// A value cannot be used.
    #[error("{what}: {reason}")]
    InvalidValue {
        /// What was to be set.
        what: &'static str,
        /// What is wrong, with the offending value.
        reason: String,
    },
    /// The viewer left, or its answer never came because of that.
    #[error("viewer {client} has disconnected")]
    Disconnected {
        /// The viewer's number.
        client: u64,
    },
    /// The viewer did not answer in time.
    #[error("viewer {client} did not answer within {timeout:?}")]
    Timeout {
        /// The viewer's number.
        client: u64,
        /// How long it had.
        timeout: Duration,
    },
    /// The viewer could not draw, or not read its storage.
    #[error("viewer {client} could not {what}: {reason}")]
    Viewer {
        /// The viewer's number.
        client: u64,
        /// What it was asked to do.
        what: &'static str,
        /// What it says.
        reason: String,
    },
    /// A file that is to be sent cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The node or component is not there any more.
    #[error("`{name}` has been removed or replaced; keep the handle that the last `add` returned")]
    Removed {
        /// Its name.
        name: Arc<str>,
    },
    /// A recording's clock does not go backwards, nor for ever.
    #[error("a recording cannot sleep for {seconds} s; give a finite time that is not negative")]
    InvalidSleep {
        /// What was given.
        seconds: f64,
    },
    /// A recording ends when it is serialized.
    #[error("the recording has been serialized already; get a new serializer from the server")]
    AlreadySerialized,
    /// A page needs the browser client.
    #[error("this build has no browser client: run `cargo xtask bundle` and build again")]
    NoClient,
    /// Viewers of a scene of their own have no recordings.
    #[error("only the scene of all viewers can be recorded")]
    NotForOneViewer,
    /// No browser opened.
    #[error("cannot show the page: {0}")]
    Display(#[source] io::Error),
    /// The server could not draw a picture.
    #[cfg(feature = "render")]
    #[error(transparent)]
    Render(#[from] crate::render::RenderError),
    /// A recording could not be written.
    #[error("cannot write the recording: {0}")]
    Recording(#[source] io::Error),
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
