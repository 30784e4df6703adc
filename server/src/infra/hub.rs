//! What a [`WebsocketServer`](super::WebsocketServer) is, apart from its sockets and threads.

use super::{
    ClientId,
    callbacks::{CallbackId, Callbacks},
    client_connection::ClientConnection,
    deserialize_error::DeserializeError,
    endpoint::Endpoint,
    endpoint::HasEndpoint as _,
    event_queue::{EventQueue, Job, Permit},
    handlers::Incoming,
    listener::{Listener, Newcomer, Refusal},
    runtime::Runtime,
};
use bytes::Bytes;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

/// The connections of a server, and who is called about them.
pub(crate) struct Hub {
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) on_connect: Callbacks<ClientConnection>,
    pub(crate) on_disconnect: Callbacks<ClientConnection>,
    verbose: bool,
    clients: Mutex<BTreeMap<ClientId, ClientConnection>>,
    /// Known once the server has started: before, there are no clients.
    runtime: OnceLock<Runtime>,
}

impl Hub {
    pub(crate) fn new(endpoint: Endpoint, verbose: bool) -> Self {
        Self {
            endpoint: Arc::new(endpoint),
            on_connect: Callbacks::default(),
            on_disconnect: Callbacks::default(),
            verbose,
            clients: Mutex::default(),
            runtime: OnceLock::new(),
        }
    }

    /// Says where callbacks are to run.
    pub(crate) fn set_runtime(&self, runtime: Runtime) {
        // A server starts once.
        let _ = self.runtime.set(runtime);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ClientId, ClientConnection>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open connections, in the order in which they came.
    pub(crate) fn clients(&self) -> Vec<ClientConnection> {
        self.lock().values().cloned().collect()
    }

    /// Adds a callback for clients that connect, and calls it for those that have.
    pub(crate) fn add_connect_callback(&self, add: impl FnOnce() -> CallbackId) -> CallbackId {
        // Under the lock, so that a client that connects right now is met once.
        let clients = self.lock();
        let id = add();
        for client in clients.values() {
            self.on_connect
                .call_one(id, client.events(), client.clone());
        }
        id
    }

    fn note(&self, what: &str, id: ClientId, total: usize) {
        if self.verbose {
            tracing::info!("connection {what} (client {id}, {total} in all)");
        }
    }
}

impl Listener for Hub {
    fn on_open(&self, viewer: Newcomer) {
        let id = viewer.id;
        let Some(runtime) = self.runtime.get() else {
            return;
        };
        let client = ClientConnection::new(id, &self.endpoint, EventQueue::new(runtime.clone()));
        let mut clients = self.lock();
        clients.insert(id, client.clone());
        self.on_connect.call(client.events(), &client, None);
        self.note("opened", id, clients.len());
    }

    fn on_message(&self, viewer: Newcomer, message: &Bytes, permit: Permit) -> Result<(), Refusal> {
        let id = viewer.id;
        if viewer.is_read_only {
            return Ok(());
        }
        let (message, class) = match self.endpoint.messages.read(message) {
            Ok(read) => read,
            // Newer clients may know more.
            Err(error @ DeserializeError::UnknownType { .. }) => {
                tracing::debug!("client {id}: {error}");
                return Ok(());
            }
            Err(error) => return Err(Refusal::invalid(error)),
        };
        if !class.is_from_clients() {
            return Err(Refusal::policy(format!(
                "viewers do not send {}",
                class.name
            )));
        }
        let Some(client) = self.lock().get(&id).cloned() else {
            return Ok(());
        };
        let incoming = Incoming {
            client_id: id,
            message,
        };
        // Looked up when its turn comes: callbacks for what is before may register handlers.
        let queue = Arc::clone(client.events());
        let server = Arc::clone(&self.endpoint);
        queue.push(Job::Deferred(Box::new(move || {
            let mut jobs = server.handlers.jobs(&incoming, &permit);
            jobs.extend(client.endpoint().handlers.jobs(&incoming, &permit));
            if jobs.is_empty() {
                let name = incoming.message.type_name();
                tracing::debug!("client {id} sent {name}, which nobody waits for");
            }
            jobs
        })));
        Ok(())
    }

    fn on_close(&self, id: ClientId) {
        let mut clients = self.lock();
        if let Some(client) = clients.remove(&id) {
            self.note("closed", id, clients.len());
            drop(clients);
            self.on_disconnect.call(client.events(), &client, None);
        }
    }

    /// Callbacks often hold the server, and with it this.
    fn on_end(&self) {
        self.on_connect.clear();
        self.on_disconnect.clear();
        self.endpoint.handlers.clear();
    }
}
