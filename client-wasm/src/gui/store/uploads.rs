//! Files on their way to the server, as their buttons show them.

use std::sync::Arc;

/// What a button shows of its file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownUpload {
    /// The button.
    pub(crate) component: Arc<str>,
    /// The file's name and size.
    pub(crate) label: String,
    /// How far it is.
    pub(crate) phase: Phase,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// The server has this share of it, 0 to 1.
    Sending(f64),
    /// It goes on when there is a connection again.
    Waiting,
    /// The server has it.
    Done,
    /// Why it was not sent.
    Failed(String),
}

impl ShownUpload {
    /// Whether the button takes no other file yet.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Sending(_) | Phase::Waiting)
    }
}
