//! A connection to a viewer, as programs use it.

use std::process::{Child, Command};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::RemoteError;
use super::address::Address;
use super::connection;
use super::queue::{Incoming, Queues};
use crate::message::{Kind, Message};

/// Numbers of nodes: one counter for the whole process, as in aitviewer.
static NEXT_UID: AtomicI64 = AtomicI64::new(1);

/// How to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectOptions {
    /// How long to try, again and again. Default 10 s.
    pub timeout: Duration,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
        }
    }
}

/// A connection to a viewer. Clones are the same connection.
///
/// The last clone, or node that was created through one, sends what is still queued, closes the
/// connection, and waits for the viewer to confirm that, for at most 5 s. What was created stays
/// in the viewer.
#[derive(Clone)]
pub struct RemoteViewer {
    connection: Arc<Connection>,
}

struct Connection {
    queues: Arc<Queues>,
    thread: Mutex<Option<JoinHandle<()>>>,
    process: Mutex<Option<Child>>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.queues.close();
        let thread = self
            .thread
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            // It cannot panic, and if it did there would be nothing to do about it here.
            let _ = thread.join();
        }
    }
}

impl RemoteViewer {
    /// Connects to the viewer at `address`: `host`, `host:port` (default 8417), or
    /// `token:SECRET@host:port` for a hub that wants a token; before it `wss://` for one that is
    /// encrypted (feature `tls`). Tries for 10 s.
    ///
    /// # Errors
    /// If the address is none, nobody answers in time, or the viewer refuses.
    pub fn connect(address: impl AsRef<str>) -> Result<Self, RemoteError> {
        Self::connect_with(address, ConnectOptions::default())
    }

    /// As [`RemoteViewer::connect`], with options.
    ///
    /// # Errors
    /// Likewise.
    pub fn connect_with(
        address: impl AsRef<str>,
        options: ConnectOptions,
    ) -> Result<Self, RemoteError> {
        let address = Address::parse(address.as_ref())?;
        let queues = Arc::new(Queues::default());
        let (connected, result) = mpsc::channel();
        let failed = |source: std::io::Error| RemoteError::Connect {
            address: address.host.clone(),
            reason: format!("cannot start a thread: {source}"),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let thread = std::thread::Builder::new().name("remote viewer".to_owned());
        let (shared, target) = (queues.clone(), address.clone());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                match connection::connect(&target, options.timeout).await {
                    Ok(socket) => {
                        // The caller waits for it.
                        let _ = connected.send(Ok(()));
                        connection::run(socket, shared).await;
                    }
                    Err(error) => {
                        let _ = connected.send(Err(error));
                    }
                }
            });
        });
        let thread = thread.map_err(failed)?;
        result.recv().unwrap_or(Err(RemoteError::Disconnected))?;
        let connection = Connection {
            queues,
            thread: Mutex::new(Some(thread)),
            process: Mutex::default(),
        };
        Ok(Self {
            connection: Arc::new(connection),
        })
    }

    /// Starts a hub (`scenecast hub`, which must be on the `PATH`) and connects to it.
    ///
    /// # Errors
    /// If there is no such program, or it does not answer within 10 s.
    pub fn create_new_process() -> Result<Self, RemoteError> {
        let mut command = Command::new("scenecast");
        command.arg("hub");
        Self::create_new_process_with(command, "127.0.0.1")
    }

    /// Starts a viewer by `command` and connects to it at `address`.
    ///
    /// # Errors
    /// If it cannot be started, or does not answer within 10 s; then it is ended.
    pub fn create_new_process_with(
        mut command: Command,
        address: impl AsRef<str>,
    ) -> Result<Self, RemoteError> {
        let child = command.spawn();
        let mut child = child.map_err(|source| RemoteError::Process {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        match Self::connect(address) {
            Ok(viewer) => {
                *viewer.process() = Some(child);
                Ok(viewer)
            }
            Err(error) => {
                // It may have ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    /// Waits until the viewer that was started has been closed by its user.
    pub fn wait_process(&self) {
        let child = self.process().take();
        if let Some(mut child) = child {
            // A child that cannot be waited for has ended.
            let _ = child.wait();
        }
    }

    fn process(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        let process = self.connection.process.lock();
        process.unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the connection is still there.
    pub fn is_connected(&self) -> bool {
        !self.connection.queues.ended()
    }

    /// Shows a frame; the nearest if there is none of that number.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn set_frame(&self, frame: usize) -> Result<(), RemoteError> {
        let mut message = Message::new(Kind::SetFrame, None, []);
        message.args = vec![(frame as i64).into()];
        self.send_message(message)
    }

    /// Shows the next frame, after the last one the first.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn next_frame(&self) -> Result<(), RemoteError> {
        self.send_message(Message::new(Kind::NextFrame, None, []))
    }

    /// Shows the previous frame, before the first one the last.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn previous_frame(&self) -> Result<(), RemoteError> {
        self.send_message(Message::new(Kind::PreviousFrame, None, []))
    }

    /// Sends any message, such as a custom one. Waits while more than 64 MiB are queued.
    ///
    /// # Errors
    /// If the connection has ended, or a value cannot be sent.
    pub fn send_message(&self, message: Message) -> Result<(), RemoteError> {
        self.connection.queues.send(message.encode()?)
    }

    /// The oldest message of the viewer's that was not read yet, if there is one. The newest
    /// 64 MiB are kept.
    ///
    /// # Errors
    /// If there is none and the connection has ended.
    pub fn get_message(&self) -> Result<Option<Incoming>, RemoteError> {
        self.connection.queues.read(Some(Instant::now()))
    }

    /// As [`RemoteViewer::get_message`], but waits for one until `timeout` has passed.
    ///
    /// # Errors
    /// Likewise.
    pub fn wait_message(&self, timeout: Duration) -> Result<Option<Incoming>, RemoteError> {
        self.connection.queues.read(Some(Instant::now() + timeout))
    }

    /// Calls `callback` with each message of the viewer's, on a thread of its own, until the
    /// connection ends. A clone of the viewer inside the callback keeps the connection open.
    pub fn on_message(&self, callback: impl Fn(Incoming) + Send + 'static) {
        let queues = self.connection.queues.clone();
        let read = move || {
            while let Ok(Some(message)) = queues.read(None) {
                callback(message);
            }
        };
        std::thread::spawn(read);
    }

    pub(super) fn next_uid() -> i64 {
        NEXT_UID.fetch_add(1, Ordering::Relaxed)
    }
}
