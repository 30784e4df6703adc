//! Where a node is in each frame, and whether it is there.

use std::sync::Arc;

use crate::arguments::Arguments;
use crate::refused::Refused;
use crate::sequence::Sequence;
use crate::{Dtype, Value};

/// Position, rotation and scale over frames, and the frames in which a node is there.
#[derive(Clone, Debug)]
pub struct Placement {
    position: Sequence,
    rotation: Sequence,
    scale: Sequence,
    enabled: Option<Enabled>,
    frames: usize,
    is_rigid: bool,
}

/// A node's pose: a point p of it is shown at `position + rotation * (scale * p)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Where its origin is.
    pub position: [f32; 3],
    /// By rows. Whatever matrix the publisher gave: it need not be a rotation.
    pub rotation: [[f32; 3]; 3],
    /// One factor for all axes.
    pub scale: f32,
}

/// A mask over the scene's frames.
#[derive(Clone, Debug)]
struct Enabled {
    /// For each frame of the scene: whether the node is there, and how many frames of it have
    /// been there up to then.
    frames: Arc<[(bool, usize)]>,
}

impl Placement {
    /// For a node whose data has `frames` frames.
    pub(crate) fn new(
        arguments: &mut Arguments,
        frames: usize,
        z_up: bool,
    ) -> Result<Self, Refused> {
        let position = match arguments.optional_numbers("position")? {
            None => Sequence::constant("position", &[3], &[0.0; 3]),
            Some(array) => Sequence::new("position", &array, 1)?.expect(&[Some(3)])?,
        };
        const IDENTITY: [f32; 9] = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        let mut rotation = match arguments.optional_numbers("rotation")? {
            None => Sequence::constant("rotation", &[3, 3], &IDENTITY),
            Some(array) => Sequence::new("rotation", &array, 2)?.expect(&[Some(3), Some(3)])?,
        };
        let scale = match arguments.optional("scale") {
            None => Sequence::constant("scale", &[], &[1.0]),
            Some(Value::Array(array)) => Sequence::new("scale", &array, 0)?,
            Some(value) => match value.as_f64() {
                Some(scale) => Sequence::constant("scale", &[], &[scale as f32]),
                None => {
                    return Err(Refused::new(
                        "`scale` must be a number, or an array with one for each frame",
                    ));
                }
            },
        };
        if z_up {
            rotation.map(z_up_rotation);
        }
        let mut count = frames;
        for sequence in [&position, &rotation, &scale] {
            match sequence.len() {
                1 => {}
                moving if frames == 1 => count = count.max(moving),
                moving if moving == frames => {}
                moving => {
                    return Err(Refused::new(format!(
                        "`{}` has {moving} frames, but must have 1 or the node's {frames}",
                        sequence.name()
                    )));
                }
            }
        }
        let enabled = match arguments.optional("enabled_frames") {
            None => None,
            Some(value) => Some(Enabled::new(&value, count)?),
        };
        Ok(Self {
            is_rigid: (0..rotation.len()).all(|at| rotation.at(at).is_some_and(|m| is_rotation(m))),
            position,
            rotation,
            scale,
            enabled,
            frames: count,
        })
    }

    /// Whether all its matrices are rotations. Publishers may give any.
    pub fn is_rigid(&self) -> bool {
        self.is_rigid
    }

    /// Whether the pose changes from frame to frame.
    pub fn moves(&self) -> bool {
        [&self.position, &self.rotation, &self.scale]
            .iter()
            .any(|sequence| sequence.len() > 1)
    }

    /// Whether there are frames of the scene in which the node is not there.
    pub fn is_masked(&self) -> bool {
        self.enabled.is_some()
    }

    /// The node's own frames.
    pub fn frame_count(&self) -> usize {
        self.frames
    }

    pub(crate) fn set_frame_count(&mut self, frames: usize) {
        self.frames = frames;
    }

    /// Frames of the scene that the node takes part in.
    pub fn scene_frames(&self) -> usize {
        match &self.enabled {
            Some(enabled) => enabled.frames.len(),
            None => self.frames,
        }
    }

    /// The node's own frame while the scene shows `scene_frame`; `None` if it is not there.
    pub fn frame_at(&self, scene_frame: usize) -> Option<usize> {
        let last = self.frames.checked_sub(1)?;
        match &self.enabled {
            None => Some(scene_frame.min(last)),
            Some(enabled) => {
                let at = scene_frame.min(enabled.frames.len().checked_sub(1)?);
                let (there, count) = enabled.frames[at];
                there.then(|| count.saturating_sub(1).min(last))
            }
        }
    }

    /// The pose in the node's own frame `frame`; beyond its end the last one holds.
    pub fn pose_at(&self, frame: usize) -> Pose {
        let numbers = |sequence: &Sequence| sequence.at(frame).map(|frame| frame.to_vec());
        let position = numbers(&self.position).and_then(|numbers| numbers.try_into().ok());
        let rows = numbers(&self.rotation).map(|numbers| numbers.as_chunks::<3>().0.to_vec());
        let scale = numbers(&self.scale).and_then(|numbers| numbers.first().copied());
        Pose {
            position: position.unwrap_or_default(),
            rotation: rows.and_then(|rows| rows.try_into().ok()).unwrap_or([
                [1.0, 0.0, 0.0],
                [0.0, 1.0, 0.0],
                [0.0, 0.0, 1.0],
            ]),
            scale: scale.unwrap_or(1.0),
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let mask = self.enabled.as_ref().map_or(0, |enabled| {
            enabled.frames.len() * size_of::<(bool, usize)>()
        });
        self.position.bytes() + self.rotation.bytes() + self.scale.bytes() + mask
    }
}

/// Whether a matrix by rows turns, and does nothing else, but for rounding.
fn is_rotation(matrix: &[f32]) -> bool {
    let [a, b, c] = *matrix.as_chunks::<3>().0 else {
        return false;
    };
    let dot = |u: [f32; 3], v: [f32; 3]| u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    let cross = [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ];
    let near = |value: f32, wanted: f32| (value - wanted).abs() < 1e-3;
    [
        (a, a, 1.0),
        (b, b, 1.0),
        (a, b, 0.0),
        (cross, c, 1.0),
        (c, c, 1.0),
    ]
    .into_iter()
    .all(|(u, v, wanted)| near(dot(u, v), wanted))
}

/// What makes data with z up stand upright where y is up: (x, y, z) becomes (x, z, -y).
fn z_up_rotation(rotation: &mut [f32]) {
    if let [a, b, c, d, e, f, g, h, i] = *rotation {
        rotation.copy_from_slice(&[a, b, c, g, h, i, -d, -e, -f]);
    }
}

impl Enabled {
    fn new(value: &Value, frames: usize) -> Result<Self, Refused> {
        let truth: Option<Vec<i64>> = match value {
            Value::Array(array) if array.dtype() == Dtype::Bool && array.shape().len() == 1 => {
                array.to_i64()
            }
            Value::List(values) | Value::Tuple(values) => values
                .iter()
                .map(|value| match value {
                    Value::Bool(there) => Some((*there).into()),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        let truth =
            truth.ok_or_else(|| Refused::new("`enabled_frames` must be booleans, one a frame"))?;
        let mut count = 0;
        let frames_of_scene: Arc<[(bool, usize)]> = truth
            .iter()
            .map(|there| {
                count += usize::from(*there != 0);
                (*there != 0, count)
            })
            .collect();
        if count != frames || frames_of_scene.len() > crate::sequence::MAX_FRAMES {
            return Err(Refused::new(format!(
                "`enabled_frames` is true for {count} frames, but the node has {frames}"
            )));
        }
        Ok(Self {
            frames: frames_of_scene,
        })
    }
}
