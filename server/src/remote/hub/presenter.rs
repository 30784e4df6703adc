//! Shows viewers what publishers have done, and plays the timeline: one thread, which wakes when
//! there is something to do, and at most sixty times a second.

use super::{
    HubInner,
    look::{Extent, Look},
    state::Dirt,
    timeline,
    tracks::Presented,
};
use crate::{
    infra::{
        fan_out::Audience,
        outgoing::{Change, Outgoing},
    },
    scene::NodeInner,
};
use scenecast_protocol::{
    Message,
    sequence::{TimelineState, Track, TrackChange},
};
use scenecast_remote::{Renderable, scene::NodeId};
use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, PoisonError, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

/// The least time between two pictures.
const TICK: Duration = Duration::from_micros(16_667);

/// How often viewers are told where a playing timeline is.
const CORRECTION: Duration = Duration::from_secs(1);

/// The longest name of a node, in characters.
const MAX_NAME: usize = 100;

pub(super) fn start(hub: Arc<HubInner>) -> io::Result<()> {
    let presenter = thread::Builder::new().name("scenecast-hub".to_owned());
    presenter.spawn(move || Presenter::new(hub).run())?;
    Ok(())
}

/// What there is to tell viewers.
struct News {
    dirty: BTreeMap<NodeId, (Dirt, Option<Arc<Renderable>>)>,
    frame: usize,
    timeline: TimelineState,
    is_steered: bool,
}

struct Presenter {
    hub: Arc<HubInner>,
    /// When the timeline was last moved on.
    moved_on: Instant,
    /// What viewers know of the timeline, and since when.
    said: Option<(TimelineState, Instant)>,
    /// The frame that viewers are shown who do not play themselves, if all nodes are in one.
    shown: Option<usize>,
}

impl Presenter {
    fn new(hub: Arc<HubInner>) -> Self {
        Self {
            hub,
            moved_on: Instant::now(),
            said: None,
            shown: Some(0),
        }
    }

    fn run(mut self) {
        let mut last = Instant::now();
        while let Some(news) = self.wait(last) {
            last = Instant::now();
            self.tell(news);
            self.hub.notices.show(&self.hub.viewers.scope.outbox);
        }
    }

    /// Waits until there is something to do; `None` at the end.
    fn wait(&mut self, last: Instant) -> Option<News> {
        let hub = Arc::clone(&self.hub);
        let mut state = hub.lock();
        loop {
            if hub.is_stopped() {
                return None;
            }
            let now = Instant::now();
            let may = last + TICK;
            let playing = state.scene.timeline().playing();
            let due = match (state.has_news() || playing, hub.notices.due()) {
                (true, _) => Some(may),
                (false, Some(due)) => Some(due.max(may)),
                (false, None) => None,
            };
            let waited = match due {
                Some(due) if due <= now => break,
                Some(due) => hub.changed.wait_timeout(state, due - now),
                None => {
                    // What plays later starts then.
                    self.moved_on = now;
                    let waited = hub.changed.wait(state);
                    state = waited.unwrap_or_else(PoisonError::into_inner);
                    continue;
                }
            };
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let is_steered = std::mem::take(&mut state.is_steered);
        let now = Instant::now();
        let passed = now - std::mem::replace(&mut self.moved_on, now);
        state.scene.timeline_mut().advance(passed.as_secs_f64());
        let dirty = std::mem::take(&mut state.dirty).into_iter();
        state.has_joiner = false;
        let scene = &state.scene;
        Some(News {
            dirty: dirty
                .map(|(id, dirt)| (id, (dirt, scene.node(id).cloned())))
                .collect(),
            frame: scene.timeline().frame(),
            timeline: timeline::said(scene.timeline()),
            is_steered,
        })
    }

    fn tell(&mut self, news: News) {
        let outbox = Arc::clone(&self.hub.viewers.scope.outbox);
        let mut changes = Vec::new();
        for (id, (dirt, node)) in &news.dirty {
            match (node, self.hub.tracks.get(*id)) {
                (None, Some(_)) => self.remove(*id),
                (None, None) => {}
                (Some(node), None) => {
                    if let Some(address) = dirt.created {
                        self.create(*id, address, node, news.frame);
                    }
                }
                (Some(node), Some(known)) => {
                    let frames = known.frames.load(Ordering::Relaxed);
                    self.describe(&known, node, dirt);
                    let is_frame = is_track(&known);
                    if !is_frame || is_touched(dirt, frames, node, news.frame) {
                        let extent = Extent::Edited;
                        changes.extend(steps(&known, node, news.frame, extent, is_frame));
                    }
                }
            }
        }
        if !news.dirty.is_empty() && self.shown != Some(news.frame) {
            self.shown = None;
        }
        // Whoever watches is shown each frame; when nobody does, at least where it stops.
        let is_watched = outbox.has_watchers() || !news.timeline.is_playing;
        if is_watched && self.shown != Some(news.frame) {
            self.shown = Some(news.frame);
            changes.extend(self.frame(&news));
        }
        // In one window, so that no picture shows nodes in several frames.
        outbox.push_all(Audience::Everyone, changes);
        self.say_timeline(&news);
    }

    /// Adds a node to the scene, as it is in a frame.
    fn create(&self, id: NodeId, address: SocketAddr, node: &Arc<Renderable>, frame: usize) {
        let (look, parts) = Look::new(node);
        let mut steps = look.steps(node, frame, Extent::Whole);
        let name: Arc<str> = format!("/remote/{address}/{}-{id}", sanitized(&node.name)).into();
        let parts = parts.into_iter().map(|(suffix, props)| {
            let at = steps.iter().position(|(known, _)| *known == suffix);
            let step = at.map(|at| steps.swap_remove(at).1).unwrap_or_default();
            let part: Arc<str> = match suffix {
                "" => Arc::clone(&name),
                suffix => format!("{name}{suffix}").into(),
            };
            let node: Arc<NodeInner> = self.hub.viewers.put(part, step.state(props));
            (suffix, node)
        });
        let presented = Presented {
            id,
            parts: parts.collect(),
            name: Arc::clone(&name),
            look,
            revision: 0.into(),
            frames: 0.into(),
            frame_bytes: 0.into(),
        };
        let presented = self.hub.tracks.insert(presented);
        self.describe(&presented, node, &Dirt::default());
    }

    fn remove(&self, id: NodeId) {
        let Some(presented) = self.hub.tracks.remove(id) else {
            return;
        };
        if let Some((_, node)) = presented.parts.first() {
            // An error means that the program has removed it before.
            let _ = self.hub.viewers.remove(node);
        }
    }

    /// Tells viewers that a node changes over frames, and how that has changed.
    fn describe(&self, known: &Presented, node: &Renderable, dirt: &Dirt) {
        let revision = known.revision.load(Ordering::Relaxed);
        let frames = node.placement.scene_frames().max(1);
        known.frames.store(frames, Ordering::Relaxed);
        // Once it is a track it stays one: viewers that play it are not told of single frames.
        if revision == 0 && !Look::varies(node) {
            return;
        }
        let outbox = &self.hub.viewers.scope.outbox;
        if revision == 0 || dirt.shifted || known.frame_bytes.load(Ordering::Relaxed) == 0 {
            known.revision.store(revision + 1, Ordering::Release);
            let bytes = frame_bytes(known, node);
            known.frame_bytes.store(bytes, Ordering::Relaxed);
        } else if let Some(frames) = &dirt.edited {
            let change = Message::from(TrackChange {
                name: Arc::clone(&known.name),
                revision,
                first: frames.start as i64,
                count: frames.len() as i64,
            });
            let change = Outgoing::new(&change, outbox.sequence());
            for viewer in outbox.players() {
                outbox.push(Audience::Only(viewer), change.clone());
            }
            return;
        }
        let track = Message::from(Track {
            name: Arc::clone(&known.name),
            frames: frames as i64,
            bytes_per_frame: known.frame_bytes.load(Ordering::Relaxed) as i64,
            revision: known.revision.load(Ordering::Relaxed),
        });
        outbox.send(Audience::Everyone, &track);
    }

    /// What brings all tracks to the frame.
    fn frame(&self, news: &News) -> Vec<Change> {
        let moving = self.hub.tracks.moving();
        let nodes: Vec<Option<Arc<Renderable>>> = {
            let state = self.hub.lock();
            let nodes = moving.iter();
            nodes
                .map(|known| state.scene.node(known.id).cloned())
                .collect()
        };
        let shown = moving.iter().zip(nodes);
        shown
            .filter_map(|(known, node)| Some((known, node?)))
            .flat_map(|(known, node)| steps(known, &node, news.frame, Extent::Varying, true))
            .collect()
    }

    fn say_timeline(&mut self, news: &News) {
        let now = Instant::now();
        let is_other = |(said, at): &(TimelineState, Instant)| {
            let plays_on = TimelineState {
                frame: news.timeline.frame,
                ..said.clone()
            };
            let is_late = news.timeline.is_playing && now - *at >= CORRECTION;
            news.is_steered || is_late || plays_on != news.timeline
        };
        if self.said.as_ref().is_none_or(is_other) {
            self.said = Some((news.timeline.clone(), now));
            let outbox = &self.hub.viewers.scope.outbox;
            outbox.send(Audience::Everyone, &Message::from(news.timeline.clone()));
        }
    }
}

/// Whether a track looks different in a frame of the scene after what happened to it. It had so
/// many frames before.
fn is_touched(dirt: &Dirt, before: usize, node: &Renderable, frame: usize) -> bool {
    let last = node.placement.scene_frames().saturating_sub(1);
    let is_edited = |frames: &std::ops::Range<usize>| frames.contains(&frame.min(last));
    dirt.shifted || frame >= before || dirt.edited.as_ref().is_some_and(is_edited)
}

fn is_track(known: &Presented) -> bool {
    known.revision.load(Ordering::Relaxed) > 0
}

fn steps(
    known: &Presented,
    node: &Renderable,
    frame: usize,
    extent: Extent,
    is_of_frame: bool,
) -> Vec<Change> {
    let steps = known.look.steps(node, frame, extent).into_iter();
    let changes = steps.filter_map(|(suffix, step)| {
        let part = known.parts.iter().find(|(known, _)| *known == suffix);
        part.map(|(_, part)| part.step(step, is_of_frame))
    });
    changes.flatten().collect()
}

/// Bytes of a frame on the wire, about.
fn frame_bytes(known: &Presented, node: &Renderable) -> usize {
    let messages = known.messages(node, 0);
    messages
        .iter()
        .map(|message| message.encoded().byte_len())
        .sum()
}

/// A name as part of a path.
fn sanitized(name: &str) -> String {
    let part: String = name
        .chars()
        .map(|char| {
            if char == '/' || char.is_control() {
                '_'
            } else {
                char
            }
        })
        .take(MAX_NAME)
        .collect();
    match part.is_empty() {
        true => "node".to_owned(),
        false => part,
    }
}
