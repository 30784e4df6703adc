//! What a hub knows, and what of it viewers have not been told yet.

use super::{Publisher, texture};
use scenecast_remote::{
    Kind, Message, Refused, Scene, Value,
    renderable::Renderable,
    scene::{Applied, NodeId, PublisherId},
    smpl::ModelFolder,
};
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    ops::Range,
    path::Path,
};

/// What happened to a node since viewers were told of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Dirt {
    /// It came to be, by a publisher at this address.
    pub(super) created: Option<SocketAddr>,
    /// Frames were overwritten.
    pub(super) edited: Option<Range<usize>>,
    /// Frames were removed: others have moved up.
    pub(super) shifted: bool,
}

/// The nodes of all publishers, the publishers, and what viewers have not been told yet.
pub(super) struct State {
    pub(super) scene: Scene,
    pub(super) publishers: BTreeMap<PublisherId, Publisher>,
    /// Nodes that are other than viewers know, the removed ones included.
    pub(super) dirty: BTreeMap<NodeId, Dirt>,
    /// How often what a node's frames hold has changed, but for frames that were appended.
    versions: HashMap<NodeId, u64>,
    /// Somebody did something with the timeline.
    pub(super) is_steered: bool,
    /// A viewer came that has to be shown the frame.
    pub(super) has_joiner: bool,
}

/// A message's part that is applied while the state is locked.
pub(super) enum Work {
    Insert(Value, Box<Renderable>),
    Apply(Message),
    Nothing,
}

impl Work {
    /// Does beforehand what takes long and needs no lock: creates the node.
    pub(super) fn of(
        message: Message,
        models: &ModelFolder,
        textures: Option<&Path>,
    ) -> Result<Self, Refused> {
        match message.known_kind() {
            Some(kind) if kind.creates() => {
                let created = Renderable::create(kind, message.args, message.kwargs, models);
                Ok(match created.transpose()? {
                    Some(mut node) => {
                        texture::read(&mut node, textures)?;
                        Self::Insert(message.uid, Box::new(node))
                    }
                    None => Self::Nothing,
                })
            }
            Some(_) => Ok(Self::Apply(message)),
            None => Ok(Self::Nothing),
        }
    }
}

impl State {
    pub(super) fn new(scene: Scene) -> Self {
        Self {
            scene,
            publishers: BTreeMap::new(),
            dirty: BTreeMap::new(),
            versions: HashMap::new(),
            is_steered: true,
            has_joiner: false,
        }
    }

    /// Does what a publisher asks for, or nothing at all.
    pub(super) fn apply(&mut self, publisher: &Publisher, work: Work) -> Result<(), Refused> {
        let (kind, frames) = match &work {
            Work::Apply(message) => (message.kind.clone(), edited_frame(message)),
            Work::Insert(..) | Work::Nothing => (Value::None, None),
        };
        let id = publisher.id();
        let applied = match work {
            Work::Insert(uid, node) => self.scene.insert(id, &uid, *node)?,
            Work::Apply(message) => self.scene.apply(id, message)?,
            Work::Nothing => Applied::Nothing,
        };
        match applied {
            Applied::Created(node) => {
                self.dirty.entry(node).or_default().created = Some(publisher.address());
            }
            Applied::Deleted(node) => self.forget(node),
            Applied::Changed(node) => {
                match kind {
                    Value::Kind(Kind::RemoveFrames) => self.shift(node),
                    Value::Kind(Kind::UpdateFrames) => self.edit(node, frames),
                    // Appended: what was there stays.
                    _ => drop(self.dirty.entry(node).or_default()),
                }
            }
            Applied::Moved => self.is_steered = true,
            Applied::Nothing => {}
        }
        Ok(())
    }

    /// Removes a node.
    pub(super) fn remove(&mut self, node: NodeId) {
        self.scene.remove(node);
        self.forget(node);
    }

    fn forget(&mut self, node: NodeId) {
        self.versions.remove(&node);
        self.dirty.entry(node).or_default();
    }

    fn shift(&mut self, node: NodeId) {
        *self.versions.entry(node).or_default() += 1;
        self.dirty.entry(node).or_default().shifted = true;
    }

    fn edit(&mut self, node: NodeId, frame: Option<i64>) {
        *self.versions.entry(node).or_default() += 1;
        let Some(known) = self.scene.node(node) else {
            return;
        };
        let count = known.frame_count();
        let from_end = |frame: i64| {
            if frame < 0 {
                frame + count as i64
            } else {
                frame
            }
        };
        // Masked nodes show their frames at others of the scene.
        let frame = frame.filter(|_| !known.placement.is_masked());
        let edited = match frame.and_then(|frame| usize::try_from(from_end(frame)).ok()) {
            Some(frame) => frame..frame + 1,
            None => 0..known.placement.scene_frames(),
        };
        let dirt = self.dirty.entry(node).or_default();
        dirt.edited = Some(match dirt.edited.take() {
            Some(before) => before.start.min(edited.start)..before.end.max(edited.end),
            None => edited,
        });
    }

    /// How often a node's frames have changed, but for frames that were appended.
    pub(super) fn version(&self, node: NodeId) -> u64 {
        self.versions.get(&node).copied().unwrap_or(0)
    }

    /// Whether there is something to tell viewers.
    pub(super) fn has_news(&self) -> bool {
        !self.dirty.is_empty() || self.is_steered || self.has_joiner
    }
}

/// The one frame that an update writes, if it is one.
fn edited_frame(message: &Message) -> Option<i64> {
    let named = message.kwargs.iter().find(|(name, _)| &**name == "frames");
    match named.map(|(_, frames)| frames) {
        // `True` stands for all.
        Some(Value::Bool(_)) | None => None,
        Some(frames) => frames.as_i64(),
    }
}
