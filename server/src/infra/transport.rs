//! A running server, whatever it says: its port, its threads, its viewers' connections.

use super::{
    ClientId, connection,
    listener::{Listener, Newcomer},
    outbox::Outbox,
    pacer,
    runtime::Runtime,
    settings::Settings,
};
use crate::{
    error::{Error, Result},
    http::{self, ConnectionInfo, SecurityPolicy, Socket, VersionMismatch},
};
use std::{
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::sync::{mpsc, watch};

/// How long [`Transport::stop`] waits for viewers to be told and for their last callbacks.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// Threads for callbacks, and for files where they come from a folder.
const BLOCKING_THREADS: usize = 32;

/// Threads that serve viewers: enough to fill a fast network, and to compress meanwhile.
const MAX_WORKERS: usize = 4;

/// A server that has its port and its threads, and serves nobody yet.
pub(crate) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    security: SecurityPolicy,
    settings: Settings,
    threads: tokio::runtime::Runtime,
    runtime: Runtime,
}

impl Bound {
    /// Takes a port and starts threads.
    ///
    /// # Errors
    /// [`Bind`](Error::Bind) where no port is free, [`Access`](Error::Access) where a setting is
    /// wrong, [`Start`](Error::Start) where the system gives no threads.
    pub(crate) fn new(settings: Settings) -> Result<Self> {
        if let Some(wrong) = settings.wrong {
            return Err(wrong.into());
        }
        let listener = http::bind(&settings.host, settings.port)?;
        let address = listener.local_addr().map_err(Error::Start)?;
        let security = SecurityPolicy::new(settings.access.clone(), address)?
            .encrypted(settings.tls.is_some())
            .with_read_only(settings.read_only.clone());
        let workers = thread::available_parallelism().map_or(2, usize::from);
        let threads = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(workers.clamp(1, MAX_WORKERS))
            .max_blocking_threads(BLOCKING_THREADS)
            .thread_name("scenecast")
            .enable_all()
            .build()
            .map_err(Error::Start)?;
        Ok(Self {
            runtime: Runtime::new(threads.handle().clone()),
            listener,
            address,
            security,
            settings,
            threads,
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Who may talk to it.
    pub(crate) fn security(&self) -> &SecurityPolicy {
        &self.security
    }

    /// Where callbacks are to run.
    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Serves viewers until the transport is stopped.
    ///
    /// # Errors
    /// [`Start`](Error::Start) where the system gives no thread.
    pub(crate) fn serve(
        self,
        outbox: Arc<Outbox>,
        listener: Arc<dyn Listener>,
    ) -> Result<Transport> {
        let pacer = pacer::start(Arc::clone(&outbox)).map_err(Error::Start)?;
        let (stop, mut stopped) = watch::channel(false);
        // Each viewer's task holds a sender: when the channel closes, all have ended.
        let (open, mut viewers) = mpsc::channel::<()>(1);
        let next_id = AtomicU64::new(0);
        let on_socket = {
            let (outbox, listener) = (Arc::clone(&outbox), Arc::clone(&listener));
            move |socket: Result<Socket, VersionMismatch>, info: ConnectionInfo| {
                // A viewer that is turned away uses up a number too.
                let id: ClientId = next_id.fetch_add(1, Ordering::Relaxed);
                let (outbox, listener) = (Arc::clone(&outbox), Arc::clone(&listener));
                let open = open.clone();
                async move {
                    let Ok(socket) = socket else { return };
                    let viewer = Newcomer {
                        id,
                        is_read_only: info.is_read_only,
                    };
                    connection::run(socket, viewer, &outbox, &*listener).await;
                    drop(open);
                }
            }
        };
        let url = self.security.url();
        let router = http::router(
            self.settings.assets,
            self.security,
            self.settings.subprotocol,
            on_socket,
        );
        let ended = Arc::new(Ended::default());
        let runtime = self.runtime.clone();
        let (limits, tls) = (self.settings.limits, self.settings.tls);
        let served = self.runtime.spawn({
            let ended = Arc::clone(&ended);
            async move {
                let stop = async move {
                    // An error means that the server is gone.
                    let _ = stopped.wait_for(|stopped| *stopped).await;
                };
                if let Err(error) = http::serve_over(self.listener, router, limits, tls, stop).await
                {
                    tracing::error!("cannot serve: {error}");
                    ended.set();
                }
                // Nobody sends anything: this ends when the last sender is dropped.
                let _ = viewers.recv().await;
                runtime.idle().await;
                listener.on_end();
            }
        });
        tracing::info!("listening on {}", self.address);
        Ok(Transport {
            outbox,
            url,
            address: self.address,
            stop,
            ended,
            running: Mutex::new(Some(Running {
                threads: self.threads,
                served,
                pacer,
            })),
        })
    }
}

/// Stops its server when it is dropped.
pub(crate) struct Transport {
    pub(crate) outbox: Arc<Outbox>,
    /// What to open on this machine, with the token if one is needed.
    pub(crate) url: String,
    pub(crate) address: SocketAddr,
    /// `true` asks for the end.
    stop: watch::Sender<bool>,
    ended: Arc<Ended>,
    running: Mutex<Option<Running>>,
}

/// What ends with the server.
struct Running {
    threads: tokio::runtime::Runtime,
    served: tokio::task::JoinHandle<()>,
    pacer: JoinHandle<()>,
}

impl Transport {
    /// Waits until the server has been stopped.
    pub(crate) fn wait(&self) {
        self.ended.wait();
    }

    /// Stops the server: viewers are told, their last callbacks run, the port is free again and
    /// all threads have ended. In an async context this does not wait for it. Callbacks that take
    /// longer than [`STOP_TIMEOUT`] are left behind. A second call only waits.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
        self.outbox.stop();
        let running = self.lock().take();
        // In an async context, callbacks included, one must not wait.
        let must_not_wait = tokio::runtime::Handle::try_current().is_ok();
        let ended = Arc::clone(&self.ended);
        match running {
            Some(running) if must_not_wait => {
                let spawned = thread::Builder::new().spawn(move || running.end(&ended));
                if let Err(error) = spawned {
                    tracing::warn!("the server ends without telling viewers: {error}");
                }
            }
            Some(running) => running.end(&ended),
            None if must_not_wait => {}
            None => ended.wait_at_most(2 * STOP_TIMEOUT),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    fn end(self, ended: &Ended) {
        let served = self.served;
        let told = self
            .threads
            .block_on(async { tokio::time::timeout(STOP_TIMEOUT, served).await });
        match told {
            // Nothing is left to run: this only joins the threads.
            Ok(_) => self.threads.shutdown_timeout(STOP_TIMEOUT),
            Err(_) => self.threads.shutdown_background(),
        }
        if self.pacer.join().is_err() {
            tracing::error!("the thread that releases messages panicked");
        }
        ended.set();
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether a server has ended, for those who wait for it.
#[derive(Debug, Default)]
struct Ended {
    ended: Mutex<bool>,
    changed: Condvar,
}

impl Ended {
    fn set(&self) {
        *self.lock() = true;
        self.changed.notify_all();
    }

    fn wait(&self) {
        drop(self.changed.wait_while(self.lock(), |ended| !*ended));
    }

    fn wait_at_most(&self, timeout: Duration) {
        let wait = self
            .changed
            .wait_timeout_while(self.lock(), timeout, |e| !*e);
        drop(wait);
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
