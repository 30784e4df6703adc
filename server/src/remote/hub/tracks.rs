//! What viewers know of a hub's nodes, and the frames that they ask for.

use super::{
    HubInner,
    look::{Extent, Look, Suffix},
};
use crate::{
    infra::{ClientId, event_queue::Permit, fan_out::Audience, outgoing::Outgoing},
    scene::{NodeInner, Step},
};
use rustc_hash::FxHashMap;
use scenecast_protocol::{
    Array, Message, Wire,
    sequence::{BoxedPoints, FramesRequest, SequenceFrames},
};
use scenecast_remote::{Renderable, scene::NodeId};
use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Bytes of frames in one message, about: a viewer sees the first ones while others are on their
/// way, and what it wants now waits for no more than what is left of one.
const MESSAGE_BYTES: usize = 128 << 10;

/// What waits to be sent to a viewer, at most, bytes of frames that it fetches ahead of time: what it
/// asks for next is not to come after much that it may want no more. One message always may.
const AHEAD_BYTES: usize = 512 << 10;

/// The same of frames that are shown now, which find room when there is none for others.
const NOW_BYTES: usize = 1 << 20;

/// Frames in one message.
const MESSAGE_FRAMES: usize = 256;

/// Fewer points are not worth it, and of more a small part may fill the screen.
const BOXED_POINTS: std::ops::Range<usize> = 256..100_000;

/// How often frames are made again because they changed meanwhile.
const ATTEMPTS: usize = 4;

/// How often to look whether a viewer has taken what was sent.
const POLL: Duration = Duration::from_millis(5);

/// A publisher's node as viewers are shown it.
pub(super) struct Presented {
    pub(super) id: NodeId,
    pub(super) name: Arc<str>,
    pub(super) look: Look,
    pub(super) parts: Vec<(Suffix, Arc<NodeInner>)>,
    /// 0 as long as it is no track; another number says that its frames are others.
    pub(super) revision: AtomicI64,
    /// Frames of the scene that it takes part in.
    pub(super) frames: AtomicUsize,
    /// Bytes of a frame on the wire, about.
    pub(super) frame_bytes: AtomicUsize,
}

impl Presented {
    fn part(&self, suffix: Suffix) -> Option<&Arc<NodeInner>> {
        let found = self.parts.iter().find(|(known, _)| *known == suffix);
        found.map(|(_, node)| node)
    }

    /// What brings the node to a frame of the scene from any other frame.
    pub(super) fn messages(&self, node: &Renderable, frame: usize) -> Vec<Message> {
        let steps = self.look.steps(node, frame, Extent::Played);
        let messages = steps.into_iter().filter_map(|(suffix, mut step)| {
            let part = self.part(suffix)?;
            let is_file = suffix.is_empty() && self.look.is_file();
            let boxed = boxed(&part.name, &mut step, is_file);
            Some(boxed.into_iter().chain(step.messages(&part.name)))
        });
        messages.flatten().collect()
    }
}

/// Takes the points of a mesh out of a step, in half as many bytes. A file has no other way to get
/// them.
fn boxed(name: &Arc<str>, step: &mut Step, is_file: bool) -> Vec<Message> {
    let mut boxed = Vec::new();
    step.props.retain(|(property, value)| {
        if !["vertices", "normals"].contains(property) {
            return true;
        }
        let points = Array::decode(value).ok();
        let points = points.filter(|points| is_file || BOXED_POINTS.contains(&points.len()));
        match points.and_then(|points| BoxedPoints::new(name, property, &points)) {
            Some(points) => boxed.push(points.into()),
            None => return true,
        }
        false
    });
    boxed
}

#[derive(Default)]
struct Known {
    by_id: FxHashMap<NodeId, Arc<Presented>>,
    by_name: FxHashMap<Arc<str>, Arc<Presented>>,
}

/// All nodes that viewers are shown. Only the presenter changes it.
#[derive(Default)]
pub(super) struct Tracks(RwLock<Known>);

impl Tracks {
    fn read(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Known> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, id: NodeId) -> Option<Arc<Presented>> {
        self.read().by_id.get(&id).cloned()
    }

    pub(super) fn name_of(&self, id: NodeId) -> Option<Arc<str>> {
        self.get(id).map(|presented| Arc::clone(&presented.name))
    }

    fn by_name(&self, name: &str) -> Option<Arc<Presented>> {
        self.read().by_name.get(name).cloned()
    }

    /// Those that change over frames.
    pub(super) fn moving(&self) -> Vec<Arc<Presented>> {
        let known = self.read();
        let is_track = |presented: &&Arc<Presented>| presented.revision.load(Ordering::Relaxed) > 0;
        let mut moving: Vec<_> = known.by_id.values().filter(is_track).cloned().collect();
        drop(known);
        moving.sort_unstable_by_key(|presented| presented.id);
        moving
    }

    pub(super) fn insert(&self, presented: Presented) -> Arc<Presented> {
        let presented = Arc::new(presented);
        let mut known = self.write();
        let name = Arc::clone(&presented.name);
        known.by_name.insert(name, Arc::clone(&presented));
        known.by_id.insert(presented.id, Arc::clone(&presented));
        presented
    }

    pub(super) fn remove(&self, id: NodeId) -> Option<Arc<Presented>> {
        let mut known = self.write();
        let presented = known.by_id.remove(&id)?;
        known.by_name.remove(&presented.name);
        Some(presented)
    }
}

impl HubInner {
    /// Sends a viewer the frames that it asks for, no faster than it takes them.
    pub(super) async fn answer(
        self: Arc<Self>,
        viewer: ClientId,
        request: FramesRequest,
        permit: Permit,
    ) {
        let _permit = permit;
        let Some(track) = self.tracks.by_name(&request.name) else {
            return;
        };
        let count = match self.lock().scene.node(track.id) {
            Some(node) => node.placement.scene_frames().max(1),
            None => return,
        };
        let (Ok(first), Ok(wanted)) = (
            usize::try_from(request.first),
            usize::try_from(request.count),
        ) else {
            return;
        };
        let end = first.saturating_add(wanted).min(count);
        let frame_bytes = track.frame_bytes.load(Ordering::Relaxed).max(1);
        let at_once = (MESSAGE_BYTES / frame_bytes).clamp(1, MESSAGE_FRAMES);
        let most = if request.is_for_now {
            NOW_BYTES
        } else {
            AHEAD_BYTES
        };
        let mut next = first;
        while next < end {
            let frames = next..end.min(next + at_once);
            next = frames.end;
            let bytes = frames.len() * frame_bytes;
            if !self.wait_for_room(viewer, bytes, most).await {
                return;
            }
            let (hub, track) = (Arc::clone(&self), Arc::clone(&track));
            let sent = self
                .runtime
                .spawn_blocking(move || hub.send_frames(viewer, &track, frames))
                .await;
            if !sent.unwrap_or(false) {
                return;
            }
        }
    }

    /// Waits until so many bytes fit into a viewer's queue of `most`; `false` if it has left.
    async fn wait_for_room(&self, viewer: ClientId, bytes: usize, most: usize) -> bool {
        while let Some((queued, limit)) = self.viewers.scope.outbox.queued(viewer) {
            if queued == 0 || queued + bytes <= most.min(limit / 4) {
                return true;
            }
            tokio::time::sleep(POLL).await;
        }
        false
    }

    /// Makes frames and sends them; `false` if the node is gone.
    fn send_frames(
        &self,
        viewer: ClientId,
        track: &Presented,
        frames: std::ops::Range<usize>,
    ) -> bool {
        let outbox = &self.viewers.scope.outbox;
        for attempt in 1..=ATTEMPTS {
            // Before the frames: what is newer than its revision is asked for again.
            let revision = track.revision.load(Ordering::Acquire);
            let (node, version) = {
                let state = self.lock();
                let Some(node) = state.scene.node(track.id) else {
                    return false;
                };
                (Arc::clone(node), state.version(track.id))
            };
            let messages = frames.clone().map(|frame| track.messages(&node, frame));
            let message = Message::from(SequenceFrames {
                name: Arc::clone(&track.name),
                revision,
                first: frames.start as i64,
                frames: messages.collect(),
            });
            let outgoing = Outgoing::new(&message, outbox.sequence());
            // Under the lock: if the frames change after this, the viewer is told after this.
            let state = self.lock();
            if state.version(track.id) == version || attempt == ATTEMPTS {
                outbox.push(Audience::Only(viewer), outgoing);
                drop(state);
                outbox.flush_viewer(viewer);
                return true;
            }
        }
        true
    }
}
