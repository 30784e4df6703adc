//! Settings of a server, and its start.

use super::{Ended, Server, ServerInner};
use crate::{
    core::Core,
    error::{Error, Result},
    http::{
        self, Access, AccessError, Assets, Limits, SecurityPolicy, Socket, Token, VersionMismatch,
    },
    infra::{connection, fan_out::WINDOW, outbox::Outbox, pacer},
};
use std::{
    io,
    net::TcpListener,
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
};
use tokio::{runtime::Runtime, sync::watch};

/// See [`Builder::max_queued_bytes`].
const DEFAULT_QUEUED_BYTES: usize = 64 << 20;

/// Threads for callbacks, and for the client's files where they come from a folder.
const BLOCKING_THREADS: usize = 32;

/// Threads that serve viewers: enough to fill a fast network, and to compress meanwhile.
const MAX_WORKERS: usize = 4;

/// Settings for a [`Server`].
#[derive(Debug, Clone)]
#[must_use = "call `start`"]
pub struct Builder {
    host: String,
    port: u16,
    access: Access,
    limits: Limits,
    assets: Assets,
    max_queued_bytes: usize,
    // The first setting that cannot be used; told by `start`, so that calls can be chained.
    wrong: Option<AccessError>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8080,
            access: Access::default(),
            limits: Limits::default(),
            assets: Assets::embedded(),
            max_queued_bytes: DEFAULT_QUEUED_BYTES,
            wrong: None,
        }
    }
}

impl Builder {
    /// The port, 8080 unless set. If it is taken the next free one is used; 0 lets the system
    /// choose. [`Server::port`] tells which it became.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The address or name to listen on; `127.0.0.1`, this machine only, unless set. On any other
    /// a random token becomes part of [`Server::url`], unless [`token`](Self::token) says
    /// otherwise.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// The secret that viewers need.
    pub fn token(mut self, token: Token) -> Self {
        self.access.token = token;
        self
    }

    /// Lets pages of this origin, such as `https://example.com`, connect and show the client in a
    /// frame; `*` lets all.
    pub fn allow_origin(mut self, origin: &str) -> Self {
        match origin.parse() {
            Ok(origin) => self.access.allow_origins.push(origin),
            Err(error) => self.wrong = self.wrong.or(Some(error)),
        }
        self
    }

    /// Answers to this host name too, such as one that a proxy uses; `*` for all names.
    pub fn allow_host(mut self, host: &str) -> Self {
        match host.parse() {
            Ok(host) => self.access.allow_hosts.push(host),
            Err(error) => self.wrong = self.wrong.or(Some(error)),
        }
        self
    }

    /// All settings about who may connect at once.
    pub fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// Serves a browser client from a folder instead of the built-in one.
    pub fn assets(mut self, folder: impl Into<PathBuf>) -> Self {
        self.assets = Assets::folder(folder);
        self
    }

    /// Bounds on connections.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How many bytes may wait for one viewer that nothing newer replaces: parts of files,
    /// scripts, requests. A viewer that leaves more unread is disconnected. 64 MiB unless set.
    /// What newer messages do replace, such as poses and properties, is bounded by the scene.
    pub fn max_queued_bytes(mut self, bytes: usize) -> Self {
        self.max_queued_bytes = bytes;
        self
    }

    /// Starts the server. Works from any thread, within an async runtime too: the server has
    /// threads of its own.
    ///
    /// # Errors
    /// [`Bind`](crate::Error::Bind) where no port is free, [`Access`](crate::Error::Access) where
    /// a setting is wrong, [`Start`](crate::Error::Start) where the system gives no threads.
    pub fn start(self) -> Result<Server> {
        if let Some(wrong) = self.wrong {
            return Err(wrong.into());
        }
        let listener = http::bind(&self.host, self.port)?;
        let address = listener.local_addr().map_err(Error::Start)?;
        let security = SecurityPolicy::new(self.access, address)?;
        let url = security.url();

        let workers = thread::available_parallelism().map_or(2, usize::from);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(workers.clamp(1, MAX_WORKERS))
            .max_blocking_threads(BLOCKING_THREADS)
            .thread_name("scenecast")
            .enable_all()
            .build()
            .map_err(Error::Start)?;
        let outbox = Arc::new(Outbox::new(WINDOW, self.max_queued_bytes));
        let core = Arc::new(Core::new(Arc::clone(&outbox), runtime.handle().clone()));
        core.scene.start()?;
        core.gui.start();
        pacer::start(outbox).map_err(Error::Start)?;

        let (stop, stopped) = watch::channel(false);
        let ended = Arc::new(Ended::default());
        serve(
            &runtime,
            Arc::clone(&core),
            listener,
            (self.assets, security, self.limits),
            stopped,
            Arc::clone(&ended),
        );
        tracing::info!("listening on {address}");
        Ok(Server {
            inner: Arc::new(ServerInner {
                core,
                url,
                address,
                stop,
                ended,
                runtime: Mutex::new(Some(runtime)),
            }),
        })
    }
}

/// Serves until `stopped` says so and all viewers have been told.
fn serve(
    runtime: &Runtime,
    core: Arc<Core>,
    listener: TcpListener,
    (assets, security, limits): (Assets, SecurityPolicy, Limits),
    mut stopped: watch::Receiver<bool>,
    ended: Arc<Ended>,
) {
    // Each viewer's task holds a sender: when the channel closes, all have ended.
    let (viewer, mut viewers) = tokio::sync::mpsc::channel::<()>(1);
    let on_socket = move |socket: Result<Socket, VersionMismatch>, _info| {
        let core = Arc::clone(&core);
        let viewer = viewer.clone();
        // A viewer that is turned away uses up a number too.
        let id = core.next_client_id();
        async move {
            let Ok(socket) = socket else { return };
            core.open(id);
            connection::run(socket, id, &core.outbox, &*core).await;
            core.close(id);
            drop(viewer);
        }
    };
    let router = http::router(assets, security, on_socket);
    runtime.spawn(async move {
        let stop = async move {
            // An error means that the server is gone.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        let served: io::Result<()> = http::serve(listener, router, limits, stop).await;
        if let Err(error) = served {
            tracing::error!("cannot serve: {error}");
        }
        // Nobody sends anything: this ends when the last sender is dropped.
        let _ = viewers.recv().await;
        ended.set();
    });
}
