//! Settings of a server, and its start.

use super::{Server, ServerInner};
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
};
use std::{path::PathBuf, sync::Arc};

/// Settings for a [`Server`].
#[derive(Debug, Clone)]
#[must_use = "call `start`"]
pub struct Builder {
    settings: Settings,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            settings: Settings::new(Assets::embedded(), Some(Subprotocol::viser())),
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

    /// Starts the server. Works from any thread, within an async runtime too: the server has
    /// threads of its own.
    ///
    /// # Errors
    /// [`Bind`](crate::Error::Bind) where no port is free, [`Access`](crate::Error::Access) where
    /// a setting is wrong, [`Start`](crate::Error::Start) where the system gives no threads.
    pub fn start(self) -> Result<Server> {
        let outbox = Outbox::new(WINDOW, self.settings.max_queued_bytes);
        let outbox = Arc::new(outbox.with_dialect(Dialect::viser()));
        let bound = Bound::new(self.settings)?;
        let core = Arc::new(Core::new(Arc::clone(&outbox), bound.runtime().clone()));
        core.scene.start()?;
        core.gui.start();
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
