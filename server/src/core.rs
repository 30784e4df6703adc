//! What a server is, apart from its sockets and threads.

use crate::{
    client::{Client, ClientInner},
    gui::Gui,
    infra::{
        ClientId,
        callbacks::{CallbackId, Callbacks},
        connection::Listener,
        event_queue::Permit,
        fan_out::Audience,
        outbox::Outbox,
    },
    scene::Scene,
    scope::Scope,
};
use scenecast_protocol::Message;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::runtime::Handle;

/// The shared part of a server.
pub(crate) struct Core {
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) runtime: Handle,
    pub(crate) scene: Scene,
    pub(crate) gui: Gui,
    next_client: AtomicU64,
    /// Open connections, the ones that have not shown a camera included.
    clients: Mutex<BTreeMap<ClientId, Client>>,
    pub(crate) on_connect: Callbacks<Client>,
    pub(crate) on_disconnect: Callbacks<Client>,
}

impl Core {
    pub(crate) fn new(outbox: Arc<Outbox>, runtime: Handle) -> Self {
        let scope = Scope {
            outbox: Arc::clone(&outbox),
            audience: Audience::Everyone,
        };
        Self {
            outbox,
            scene: Scene::new(scope.clone()),
            gui: Gui::new(scope, runtime.clone()),
            runtime,
            next_client: AtomicU64::new(0),
            clients: Mutex::default(),
            on_connect: Callbacks::default(),
            on_disconnect: Callbacks::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ClientId, Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number for a connection, or for an attempt at one.
    pub(crate) fn next_client_id(&self) -> ClientId {
        self.next_client.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes note of a new connection.
    pub(crate) fn open(self: &Arc<Self>, id: ClientId) {
        let inner = Arc::new(ClientInner::new(id, self));
        self.lock().insert(id, Client { inner });
    }

    /// Takes note of the end of a connection.
    pub(crate) fn close(&self, id: ClientId) {
        let Some(client) = self.lock().remove(&id) else {
            return;
        };
        if client.inner.is_connected() {
            tracing::info!("viewer {id} disconnected");
            self.on_disconnect.call(&client.inner.events, &client, None);
        }
    }

    /// The viewers that have shown a camera, in the order in which they came.
    pub(crate) fn connected(&self) -> Vec<Client> {
        let clients = self.lock();
        let connected = clients
            .values()
            .filter(|client| client.inner.is_connected());
        connected.cloned().collect()
    }

    /// Adds a callback for viewers that connect, and calls it for those that have.
    pub(crate) fn add_connect_callback(&self, add: impl FnOnce() -> CallbackId) -> CallbackId {
        // Under the lock, so that a viewer that connects right now is met once.
        let clients = self.lock();
        let id = add();
        for client in clients
            .values()
            .filter(|client| client.inner.is_connected())
        {
            self.on_connect
                .call_one(id, &client.inner.events, client.clone());
        }
        id
    }

    fn client(&self, id: ClientId) -> Option<Client> {
        self.lock().get(&id).cloned()
    }
}

impl Listener for Core {
    fn on_message(&self, id: ClientId, message: Message, permit: Permit) {
        let Some(client) = self.client(id) else {
            return;
        };
        if let Message::ViewerCamera(camera) = message {
            let clients = self.lock();
            let is_first = client.inner.set_camera(camera.into());
            let events = &client.inner.events;
            if is_first {
                tracing::info!("viewer {id} connected");
                self.on_connect.call(events, &client, Some(&permit));
            } else {
                client.inner.on_camera.call(events, &client, Some(&permit));
            }
            drop(clients);
            return;
        }
        if !client.inner.is_connected() {
            tracing::debug!("viewer {id} sent {} before its camera", message.tag());
            return;
        }
        match message {
            Message::GuiUpdate(update) => {
                // A component belongs to everyone or to this viewer.
                let _ = self.gui.receive(&client, &update, &permit)
                    || client.inner.gui.receive(&client, &update, &permit);
            }
            other => tracing::debug!("viewer {id} sent {}, which nobody waits for", other.tag()),
        }
    }
}
