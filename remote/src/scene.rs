//! What all publishers of a hub have created, and the frame that is shown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::Value;
use crate::message::{Kind, Message};
use crate::refused::Refused;
use crate::renderable::{Renderable, Shown};
use crate::smpl::ModelFolder;
use crate::timeline::Timeline;

/// A publisher, by the hub's own number for its connection.
pub type PublisherId = u64;

/// A node, by a number that the hub never uses again.
pub type NodeId = u64;

/// What one publisher, and all together, may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SceneLimits {
    /// Nodes that it may have at one time. Default 10,000.
    pub nodes: usize,
    /// Bytes that the frames of its nodes may take in memory. Default 8 GiB.
    pub bytes: usize,
    /// Nodes of all publishers together, those that have left included. Default 50,000.
    pub total_nodes: usize,
    /// Bytes of all of them. Default 16 GiB.
    pub total_bytes: usize,
}

impl Default for SceneLimits {
    fn default() -> Self {
        Self {
            nodes: 10_000,
            bytes: 8 << 30,
            total_nodes: 50_000,
            total_bytes: 16 << 30,
        }
    }
}

/// A publisher's number for a node, as it came: an integer, a string, or none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Uid {
    None,
    Int(i64),
    Str(Arc<str>),
}

impl Uid {
    fn new(value: &Value) -> Result<Self, Refused> {
        match value {
            Value::None => Ok(Uid::None),
            Value::Str(text) => Ok(Uid::Str(text.clone())),
            other => other.as_i64().map(Uid::Int).ok_or_else(|| {
                Refused::new(format!(
                    "`uid` is an integer or a string, not a {}",
                    other.type_name()
                ))
            }),
        }
    }
}

/// What a message did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// A node came to be.
    Created(NodeId),
    /// A node's frames are others now.
    Changed(NodeId),
    /// A node is gone.
    Deleted(NodeId),
    /// Another frame is shown.
    Moved,
    /// Nothing, as it should: the message is none of aitviewer's, or asks for what is so.
    Nothing,
}

struct Node {
    publisher: PublisherId,
    /// Whoever shows it shares it; an edit meanwhile works on a copy, which shares the frames.
    renderable: Arc<Renderable>,
    bytes: usize,
}

#[derive(Clone, Copy, Default)]
struct Usage {
    nodes: usize,
    bytes: usize,
}

/// The nodes of all publishers.
///
/// Nodes stay when their publisher leaves, as in aitviewer: a script that has ended still shows
/// what it made.
pub struct Scene {
    nodes: BTreeMap<NodeId, Node>,
    by_uid: HashMap<(PublisherId, Uid), NodeId>,
    usage: HashMap<PublisherId, Usage>,
    total: Usage,
    next_id: NodeId,
    limits: SceneLimits,
    models: Arc<ModelFolder>,
    timeline: Timeline,
}

impl Scene {
    /// An empty scene whose bodies are of models in `models`.
    pub fn new(models: Arc<ModelFolder>, limits: SceneLimits) -> Self {
        Self {
            nodes: BTreeMap::new(),
            by_uid: HashMap::new(),
            usage: HashMap::new(),
            total: Usage::default(),
            next_id: 1,
            limits,
            models,
            timeline: Timeline::default(),
        }
    }

    /// Does what a publisher asks for, or nothing at all.
    ///
    /// # Errors
    /// If it asks for what cannot be done; the reason names what is wrong. The scene is as it
    /// was before.
    pub fn apply(&mut self, publisher: PublisherId, message: Message) -> Result<Applied, Refused> {
        let Some(kind) = message.known_kind() else {
            return Ok(Applied::Nothing);
        };
        let Message {
            uid, args, kwargs, ..
        } = message;
        match kind {
            Kind::Node
            | Kind::Meshes
            | Kind::Spheres
            | Kind::Lines
            | Kind::Arrows
            | Kind::RigidBodies
            | Kind::Skeletons
            | Kind::PointClouds
            | Kind::Images
            | Kind::Smpl => match Renderable::create(kind, args, kwargs, &self.models) {
                Some(created) => self.insert(publisher, &uid, created?),
                None => Ok(Applied::Nothing),
            },
            Kind::Delete => {
                let uid = Uid::new(&uid)?;
                let id = self.id(publisher, &uid)?;
                self.remove(id);
                Ok(Applied::Deleted(id))
            }
            Kind::AddFrames => {
                let growth = growth(&args, &kwargs);
                let add = |node: &mut Renderable| node.add_frames((args, kwargs));
                self.edit(publisher, &uid, growth, add)
            }
            Kind::UpdateFrames => {
                let update = |node: &mut Renderable| node.update_frames((args, kwargs));
                self.edit(publisher, &uid, 0, update)
            }
            Kind::RemoveFrames => {
                let remove = |node: &mut Renderable| node.remove_frames((args, kwargs));
                self.edit(publisher, &uid, 0, remove)
            }
            Kind::SetFrame => {
                let frame = args.first().and_then(Value::as_i64).ok_or_else(|| {
                    Refused::new("SET_FRAME needs the frame's number, an integer, by position")
                })?;
                Ok(moved(self.timeline.seek(frame)))
            }
            Kind::NextFrame => Ok(moved(self.timeline.step(1))),
            Kind::PreviousFrame => Ok(moved(self.timeline.step(-1))),
            Kind::UserMessage => Ok(Applied::Nothing),
        }
    }

    /// Adds a node that was [created](Renderable::create) beside the scene, which may take a
    /// while. One that the publisher created before with the same uid stays, but can no longer be
    /// reached, as in aitviewer.
    ///
    /// # Errors
    /// If `uid` is none that a node can have, or the publisher has too much already.
    pub fn insert(
        &mut self,
        publisher: PublisherId,
        uid: &Value,
        renderable: Renderable,
    ) -> Result<Applied, Refused> {
        let uid = Uid::new(uid)?;
        let bytes = renderable.bytes();
        let usage = self.usage.entry(publisher).or_default();
        if usage.nodes >= self.limits.nodes {
            return Err(Refused::new(format!(
                "this publisher has {} nodes, which is the limit",
                usage.nodes
            )));
        }
        if self.total.nodes >= self.limits.total_nodes {
            return Err(Refused::new(format!(
                "the hub has {} nodes, which is the limit",
                self.total.nodes
            )));
        }
        check_bytes(&self.limits, *usage, self.total, bytes)?;
        for usage in [usage, &mut self.total] {
            usage.nodes += 1;
            usage.bytes += bytes;
        }
        let id = self.next_id;
        self.next_id += 1;
        let node = Node {
            publisher,
            renderable: Arc::new(renderable),
            bytes,
        };
        let frames = node.renderable.placement.scene_frames();
        self.nodes.insert(id, node);
        self.by_uid.insert((publisher, uid), id);
        self.measure(0, frames);
        Ok(Applied::Created(id))
    }

    /// Removes a node, whoever created it.
    pub fn remove(&mut self, id: NodeId) {
        let Some(node) = self.nodes.remove(&id) else {
            return;
        };
        self.by_uid.retain(|_, other| *other != id);
        self.total.nodes -= 1;
        self.total.bytes -= node.bytes;
        if let Some(usage) = self.usage.get_mut(&node.publisher) {
            usage.nodes -= 1;
            usage.bytes -= node.bytes;
            if usage.nodes == 0 {
                self.usage.remove(&node.publisher);
            }
        }
        self.measure(node.renderable.placement.scene_frames(), 0);
    }

    fn edit(
        &mut self,
        publisher: PublisherId,
        uid: &Value,
        growth: usize,
        apply: impl FnOnce(&mut Renderable) -> Result<(), Refused>,
    ) -> Result<Applied, Refused> {
        let id = self.id(publisher, &Uid::new(uid)?)?;
        let (Some(node), Some(usage)) = (self.nodes.get_mut(&id), self.usage.get_mut(&publisher))
        else {
            return Ok(Applied::Nothing);
        };
        check_bytes(&self.limits, *usage, self.total, growth)?;
        let frames = node.renderable.placement.scene_frames();
        apply(Arc::make_mut(&mut node.renderable))?;
        let bytes = node.renderable.bytes();
        for usage in [usage, &mut self.total] {
            usage.bytes = usage.bytes - node.bytes + bytes;
        }
        node.bytes = bytes;
        let now = node.renderable.placement.scene_frames();
        self.measure(frames, now);
        Ok(Applied::Changed(id))
    }

    fn id(&self, publisher: PublisherId, uid: &Uid) -> Result<NodeId, Refused> {
        let id = self.by_uid.get(&(publisher, uid.clone())).copied();
        id.ok_or_else(|| Refused::new(format!("this publisher has no node {uid:?}")))
    }

    /// Tells the timeline how long it is, after a node of `before` frames has `now`.
    fn measure(&mut self, before: usize, now: usize) {
        let length = self.timeline.length();
        if now >= length {
            self.timeline.set_length(now);
        } else if before >= length {
            let frames = self.nodes.values();
            let frames = frames.map(|node| node.renderable.placement.scene_frames());
            self.timeline.set_length(frames.max().unwrap_or(1));
        }
    }

    /// The node that `publisher` calls `uid`.
    pub fn node_from_remote_uid(&self, publisher: PublisherId, uid: &Value) -> Option<NodeId> {
        self.id(publisher, &Uid::new(uid).ok()?).ok()
    }

    /// A node. Whoever keeps it keeps it as it is now.
    pub fn node(&self, id: NodeId) -> Option<&Arc<Renderable>> {
        self.nodes.get(&id).map(|node| &node.renderable)
    }

    /// All nodes, the oldest first.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, PublisherId, &Arc<Renderable>)> {
        let nodes = self.nodes.iter();
        nodes.map(|(id, node)| (*id, node.publisher, &node.renderable))
    }

    /// What a node shows in the scene's frame `frame`.
    pub fn shown(&self, id: NodeId, frame: usize) -> Option<Shown<'_>> {
        self.node(id)?.shown(frame)
    }

    /// The body models.
    pub fn models(&self) -> &Arc<ModelFolder> {
        &self.models
    }

    /// Where the scene is in time.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Where the scene is in time, to be changed.
    pub fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.timeline
    }
}

fn moved(moved: bool) -> Applied {
    match moved {
        true => Applied::Moved,
        false => Applied::Nothing,
    }
}

/// The most that frames in these arguments can take: floats, and a pointer for each frame.
fn growth(args: &[Value], kwargs: &[(Arc<str>, Value)]) -> usize {
    let values = args.iter().chain(kwargs.iter().map(|(_, value)| value));
    let arrays = values.filter_map(Value::as_array);
    let bytes = arrays.map(|array| {
        let frames = array.shape().first().copied().unwrap_or(1);
        array
            .len()
            .saturating_add(frames.saturating_mul(4))
            .saturating_mul(4)
    });
    bytes.fold(0, usize::saturating_add)
}

fn check_bytes(
    limits: &SceneLimits,
    usage: Usage,
    total: Usage,
    more: usize,
) -> Result<(), Refused> {
    let owners = [
        ("this publisher's", usage, limits.bytes),
        ("all publishers'", total, limits.total_bytes),
    ];
    for (whose, used, limit) in owners {
        if used.bytes.saturating_add(more) > limit {
            return Err(Refused::new(format!(
                "{whose} frames would take more than the limit of {limit} bytes"
            )));
        }
    }
    Ok(())
}
