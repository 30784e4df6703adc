//! Playing recordings: where in a recording the page is, and what its player bar does.
//!
//! The states come from [`scenecast_protocol::timeline`]. The bar knows nothing of recordings: it
//! shows a [`view::View`] and reports [`Command`]s, so that it can serve any timeline.

#[cfg(target_arch = "wasm32")]
pub(crate) mod bar;
pub mod clock;
pub mod keys;
#[cfg(target_arch = "wasm32")]
pub(crate) mod source;
pub mod view;

/// What a user or a program wants of a player.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Go on; from the start, where the end is reached.
    Play,
    /// Stand still.
    Pause,
    /// The one of the two that is not the case.
    Toggle,
    /// Go to a time, seconds, and stand still there.
    Seek(f64),
    /// Go that many seconds further, and stand still there.
    Skip(f64),
    /// Go to the next time at which something happens, and stand still there.
    StepForward,
    /// The same for the last time before.
    StepBack,
    /// Go to the start, and stand still there.
    Start,
    /// Go to the end, and stand still there.
    End,
    /// Play this many seconds of the recording in a second.
    Speed(f64),
    /// Begin again after the end, or stop there.
    Loop(bool),
    /// Go to a frame, and stand still there. Where time has frames only.
    Frame(f64),
    /// Play this many frames a second. Where time has frames only.
    Fps(f64),
    /// Leave the timeline that others share, or go back to it. Where there is one only.
    Detach(bool),
    /// Let the user type where to go.
    GoTo,
}

impl Command {
    /// Whether it makes sense only where time has frames.
    pub fn is_for_frames(self) -> bool {
        matches!(
            self,
            Command::Frame(_) | Command::Fps(_) | Command::Detach(_)
        )
    }
}
