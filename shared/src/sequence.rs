//! A hub's timeline, and nodes that change over its frames: messages of ours beside viser's.
//!
//! viser's client ignores them, and is sent what changes frame by frame. Ours fetches frames,
//! keeps them, and plays them by its own clock.

use std::sync::Arc;

use crate::message::Message;

message! {
    /// Where the timeline is that all viewers share. Sent on every change but plain playing on,
    /// and at least every second while playing.
    pub struct TimelineState as "ScenecastTimelineMessage" {
        /// The frame that is shown, from 0.
        frame: i64,
        /// How many frames there are; at least 1.
        length: i64,
        /// Whether it plays.
        is_playing: bool,
        /// Whether playing goes on from the start after the end.
        loops: bool,
        /// Frames per second while it plays.
        fps: f64,
    }
}

message! {
    /// A node changes over the timeline's frames. Said again with more frames and the same
    /// revision, it says that frames have been appended.
    pub struct Track as "ScenecastTrackMessage" {
        /// The node; all that its frames change are it and nodes below it.
        name: Arc<str>,
        /// Frames of the timeline that differ, from 0; beyond the last, that one holds.
        frames: i64,
        /// About how many bytes a frame is on the wire.
        bytes_per_frame: i64,
        /// Another number says that all frames are others now.
        revision: i64,
    }
}

message! {
    /// Some frames of a track are others now, or have been appended.
    pub struct TrackChange as "ScenecastTrackChangeMessage" {
        /// The node of the track.
        name: Arc<str>,
        /// The track's revision, which stays.
        revision: i64,
        /// The first of these frames.
        first: i64,
        /// How many there are.
        count: i64,
    }
}

message! {
    /// A viewer plays sequences itself: it is not to be sent what changes frame by frame.
    pub struct PlaysSequences as "ScenecastPlaysSequencesMessage" {}
}

message! {
    /// A viewer wants frames of a track.
    pub struct FramesRequest as "ScenecastFramesRequestMessage" {
        /// The node of the track.
        name: Arc<str>,
        /// The first frame.
        first: i64,
        /// How many.
        count: i64,
    }
}

message! {
    /// Frames of a track, as a viewer wanted them; perhaps fewer, where the track has no more.
    pub struct SequenceFrames as "ScenecastFramesMessage" {
        /// The node of the track.
        name: Arc<str>,
        /// The track's revision that they belong to.
        revision: i64,
        /// The first frame.
        first: i64,
        /// For each frame what brings the node and those below it there from any other frame.
        frames: Vec<Vec<Message>>,
    }
}

message! {
    /// A viewer's user does something with the timeline that all share.
    pub struct TimelineCommand as "ScenecastTimelineCommandMessage" {
        /// Show this frame.
        frame: Option<i64> = None,
        /// Show the frame that is so many further, around the ends.
        step: Option<i64> = None,
        /// Play or pause.
        is_playing: Option<bool> = None,
        /// Choose whether playing goes on from the start after the end.
        loops: Option<bool> = None,
        /// Choose the frames per second.
        fps: Option<f64> = None,
    }
}
