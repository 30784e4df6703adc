//! Where callers put messages and viewers' tasks take windows: the one lock of the transport.

use super::{
    ClientId,
    client_api::{ClientApiVersion, Dialect},
    fan_out::{Audience, Changes, Eviction, FanOut, Next},
    message::Message,
    message_buffer::WindowLimits,
    outgoing::{Change, Outgoing},
    recorder::Recorder,
    staging,
};
use scenecast_protocol::{EntityId, encode::Encoded};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::Thread,
};
use tokio::sync::watch;

/// Tells servers in one process apart.
static SERVERS: AtomicU64 = AtomicU64::new(0);

#[derive(Debug)]
struct Locked {
    fan_out: FanOut,
    /// The pacer sleeps until someone wakes it.
    pacer_sleeps: bool,
}

/// The way out of a server.
#[derive(Debug)]
pub(crate) struct Outbox {
    server: u64,
    locked: Mutex<Locked>,
    sequence: AtomicU64,
    released: watch::Sender<()>,
    pacer: OnceLock<Thread>,
    stopped: AtomicBool,
    dialect: Dialect,
}

impl Outbox {
    /// Viewers may have `queue_limit` bytes queued that nothing replaces.
    pub(crate) fn new(limits: WindowLimits, queue_limit: usize) -> Self {
        Self {
            server: SERVERS.fetch_add(1, Ordering::Relaxed),
            locked: Mutex::new(Locked {
                fan_out: FanOut::new(limits, queue_limit),
                pacer_sleeps: false,
            }),
            sequence: AtomicU64::new(0),
            released: watch::Sender::new(()),
            pacer: OnceLock::new(),
            stopped: AtomicBool::new(false),
            dialect: Dialect::default(),
        }
    }

    /// The same, for viewers of another kind.
    pub(crate) fn with_dialect(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// What viewers understand.
    pub(crate) fn client_api(&self) -> ClientApiVersion {
        self.dialect.client_api
    }

    /// What viewers are told when their replay is complete.
    pub(crate) fn backlog_done(&self) -> Option<Arc<Encoded>> {
        self.dialect.backlog_done.clone()
    }

    // A panic while the lock is held can leave no half-done change behind that matters more
    // than going on.
    fn lock(&self) -> MutexGuard<'_, Locked> {
        self.locked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The order of a call. Take it while the lock on what the call changes is held.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence.fetch_add(1, Ordering::Relaxed)
    }

    /// Encodes a message and sends it.
    pub(crate) fn send(&self, audience: Audience, message: &impl Message) {
        self.push(audience, Outgoing::new(message, self.sequence()));
    }

    /// Sends a message, or stages it in an atomic block.
    pub(crate) fn push(&self, audience: Audience, message: Outgoing) {
        let change = Change::Push(message);
        if staging::is_open(self.server) {
            staging::stage(self.server, audience, [change]);
        } else {
            self.apply([(audience, Changes::One(change))]);
        }
    }

    /// Sends messages that belong together.
    pub(crate) fn push_all(&self, audience: Audience, changes: Vec<Change>) {
        if staging::is_open(self.server) {
            staging::stage(self.server, audience, changes);
        } else if !changes.is_empty() {
            self.apply([(audience, Changes::Together(changes))]);
        }
    }

    /// Whether this thread is in an atomic block.
    pub(crate) fn is_in_atomic_block(&self) -> bool {
        staging::is_open(self.server)
    }

    /// Lets what is said to a viewer alone from now on follow what has been said to all so far.
    pub(crate) fn follow_broadcast(&self, id: ClientId) {
        self.lock().fan_out.follow_broadcast(id);
    }

    /// Bytes queued for a viewer that nothing replaces, and their limit; `None` if it is gone.
    pub(crate) fn queued(&self, id: ClientId) -> Option<(usize, usize)> {
        self.lock().fan_out.queued(id)
    }

    /// Whether a viewer may still know an earlier entity of this name, which has been removed.
    pub(crate) fn may_know_removed(&self, audience: Audience, entity: &EntityId) -> bool {
        // What an atomic block has removed is not in the buffer yet.
        staging::removes(self.server, audience, entity)
            || self.lock().fan_out.may_know_removed(audience, entity)
    }

    /// Runs `block`; viewers see all or nothing of what it says. Others are not held up.
    pub(crate) fn atomic<R>(&self, block: impl FnOnce() -> R) -> R {
        struct Exit<'a>(&'a Outbox);
        impl Drop for Exit<'_> {
            // After a panic too: handles already know what was said.
            fn drop(&mut self) {
                self.0.commit(staging::exit(self.0.server));
            }
        }
        staging::enter(self.server);
        let _exit = Exit(self);
        block()
    }

    fn commit(&self, changes: Vec<(Audience, Change)>) {
        let mut audiences: Vec<(Audience, Vec<Change>)> = Vec::new();
        for (audience, change) in changes {
            match audiences.iter_mut().find(|(known, _)| *known == audience) {
                Some((_, changes)) => changes.push(change),
                None => audiences.push((audience, vec![change])),
            }
        }
        if !audiences.is_empty() {
            let groups = audiences.into_iter();
            self.apply(groups.map(|(audience, changes)| (audience, Changes::Atomic(changes))));
        }
    }

    fn apply(&self, changes: impl IntoIterator<Item = (Audience, Changes)>) {
        let mut delivered = true;
        let mut dropped = Vec::new();
        let (wake, full) = {
            let mut locked = self.lock();
            for (audience, changes) in changes {
                match locked.fan_out.apply(audience, changes) {
                    Some(large) => dropped.extend(large),
                    None => delivered = false,
                }
            }
            let wake = std::mem::take(&mut locked.pacer_sleeps);
            (wake, locked.fan_out.full_recorders())
        };
        drop(dropped);
        for recorder in full {
            recorder.relieve();
        }
        if !delivered {
            tracing::debug!("a message for a viewer that is gone was dropped");
        }
        if wake {
            self.wake_pacer();
        }
    }

    /// Lets viewers have what has been said so far, without waiting for the next release.
    pub(crate) fn flush(&self) {
        self.release();
    }

    /// Like [`flush`](Self::flush), for what only this viewer gets.
    pub(crate) fn flush_viewer(&self, id: ClientId) {
        if self.lock().fan_out.release_own(id) {
            self.released.send_replace(());
        }
    }

    /// Releases what is new.
    pub(crate) fn release(&self) {
        if self.lock().fan_out.release() {
            self.released.send_replace(());
        }
    }

    /// How many pushes there have been. If everything is released, the caller, the pacer, is
    /// expected to sleep until it is woken, and `None` is returned.
    pub(crate) fn pushes_or_sleep(&self) -> Option<u64> {
        let mut locked = self.lock();
        let (pushes, unreleased) = locked.fan_out.progress();
        locked.pacer_sleeps = !unreleased;
        unreleased.then_some(pushes)
    }

    /// Names the thread that releases messages.
    pub(crate) fn set_pacer(&self, thread: Thread) {
        // There is one pacer, started with the server.
        let _ = self.pacer.set(thread);
    }

    fn wake_pacer(&self) {
        if let Some(thread) = self.pacer.get() {
            thread.unpark();
        }
    }

    /// Ends the pacer and all viewers' tasks.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.wake_pacer();
        self.released.send_replace(());
    }

    /// Whether [`stop`](Self::stop) has been called.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Waits until [`stop`](Self::stop) is called.
    #[cfg(feature = "hub")]
    pub(crate) async fn stopped(&self) {
        let mut releases = self.released.subscribe();
        // An error would mean that the sender, which is in `self`, is gone.
        while !self.is_stopped() && releases.changed().await.is_ok() {}
    }

    /// Hands a recorder all that has been said to everyone, or that one viewer has not taken yet,
    /// and from now on what is being said.
    pub(crate) fn attach(&self, audience: Audience, recorder: Arc<Recorder>) {
        self.lock().fan_out.attach(audience, recorder);
    }

    /// Hands a recorder nothing more.
    pub(crate) fn detach(&self, audience: Audience, recorder: &Arc<Recorder>) {
        self.lock().fan_out.detach(audience, recorder);
    }

    /// How many messages are buffered.
    pub(crate) fn len(&self, audience: Audience) -> usize {
        self.lock().fan_out.len(audience)
    }

    /// The buffered messages with their ids.
    pub(crate) fn entries(&self, audience: Audience) -> Vec<(u64, Arc<Encoded>)> {
        self.lock().fan_out.entries(audience)
    }

    /// Drops the buffered messages with these ids, and tells how many there were.
    pub(crate) fn remove(&self, audience: Audience, ids: &[u64]) -> usize {
        self.lock().fan_out.remove(audience, ids)
    }

    /// Spares a viewer from now on what belongs to frames of sequences: it plays them itself.
    #[cfg(feature = "hub")]
    pub(crate) fn set_plays(&self, id: ClientId) {
        self.lock().fan_out.set_plays(id);
    }

    /// Viewers that play sequences themselves.
    #[cfg(feature = "hub")]
    pub(crate) fn players(&self) -> Vec<ClientId> {
        self.lock().fan_out.players()
    }

    /// Whether somebody is shown sequences frame by frame: viewers, or a recording.
    #[cfg(feature = "hub")]
    pub(crate) fn has_watchers(&self) -> bool {
        self.lock().fan_out.has_watchers()
    }

    /// Whether a viewer is there.
    pub(crate) fn has_viewer(&self, id: ClientId) -> bool {
        self.lock().fan_out.has_viewer(id)
    }

    /// Moves a recorder's clock on: what has been said so far is before, what comes is after.
    pub(crate) fn advance(&self, recorder: &Recorder, secs: f64) {
        let _locked = self.lock();
        recorder.advance(secs);
    }

    /// Adds a viewer. The receiver hears of each release; subscribe before asking for
    /// [`next`](Self::next), so that none is missed.
    pub(crate) fn join(&self, id: ClientId) -> watch::Receiver<()> {
        let releases = self.released.subscribe();
        self.lock().fan_out.join(id);
        releases
    }

    /// Forgets a viewer.
    pub(crate) fn leave(&self, id: ClientId) {
        self.lock().fan_out.leave(id);
    }

    /// Closes all connections that there are. New ones are welcome.
    pub(crate) fn disconnect_all(&self) {
        self.lock().fan_out.disconnect_all();
        self.released.send_replace(());
    }

    /// Why a viewer's connection is to be closed, if it is.
    pub(crate) fn eviction(&self, id: ClientId) -> Option<Eviction> {
        if self.is_stopped() {
            return Some(Eviction::Stopped);
        }
        self.lock().fan_out.eviction(id)
    }

    /// What a viewer does next.
    pub(crate) fn next(&self, id: ClientId) -> Next {
        if self.is_stopped() {
            return Next::Close(Eviction::Stopped);
        }
        self.lock().fan_out.next(id)
    }
}
