//! What a server and a connection to one client can both do.

use super::{
    ClientId, buffer_handle::MessageBufferHandle, callbacks::CallbackId, endpoint::HasEndpoint,
    message::Message, message_set::AnyMessage, recorder::Filter, serializer::StateSerializer,
};
use crate::error::{Error, Result};
use std::{future::Future, sync::Arc};

/// Sends messages and hears messages: those of all clients, where it is a
/// [`WebsocketServer`](super::WebsocketServer), or of one, where it is a
/// [`ClientConnection`](super::ClientConnection).
pub trait MessageHandler: HasEndpoint {
    /// Sends a message: to all clients, present and to come, or to the one. It is encoded here
    /// and now; it leaves at once or, during a burst, within a sixtieth of a second. What is sent
    /// to a client that is gone is dropped.
    fn queue_message<M: Message>(&self, message: &M) {
        self.endpoint().push(message);
    }

    /// The same, but for one client, usually the one that caused the message.
    fn queue_message_except<M: Message>(&self, message: &M, excluded: ClientId) {
        self.endpoint().push_except(message, excluded);
    }

    /// Calls `callback` for each message of this type that arrives, with the client that sent it.
    ///
    /// Callbacks may block. They are called for one message of a client after the other, the
    /// server's before the connection's, in the order of registration; those for different
    /// clients run beside each other.
    ///
    /// # Errors
    /// [`UnknownMessage`](Error::UnknownMessage) where the type is not in the server's
    /// [`MessageSet`](super::MessageSet).
    fn register_handler<M: Message>(
        &self,
        callback: impl Fn(ClientId, &M) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        expect_known::<M>(self)?;
        Ok(self.endpoint().handlers.add(callback))
    }

    /// Like [`register_handler`](Self::register_handler), for an async callback. The next message
    /// of the client waits until it is done.
    ///
    /// # Errors
    /// [`UnknownMessage`](Error::UnknownMessage), as there.
    fn register_handler_async<M: Message, F>(
        &self,
        callback: impl Fn(ClientId, M) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        expect_known::<M>(self)?;
        Ok(self.endpoint().handlers.add_async(callback))
    }

    /// Stops calling one callback for messages of this type, or all of them (`None`).
    ///
    /// # Errors
    /// [`NotRegistered`](Error::NotRegistered) where there is none such.
    fn unregister_handler<M: Message>(&self, which: impl Into<Option<CallbackId>>) -> Result<()> {
        match self.endpoint().handlers.remove::<M>(which.into()) {
            true => Ok(()),
            false => Err(Error::NotRegistered {
                name: name_of::<M>(),
            }),
        }
    }

    /// Runs `block`; each client sees all or nothing of what this thread says in it. Others are
    /// not held up. Blocks may be nested; the outermost one counts. What has been said before a
    /// panic is sent.
    fn atomic<R>(&self, block: impl FnOnce() -> R) -> R {
        self.endpoint().outbox.atomic(block)
    }

    /// What clients that come later will be sent, or what the one has not taken yet.
    fn get_message_buffer(&self) -> MessageBufferHandle {
        let endpoint = self.endpoint();
        MessageBufferHandle::new(Arc::clone(&endpoint.outbox), endpoint.audience)
    }

    /// Records what is in the [buffer](Self::get_message_buffer) and, from now on, what is said,
    /// as far as `filter` says so. The filter is called on the thread that serializes.
    fn get_message_serializer(
        &self,
        filter: impl Fn(&AnyMessage) -> bool + Send + Sync + 'static,
    ) -> StateSerializer {
        let endpoint = self.endpoint();
        let messages = Arc::clone(&endpoint.messages);
        let filter = move |encoded: &_| match messages.read_encoded(encoded) {
            Some(message) => filter(&message),
            None => false,
        };
        let outbox = Arc::clone(&endpoint.outbox);
        StateSerializer::start(outbox, endpoint.audience, Filter::Custom(Box::new(filter)))
    }
}

fn name_of<M: Message>() -> &'static str {
    match M::classes().as_slice() {
        [class] => class.name,
        _ => std::any::type_name::<M>(),
    }
}

fn expect_known<M: Message>(handler: &(impl MessageHandler + ?Sized)) -> Result<()> {
    match handler.endpoint().messages.contains::<M>() {
        true => Ok(()),
        false => Err(Error::UnknownMessage {
            name: name_of::<M>(),
        }),
    }
}
