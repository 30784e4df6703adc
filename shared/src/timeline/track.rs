//! The motion of one part of a node, as columns of numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::message::Message;
use crate::recording::motion::{Motion, Part};
use crate::state::ViewerState;

/// Samples in a block. More would make what is gathered before a block is full larger.
const BLOCK: usize = if cfg!(test) { 4 } else { 128 };

/// All tracks, by the name of their node.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// By name, so that those of a node, and of all below it, are neighbours.
    list: Vec<Track>,
}

/// The tracks while a recording is read.
#[derive(Debug, Default)]
pub(super) struct TracksBuilder {
    list: Vec<Track>,
    by_name: FxHashMap<Arc<str>, Vec<u32>>,
    bytes: usize,
}

/// One part of one owner's version of a node.
#[derive(Debug)]
struct Track {
    name: Arc<str>,
    owner: String,
    part: Part,
    blocks: Vec<Block>,
    /// Samples that do not fill a block yet.
    open: Vec<(u32, [f64; 4])>,
}

/// Samples in the order of their messages.
#[derive(Debug)]
struct Block {
    sequences: Sequences,
    values: Values,
}

/// Sequence numbers, ascending.
#[derive(Debug)]
enum Sequences {
    /// Equally far apart, as they are where everything moves at every step.
    Even {
        first: u32,
        step: u32,
        len: u32,
    },
    Each(Box<[u32]>),
}

/// Numbers, one row after the other.
#[derive(Debug)]
enum Values {
    /// Where nothing is lost: most programs compute with 32 bits.
    F32(Box<[f32]>),
    F64(Box<[f64]>),
}

impl TracksBuilder {
    /// Adds a sample. `false` for the first message of a track, which is to be kept as an event:
    /// most parts are set once, when their node is added.
    pub(super) fn push(&mut self, motion: &Motion<'_>, sequence: u32) -> bool {
        let Motion { name, part, .. } = *motion;
        // The root is everybody's.
        let owner = if name.is_empty() { "" } else { motion.owner };
        if let Some(tracks) = self.by_name.get_mut(name) {
            for &index in tracks.iter() {
                let track = &mut self.list[index as usize];
                if track.part == part && track.owner == owner {
                    self.bytes += track.push(sequence, motion.values);
                    return true;
                }
            }
            tracks.push(self.list.len() as u32);
            let name = self.list[tracks[0] as usize].name.clone();
            self.bytes += self.add(name, owner, part);
        } else {
            let name: Arc<str> = name.into();
            self.by_name
                .insert(name.clone(), vec![self.list.len() as u32]);
            self.bytes += self.add(name, owner, part) + motion.name.len() + 64;
        }
        false
    }

    /// A new track without samples; its bytes.
    fn add(&mut self, name: Arc<str>, owner: &str, part: Part) -> usize {
        self.list.push(Track {
            name,
            owner: owner.to_owned(),
            part,
            blocks: Vec::new(),
            open: Vec::new(),
        });
        size_of::<Track>() + owner.len()
    }

    /// Memory in use.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn finish(self) -> Tracks {
        let mut list = self.list;
        list.retain_mut(|track| {
            track.close_block();
            !track.blocks.is_empty()
        });
        crate::sort::by(&mut list, |a, b| a.name.cmp(&b.name));
        Tracks { list }
    }
}

impl Tracks {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Applies what came before message `end` on every track.
    pub(super) fn settle_all(&self, end: u32, floors: &mut [u32], state: &mut ViewerState) {
        for (track, floor) in self.list.iter().zip(floors) {
            if *floor < end {
                track.settle(end, floor, state);
            }
        }
    }

    /// Applies what came before message `end` on the tracks that an event bears upon: to a node
    /// that it adds or removes, later samples mean something else.
    pub(super) fn settle_for(
        &self,
        event: &Message,
        end: u32,
        floors: &mut [u32],
        state: &mut ViewerState,
    ) {
        let (name, is_subtree) = match event {
            Message::AddNode(m) => (&m.name, false),
            // In a form that is not kept as a sample.
            Message::SetPosition(m) => (&m.name, false),
            Message::SetOrientation(m) => (&m.name, false),
            Message::SetSceneNodeVisibility(m) => (&m.name, false),
            Message::SetBonePosition(m) => (&m.name, false),
            Message::SetBoneOrientation(m) => (&m.name, false),
            Message::RemoveSceneNode(m) => (&m.name, true),
            // The list of all messages is `ViewerState::apply`.
            _ => return,
        };
        let first = self.list.partition_point(|track| track.name < *name);
        // What only looks like a descendant does no harm.
        let bears_upon = |track: &Track| match is_subtree {
            true => track.name.starts_with(&**name),
            false => track.name == *name,
        };
        for (track, floor) in self.list.iter().zip(floors).skip(first) {
            if !bears_upon(track) {
                break;
            }
            if *floor < end {
                track.settle(end, floor, state);
            }
        }
    }
}

impl Track {
    /// Adds a sample; how many bytes more are in use.
    fn push(&mut self, sequence: u32, values: [f64; 4]) -> usize {
        if self.open.capacity() == 0 {
            self.open.reserve_exact(BLOCK);
        }
        self.open.push((sequence, values));
        match self.open.len() {
            BLOCK => self.close_block(),
            1 => BLOCK * size_of::<(u32, [f64; 4])>(),
            _ => 0,
        }
    }

    /// Packs the gathered samples; how many bytes that takes.
    fn close_block(&mut self) -> usize {
        let samples = std::mem::take(&mut self.open);
        if samples.is_empty() {
            return 0;
        }
        let width = self.part.width();
        let sequences = Sequences::new(samples.iter().map(|(sequence, _)| *sequence));
        let numbers = samples.iter().flat_map(|(_, values)| &values[..width]);
        let is_exact = |number: &f64| f64::from(*number as f32).to_bits() == number.to_bits();
        let values = match numbers.clone().all(is_exact) {
            true => Values::F32(numbers.map(|number| *number as f32).collect()),
            false => Values::F64(numbers.copied().collect()),
        };
        let block = Block { sequences, values };
        let bytes = block.bytes();
        self.blocks.push(block);
        bytes
    }

    /// Sets the part as the last sample before message `end` says, unless that lies before
    /// `floor`; `floor` becomes the number of the next sample.
    fn settle(&self, end: u32, floor: &mut u32, state: &mut ViewerState) {
        let after = self
            .blocks
            .partition_point(|block| block.sequences.get(0) < end);
        let mut next = self.first_of(after);
        if let Some(block) = after.checked_sub(1).and_then(|at| self.blocks.get(at)) {
            let inside = block.sequences.before(end);
            if inside < block.sequences.len() {
                next = block.sequences.get(inside);
            }
            if let Some(last) = inside.checked_sub(1)
                && block.sequences.get(last) >= *floor
            {
                self.apply(block.values.row(last, self.part.width()), state);
            }
        }
        *floor = next;
    }

    fn first_of(&self, block: usize) -> u32 {
        let block = self.blocks.get(block);
        block.map_or(u32::MAX, |block| block.sequences.get(0))
    }

    fn apply(&self, values: [f64; 4], state: &mut ViewerState) {
        let (name, owner) = (&self.name, &self.owner);
        let scene = &mut state.scene;
        let [x, y, z, _] = values;
        match self.part {
            Part::Position => scene.set_position(name, owner, [x, y, z]),
            Part::Orientation => scene.set_orientation(name, owner, values.into()),
            Part::Visibility => scene.set_visible(name, owner, x != 0.0),
            Part::BonePosition(bone) => {
                scene.set_bone(name, owner, bone, |pose| pose.position = [x, y, z]);
            }
            Part::BoneOrientation(bone) => {
                scene.set_bone(name, owner, bone, |pose| pose.wxyz = values.into());
            }
        }
    }
}

impl Block {
    fn bytes(&self) -> usize {
        let sequences = match &self.sequences {
            Sequences::Even { .. } => 0,
            Sequences::Each(each) => size_of_val(&**each),
        };
        let values = match &self.values {
            Values::F32(values) => size_of_val(&**values),
            Values::F64(values) => size_of_val(&**values),
        };
        size_of::<Self>() + sequences + values
    }
}

impl Sequences {
    fn new(numbers: impl ExactSizeIterator<Item = u32> + Clone) -> Self {
        let mut start = numbers.clone();
        let first = start.next().unwrap_or_default();
        let step = start.next().map_or(1, |second| second - first);
        let even = (0u32..).map(|index| first.wrapping_add(index.wrapping_mul(step)));
        match numbers.clone().eq(even.take(numbers.len())) {
            true => Self::Even {
                first,
                step,
                len: numbers.len() as u32,
            },
            false => Self::Each(numbers.collect()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Even { len, .. } => *len as usize,
            Self::Each(each) => each.len(),
        }
    }

    fn get(&self, index: usize) -> u32 {
        match self {
            Self::Even { first, step, .. } => first + index as u32 * step,
            Self::Each(each) => each[index],
        }
    }

    /// How many are below `end`.
    fn before(&self, end: u32) -> usize {
        match self {
            Self::Even { first, step, len } => {
                let below = end.saturating_sub(*first).div_ceil(*step);
                below.min(*len) as usize
            }
            Self::Each(each) => each.partition_point(|number| *number < end),
        }
    }
}

impl Values {
    fn row(&self, row: usize, width: usize) -> [f64; 4] {
        let columns = row * width..(row + 1) * width;
        let mut numbers = [0.0; 4];
        match self {
            Self::F32(values) => {
                for (number, value) in numbers.iter_mut().zip(&values[columns]) {
                    *number = f64::from(*value);
                }
            }
            Self::F64(values) => numbers[..width].copy_from_slice(&values[columns]),
        }
        numbers
    }
}
