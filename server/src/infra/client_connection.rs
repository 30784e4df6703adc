//! A connection to one client.

use super::{
    ClientId,
    endpoint::{Endpoint, HasEndpoint},
    event_queue::EventQueue,
    fan_out::Audience,
    message_handler::MessageHandler,
};
use std::{fmt, sync::Arc};

/// A client that is, or was, connected: messages to it and from it alone, through
/// [`MessageHandler`]. Cloning is cheap.
#[derive(Clone)]
pub struct ClientConnection {
    inner: Arc<Inner>,
}

struct Inner {
    client_id: ClientId,
    endpoint: Endpoint,
    /// Keeps what happens to this client in order.
    events: Arc<EventQueue>,
}

impl ClientConnection {
    pub(crate) fn new(client_id: ClientId, server: &Endpoint, events: EventQueue) -> Self {
        let endpoint = Endpoint::new(
            Arc::clone(&server.outbox),
            Audience::Only(client_id),
            Arc::clone(&server.messages),
        );
        Self {
            inner: Arc::new(Inner {
                client_id,
                endpoint,
                events: Arc::new(events),
            }),
        }
    }

    pub(crate) fn events(&self) -> &Arc<EventQueue> {
        &self.inner.events
    }

    /// The client's number: 0, 1, 2, … in the order of connections to one server. A client that
    /// reconnects gets a new one.
    pub fn client_id(&self) -> ClientId {
        self.inner.client_id
    }

    /// Whether the connection is still open.
    pub fn is_connected(&self) -> bool {
        self.inner.endpoint.outbox.has_viewer(self.inner.client_id)
    }

    /// Lets the client have at once what has been said to it alone.
    pub fn flush(&self) {
        self.inner
            .endpoint
            .outbox
            .flush_viewer(self.inner.client_id);
    }
}

impl HasEndpoint for ClientConnection {
    #[allow(private_interfaces, reason = "nobody else may call it")]
    fn endpoint(&self) -> &Endpoint {
        &self.inner.endpoint
    }
}

impl MessageHandler for ClientConnection {}

impl fmt::Debug for ClientConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientConnection({})", self.inner.client_id)
    }
}
