//! Who gets which window next. No I/O and no clock: the caller says when to release.
//!
//! There is one broadcast stream, and one stream for each viewer alone. A viewer's place in the
//! broadcast stream is its cursor. Viewers at the same place share windows; one that reads slowly
//! falls behind on its own and catches up with what has not been replaced in the meantime.

use super::{
    ClientId,
    message_buffer::{MessageBuffer, Reader, WindowLimits},
    outgoing::Change,
    recorder::Recorder,
    window::Window,
    window_cache::WindowCache,
};
use scenecast_protocol::{EntityId, encode::Encoded};
use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// How much goes into a window. The stock server ends them at 128 messages; viewers take any
/// number. Fewer windows cost less for each viewer; a quarter of a megabyte is decoded in a few
/// milliseconds, so that a viewer stays responsive during a replay.
pub(crate) const WINDOW: WindowLimits = WindowLimits {
    messages: 4096,
    bytes: 256 * 1024,
};

/// Whom a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// All viewers, present and to come.
    Everyone,
    /// One viewer.
    Only(ClientId),
}

/// Changes to one stream.
#[derive(Debug)]
pub(crate) enum Changes {
    /// One.
    One(Change),
    /// Some that belong together, as the messages that add a node.
    Together(Vec<Change>),
    /// An atomic group: viewers see all or none.
    Atomic(Vec<Change>),
}

/// What a viewer does next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Send this window.
    Window(Arc<Window>),
    /// Say that the replay is complete.
    ReplayDone,
    /// Wait for a release.
    Wait,
    /// Close the connection.
    Close(Eviction),
    /// The viewer is not known (any more).
    Gone,
}

/// Why the server ends a viewer's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eviction {
    /// The server stops.
    Stopped,
    /// The program asked for it.
    Disconnected,
    /// Too much is queued that cannot be dropped.
    Overflow {
        /// Bytes that are queued.
        queued: usize,
        /// What the limit is.
        limit: usize,
    },
}

/// How far a viewer is with what was said before it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replay {
    /// It misses something below this id.
    Until(u64),
    /// It has everything, but has not been told so.
    Complete,
    /// It has been told.
    Over,
}

/// A viewer's place in both streams.
#[derive(Debug)]
struct Viewer {
    /// The first broadcast id that it has not taken.
    cursor: u64,
    replay: Replay,
    /// What only this viewer gets.
    own: MessageBuffer,
    own_cursor: u64,
    own_released: u64,
    /// Its own stream waits until the cursor is there.
    own_follows: u64,
    /// Its own stream had the last turn.
    own_was_last: bool,
    /// The program wants it gone.
    is_disconnected: bool,
    /// It plays sequences itself.
    plays: bool,
}

/// The broadcast stream and all viewers.
#[derive(Debug)]
pub(crate) struct FanOut {
    broadcast: MessageBuffer,
    /// Broadcast ids below are free to go.
    released: u64,
    viewers: BTreeMap<ClientId, Viewer>,
    windows: WindowCache,
    limits: WindowLimits,
    queue_limit: usize,
    /// Something has been pushed since the last release.
    unreleased: bool,
    /// Counts pushes, to tell when they pause.
    pushes: u64,
}

impl FanOut {
    /// Viewers may have `queue_limit` bytes queued that nothing replaces.
    pub(crate) fn new(limits: WindowLimits, queue_limit: usize) -> Self {
        Self {
            broadcast: MessageBuffer::default(),
            released: 0,
            viewers: BTreeMap::new(),
            windows: WindowCache::default(),
            limits,
            queue_limit,
            unreleased: false,
            pushes: 0,
        }
    }

    /// Applies changes. Returns large messages that were dropped, to be freed without the lock, or
    /// `None` if the changes are for a viewer that is gone.
    pub(crate) fn apply(
        &mut self,
        audience: Audience,
        changes: Changes,
    ) -> Option<Vec<Arc<Encoded>>> {
        let buffer = self.buffer(audience)?;
        match changes {
            Changes::One(change) => buffer.apply(change),
            Changes::Together(changes) => buffer.apply_all(changes),
            Changes::Atomic(changes) => buffer.apply_atomic(changes),
        }
        let large = buffer.take_large();
        self.pushed();
        Some(large)
    }

    /// Whether an entity has been removed, and some viewer that knows it has not been told.
    pub(crate) fn may_know_removed(&mut self, audience: Audience, entity: &EntityId) -> bool {
        match audience {
            Audience::Everyone => {
                let Some(removal) = self.broadcast.tombstone(entity) else {
                    return false;
                };
                let is_known = removal >= self.consumed(|_| true);
                if !is_known {
                    // Windows from the start may tell viewers to come of the removed one.
                    self.windows.clear();
                }
                is_known
            }
            Audience::Only(id) => {
                let viewer = self.viewers.get(&id);
                viewer.is_some_and(|viewer| viewer.own.tombstone(entity).is_some())
            }
        }
    }

    /// Lets a viewer's own messages from now on follow what has been broadcast so far.
    pub(crate) fn follow_broadcast(&mut self, id: ClientId) {
        let end = self.broadcast.next_id();
        if let Some(viewer) = self.viewers.get_mut(&id) {
            viewer.own_follows = end;
        }
    }

    /// Bytes queued for a viewer that nothing replaces, and their limit.
    pub(crate) fn queued(&self, id: ClientId) -> Option<(usize, usize)> {
        let queued = self.viewers.get(&id)?.own.uncoalesced_bytes();
        Some((queued, self.queue_limit))
    }

    fn buffer(&mut self, audience: Audience) -> Option<&mut MessageBuffer> {
        match audience {
            Audience::Everyone => Some(&mut self.broadcast),
            Audience::Only(id) => self.viewers.get_mut(&id).map(|viewer| &mut viewer.own),
        }
    }

    fn pushed(&mut self) {
        self.unreleased = true;
        self.pushes += 1;
        if self.broadcast.wants_collection() {
            self.collect();
        }
    }

    /// How many pushes there have been, and whether some are not released.
    pub(crate) fn progress(&self) -> (u64, bool) {
        (self.pushes, self.unreleased)
    }

    /// Lets viewers take what has been pushed so far. Tells whether there is anything new.
    pub(crate) fn release(&mut self) -> bool {
        self.released = self.broadcast.next_id();
        self.update_consumed();
        for viewer in self.viewers.values_mut() {
            viewer.own_released = viewer.own.next_id();
        }
        std::mem::take(&mut self.unreleased)
    }

    /// Lets one viewer take what only it gets. Tells whether there is anything new.
    pub(crate) fn release_own(&mut self, id: ClientId) -> bool {
        let Some(viewer) = self.viewers.get_mut(&id) else {
            return false;
        };
        let end = viewer.own.next_id();
        std::mem::replace(&mut viewer.own_released, end) != end
    }

    /// Adds a viewer, which gets a replay of the broadcast stream.
    pub(crate) fn join(&mut self, id: ClientId) {
        self.collect();
        self.viewers.insert(
            id,
            Viewer {
                cursor: 0,
                replay: Replay::Until(self.broadcast.next_id()),
                own: MessageBuffer::default(),
                own_cursor: 0,
                own_released: 0,
                own_follows: 0,
                own_was_last: false,
                is_disconnected: false,
                plays: false,
            },
        );
    }

    /// Forgets a viewer and what is queued for it.
    pub(crate) fn leave(&mut self, id: ClientId) {
        self.viewers.remove(&id);
    }

    /// Hands a recorder what a viewer that joins would get, and from now on each broadcast message;
    /// or what one viewer has not taken yet, and from now on each message to it alone.
    pub(crate) fn attach(&mut self, audience: Audience, recorder: Arc<Recorder>) {
        self.collect();
        if let Some(buffer) = self.buffer(audience) {
            buffer.attach(recorder);
        }
    }

    /// Hands a recorder nothing more.
    pub(crate) fn detach(&mut self, audience: Audience, recorder: &Arc<Recorder>) {
        if let Some(buffer) = self.buffer(audience) {
            buffer.detach(recorder);
        }
    }

    /// Spares a viewer from now on what belongs to frames of sequences: it plays them itself.
    #[cfg(feature = "hub")]
    pub(crate) fn set_plays(&mut self, id: ClientId) {
        if let Some(viewer) = self.viewers.get_mut(&id) {
            viewer.plays = true;
        }
    }

    /// Viewers that play sequences themselves.
    #[cfg(feature = "hub")]
    pub(crate) fn players(&self) -> Vec<ClientId> {
        let viewers = self.viewers.iter().filter(|(_, viewer)| viewer.plays);
        viewers.map(|(id, _)| *id).collect()
    }

    /// Whether somebody is shown sequences frame by frame: viewers, or a recording.
    #[cfg(feature = "hub")]
    pub(crate) fn has_watchers(&self) -> bool {
        let is_recorded = !self.broadcast.recorders().is_empty();
        is_recorded || self.viewers.values().any(|viewer| !viewer.plays)
    }

    /// Whether a viewer is there.
    pub(crate) fn has_viewer(&self, id: ClientId) -> bool {
        self.viewers.contains_key(&id)
    }

    /// How many messages are buffered.
    pub(crate) fn len(&mut self, audience: Audience) -> usize {
        self.collect();
        self.buffer(audience).map_or(0, |buffer| buffer.len())
    }

    /// The buffered messages with their ids.
    pub(crate) fn entries(&mut self, audience: Audience) -> Vec<(u64, Arc<Encoded>)> {
        self.collect();
        self.buffer(audience)
            .map(|buffer| buffer.entries())
            .unwrap_or_default()
    }

    /// Drops the messages with these ids, and tells how many there were.
    pub(crate) fn remove(&mut self, audience: Audience, ids: &[u64]) -> usize {
        let removed = self
            .buffer(audience)
            .map_or(0, |buffer| buffer.remove_ids(ids));
        if removed > 0 && audience == Audience::Everyone {
            self.windows.clear();
        }
        removed
    }

    /// Recorders that wait for someone to relieve them. Seldom any.
    pub(crate) fn full_recorders(&self) -> Vec<Arc<Recorder>> {
        let recorders = self.broadcast.recorders().iter();
        recorders.filter(|r| r.is_full()).cloned().collect()
    }

    /// All viewers that pass have what is below.
    fn consumed(&self, passes: impl Fn(&Viewer) -> bool) -> u64 {
        let viewers = self.viewers.values().filter(|viewer| passes(viewer));
        let cursors = viewers.map(|viewer| viewer.cursor);
        cursors.min().unwrap_or(u64::MAX)
    }

    /// Viewers in their replay do not count: it ends with everything that there is.
    fn update_consumed(&mut self) {
        let consumed = self.consumed(|viewer| !matches!(viewer.replay, Replay::Until(_)));
        self.broadcast.set_consumed(consumed);
    }

    fn collect(&mut self) {
        if self.broadcast.collect(self.consumed(|_| true)) {
            // Windows from the start may create what nothing removes any more.
            self.windows.clear();
        }
    }

    /// Wants all present viewers gone.
    pub(crate) fn disconnect_all(&mut self) {
        for viewer in self.viewers.values_mut() {
            viewer.is_disconnected = true;
        }
    }

    /// Why a viewer's connection is to be closed, if it is.
    pub(crate) fn eviction(&self, id: ClientId) -> Option<Eviction> {
        let viewer = self.viewers.get(&id)?;
        if viewer.is_disconnected {
            return Some(Eviction::Disconnected);
        }
        let (queued, limit) = (viewer.own.uncoalesced_bytes(), self.queue_limit);
        (queued > limit).then_some(Eviction::Overflow { queued, limit })
    }

    /// What a viewer does next. A window counts as taken: the caller sends it or gives up.
    pub(crate) fn next(&mut self, id: ClientId) -> Next {
        if let Some(eviction) = self.eviction(id) {
            return Next::Close(eviction);
        }
        let limits = self.limits;
        let Some(viewer) = self.viewers.get_mut(&id) else {
            return Next::Gone;
        };
        match viewer.replay {
            Replay::Until(end) => return self.replay(id, end),
            Replay::Complete => {
                viewer.replay = Replay::Over;
                return Next::ReplayDone;
            }
            Replay::Over => {}
        }
        // Streams take turns, so that neither waits for all of the other.
        let own_was_last = std::mem::replace(&mut viewer.own_was_last, false);
        let own_first = !own_was_last && viewer.cursor >= viewer.own_follows;
        let window = match own_first {
            true => viewer.own_window(id, limits).or_else(|| self.shared(id)),
            false => self.shared(id).or_else(|| {
                let viewer = self.viewers.get_mut(&id)?;
                viewer.own_window(id, limits)
            }),
        };
        window.map_or(Next::Wait, Next::Window)
    }

    /// The next window of a viewer's replay.
    fn replay(&mut self, id: ClientId, end: u64) -> Next {
        if let Some(window) = self.shared_until(id, end) {
            return Next::Window(window);
        }
        // What has been said meanwhile, all of it at once: some of it may have replaced parts of
        // atomic groups that the viewer has not seen.
        let Some(viewer) = self.viewers.get_mut(&id) else {
            return Next::Gone;
        };
        let everything = WindowLimits {
            messages: usize::MAX,
            bytes: usize::MAX,
        };
        let end = self.broadcast.next_id();
        let batch = self
            .broadcast
            .batch(viewer.cursor, end, everything, viewer.reader(id));
        viewer.cursor = batch.next;
        viewer.replay = Replay::Complete;
        self.update_consumed();
        if batch.messages.is_empty() {
            return self.next(id);
        }
        Next::Window(Arc::new(Window::new(batch)))
    }

    /// The next window of the broadcast stream.
    fn shared(&mut self, id: ClientId) -> Option<Arc<Window>> {
        self.shared_until(id, self.released)
    }

    fn shared_until(&mut self, id: ClientId, end: u64) -> Option<Arc<Window>> {
        let viewer = self.viewers.get_mut(&id)?;
        while viewer.cursor < end {
            let range = viewer.cursor..end;
            let window = shared_window(
                &self.broadcast,
                &mut self.windows,
                range.clone(),
                self.limits,
                viewer.plays,
            );
            let window = if window.excluded.contains(&id) {
                let batch = self
                    .broadcast
                    .batch(range.start, end, self.limits, viewer.reader(id));
                Arc::new(Window::new(batch))
            } else {
                window
            };
            viewer.cursor = window.next;
            if window.len > 0 {
                return Some(window);
            }
        }
        None
    }
}

impl Viewer {
    fn reader(&self, id: ClientId) -> Reader {
        Reader {
            id: Some(id),
            plays: self.plays,
        }
    }

    /// The next window of the viewer's own stream.
    fn own_window(&mut self, id: ClientId, limits: WindowLimits) -> Option<Arc<Window>> {
        while self.own_cursor < self.own_released {
            let batch = self
                .own
                .take_batch(self.own_cursor, self.own_released, limits, id);
            self.own_cursor = batch.next;
            if !batch.messages.is_empty() {
                self.own_was_last = true;
                return Some(Arc::new(Window::new(batch)));
            }
        }
        None
    }
}

/// The window at a place of the broadcast stream, the same for all viewers that come there and
/// play sequences themselves, or all that do not.
fn shared_window(
    broadcast: &MessageBuffer,
    windows: &mut WindowCache,
    range: Range<u64>,
    limits: WindowLimits,
    plays: bool,
) -> Arc<Window> {
    let dropped = broadcast.dropped();
    if let Some(window) = windows.get(range.start, plays, dropped) {
        return window;
    }
    let reader = Reader { id: None, plays };
    let batch = broadcast.batch(range.start, range.end, limits, reader);
    let window = Arc::new(Window::new(batch));
    windows.insert(range.start, plays, dropped, Arc::clone(&window));
    window
}
