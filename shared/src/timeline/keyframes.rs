//! States along a recording, to go on from.

use super::{Playhead, Timeline};
use crate::state::ViewerState;

/// The most memory that keyframes take, counted generously: 128 MiB. Where more would be needed,
/// every other one is given up.
pub const KEYFRAME_BYTES: usize = 128 << 20;

/// Events between two keyframes, at first. Applying that many takes a few milliseconds.
const STRIDE: usize = if cfg!(test) { 10 } else { 1000 };

/// Keyframes up to the frontier, which later ones are built from.
#[derive(Debug)]
pub(super) struct Keyframes {
    list: Vec<Keyframe>,
    bytes: usize,
    stride: usize,
    frontier: Playhead,
    frontier_state: ViewerState,
}

/// A state and where it is. Nodes that did not change between two keyframes are there once.
#[derive(Debug)]
pub(super) struct Keyframe {
    sequence: u32,
    event: usize,
    state: ViewerState,
    bytes: usize,
}

impl Keyframes {
    pub(super) fn new(tracks: usize) -> Self {
        let state = ViewerState::new();
        Self {
            list: vec![Keyframe {
                sequence: 0,
                event: 0,
                state: state.clone(),
                bytes: 0,
            }],
            bytes: 0,
            stride: STRIDE,
            frontier: Playhead {
                sequence: 0,
                event: 0,
                floors: vec![0; tracks],
            },
            frontier_state: state,
        }
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How far keyframes have been built.
    pub(super) fn frontier(&self) -> &Playhead {
        &self.frontier
    }

    /// The last keyframe that holds nothing from message `end` on.
    pub(super) fn before(&self, end: u32) -> &Keyframe {
        let after = self.list.partition_point(|frame| frame.sequence <= end);
        // The first holds nothing at all.
        &self.list[after.max(1) - 1]
    }

    /// Keeps the frontier as a keyframe.
    fn keep_frontier(&mut self) {
        let bytes = self.frontier_state.scene.footprint();
        self.list.push(Keyframe {
            sequence: self.frontier.sequence,
            event: self.frontier.event,
            state: self.frontier_state.clone(),
            bytes,
        });
        self.bytes += bytes;
        while self.bytes > KEYFRAME_BYTES && self.list.len() > 3 {
            self.thin_out();
        }
    }

    /// Gives up every other keyframe. The first two stay: the empty scene, and the one that most
    /// of the recording's nodes begin in.
    fn thin_out(&mut self) {
        self.stride *= 2;
        let mut index = 0;
        self.list.retain(|_| {
            index += 1;
            index <= 2 || index % 2 == 0
        });
        self.bytes = self.list.iter().map(|frame| frame.bytes).sum();
    }
}

impl Keyframe {
    pub(super) fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The state and its playhead.
    pub(super) fn restore(&self, tracks: usize) -> (Playhead, ViewerState) {
        let head = Playhead {
            sequence: self.sequence,
            event: self.event,
            floors: vec![self.sequence; tracks],
        };
        (head, self.state.clone())
    }
}

impl Timeline {
    /// Moves the frontier on by up to `STRIDE` events. Returns `false` at the end, or where no
    /// more keyframes are needed.
    pub(super) fn extend_keyframes(&mut self) -> bool {
        let frontier = &self.keyframes.frontier;
        let last_kept = self.keyframes.list.last().map_or(0, |frame| frame.event);
        // One where the scene is first set up, then at regular distances.
        let first = self.moments.first().map_or(0, |(_, end)| *end);
        let is_set_up = frontier.sequence >= first;
        let next_kept = match is_set_up {
            true => last_kept + self.keyframes.stride,
            false => self.events.partition_point(|event| event.sequence < first),
        };
        let event = next_kept.min(frontier.event + STRIDE);
        let end = match self.events.get(event) {
            Some(event) if is_set_up || event.sequence < first => event.sequence,
            Some(_) | None if !is_set_up => first,
            Some(_) | None => return false,
        };
        let mut head = frontier.clone();
        let mut state = std::mem::take(&mut self.keyframes.frontier_state);
        self.advance(&mut head, &mut state, end, &mut |_, _| {});
        self.keyframes.frontier_state = state;
        self.keyframes.frontier = head;
        if self.keyframes.frontier.event >= next_kept {
            self.keyframes.keep_frontier();
        }
        true
    }
}
