//! The thread that draws: OpenGL contexts stay on the thread that made them.

use super::{RenderError, Shot};
use crate::infra::runtime::Runtime;
use image::DynamicImage;
use scenecast_client::headless::Studio;
use scenecast_protocol::{Message, Wire, encode::Encoded, state::ViewerState};
use std::{
    fmt::Display,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, SyncSender, TrySendError},
    },
    thread::{self, JoinHandle},
    time::Instant,
};
use tokio::sync::oneshot;

/// Pictures that may wait to be drawn.
const MAX_WAITING: usize = 16;

type Drawn = Result<DynamicImage, RenderError>;

/// A picture, and all that has been said to viewers before it was asked for.
pub(crate) struct Order {
    pub(super) shot: Shot,
    pub(super) size: [u32; 2],
    pub(super) messages: Vec<Arc<Encoded>>,
}

struct Job {
    order: Order,
    /// Gone when nobody waits any more.
    wanted: Weak<()>,
    answer: Box<dyn FnOnce(Drawn) + Send>,
}

/// Draws the pictures of one server, one after the other.
#[derive(Default)]
pub(crate) struct Painter(Mutex<Option<Running>>);

struct Running {
    jobs: SyncSender<Job>,
    has_ended: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Painter {
    /// Has a picture drawn, and waits for it.
    pub(super) fn wait(&self, order: Order) -> Drawn {
        let (sender, receiver) = mpsc::channel();
        let timeout = order.shot.timeout;
        let _wanted = self.ask(order, move |drawn| {
            // An error means that nobody waits any more.
            let _ = sender.send(drawn);
        })?;
        match timeout {
            None => receiver.recv().map_err(|_| RenderError::Ended)?,
            Some(timeout) => receiver
                .recv_timeout(timeout)
                .map_err(|error| match error {
                    mpsc::RecvTimeoutError::Timeout => RenderError::Timeout(timeout),
                    mpsc::RecvTimeoutError::Disconnected => RenderError::Ended,
                })?,
        }
    }

    /// The same for async code. `runtime` has the clock: the caller's may have none.
    pub(super) async fn wait_async(&self, order: Order, runtime: &Runtime) -> Drawn {
        let (sender, receiver) = oneshot::channel();
        let timeout = order.shot.timeout;
        let _wanted = self.ask(order, move |drawn| {
            let _ = sender.send(drawn);
        })?;
        let Some(timeout) = timeout else {
            return receiver.await.map_err(|_| RenderError::Ended)?;
        };
        let waiting = async move { tokio::time::timeout(timeout, receiver).await };
        match runtime.spawn(waiting).await {
            Ok(Ok(Ok(drawn))) => drawn,
            Ok(Err(_)) => Err(RenderError::Timeout(timeout)),
            Ok(Ok(Err(_))) | Err(_) => Err(RenderError::Ended),
        }
    }

    /// Puts a picture in the queue. It is drawn as long as the returned ticket is kept.
    fn ask(
        &self,
        order: Order,
        answer: impl FnOnce(Drawn) + Send + 'static,
    ) -> Result<Arc<()>, RenderError> {
        let ticket = Arc::new(());
        let job = Job {
            order,
            wanted: Arc::downgrade(&ticket),
            answer: Box::new(answer),
        };
        let mut locked = self.lock();
        let running = match locked.take() {
            Some(running) if !running.thread.is_finished() => locked.insert(running),
            Some(_) | None => locked.insert(Running::start()?),
        };
        match running.jobs.try_send(job) {
            Ok(()) => Ok(ticket),
            Err(TrySendError::Full(_)) => Err(RenderError::Busy { limit: MAX_WAITING }),
            Err(TrySendError::Disconnected(_)) => Err(RenderError::Ended),
        }
    }

    /// Ends the thread; pictures that still wait are not drawn. Waits for the one that is being
    /// drawn, unless this is an async context. A later picture starts a new thread.
    pub(crate) fn stop(&self) {
        let running = self.lock().take();
        if let Some(running) = running {
            running.has_ended.store(true, Ordering::Release);
            drop(running.jobs);
            let must_not_wait = tokio::runtime::Handle::try_current().is_ok();
            if !must_not_wait && running.thread.join().is_err() {
                tracing::error!("the thread that draws pictures panicked");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Running {
    fn start() -> Result<Self, RenderError> {
        let (jobs, queue) = mpsc::sync_channel(MAX_WAITING);
        let has_ended = Arc::new(AtomicBool::new(false));
        let thread = thread::Builder::new()
            .name("scenecast-render".to_owned())
            .spawn({
                let has_ended = Arc::clone(&has_ended);
                move || work(&queue, &has_ended)
            })
            .map_err(RenderError::NoThread)?;
        Ok(Self {
            jobs,
            has_ended,
            thread,
        })
    }
}

/// Draws what is in the queue, until the server ends.
fn work(queue: &Receiver<Job>, has_ended: &AtomicBool) {
    let mut easel = Easel::default();
    for job in queue {
        if has_ended.load(Ordering::Acquire) {
            return;
        }
        if job.wanted.strong_count() > 0 {
            (job.answer)(easel.draw(&job.order));
        }
    }
}

/// The scene as it was drawn last, and what it was drawn with.
struct Easel {
    started: Instant,
    state: ViewerState,
    studio: Option<Studio>,
}

impl Default for Easel {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            state: ViewerState::new(),
            studio: None,
        }
    }
}

impl Easel {
    fn draw(&mut self, order: &Order) -> Drawn {
        let studio = match self.studio.take() {
            Some(studio) => self.studio.insert(studio),
            None => self.studio.insert(Studio::new()?),
        };
        let mut now = ViewerState::new();
        for message in &order.messages {
            // What handles refuse never gets here; a program's own messages may make no sense.
            let complain = |error: &dyn Display| tracing::debug!("not in the picture: {error}");
            match Message::decode(&message.to_value()) {
                Ok(message) => now.apply(&message).unwrap_or_else(|error| complain(&error)),
                Err(error) => complain(&error),
            }
        }
        self.state.adopt(now);
        for complaint in studio.show(&mut self.state, self.started.elapsed().as_secs_f64()) {
            tracing::warn!("in the picture: {complaint}");
        }
        let drawn = studio.picture(&self.state, &order.shot.viewpoint, order.size)?;
        let picture = order.shot.develop(&drawn);
        picture.ok_or_else(|| RenderError::Driver("the picture has another size".to_owned()))
    }
}
