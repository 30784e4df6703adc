//! The timeline that all viewers of a hub share.

use super::HubInner;
use scenecast_protocol::sequence::{TimelineCommand, TimelineState};
use scenecast_remote::Timeline;
use std::{fmt, sync::Arc};

/// Which frame is shown, and how that changes. Cloning is cheap.
///
/// Each viewer of our own client may leave it and play for itself.
#[derive(Clone)]
pub struct HubTimeline {
    hub: Arc<HubInner>,
}

impl HubTimeline {
    pub(super) fn new(hub: Arc<HubInner>) -> Self {
        Self { hub }
    }

    /// Where it is now.
    pub fn state(&self) -> Timeline {
        *self.hub.lock().scene.timeline()
    }

    /// The frame that is shown.
    pub fn frame(&self) -> usize {
        self.state().frame()
    }

    /// How many frames there are; at least 1.
    pub fn length(&self) -> usize {
        self.state().length()
    }

    /// Shows a frame, the nearest if it is beyond the ends; even while playing.
    pub fn set_frame(&self, frame: i64) {
        self.steer(|timeline| {
            timeline.scrub(frame);
        });
    }

    /// Shows the frame `by` further, around the ends. Does nothing while playing.
    pub fn step(&self, by: i64) {
        self.steer(|timeline| {
            timeline.step(by);
        });
    }

    /// Plays, from the first frame if it stands at the last and does not loop.
    pub fn play(&self) {
        self.steer(|timeline| timeline.set_playing(true));
    }

    /// Pauses.
    pub fn pause(&self) {
        self.steer(|timeline| timeline.set_playing(false));
    }

    /// Chooses whether playing goes on from the start after the end. Default true.
    pub fn set_loops(&self, loops: bool) {
        self.steer(|timeline| timeline.set_looping(loops));
    }

    /// Chooses the frames per second, within [`Timeline::FPS`]. Default 60.
    pub fn set_fps(&self, fps: f64) {
        self.steer(|timeline| timeline.set_fps(fps));
    }

    /// Does what a viewer's user wants.
    pub(super) fn command(&self, command: &TimelineCommand) {
        self.steer(|timeline| {
            if let Some(fps) = command.fps {
                timeline.set_fps(fps);
            }
            if let Some(loops) = command.loops {
                timeline.set_looping(loops);
            }
            if let Some(playing) = command.is_playing {
                timeline.set_playing(playing);
            }
            if let Some(frame) = command.frame {
                timeline.scrub(frame);
            }
            if let Some(by) = command.step {
                timeline.step(by);
            }
        });
    }

    fn steer(&self, change: impl FnOnce(&mut Timeline)) {
        let mut state = self.hub.lock();
        change(state.scene.timeline_mut());
        state.is_steered = true;
        drop(state);
        self.hub.wake();
    }
}

/// What viewers are told.
pub(super) fn said(timeline: &Timeline) -> TimelineState {
    TimelineState {
        frame: timeline.frame() as i64,
        length: timeline.length() as i64,
        is_playing: timeline.playing(),
        loops: timeline.looping(),
        fps: timeline.fps(),
    }
}

impl fmt::Debug for HubTimeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state().fmt(f)
    }
}
