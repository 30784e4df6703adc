//! A recording that can be entered at any time.
//!
//! A state is built from the last keyframe before it, the few messages in between,
//! and for each moving part the one sample that counts then: what moved in the meantime costs
//! nothing. So a jump takes the same time near the end of a recording as near its start, and leads
//! to exactly the state that playing from the start leads to.
//!
//! Messages that set poses, visibility and bones make up nearly all of a long recording. They are
//! kept as columns of numbers, one track for each part of a node; all others are kept as
//! they are. A track's samples commute with everything but messages that add or remove its node,
//! so that between two of those only the last sample counts.

mod keyframes;
mod load;
mod track;

use crate::message::Message;
use crate::state::{ApplyError, ViewerState};
use crate::window::Rejected;

use keyframes::Keyframes;
use track::Tracks;

pub use keyframes::KEYFRAME_BYTES;
pub use load::{Loading, MAX_BYTES, MAX_REJECTED, TimelineError};

/// A recording in memory, ready to be played from any time on.
///
/// Times are seconds from the start of the recording.
#[derive(Debug)]
pub struct Timeline {
    version: String,
    duration_secs: f64,
    messages: u32,
    rejected: Vec<Rejected>,
    /// Times at which something happens, ascending, and the sequence number after the last message
    /// of each.
    moments: Vec<(f64, u32)>,
    /// All messages that are no sample of a track, by sequence number.
    events: Vec<Event>,
    tracks: Tracks,
    keyframes: Keyframes,
}

/// A message that is kept whole.
#[derive(Debug)]
struct Event {
    sequence: u32,
    message: Message,
}

/// How far a state has come in a timeline.
#[derive(Clone, Debug)]
pub struct Playhead {
    /// All messages before this one are applied.
    sequence: u32,
    /// The first event that is not applied.
    event: usize,
    /// For each track, a number before which no sample counts any more.
    floors: Vec<u32>,
}

/// Hears of each event that is applied on the way, and of what was wrong with it.
pub type Observer<'a> = &'a mut dyn FnMut(&Message, Result<(), ApplyError>);

impl Timeline {
    /// Version of the writer.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How long the recording plays: as long as it says, and at least until its last message.
    pub fn duration_secs(&self) -> f64 {
        self.duration_secs
    }

    /// How many messages there are.
    pub fn messages(&self) -> u32 {
        self.messages
    }

    /// Messages of known classes that could not be read and are left out; at most
    /// [`MAX_REJECTED`] of them.
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// The time of the first message, where playing begins again after the end; 0 without any.
    pub fn first_secs(&self) -> f64 {
        self.moments.first().map_or(0.0, |(time, _)| *time)
    }

    /// The first time after `time_secs` at which something happens.
    pub fn next_moment(&self, time_secs: f64) -> Option<f64> {
        let next = self.moments.partition_point(|(time, _)| *time <= time_secs);
        self.moments.get(next).map(|(time, _)| *time)
    }

    /// The last time before `time_secs` at which something happens.
    pub fn previous_moment(&self, time_secs: f64) -> Option<f64> {
        let next = self.moments.partition_point(|(time, _)| *time < time_secs);
        let (time, _) = self.moments.get(next.checked_sub(1)?)?;
        Some(*time)
    }

    /// The playhead of [`ViewerState::new`], before the first message.
    pub fn start(&self) -> Playhead {
        Playhead {
            sequence: 0,
            event: 0,
            floors: vec![0; self.tracks.len()],
        }
    }

    /// Brings `state`, which is at `head`, to the state of a time, forwards or backwards.
    ///
    /// Forwards over a short way, `observe` hears of every event. Over a longer one, and backwards,
    /// it hears only of the camera settings that are others than before.
    pub fn seek(
        &mut self,
        head: &mut Playhead,
        state: &mut ViewerState,
        time_secs: f64,
        observe: Observer<'_>,
    ) {
        let end = self.sequence_at(time_secs);
        while self.keyframes.frontier().sequence < end && self.extend_keyframes() {}
        let keyframe = self.keyframes.before(end);
        if head.sequence <= end && keyframe.sequence() <= head.sequence {
            return self.advance(head, state, end, observe);
        }
        let (mut there, mut target) = keyframe.restore(self.tracks.len());
        self.advance(&mut there, &mut target, end, &mut |_, _| {});
        let camera = state.camera.clone();
        state.adopt(target);
        *head = there;
        for message in state.camera.differences(&camera) {
            observe(&message, Ok(()));
        }
    }

    /// Prepares for jumps, for as long as `go_on` allows; to be called when there is nothing else
    /// to do. Returns whether there is more to prepare. Jumps are exact before that, too, only
    /// slower.
    pub fn prepare(&mut self, mut go_on: impl FnMut() -> bool) -> bool {
        while go_on() {
            if !self.extend_keyframes() {
                return false;
            }
        }
        true
    }

    /// The sequence number after the last message that has happened at a time.
    fn sequence_at(&self, time_secs: f64) -> u32 {
        let next = self.moments.partition_point(|(time, _)| *time <= time_secs);
        next.checked_sub(1).map_or(0, |last| self.moments[last].1)
    }

    /// Applies everything from `head` on that comes before the message `end`.
    fn advance(
        &self,
        head: &mut Playhead,
        state: &mut ViewerState,
        end: u32,
        observe: Observer<'_>,
    ) {
        while let Some(event) = self.events.get(head.event).filter(|e| e.sequence < end) {
            self.tracks
                .settle_for(&event.message, event.sequence, &mut head.floors, state);
            let outcome = state.apply(&event.message);
            observe(&event.message, outcome);
            head.event += 1;
        }
        self.tracks.settle_all(end, &mut head.floors, state);
        head.sequence = head.sequence.max(end);
    }
}

#[cfg(test)]
mod tests;
