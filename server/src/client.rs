//! Viewers that are connected.

use crate::{
    camera::Camera,
    core::Core,
    gui::Gui,
    infra::{
        ClientId,
        callbacks::{CallbackId, Callbacks},
        event_queue::EventQueue,
        fan_out::Audience,
    },
    scene::Scene,
    scope::Scope,
};
use std::{
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What the server knows about a connection.
pub(crate) struct ClientInner {
    pub(crate) id: ClientId,
    pub(crate) scene: Scene,
    pub(crate) gui: Gui,
    /// Keeps connection, camera and disconnection in order.
    pub(crate) events: Arc<EventQueue>,
    /// Since its first camera message the viewer counts as connected.
    camera: Mutex<Option<Camera>>,
    pub(crate) on_camera: Callbacks<Client>,
}

impl ClientInner {
    pub(crate) fn new(id: ClientId, core: &Core) -> Self {
        let scope = Scope {
            outbox: Arc::clone(&core.outbox),
            audience: Audience::Only(id),
        };
        Self {
            id,
            scene: Scene::new(scope.clone()),
            gui: Gui::new(scope, core.runtime.clone()),
            events: Arc::new(EventQueue::new(core.runtime.clone())),
            camera: Mutex::new(None),
            on_camera: Callbacks::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Camera>> {
        self.camera.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the camera; tells whether it is the first one.
    pub(crate) fn set_camera(&self, camera: Camera) -> bool {
        self.lock().replace(camera).is_none()
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.lock().is_some()
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

    /// The scene that only this viewer sees.
    pub fn scene(&self) -> Scene {
        self.inner.scene.clone()
    }

    /// The GUI that only this viewer sees.
    pub fn gui(&self) -> Gui {
        self.inner.gui.clone()
    }

    /// Where the viewer's camera is. Early on this may be the default, not yet what the
    /// server's initial camera asks for.
    pub fn camera(&self) -> Camera {
        // Clients are handed out from their first camera message on.
        self.inner.lock().clone().unwrap_or_else(|| Camera {
            position: [3.0; 3],
            wxyz: Default::default(),
            look_at: [0.0; 3],
            up_direction: [0.0, 0.0, 1.0],
            fov: 75_f64.to_radians(),
            near: 0.01,
            far: 1000.0,
            image_width: 1,
            image_height: 1,
        })
    }

    /// Calls `callback` whenever the viewer's camera has moved.
    pub fn on_camera_update(
        &self,
        callback: impl Fn(&Client) + Send + Sync + 'static,
    ) -> CallbackId {
        self.inner.on_camera.add(callback)
    }

    /// Like [`on_camera_update`](Self::on_camera_update), for an async callback.
    pub fn on_camera_update_async<F>(
        &self,
        callback: impl Fn(Client) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.on_camera.add_async(callback)
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_camera_callback(&self, id: CallbackId) -> bool {
        self.inner.on_camera.remove(id)
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
