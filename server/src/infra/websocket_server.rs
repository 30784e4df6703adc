//! A server for any messages.

mod builder;

pub use builder::WebsocketServerBuilder;

use super::{
    ClientId,
    callbacks::CallbackId,
    client_connection::ClientConnection,
    endpoint::{Endpoint, HasEndpoint},
    hub::Hub,
    message_handler::MessageHandler,
    message_set::MessageSet,
    settings::Settings,
    transport::{Bound, Transport},
};
use crate::error::{Error, Result};
use std::{
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// WebSockets and HTTP on one port, for messages of your own: what Scenecast itself runs on,
/// without a scene.
///
/// Messages to all clients, and handlers for messages of any, go through [`MessageHandler`].
/// Cloning is cheap; the server ends with [`stop`](Self::stop) or with its last clone. A callback
/// that keeps a clone keeps the server until it is stopped, when all callbacks are dropped.
///
/// ```
/// use scenecast::infra::{Message, MessageHandler, MessageSet, WebsocketServer};
///
/// #[derive(Clone, Message)]
/// struct Chat { text: String }
///
/// let server = WebsocketServer::builder(MessageSet::new().with::<Chat>()?).port(0).build();
/// server.register_handler(|client, chat: &Chat| println!("{client}: {}", chat.text))?;
/// server.start()?;
/// server.queue_message(&Chat { text: "hello".to_owned() });
/// println!("open {}", server.url());
/// server.stop();
/// # Ok::<(), scenecast::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "the server stops when this is dropped"]
pub struct WebsocketServer {
    inner: Arc<Inner>,
}

struct Inner {
    hub: Arc<Hub>,
    host: String,
    state: Mutex<State>,
}

enum State {
    Built(Box<Settings>),
    Started(Arc<Transport>),
}

impl WebsocketServer {
    /// Settings for a server of these messages.
    pub fn builder(messages: MessageSet) -> WebsocketServerBuilder {
        WebsocketServerBuilder::new(messages)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn transport(&self) -> Option<Arc<Transport>> {
        match &*self.lock() {
            State::Built(_) => None,
            State::Started(transport) => Some(Arc::clone(transport)),
        }
    }

    /// Starts to listen. Works from any thread, within an async runtime too: the server has
    /// threads of its own.
    ///
    /// # Errors
    /// [`Bind`](Error::Bind) where no port is free, [`Access`](Error::Access) where a setting is
    /// wrong, [`Start`](Error::Start) where the system gives no threads,
    /// [`AlreadyStarted`](Error::AlreadyStarted) the second time.
    pub fn start(&self) -> Result<()> {
        let mut state = self.lock();
        let State::Built(settings) = &*state else {
            return Err(Error::AlreadyStarted);
        };
        let bound = Bound::new(Settings::clone(settings))?;
        let hub = &self.inner.hub;
        hub.set_runtime(bound.runtime().clone());
        let outbox = Arc::clone(&hub.endpoint.outbox);
        let transport = bound.serve(outbox, Arc::clone(hub) as _)?;
        *state = State::Started(Arc::new(transport));
        Ok(())
    }

    /// Stops the server: clients are told, their last callbacks run, the port is free again, and
    /// the server's threads have ended. In an async context, callbacks included, this does not
    /// wait for it, elsewhere for two seconds at most. A second call, or one before the start,
    /// does nothing.
    pub fn stop(&self) {
        if let Some(transport) = self.transport() {
            transport.stop();
        }
    }

    /// Waits until the server is stopped by another thread or callback: usually for ever. Returns
    /// at once before the start.
    pub fn wait(&self) {
        if let Some(transport) = self.transport() {
            transport.wait();
        }
    }

    /// The host that it was asked to listen on.
    pub fn get_host(&self) -> &str {
        &self.inner.host
    }

    /// The port: the one that it listens on, which is not the one that was asked for if that was
    /// taken, or 0; before the start the one that was asked for.
    pub fn get_port(&self) -> u16 {
        match &*self.lock() {
            State::Built(settings) => settings.port,
            State::Started(transport) => transport.address.port(),
        }
    }

    /// The URL to open on this machine, with the token if one is needed; empty before the start.
    pub fn url(&self) -> String {
        let transport = self.transport();
        transport.map_or_else(String::new, |transport| transport.url.clone())
    }

    /// The open connections, in the order in which they came.
    pub fn get_clients(&self) -> Vec<ClientConnection> {
        self.inner.hub.clients()
    }

    /// Calls `callback` for each client that connects, before any handler is called for it, and
    /// for those that are connected now.
    pub fn on_client_connect(
        &self,
        callback: impl Fn(&ClientConnection) + Send + Sync + 'static,
    ) -> CallbackId {
        let hub = &self.inner.hub;
        hub.add_connect_callback(|| hub.on_connect.add(callback))
    }

    /// Like [`on_client_connect`](Self::on_client_connect), for an async callback.
    pub fn on_client_connect_async<F>(
        &self,
        callback: impl Fn(ClientConnection) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let hub = &self.inner.hub;
        hub.add_connect_callback(|| hub.on_connect.add_async(callback))
    }

    /// Calls `callback` for each client that leaves, after all that it has sent is handled.
    pub fn on_client_disconnect(
        &self,
        callback: impl Fn(&ClientConnection) + Send + Sync + 'static,
    ) -> CallbackId {
        self.inner.hub.on_disconnect.add(callback)
    }

    /// Like [`on_client_disconnect`](Self::on_client_disconnect), for an async callback.
    pub fn on_client_disconnect_async<F>(
        &self,
        callback: impl Fn(ClientConnection) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.hub.on_disconnect.add_async(callback)
    }

    /// Stops calling a callback for clients that come or leave; `false` if it is not known.
    pub fn remove_client_callback(&self, id: CallbackId) -> bool {
        let hub = &self.inner.hub;
        hub.on_connect.remove(id) || hub.on_disconnect.remove(id)
    }

    /// Lets clients have what has been said so far at once, rather than within a sixtieth of a
    /// second.
    pub fn flush(&self) {
        self.inner.hub.endpoint.outbox.flush();
    }

    /// Lets a client have at once what has been said to it alone. Does nothing for one that is
    /// gone.
    pub fn flush_client(&self, client_id: ClientId) {
        self.inner.hub.endpoint.outbox.flush_viewer(client_id);
    }

    /// Closes all connections. The server goes on: clients may connect again.
    pub fn disconnect_all_clients(&self) {
        self.inner.hub.endpoint.outbox.disconnect_all();
    }
}

impl HasEndpoint for WebsocketServer {
    #[allow(private_interfaces, reason = "nobody else may call it")]
    fn endpoint(&self) -> &Endpoint {
        &self.inner.hub.endpoint
    }
}

impl MessageHandler for WebsocketServer {}

impl fmt::Debug for WebsocketServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "WebsocketServer({}:{})",
            self.inner.host,
            self.get_port()
        )
    }
}
