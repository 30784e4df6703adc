//! Who hears of viewers and of what they say.

use super::{ClientId, event_queue::Permit};
use bytes::Bytes;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

/// A viewer whose connection has just been opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Newcomer {
    pub(crate) id: ClientId,
    /// It may look, and nothing else.
    pub(crate) is_read_only: bool,
}

/// What a server does about its viewers.
pub(crate) trait Listener: Send + Sync + 'static {
    /// A viewer's connection is open. Called before anything else about it.
    fn on_open(&self, viewer: Newcomer);

    /// A viewer sent a message. Called in order; must not block. The permit is to be kept until
    /// the message is handled.
    ///
    /// # Errors
    /// The message cannot be accepted: the connection is closed.
    fn on_message(&self, viewer: Newcomer, message: &Bytes, permit: Permit) -> Result<(), Refusal>;

    /// A viewer's connection has ended. Called after everything else about it.
    fn on_close(&self, id: ClientId);

    /// The server has stopped, and no callback runs any more.
    fn on_end(&self) {}
}

/// Why a viewer's connection is closed on account of what it sent.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: CloseCode,
    pub(crate) reason: String,
}

impl Refusal {
    /// The bytes are no message.
    pub(crate) fn invalid(reason: impl ToString) -> Self {
        Self {
            code: CloseCode::Invalid,
            reason: reason.to_string(),
        }
    }

    /// The message is one that viewers may not send.
    pub(crate) fn policy(reason: impl ToString) -> Self {
        Self {
            code: CloseCode::Policy,
            reason: reason.to_string(),
        }
    }
}
