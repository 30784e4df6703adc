//! The server: a port, viewers, and what all of them see.

mod builder;
mod page;

pub use builder::Builder;

use crate::{
    camera::InitialCamera,
    client::{Client, Download},
    core::Core,
    error::{Error, Result},
    gui::Gui,
    infra::{
        callbacks::CallbackId, fan_out::Audience, recorder::Filter, serializer::StateSerializer,
        transport::Transport,
    },
    scene::Scene,
    tunnel::TunnelError,
};
use std::{fmt, future::Future, net::SocketAddr, sync::Arc};

/// Stops the server with its last handle.
pub(crate) struct ServerInner {
    pub(crate) core: Arc<Core>,
    pub(crate) transport: Transport,
    #[cfg(feature = "render")]
    pub(crate) painter: crate::render::Painter,
}

/// A running server. Cloning is cheap; it ends with [`stop`](Self::stop) or with its last clone.
#[derive(Clone)]
#[must_use = "the server stops when this is dropped"]
pub struct Server {
    pub(crate) inner: Arc<ServerInner>,
}

impl Server {
    /// Settings for a server; [`Builder::start`] starts it.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The URL to open on this machine, with the token if one is needed.
    pub fn url(&self) -> &str {
        &self.inner.transport.url
    }

    /// The port, which is not the one that was asked for if that was taken, or 0.
    #[doc(alias = "get_port")]
    pub fn port(&self) -> u16 {
        self.inner.transport.address.port()
    }

    /// The address that the server listens on.
    #[doc(alias = "get_host")]
    pub fn address(&self) -> SocketAddr {
        self.inner.transport.address
    }

    /// The scene that all viewers see.
    pub fn scene(&self) -> Scene {
        self.inner.core.scene.clone()
    }

    /// The GUI that all viewers see.
    pub fn gui(&self) -> Gui {
        self.inner.core.gui.clone()
    }

    /// The hub that publishers connect to, if the server was started with
    /// [`Builder::remote`]; else one without publishers, which is of little use.
    #[cfg(feature = "hub")]
    pub fn hub(&self) -> crate::remote::Hub {
        crate::remote::Hub::new(Arc::clone(self.inner.core.hub()))
    }

    /// Where viewers' cameras start.
    pub fn initial_camera(&self) -> InitialCamera {
        InitialCamera {
            scope: self.inner.core.scene.inner.scope.clone(),
            view: Arc::clone(&self.inner.core.initial_view),
        }
    }

    /// Sends all viewers that are connected a file to save: see
    /// [`Client::send_file_download`].
    ///
    /// # Errors
    /// The file cannot be read. Viewers that have left meanwhile do not matter.
    pub fn send_file_download(&self, download: Download) -> Result<()> {
        for client in self.clients() {
            match client.send_file_download(download.clone()) {
                Ok(()) | Err(Error::Disconnected { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The connected viewers, in the order in which they came.
    #[doc(alias = "get_clients")]
    pub fn clients(&self) -> Vec<Client> {
        self.inner.core.connected()
    }

    /// Calls `callback` for each viewer that connects, and for those that are connected now.
    pub fn on_client_connect(
        &self,
        callback: impl Fn(&Client) + Send + Sync + 'static,
    ) -> CallbackId {
        let core = &self.inner.core;
        core.add_connect_callback(|| core.on_connect.add(callback))
    }

    /// Like [`on_client_connect`](Self::on_client_connect), for an async callback.
    pub fn on_client_connect_async<F>(
        &self,
        callback: impl Fn(Client) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let core = &self.inner.core;
        core.add_connect_callback(|| core.on_connect.add_async(callback))
    }

    /// Calls `callback` for each viewer that leaves.
    pub fn on_client_disconnect(
        &self,
        callback: impl Fn(&Client) + Send + Sync + 'static,
    ) -> CallbackId {
        self.inner.core.on_disconnect.add(callback)
    }

    /// Like [`on_client_disconnect`](Self::on_client_disconnect), for an async callback.
    pub fn on_client_disconnect_async<F>(
        &self,
        callback: impl Fn(Client) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.core.on_disconnect.add_async(callback)
    }

    /// Stops calling a callback for viewers that come or leave; `false` if it is not known.
    pub fn remove_client_callback(&self, id: CallbackId) -> bool {
        let core = &self.inner.core;
        core.on_connect.remove(id) || core.on_disconnect.remove(id)
    }

    /// Opens the tunnel of [`Builder::tunnel`], unless it is open, and waits for the URL at which
    /// others get in. Viewers see it in their share dialog.
    ///
    /// # Errors
    /// [`Share`](Error::Share): there is no tunnel, or it does not open within 30 seconds.
    pub fn request_share_url(&self) -> Result<String> {
        let (send, receive) = std::sync::mpsc::channel();
        let core = &self.inner.core;
        let sharing = Arc::clone(&core.sharing);
        core.runtime.spawn(async move {
            // An error means that nobody waits any more.
            let _ = send.send(sharing.url().await);
        });
        let url = receive.recv().unwrap_or_else(|_| Err(stopped()));
        url.map_err(Error::Share)
    }

    /// Like [`request_share_url`](Self::request_share_url), for async code.
    ///
    /// # Errors
    /// As for [`request_share_url`](Self::request_share_url).
    pub async fn request_share_url_async(&self) -> Result<String> {
        let core = &self.inner.core;
        let sharing = Arc::clone(&core.sharing);
        let url = core.runtime.spawn(async move { sharing.url().await });
        let url = url.await.unwrap_or_else(|_| Err(stopped()));
        url.map_err(Error::Share)
    }

    /// Closes the tunnel, if it is open: the shared URL leads nowhere any more.
    pub fn disconnect_share_url(&self) {
        self.inner.core.sharing.disconnect();
    }

    /// Runs `block`; viewers see all or nothing of what it says, in one picture.
    ///
    /// Only what this thread says belongs to the block; other threads are not held up. Blocks
    /// may be nested; the outermost one counts. What has been said before a panic is sent.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// # let arm = server.scene().add("/arm", scenecast::scene::Frame::default())?;
    /// server.atomic(|| {
    ///     arm.set_wxyz([0.0, 1.0, 0.0, 0.0])?;
    ///     arm.set_position([0.0, 0.0, 1.0])
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn atomic<R>(&self, block: impl FnOnce() -> R) -> R {
        self.inner.core.outbox.atomic(block)
    }

    /// Lets viewers have what has been said so far at once, rather than within a sixtieth of a
    /// second.
    pub fn flush(&self) {
        self.inner.core.outbox.flush();
    }

    /// Starts a recording of the scene as all viewers see it, without the GUI.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// # let arm = server.scene().add("/arm", scenecast::scene::Frame::default())?;
    /// let serializer = server.get_scene_serializer();
    /// for step in 0..100 {
    ///     arm.set_position([0.0, 0.0, f64::from(step) / 100.0])?;
    ///     serializer.insert_sleep(1.0 / 30.0)?;
    /// }
    /// let file: Vec<u8> = serializer.serialize()?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "scene_serializer")]
    pub fn get_scene_serializer(&self) -> StateSerializer {
        let outbox = Arc::clone(&self.inner.core.outbox);
        StateSerializer::start(outbox, Audience::Everyone, Filter::Scene)
    }

    /// Waits until the server is stopped by another thread or callback: usually for ever.
    #[doc(alias = "sleep_forever")]
    pub fn wait(&self) {
        self.inner.transport.wait();
    }

    /// Stops the server: viewers are told, their last callbacks run, the port is free again, and
    /// the server's threads have ended. In an async context this does not wait for it, elsewhere
    /// for two seconds at most. A second call does nothing.
    pub fn stop(&self) {
        self.inner.core.sharing.stop();
        self.inner.transport.stop();
        #[cfg(feature = "render")]
        self.inner.painter.stop();
    }
}

fn stopped() -> Arc<TunnelError> {
    Arc::new(TunnelError::Other("the server stops".to_owned()))
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.inner.transport.address)
    }
}
