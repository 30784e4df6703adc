//! What a server is, apart from its sockets and threads.

#[cfg(feature = "hub")]
use crate::remote::HubInner;
use crate::{
    camera::InitialView,
    client::{Client, ClientInner},
    gui::{Gui, Said},
    infra::{
        ClientId,
        callbacks::{CallbackId, Callbacks},
        event_queue::Permit,
        fan_out::Audience,
        listener::{Listener, Newcomer, Refusal},
        outbox::Outbox,
        runtime::Runtime,
    },
    scene::Scene,
    scope::Scope,
    tunnel::sharing::Sharing,
};
use bytes::Bytes;
use scenecast_protocol::{Direction, Limits, Message};
#[cfg(feature = "hub")]
use std::sync::OnceLock;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The shared part of a server.
pub(crate) struct Core {
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) runtime: Runtime,
    pub(crate) scene: Scene,
    pub(crate) gui: Gui,
    pub(crate) sharing: Arc<Sharing>,
    pub(crate) initial_view: Arc<Mutex<InitialView>>,
    /// Open connections, the ones that have not shown a camera included.
    clients: Mutex<BTreeMap<ClientId, Client>>,
    pub(crate) on_connect: Callbacks<Client>,
    pub(crate) on_disconnect: Callbacks<Client>,
    #[cfg(feature = "hub")]
    hub: OnceLock<Arc<HubInner>>,
}

impl Core {
    pub(crate) fn new(
        outbox: Arc<Outbox>,
        runtime: Runtime,
        share: impl FnOnce(Scope) -> Sharing,
    ) -> Self {
        let scope = Scope {
            outbox: Arc::clone(&outbox),
            audience: Audience::Everyone,
        };
        let sharing = Arc::new(share(scope.clone()));
        let gui = Gui::new(scope.clone(), runtime.clone());
        Self {
            outbox,
            scene: Scene::with_gui(scope, Arc::downgrade(&gui.inner)),
            gui,
            sharing,
            runtime,
            initial_view: Arc::default(),
            clients: Mutex::default(),
            on_connect: Callbacks::default(),
            on_disconnect: Callbacks::default(),
            #[cfg(feature = "hub")]
            hub: OnceLock::new(),
        }
    }

    /// Gives the server a hub, unless it has one.
    #[cfg(feature = "hub")]
    pub(crate) fn set_hub(&self, hub: Arc<HubInner>) {
        if let Err(hub) = self.hub.set(hub) {
            hub.stop();
        }
    }

    /// The hub; one that publishers cannot connect to, if none was asked for.
    #[cfg(feature = "hub")]
    pub(crate) fn hub(&self) -> &Arc<HubInner> {
        self.hub
            .get_or_init(|| HubInner::start(&self.scene, self.runtime.clone(), Default::default()))
    }

    #[cfg(feature = "hub")]
    fn stop_hub(&self) {
        if let Some(hub) = self.hub.get() {
            hub.stop();
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ClientId, Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Callbacks often hold handles, and with them the scene that holds the callbacks.
impl Drop for Core {
    fn drop(&mut self) {
        #[cfg(feature = "hub")]
        self.stop_hub();
        self.scene.inner.forget_all_callbacks();
        self.gui.forget_all_callbacks();
    }
}

impl Core {
    fn receive(&self, client: Client, message: Message, permit: &Permit) {
        let id = client.inner.id;
        #[cfg(feature = "hub")]
        let message = match self.hub.get() {
            Some(hub) => match hub.receive_from_viewer(&client, message, permit) {
                Some(message) => message,
                None => return,
            },
            None => message,
        };
        if let Message::ViewerCamera(camera) = message {
            let clients = self.lock();
            let is_first = client.inner.set_camera(camera);
            let events = &client.inner.events;
            if is_first {
                tracing::info!("viewer {id} connected");
                self.on_connect.call(events, &client, Some(permit));
            } else {
                client.inner.on_camera.call(events, &client, Some(permit));
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
                self.hear(&client, &update.uuid, &Said::Update(&update), permit);
            }
            other => self.route(&client, other, permit),
        }
    }
}

/// What viewers say who only look.
fn is_looking(message: &Message) -> bool {
    matches!(
        message,
        Message::ViewerCamera(_)
            | Message::GetRenderResponse(_)
            | Message::FileTransferPartAck(_)
            | Message::LocalStorageGetItemResponse(_)
            | Message::PlaysSequences(_)
            | Message::FramesRequest(_)
    )
}

impl Listener for Core {
    fn on_open(&self, viewer: Newcomer) {
        let inner = Arc::new(ClientInner::new(viewer, self));
        self.lock().insert(viewer.id, Client { inner });
        #[cfg(feature = "hub")]
        if let Some(hub) = self.hub.get() {
            hub.viewer_came();
        }
    }

    fn on_message(&self, viewer: Newcomer, message: &Bytes, permit: Permit) -> Result<(), Refusal> {
        let message =
            Message::from_viewer(message, &Limits::client_message()).map_err(Refusal::invalid)?;
        if matches!(message.direction(), Direction::ToViewer | Direction::Unused) {
            let reason = format!("viewers do not send {}", message.tag());
            return Err(Refusal::policy(reason));
        }
        if let Some(client) = self.client(viewer.id)
            && (!viewer.is_read_only || is_looking(&message))
        {
            self.receive(client, message, &permit);
        }
        Ok(())
    }

    fn on_close(&self, id: ClientId) {
        let Some(client) = self.lock().remove(&id) else {
            return;
        };
        self.end_interaction(&client);
        if client.inner.is_connected() {
            tracing::info!("viewer {id} disconnected");
            self.on_disconnect.call(&client.inner.events, &client, None);
        }
    }

    #[cfg(feature = "hub")]
    fn on_end(&self) {
        self.stop_hub();
    }
}
