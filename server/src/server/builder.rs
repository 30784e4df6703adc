//! Settings of a server, and its start.

use super::{Server, ServerInner, page::PageSettings};
use crate::{
    core::Core,
    error::Result,
    http::{Assets, Subprotocol},
    infra::{
        client_api::Dialect,
        fan_out::WINDOW,
        outbox::Outbox,
        settings::{Settings, settings_methods},
        transport::Bound,
    },
    tunnel::{Tunnel, sharing::Sharing},
};
#[cfg(feature = "hub")]
use crate::{
    remote::{Endpoint, HubInner, RemoteSettings},
    scene::Up,
};
use std::{path::PathBuf, sync::Arc};

/// Settings for a [`Server`].
#[derive(Debug, Clone)]
#[must_use = "call `start`"]
pub struct Builder {
    settings: Settings,
    tunnel: Option<Arc<dyn Tunnel>>,
    page: PageSettings,
    #[cfg(feature = "hub")]
    remote: Option<RemoteSettings>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            settings: Settings::new(Assets::embedded(), Some(Subprotocol::viser())),
            tunnel: None,
            page: PageSettings::default(),
            #[cfg(feature = "hub")]
            remote: None,
        }
    }
}

impl Builder {
    settings_methods!();

    /// Serves a browser client from a folder instead of the built-in one.
    pub fn assets(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.assets = Assets::folder(folder);
        self
    }

    /// Serves one more file, such as a recording that the page is to play
    /// (`?playbackPath=scan.viser`), at this path. Who may see the page may see the file.
    pub fn serve_file(mut self, url_path: &str, file: impl Into<PathBuf>) -> Self {
        self.settings.assets = self.settings.assets.with_file(url_path, file);
        self
    }

    /// Lets viewers share the server with others, by this tunnel: see [`tunnel`](crate::tunnel).
    /// They need a token there, which the shared URL carries, unless [`token`](Self::token) lets
    /// everyone in. Without a tunnel, nothing can be shared.
    pub fn tunnel(mut self, tunnel: impl Tunnel) -> Self {
        self.tunnel = Some(Arc::new(tunnel));
        self
    }

    /// Whether our client shows [`Html`](crate::gui::Html) as it is: with its styles, forms and
    /// frames, which may cover or imitate the page. Otherwise, and unless this is called, it shows
    /// what is harmless of it. Scripts are not run either way. Markdown and icons are made harmless
    /// always, and so is what other servers send to a page of this one.
    pub fn trust_html(mut self, is_trusted: bool) -> Self {
        self.page.is_html_trusted = is_trusted;
        self
    }

    /// Where Plotly is on this machine, such as `plotly.min.js`: our client loads it from this
    /// server when a [`Plotly`](crate::gui::Plotly) figure is to be shown. Without it the figure's
    /// place says how to get it. Figures with WebGL need Plotly's "strict" bundle, since the page
    /// evaluates no text as script.
    pub fn plotly_js(mut self, file: impl Into<PathBuf>) -> Self {
        self.page.plotly_js = Some(file.into());
        self
    }

    /// Waits for publishers, too: programs that use aitviewer's `RemoteViewer`, or
    /// [`RemoteViewer`](crate::remote::RemoteViewer). A port, such as 8417, or
    /// [`RemoteSettings`](crate::remote::RemoteSettings). What they create is at home where y is
    /// up, so that becomes the scene's up direction.
    #[cfg(feature = "hub")]
    #[doc(alias = "server_enabled")]
    #[doc(alias = "server_port")]
    pub fn remote(mut self, settings: impl Into<RemoteSettings>) -> Self {
        let settings = settings.into();
        self.remote = settings.server_enabled.then_some(settings);
        self
    }

    /// Starts the server. Works from any thread, within an async runtime too: the server has
    /// threads of its own.
    ///
    /// # Errors
    /// [`Bind`](crate::Error::Bind) where no port is free, [`Access`](crate::Error::Access) where
    /// a setting is wrong, [`Start`](crate::Error::Start) where the system gives no threads.
    pub fn start(mut self) -> Result<Server> {
        self.settings.assets = self.page.added_to(self.settings.assets);
        // First: where it fails, nothing has been started.
        #[cfg(feature = "hub")]
        let remote = match self.remote {
            Some(settings) => Some((
                Endpoint::bind(&settings, self.settings.tls.clone())?,
                settings,
            )),
            None => None,
        };
        let outbox = Outbox::new(WINDOW, self.settings.max_queued_bytes);
        let outbox = Arc::new(outbox.with_dialect(Dialect::viser()));
        let bound = Bound::new(self.settings)?;
        let (address, security) = (bound.address(), bound.security().clone());
        let runtime = bound.runtime().clone();
        let share = |scope| Sharing::new(self.tunnel, address, security, scope, runtime.clone());
        let core = Arc::new(Core::new(Arc::clone(&outbox), runtime.clone(), share));
        core.scene.start()?;
        core.gui.start();
        #[cfg(feature = "hub")]
        if let Some((endpoint, settings)) = remote {
            let hub = HubInner::start(&core.scene, bound.runtime().clone(), settings);
            core.scene.set_up_direction(Up::Y);
            endpoint.serve(&hub);
            core.set_hub(hub);
        }
        let transport = bound.serve(outbox, Arc::clone(&core) as _)?;
        Ok(Server {
            inner: Arc::new(ServerInner {
                core,
                transport,
                #[cfg(feature = "render")]
                painter: Default::default(),
            }),
        })
    }
}
