//! What can go wrong.

use crate::http::{AccessError, BindError};
use std::{io, sync::Arc};

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
    /// The system gave no threads or sockets.
    #[error("cannot start the server: {0}")]
    Start(#[source] io::Error),
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
    /// The node or component is not there any more.
    #[error("`{name}` has been removed or replaced; keep the handle that the last `add` returned")]
    Removed {
        /// Its name.
        name: Arc<str>,
    },
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
