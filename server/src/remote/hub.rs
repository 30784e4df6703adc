//! The hub: what publishers create, for viewers to see.

mod callbacks;
mod connection;
mod endpoint;
mod ingest;
mod look;
mod node;
mod notices;
mod presenter;
mod publisher;
mod settings;
mod state;
mod texture;
mod timeline;
mod tracks;

pub use callbacks::{Handled, Kwargs};
pub(crate) use endpoint::Endpoint;
pub use node::HubNode;
pub use publisher::{Publisher, Recipients};
pub use settings::{RemoteLimits, RemoteSettings};
pub use timeline::HubTimeline;

use crate::{
    client::Client,
    error::{Error, Result},
    infra::{
        CallbackId,
        event_queue::{Job, Permit},
        runtime::Runtime,
    },
    scene::{Scene, SceneInner},
};
use callbacks::{MessageCallbacks, Seen};
use notices::Notices;
use scenecast_protocol as protocol;
use scenecast_remote::{Message, Refused, Value, pickle, scene::PublisherId, smpl::ModelFolder};
use state::{State, Work};
use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tracks::Tracks;

/// What a hub is, apart from its sockets.
pub(crate) struct HubInner {
    state: Mutex<State>,
    /// There is something to tell viewers, or an end.
    changed: Condvar,
    viewers: Arc<SceneInner>,
    tracks: Tracks,
    notices: Notices,
    settings: RemoteSettings,
    runtime: Runtime,
    callbacks: MessageCallbacks,
    models: Arc<ModelFolder>,
    /// Where publishers connect, once they can.
    address: OnceLock<(SocketAddr, String)>,
    is_stopped: AtomicBool,
}

impl HubInner {
    /// A hub that shows what publishers create in `scene`.
    pub(crate) fn start(scene: &Scene, runtime: Runtime, settings: RemoteSettings) -> Arc<Self> {
        let models = Arc::new(ModelFolder::new(&settings.smplx_models));
        let nodes = scenecast_remote::Scene::new(Arc::clone(&models), settings.limits.scene);
        let hub = Arc::new(Self {
            state: Mutex::new(State::new(nodes)),
            changed: Condvar::new(),
            viewers: Arc::clone(&scene.inner),
            tracks: Tracks::default(),
            notices: Notices::default(),
            settings,
            runtime,
            callbacks: MessageCallbacks::default(),
            models,
            address: OnceLock::new(),
            is_stopped: AtomicBool::new(false),
        });
        if let Err(error) = presenter::start(Arc::clone(&hub)) {
            tracing::error!("cannot show what publishers create: {error}");
        }
        hub
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the presenter look for news.
    fn wake(&self) {
        self.changed.notify_all();
    }

    /// Ends the presenter, and forgets all callbacks: they often hold the server.
    pub(crate) fn stop(&self) {
        // Under the lock, so that the presenter is not just about to wait.
        {
            let _state = self.lock();
            self.is_stopped.store(true, Ordering::Release);
        }
        self.wake();
        self.callbacks.clear();
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Acquire)
    }

    fn set_address(&self, address: SocketAddr, url: String) {
        // An endpoint is opened once.
        let _ = self.address.set((address, url));
    }

    fn add_publisher(&self, publisher: &Publisher) {
        let publisher = publisher.clone();
        self.lock().publishers.insert(publisher.id(), publisher);
    }

    fn remove_publisher(&self, publisher: &Publisher) {
        self.lock().publishers.remove(&publisher.id());
    }

    /// A viewer has to be shown the frame.
    pub(crate) fn viewer_came(&self) {
        self.lock().has_joiner = true;
        self.wake();
    }

    /// A viewer's message, which is returned if it is none for the hub.
    pub(crate) fn receive_from_viewer(
        self: &Arc<Self>,
        viewer: &Client,
        message: protocol::Message,
        permit: &Permit,
    ) -> Option<protocol::Message> {
        match message {
            protocol::Message::PlaysSequences(_) => {
                self.viewers.scope.outbox.set_plays(viewer.id());
            }
            protocol::Message::TimelineCommand(command) => {
                HubTimeline::new(Arc::clone(self)).command(&command);
            }
            protocol::Message::FramesRequest(request) => {
                let is_for_now = request.is_for_now;
                let answer = Arc::clone(self).answer(viewer.id(), request, permit.clone());
                let answer = Job::Async(Box::pin(answer));
                // What is shown now does not wait for what is fetched ahead of time, nor for what
                // was shown before.
                if is_for_now {
                    viewer.inner.frames_for_now.push_first(answer);
                } else {
                    viewer.inner.frames_ahead.push(answer);
                }
            }
            other => return Some(other),
        }
        None
    }

    /// A message of a publisher's: callbacks see it first.
    fn receive(&self, publisher: &Publisher, message: Message) -> Result<(), Refused> {
        let kwargs = Kwargs(message.kwargs);
        let handled = self.callbacks.handle(&Seen {
            kind: &message.kind,
            uid: &message.uid,
            args: &message.args,
            kwargs: &kwargs,
            client: publisher,
        });
        match handled {
            Handled::Yes => Ok(()),
            Handled::No => self.process(
                publisher,
                Message {
                    kwargs: kwargs.0,
                    ..message
                },
            ),
        }
    }

    /// Does what a message asks for, or nothing at all.
    fn process(&self, publisher: &Publisher, message: Message) -> Result<(), Refused> {
        let work = Work::of(message, &self.models, self.settings.textures.as_deref())?;
        let mut state = self.lock();
        state.apply(publisher, work)?;
        let has_news = state.has_news();
        drop(state);
        if has_news {
            self.wake();
        }
        Ok(())
    }
}

/// A viewer that other processes publish to. Cloning is cheap.
///
/// Publishers are programs that use aitviewer's `RemoteViewer` in Python, or
/// [`RemoteViewer`](super::RemoteViewer) in Rust. What they create is shown to all viewers of
/// the server, and stays when they leave. Their data has y up, and so does the scene of a server
/// with a hub, unless it says otherwise
/// ([`set_up_direction`](crate::scene::Scene::set_up_direction)).
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::{Server, remote::{Handled, Value}};
/// let server = Server::builder().port(0).remote(0).start()?;
/// let hub = server.hub();
/// let answers = hub.clone();
/// let _ = hub.on_message(move |kind, _remote_uid, args, _kwargs, client| {
///     if *kind != Value::from("ping") {
///         return Handled::No;
///     }
///     let answer = args.first().cloned().unwrap_or(Value::None);
///     // An error would mean that the client has left.
///     let _ = answers.send_message(answer, client);
///     Handled::Yes
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Hub {
    inner: Arc<HubInner>,
}

impl Hub {
    pub(crate) fn new(inner: Arc<HubInner>) -> Self {
        Self { inner }
    }

    /// Where publishers connect; `None` if they cannot.
    pub fn address(&self) -> Option<SocketAddr> {
        self.inner.address.get().map(|(address, _)| *address)
    }

    /// What publishers on this machine pass to `RemoteViewer`, such as `127.0.0.1:8417` or
    /// `token:SECRET@127.0.0.1:8417`; empty if they cannot connect. aitviewer's client takes the
    /// port as an argument of its own.
    pub fn url(&self) -> &str {
        self.inner.address.get().map_or("", |(_, url)| url)
    }

    /// The connected publishers, in the order in which they came.
    pub fn publishers(&self) -> Vec<Publisher> {
        self.inner.lock().publishers.values().cloned().collect()
    }

    /// Calls `callback` with each message of each publisher before the hub looks at it: its
    /// type, the number of the node that it is about (or `None`), arguments by position and by
    /// name, and who sent it. If the callback returns `true` or [`Handled::Yes`], nothing else is
    /// done about the message.
    ///
    /// It is called on the publisher's thread, where it may block; what the publisher sends
    /// meanwhile waits.
    #[doc(alias = "process_message")]
    pub fn on_message<R: Into<Handled>>(
        &self,
        callback: impl Fn(&Value, &Value, &[Value], &Kwargs, &Publisher) -> R + Send + Sync + 'static,
    ) -> CallbackId {
        self.inner.callbacks.add(move |seen| {
            callback(seen.kind, seen.uid, seen.args, seen.kwargs, seen.client).into()
        })
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_message_callback(&self, id: CallbackId) -> bool {
        self.inner.callbacks.remove(id)
    }

    /// Does with a message what the hub does if no callback handles it. A callback that wants to
    /// act after that calls this, and returns `true`.
    ///
    /// # Errors
    /// What the message asks for cannot be done. Nothing has changed then.
    pub fn process_message(
        &self,
        kind: &Value,
        remote_uid: &Value,
        args: &[Value],
        kwargs: &Kwargs,
        client: &Publisher,
    ) -> Result<(), Refused> {
        let message = Message {
            kind: kind.clone(),
            uid: remote_uid.clone(),
            args: args.to_vec(),
            kwargs: kwargs.0.clone(),
        };
        self.inner.process(client, message)
    }

    /// The node that a publisher calls `remote_uid`.
    #[doc(alias = "get_node_by_remote_uid")]
    pub fn node_from_remote_uid(
        &self,
        remote_uid: impl Into<Value>,
        client: &Publisher,
    ) -> Option<HubNode> {
        let state = self.inner.lock();
        let id = state
            .scene
            .node_from_remote_uid(client.id(), &remote_uid.into())?;
        drop(state);
        Some(HubNode::new(Arc::clone(&self.inner), id))
    }

    /// All nodes of all publishers, those that have left included; the oldest first.
    pub fn nodes(&self) -> Vec<HubNode> {
        let state = self.inner.lock();
        let ids = state.scene.nodes().map(|(id, _, _)| id);
        ids.map(|id| HubNode::new(Arc::clone(&self.inner), id))
            .collect()
    }

    /// The publisher of this number, if it is connected.
    pub fn publisher(&self, id: PublisherId) -> Option<Publisher> {
        self.inner.lock().publishers.get(&id).cloned()
    }

    /// Sends any value to a publisher, or with `None` to all.
    ///
    /// # Errors
    /// The value cannot be written as a pickle, the publisher has left, or it has not read what
    /// was sent before: see [`RemoteLimits::unsent_bytes`](RemoteLimits::unsent_bytes).
    /// Where a message goes to all, those who cannot take it go without.
    pub fn send_message(
        &self,
        value: impl Into<Value>,
        client: impl Into<Recipients>,
    ) -> Result<()> {
        let payload = pickle::encode(&value.into()).map_err(|error| Error::InvalidValue {
            what: "a message to a publisher",
            reason: error.to_string(),
        })?;
        match client.into() {
            Recipients::One(publisher) => publisher.send(payload),
            Recipients::All => {
                for publisher in self.publishers() {
                    if let Err(error) = publisher.send(payload.clone()) {
                        tracing::debug!("{error}");
                    }
                }
                Ok(())
            }
        }
    }

    /// The timeline that all viewers share.
    pub fn timeline(&self) -> HubTimeline {
        HubTimeline::new(Arc::clone(&self.inner))
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hub({:?})", self.address())
    }
}
