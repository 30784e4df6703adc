//! Sequences: nodes that change over the frames of a hub's timeline, played from memory.
//!
//! A hub announces a track for each such node. The viewer fetches its frames, those first that are
//! shown soon, keeps as many as its memory allows, and applies the messages of a frame when the
//! playhead gets there. So playing, going back and jumping cost the hub nothing once the frames
//! are here.
//!
//! The memory has a limit for all tracks together. Where not everything fits, what is kept is a
//! stretch around the playhead, and what is farthest from it is forgotten first. Only the frames
//! that are shown now are kept in any case.

mod clock;
mod memory;
mod playhead;
mod request;
mod track;

use std::sync::Arc;

use scenecast_protocol::Message;
use scenecast_protocol::sequence::{FramesRequest, SequenceFrames, TimelineState};
use scenecast_protocol::state::{ApplyError, ViewerState};

pub use clock::{Clock, MAX_FPS, MIN_FPS};
use memory::Stretch;
pub use memory::bytes_of_device;
pub use playhead::Playhead;
use request::Requests;
use track::{Track, frame_number};

use crate::ordered::OrderedMap;

/// A hub's sequences, as far as they are here.
#[derive(Debug)]
pub struct Sequences {
    /// Which frame is shown.
    pub playhead: Playhead,
    tracks: OrderedMap<Arc<str>, Track>,
    requests: Requests,
    /// What frames may take, and what they do.
    limit: usize,
    used: usize,
    /// The hub has told us of its timeline: it hears what we ask for.
    is_on: bool,
    is_connected: bool,
}

impl Sequences {
    /// No sequences yet; frames may take this many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            playhead: Playhead::default(),
            tracks: OrderedMap::default(),
            requests: Requests::default(),
            limit,
            used: 0,
            is_on: false,
            is_connected: false,
        }
    }

    /// Whether there is a timeline of more than one frame.
    pub fn has_timeline(&self) -> bool {
        self.is_on && self.playhead.clock().length() > 1
    }

    /// Whether there is, and it goes on.
    pub fn is_playing(&self) -> bool {
        self.has_timeline() && self.playhead.clock().is_playing()
    }

    /// Bytes that frames take.
    pub fn used_bytes(&self) -> usize {
        self.used
    }

    /// How many nodes are shown in another frame than the playhead's, which is not here yet.
    pub fn late_tracks(&self) -> usize {
        let frame = self.playhead.clock().frame();
        let late = |track: &&Track| track.is_late(frame);
        self.tracks.values().filter(late).count()
    }

    /// Forgets everything that belongs to a scene: there is a new one.
    pub fn clear(&mut self) {
        self.tracks = OrderedMap::default();
        self.used = 0;
        self.is_on = false;
        self.hang_up();
    }

    /// The connection is gone. What is here can be played all the same.
    pub fn hang_up(&mut self) {
        self.requests = Requests::default();
        self.is_connected = false;
    }

    /// The hub says where its timeline is. Returns whether that is its first word on this
    /// connection, and wants an answer.
    pub fn follow(&mut self, state: &TimelineState, now_ms: f64) -> bool {
        self.is_on = true;
        self.playhead.follow(state, now_ms);
        !std::mem::replace(&mut self.is_connected, true)
    }

    /// Takes note of a message of the scene that is about to be applied: a track, a change of one,
    /// or anything that concerns the node of one.
    pub fn note(&mut self, message: &Message) {
        match message {
            Message::Track(m) => match self.tracks.get_mut(&*m.name) {
                Some(track) => {
                    if track.revision != m.revision {
                        self.requests.forget(&m.name);
                    }
                    self.used -= track.announce(m);
                }
                None => {
                    self.tracks.insert(m.name.clone(), Track::new(m));
                }
            },
            Message::TrackChange(m) => {
                if let Some(track) = self.tracks.get_mut(&*m.name)
                    && track.revision == m.revision
                {
                    let first = frame_number(m.first);
                    let changed = first..frame_number(m.first.saturating_add(m.count)).max(first);
                    track.change(&changed);
                    self.requests.doubt(&m.name, &changed);
                }
            }
            Message::RemoveSceneNode(m) if m.owner.is_empty() => self.remove(&m.name),
            Message::AddNode(m) => self.touch(&m.name),
            Message::SceneNodeUpdate(m) => self.touch(&m.name),
            Message::SetPosition(m) => self.touch(&m.name),
            Message::SetOrientation(m) => self.touch(&m.name),
            Message::SetSceneNodeVisibility(m) => self.touch(&m.name),
            _ => {}
        }
    }

    /// The node of a track, or one below it, is about to be changed by something else.
    fn touch(&mut self, name: &str) {
        let mut name = (!self.tracks.is_empty()).then_some(name);
        while let Some(at) = name {
            if let Some(track) = self.tracks.get_mut(at) {
                track.touch();
            }
            name = at.rsplit_once('/').map(|(parent, _)| parent);
        }
    }

    fn remove(&mut self, name: &str) {
        let (used, requests) = (&mut self.used, &mut self.requests);
        self.tracks.retain(|track_name, track| {
            let below = track_name.strip_prefix(name);
            let stays = below.is_none_or(|rest| !rest.is_empty() && !rest.starts_with('/'));
            if !stays {
                *used -= track.retain(|_| false);
                requests.forget(track_name);
            }
            stays
        });
    }

    /// Takes in frames that were asked for. Those of another revision are of no use.
    pub fn receive(&mut self, message: SequenceFrames, now_ms: f64) {
        if let Some(track) = self.tracks.get_mut(&*message.name)
            && track.revision == message.revision
        {
            let first = frame_number(message.first);
            let count = message.frames.len() as u32;
            let doubtful = self.requests.answered(&message.name, first, count, now_ms);
            let (taken, freed) = track.insert(first, message.frames, &doubtful);
            self.used = self.used + taken - freed;
            if self.used > self.limit {
                self.make_room();
            }
        }
    }

    /// Forgets the frames that are farthest from the playhead, until an eighth is free: then it
    /// takes a while until there is more to forget.
    fn make_room(&mut self) {
        let stretch = self.stretch();
        let keep = memory::nearest(&stretch, self.tracks.values(), memory::goal(self.limit));
        for track in self.tracks.values_mut() {
            let frames = track.frames();
            self.used -= track.retain(|frame| stretch.distance(frame, frames) <= keep);
        }
    }

    /// The frames that are wanted now.
    fn stretch(&self) -> Stretch {
        let clock = self.playhead.clock();
        Stretch::new(
            clock.frame(),
            clock.length(),
            self.tracks.values(),
            memory::goal(self.limit),
        )
    }

    /// Brings the state to the playhead's frame, as far as what is here allows. Returns how many
    /// messages that took.
    pub fn show(&mut self, state: &mut ViewerState, report: &mut dyn FnMut(ApplyError)) -> usize {
        let frame = self.playhead.clock().frame();
        let mut count = 0;
        for track in self.tracks.values_mut() {
            let messages = track.show(frame);
            count += messages.len();
            for message in messages {
                if let Err(error) = state.apply(message) {
                    report(error);
                }
            }
        }
        count
    }

    /// What to ask the hub for now.
    pub fn ask(&mut self, now_ms: f64) -> Vec<FramesRequest> {
        self.requests.expire(now_ms);
        if !self.is_connected || self.tracks.values().all(Track::is_complete) {
            return Vec::new();
        }
        let (stretch, is_playing) = (self.stretch(), self.is_playing());
        self.requests
            .ask(&self.tracks, &stretch, is_playing, now_ms)
    }

    /// When there is something to do without anything having happened.
    pub fn wake_ms(&self) -> Option<f64> {
        let times = [self.playhead.wake_ms(), self.requests.wake_ms()];
        times.into_iter().flatten().min_by(f64::total_cmp)
    }
}

#[cfg(test)]
mod tests;
