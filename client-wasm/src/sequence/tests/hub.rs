//! A hub in a few lines.

use std::collections::VecDeque;
use std::sync::Arc;

use scenecast_protocol::scene::{
    AddNode, Frame, RemoveSceneNode, SceneNodeUpdate, SetPosition, SetSceneNodeVisibility,
};
use scenecast_protocol::sequence::{
    FramesRequest, SequenceFrames, TimelineState, Track, TrackChange,
};
use scenecast_protocol::wire::Updates;
use scenecast_protocol::{Array, Message, Wire};

pub(super) const NODES: [&str; 2] = ["/hub/a", "/hub/b"];

/// The parts of a node that a frame sets.
pub(super) fn parts(name: &str) -> [Arc<str>; 2] {
    [name.into(), format!("{name}/part").into()]
}

pub(super) fn position(name: Arc<str>, position: [f64; 3]) -> Message {
    SetPosition {
        name,
        position,
        owner: String::new(),
    }
    .into()
}

/// A node of the hub: for each frame, which version of it there is.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) revision: i64,
    pub(super) versions: Vec<u32>,
}

pub(super) struct Hub {
    pub(super) nodes: [Option<Node>; 2],
    pub(super) counter: u32,
    /// Bytes that a frame brings along, and what the hub says that they are.
    pub(super) weight: usize,
    pub(super) said_weight: i64,
    pub(super) frame: i64,
    pub(super) length: i64,
    /// To all viewers, in windows; to this one; and from it.
    pub(super) broadcast: VecDeque<Vec<Message>>,
    pub(super) answers: VecDeque<Message>,
    pub(super) asked: VecDeque<FramesRequest>,
}

impl Hub {
    /// What the viewer has asked for: track, first frame, count.
    pub(super) fn asked(&self) -> Vec<(&str, i64, i64)> {
        let asked = self.asked.iter();
        asked.map(|r| (&*r.name, r.first, r.count)).collect()
    }

    pub(super) fn new(frames: usize, weight: usize, said_weight: i64) -> Self {
        let mut hub = Self {
            nodes: [None, None],
            counter: 0,
            weight,
            said_weight,
            frame: 0,
            length: 1,
            broadcast: VecDeque::new(),
            answers: VecDeque::new(),
            asked: VecDeque::new(),
        };
        hub.add(0, frames);
        hub.add(1, frames / 2 + 1);
        hub
    }

    /// Sends messages in one window.
    fn say(&mut self, messages: impl IntoIterator<Item = impl Into<Message>>) {
        let messages = messages.into_iter().map(Into::into);
        self.broadcast.push_back(messages.collect());
    }

    pub(super) fn count(&mut self) -> u32 {
        self.counter += 1;
        self.counter
    }

    pub(super) fn add(&mut self, node: usize, frames: usize) {
        let revision = self.count().into();
        let versions = vec![self.count(); frames];
        self.say(parts(NODES[node]).map(|name| AddNode {
            name,
            owner: String::new(),
            is_virtual: false,
            node: Frame::default().into(),
        }));
        self.nodes[node] = Some(Node { revision, versions });
        self.announce(node);
    }

    pub(super) fn announce(&mut self, node: usize) {
        if let Some(Node { revision, versions }) = &self.nodes[node] {
            self.say([Track {
                name: NODES[node].into(),
                frames: versions.len() as i64,
                bytes_per_frame: self.said_weight,
                revision: *revision,
            }]);
        }
        let lengths = self.nodes.iter().flatten().map(|node| node.versions.len());
        self.length = lengths.max().unwrap_or(1) as i64;
        self.tell_time();
    }

    pub(super) fn tell_time(&mut self) {
        self.frame = self.frame.min(self.length.saturating_sub(1));
        self.say([TimelineState {
            frame: self.frame,
            length: self.length,
            is_playing: false,
            loops: true,
            fps: 60.0,
        }]);
    }

    pub(super) fn change(&mut self, node: usize, first: usize, count: usize) {
        let version = self.count();
        let Some(changed) = &mut self.nodes[node] else {
            return;
        };
        let first = first.min(changed.versions.len());
        let end = first + count;
        let is_longer = end > changed.versions.len();
        if is_longer {
            changed.versions.resize(end, version);
        }
        changed.versions[first..end].fill(version);
        let revision = changed.revision;
        self.say([TrackChange {
            name: NODES[node].into(),
            revision,
            first: first as i64,
            count: count as i64,
        }]);
        if is_longer {
            self.announce(node);
        }
    }

    pub(super) fn replace(&mut self, node: usize, frames: usize) {
        let (revision, version) = (self.count().into(), self.count());
        if let Some(node) = &mut self.nodes[node] {
            *node = Node {
                revision,
                versions: vec![version; frames],
            };
        }
        self.announce(node);
    }

    pub(super) fn remove(&mut self, node: usize) {
        self.nodes[node] = None;
        self.say(parts(NODES[node]).map(|name| RemoveSceneNode {
            name,
            owner: String::new(),
        }));
        self.announce(node);
    }

    /// Changes a node behind the back of its sequence.
    pub(super) fn disturb(&mut self, node: usize) {
        self.say(parts(NODES[node]).map(|name| position(name, [-1.0; 3])));
    }

    /// The messages of a frame, as every viewer should have them applied.
    pub(super) fn frame(&self, node: usize, frame: usize) -> Vec<Message> {
        let Some(version) = self.nodes[node]
            .as_ref()
            .and_then(|n| n.versions.get(frame))
        else {
            return Vec::new();
        };
        let mut messages = Vec::new();
        for name in parts(NODES[node]) {
            let content = [f64::from(*version), frame as f64, 0.0];
            messages.push(position(name.clone(), content));
            messages.push(
                SetSceneNodeVisibility {
                    name: name.clone(),
                    visible: (frame + *version as usize).is_multiple_of(3),
                    owner: String::new(),
                }
                .into(),
            );
            // A property that the node does not have: it only takes memory.
            let weight = Array::from(vec![0_u8; self.weight]).to_value();
            messages.push(
                SceneNodeUpdate {
                    name,
                    updates: Updates(vec![("weight".into(), weight)]),
                    owner: String::new(),
                }
                .into(),
            );
        }
        messages
    }

    /// Answers what it was asked first.
    pub(super) fn answer(&mut self) {
        self.answer_one(0);
    }

    /// Answers any request: what is wanted now overtakes others.
    pub(super) fn answer_one(&mut self, at: usize) {
        let at = at % self.asked.len().max(1);
        let Some(request) = self.asked.remove(at) else {
            return;
        };
        let node = NODES
            .iter()
            .position(|name| *name == &*request.name)
            .unwrap();
        let Some(Node { revision, versions }) = &self.nodes[node] else {
            return;
        };
        let frames = request.first..request.first + request.count;
        let frames = frames.filter(|frame| (*frame as usize) < versions.len());
        let frames = frames
            .map(|frame| self.frame(node, frame as usize))
            .collect();
        let answer = SequenceFrames {
            name: request.name,
            revision: *revision,
            first: request.first,
            frames,
        };
        self.answers.push_back(answer.into());
    }
}
