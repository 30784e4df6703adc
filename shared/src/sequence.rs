//! A hub's timeline, and nodes that change over its frames: messages of ours beside viser's.
//!
//! viser's client ignores them, and is sent what changes frame by frame. Ours fetches frames,
//! keeps them, and plays them by its own clock.

use std::sync::Arc;

use crate::array::Array;
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
        /// They are shown now: they come before what is fetched ahead of time.
        is_for_now: bool = false,
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
    /// Points in a frame of a track, in half as many bytes: each coordinate is the nearest of
    /// 65,536 steps through the box that holds all of them, which is off by no more than
    /// 0.008 mm for each metre of the box. Only among the messages of a frame.
    pub struct BoxedPoints as "ScenecastPointsMessage" {
        /// The node.
        name: Arc<str>,
        /// The property that they are, such as `vertices`. A glTF file has them as those of its only
        /// mesh, and after them `normals`, unless these follow from the faces.
        property: String,
        /// The box's corner of the least coordinates.
        low: [f64; 3],
        /// The box's edges.
        size: [f64; 3],
        /// `[N, 3]`: steps from `low`, of which there are 65,535 along each edge.
        points: Array<[u16; 3]>,
    }
}

impl BoxedPoints {
    /// These points of a node; `None` where there are none, some are nowhere, or they
    /// are too far apart.
    pub fn new(name: &Arc<str>, property: &str, points: &Array<[f32; 3]>) -> Option<Self> {
        let points = points.as_slice();
        if points.is_empty() {
            return None;
        }
        let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
        for point in &*points {
            for axis in 0..3 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
            // `min` and `max` pass NaN by.
            if !point.iter().all(|part| part.is_finite()) {
                return None;
            }
        }
        let size: [f64; 3] =
            std::array::from_fn(|axis| f64::from(high[axis]) - f64::from(low[axis]));
        // Beyond this there are no steps in single precision.
        if size.iter().any(|size| *size > f64::from(f32::MAX) / 2.0) {
            return None;
        }
        let steps = size.map(|size| if size > 0.0 { 65_535.0 / size } else { 0.0 });
        let boxed = points.iter().map(|point| {
            std::array::from_fn(|axis| {
                let from_low = f64::from(point[axis]) - f64::from(low[axis]);
                // Saturates, so that rounding does not lead out of the box.
                (from_low * steps[axis] + 0.5) as u16
            })
        });
        Some(Self {
            name: Arc::clone(name),
            property: property.to_owned(),
            low: low.map(f64::from),
            size,
            points: boxed.collect::<Vec<[u16; 3]>>().into(),
        })
    }

    /// The points, `[N, 3]`.
    pub fn points(&self) -> Array<[f32; 3]> {
        let low = self.low.map(|low| low as f32);
        let step = self.size.map(|size| (size / 65_535.0) as f32);
        let points = self.points.iter();
        points
            .map(|[x, y, z]| {
                [
                    low[0] + step[0] * f32::from(x),
                    low[1] + step[1] * f32::from(y),
                    low[2] + step[2] * f32::from(z),
                ]
            })
            .collect::<Vec<_>>()
            .into()
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxed(points: &[[f32; 3]]) -> Option<BoxedPoints> {
        BoxedPoints::new(&"/a".into(), "vertices", &points.into())
    }

    proptest! {
        #[test]
        fn points_are_off_by_a_130000th_of_their_box(
            points in prop::collection::vec([-5.0_f32..3.0, 2.0_f32..2.5, -1e4_f32..1e4], 256..300),
        ) {
            let boxed = boxed(&points).unwrap();
            for (was, is) in points.iter().zip(boxed.points().iter()) {
                for axis in 0..3 {
                    let off = f64::from((was[axis] - is[axis]).abs());
                    // And what single precision itself is off by.
                    let rounding = f64::from(was[axis].abs()) * 3e-7;
                    prop_assert!(off <= boxed.size[axis] * 7.7e-6 + rounding, "{off}");
                }
            }
        }
    }

    #[test]
    fn flat_points_stay_flat_and_odd_ones_as_they_are() {
        let flat: Vec<[f32; 3]> = (0..300).map(|i| [i as f32, 0.25, f32::MAX]).collect();
        let boxed_flat = boxed(&flat).unwrap().points().to_vec();
        assert!(
            boxed_flat
                .iter()
                .all(|[_, y, z]| (*y, *z) == (0.25, f32::MAX))
        );
        assert_eq!(boxed_flat[0][0], 0.0);
        assert!(boxed(&[]).is_none());
        let mut odd = flat.clone();
        odd[7][1] = f32::NAN;
        assert!(boxed(&odd).is_none());
        let wide = [[f32::MIN, 0.0, 0.0], [f32::MAX, 0.0, 0.0]].repeat(150);
        assert!(boxed(&wide).is_none());
    }
}
