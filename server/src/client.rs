//! Viewers that are connected.

mod download;
mod notification;
mod render;
mod requests;
mod storage;

pub use download::Download;
pub use notification::NotificationHandle;
pub use render::Render;
pub use storage::LocalStorage;

use crate::{
    camera::{Camera, View},
    core::Core,
    error::{Error, Result},
    gui::{Gui, Uploads},
    infra::{
        ClientId, callbacks::Callbacks, event_queue::EventQueue, fan_out::Audience,
        listener::Newcomer, runtime::Runtime,
    },
    scene::Scene,
    scope::Scope,
};
use bytes::Bytes;
use requests::Requests;
use scenecast_protocol::camera::ViewerCamera;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// What the server knows about a connection.
pub(crate) struct ClientInner {
    pub(crate) id: ClientId,
    is_read_only: bool,
    pub(crate) scene: Scene,
    pub(crate) gui: Gui,
    /// Keeps connection, camera and disconnection in order.
    pub(crate) events: Arc<EventQueue>,
    /// Since its first camera message the viewer counts as connected.
    camera: Mutex<Option<View>>,
    pub(crate) on_camera: Callbacks<Client>,
    /// Compressed images that are to come; empty where the viewer cannot draw.
    pub(crate) renders: Requests<Bytes>,
    /// Stored texts that are to come, or what went wrong.
    pub(crate) storage: Requests<Result<Option<String>, String>>,
    pub(crate) uploads: Uploads,
    /// Frames of a hub's tracks that the viewer asked for: those that it shows now, and others.
    #[cfg(feature = "hub")]
    pub(crate) frames_for_now: Arc<EventQueue>,
    #[cfg(feature = "hub")]
    pub(crate) frames_ahead: Arc<EventQueue>,
    /// Ends with the last download that was asked for.
    pub(crate) downloads: Mutex<Option<oneshot::Receiver<()>>>,
    runtime: Runtime,
}

impl ClientInner {
    pub(crate) fn new(viewer: Newcomer, core: &Core) -> Self {
        let id = viewer.id;
        let scope = Scope {
            outbox: Arc::clone(&core.outbox),
            audience: Audience::Only(id),
        };
        let gui = core.gui.of_viewer(scope.clone());
        Self {
            id,
            is_read_only: viewer.is_read_only,
            scene: Scene::with_gui(scope, Arc::downgrade(&gui.inner)),
            gui,
            events: Arc::new(EventQueue::new(core.runtime.clone())),
            camera: Mutex::new(None),
            on_camera: Callbacks::default(),
            renders: Requests::default(),
            storage: Requests::default(),
            uploads: Uploads::default(),
            #[cfg(feature = "hub")]
            frames_for_now: Arc::new(EventQueue::new(core.runtime.clone())),
            #[cfg(feature = "hub")]
            frames_ahead: Arc::new(EventQueue::new(core.runtime.clone())),
            downloads: Mutex::default(),
            runtime: core.runtime.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<View>> {
        self.camera.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what the viewer says about its camera; tells whether it is the first time.
    pub(crate) fn set_camera(&self, camera: ViewerCamera) -> bool {
        let mut known = self.lock();
        let view = View::said(camera, known.as_ref());
        known.replace(view).is_none()
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.lock().is_some()
    }

    /// Reads where the camera is.
    pub(crate) fn read_view<R>(&self, read: impl FnOnce(&View) -> R) -> R {
        // Clients are handed out from their first camera message on.
        match &*self.lock() {
            Some(view) => read(view),
            None => read(&View::default()),
        }
    }

    /// Moves the camera, if `change` says where to. It tells the viewer, too.
    pub(crate) fn write_view(
        &self,
        change: impl FnOnce(&View) -> Result<Option<View>>,
    ) -> Result<()> {
        let mut view = self.lock();
        if let Some(known) = &mut *view
            && let Some(new) = change(known)?
        {
            *known = new;
        }
        Ok(())
    }
}

/// A viewer that is, or was, connected. Cloning is cheap.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<ClientInner>,
}

impl Client {
    /// The viewer's number. A browser that reconnects gets a new one.
    pub fn id(&self) -> ClientId {
        self.inner.id
    }

    /// Whether it came with the token of those who may only look
    /// ([`read_only_token`](crate::Builder::read_only_token)).
    pub fn is_read_only(&self) -> bool {
        self.inner.is_read_only
    }

    /// The scene that only this viewer sees.
    pub fn scene(&self) -> Scene {
        self.inner.scene.clone()
    }

    /// The GUI that only this viewer sees.
    pub fn gui(&self) -> Gui {
        self.inner.gui.clone()
    }

    /// The viewer's camera. Early on it may be at the default, not yet where the server's initial
    /// camera asks it to be.
    pub fn camera(&self) -> Camera {
        Camera::new(self.clone())
    }

    /// Whether the viewer is still connected.
    pub fn is_connected(&self) -> bool {
        !self.inner.renders.is_closed()
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.inner.runtime
    }

    /// Refuses to wait in an atomic block: nothing is sent before its end.
    fn check_not_atomic(&self, what: &'static str) -> Result<()> {
        if self.inner.scene.inner.scope.outbox.is_in_atomic_block() {
            return Err(Error::InvalidValue {
                what,
                reason: "an atomic block cannot wait for an answer to what it says".to_owned(),
            });
        }
        Ok(())
    }

    /// Lets the viewer have what has been said so far at once, rather than within a sixtieth of
    /// a second.
    pub fn flush(&self) {
        self.inner.scene.inner.scope.outbox.flush();
    }

    /// Runs `block`; the viewer sees all or nothing of what it says.
    pub fn atomic<R>(&self, block: impl FnOnce() -> R) -> R {
        self.inner.scene.inner.scope.outbox.atomic(block)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.inner.id)
    }
}
