//! What a node shows in one frame, and what frames it has.

use super::frames::Frames;
use super::{Content, Pose, Renderable};
use crate::Value;
use crate::arguments::Arguments;
use crate::refused::Refused;
use crate::sequence::Sequence;

/// What is to be drawn of a node while the scene shows one frame.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The node.
    pub node: &'a Renderable,
    /// Which of the node's own frames: `Sequence::at` of each of its arrays takes it.
    pub frame: usize,
    /// Where the node is.
    pub pose: Pose,
}

impl Renderable {
    /// What is shown while the scene shows `scene_frame`; `None` where the node is masked, or
    /// has no frames left.
    pub fn shown(&self, scene_frame: usize) -> Option<Shown<'_>> {
        let frame = self.placement.frame_at(scene_frame)?;
        Some(Shown {
            node: self,
            frame,
            pose: self.placement.pose_at(frame),
        })
    }

    /// Applies ADD_FRAMES.
    ///
    /// # Errors
    /// If an array is missing, or its shape is not that of the frames that there are.
    pub(crate) fn add_frames(&mut self, message: FrameMessage) -> Result<(), Refused> {
        self.edit(message, &[], |content, arguments, _| content.add(arguments))
    }

    /// Applies UPDATE_FRAMES.
    ///
    /// # Errors
    /// If there are no such frames, or an array does not fit them.
    pub(crate) fn update_frames(&mut self, message: FrameMessage) -> Result<(), Refused> {
        self.edit(message, &["frames"], |content, arguments, frames| {
            content.update(arguments, &frames)
        })
    }

    /// Applies REMOVE_FRAMES.
    ///
    /// # Errors
    /// If there are no such frames.
    pub(crate) fn remove_frames(&mut self, message: FrameMessage) -> Result<(), Refused> {
        let (args, kwargs) = message;
        let mut arguments = Arguments::bind("remove_frames", &["frames"], args, kwargs)?;
        if matches!(self.content, Content::Node) {
            return Ok(());
        }
        let frames = arguments.raw("frames");
        let frames = frames.ok_or_else(|| Refused::new("remove_frames needs `frames`"))?;
        arguments.finish()?;
        let count = self.content.remove(&frames)?;
        self.placement.set_frame_count(count);
        Ok(())
    }

    fn edit(
        &mut self,
        (args, kwargs): FrameMessage,
        then: &[&'static str],
        apply: impl FnOnce(&mut Content, &mut Arguments, Value) -> Result<usize, Refused>,
    ) -> Result<(), Refused> {
        if matches!(self.content, Content::Node) {
            return Ok(());
        }
        let mut order = self.content.names().to_vec();
        // A body's further parts come after the frames.
        let first = match self.content {
            Content::Body(_) => 1,
            _ => order.len(),
        };
        order.splice(first..first, then.iter().copied());
        let callee = if then.is_empty() {
            "add_frames"
        } else {
            "update_frames"
        };
        let mut arguments = Arguments::bind(callee, &order, args, kwargs)?;
        let frames = arguments.raw("frames");
        if then.is_empty() && frames.is_some() {
            return Err(Refused::new("add_frames has no argument `frames`"));
        }
        if !then.is_empty() && frames.is_none() {
            return Err(Refused::new("update_frames needs `frames`"));
        }
        for name in arguments.names() {
            if !self.content.names().contains(&&*name) {
                return Err(Refused::new(format!("{callee} has no argument `{name}`")));
            }
        }
        let before = self.placement.frame_count();
        let count = apply(
            &mut self.content,
            &mut arguments,
            frames.unwrap_or(Value::None),
        )?;
        // Writing over frames leaves their number, which may be that of a still thing that moves.
        let count = if then.is_empty() { count } else { before };
        self.placement.set_frame_count(count);
        Ok(())
    }
}

/// Arguments by position and by name.
pub(crate) type FrameMessage = (Vec<Value>, Vec<(std::sync::Arc<str>, Value)>);

/// What a body takes in `add_frames` and `update_frames`.
const BODY_NAMES: [&str; 10] = [
    "poses_body",
    "poses_root",
    "trans",
    "betas",
    "poses_left_hand",
    "poses_right_hand",
    "poses_jaw",
    "poses_leye",
    "poses_reye",
    "expression",
];

impl Content {
    fn frames(&mut self) -> Option<&mut dyn Frames> {
        Some(match self {
            Content::Node | Content::Body(_) => return None,
            Content::Meshes(meshes) => &mut **meshes,
            Content::Spheres(spheres) => spheres,
            Content::Lines(lines) => lines,
            Content::Arrows(arrows) => arrows,
            Content::RigidBodies(bodies) => bodies,
            Content::Skeletons(skeletons) => skeletons,
            Content::PointClouds(clouds) => clouds,
            Content::Images(images) => images,
        })
    }

    fn names(&mut self) -> &'static [&'static str] {
        match self {
            Content::Body(_) => &BODY_NAMES,
            other => other.frames().map_or(&[], |frames| frames.names()),
        }
    }

    /// Frames of the data itself; `None` where there is none.
    pub(super) fn frame_count(&self) -> Option<usize> {
        Some(match self {
            Content::Node => return None,
            Content::Meshes(meshes) => meshes.frame_count(),
            Content::Spheres(spheres) => spheres.positions.len(),
            Content::Lines(lines) => lines.lines.len(),
            Content::Arrows(arrows) => arrows.origins.len(),
            Content::RigidBodies(bodies) => bodies.rb_pos.len(),
            Content::Skeletons(skeletons) => skeletons.joint_positions.len(),
            Content::PointClouds(clouds) => clouds.positions.len(),
            Content::Images(images) => images.images.len(),
            Content::Body(body) => body.frame_count(),
        })
    }

    pub(super) fn bytes(&self) -> usize {
        let colors = |colors: &Option<std::sync::Arc<[f32]>>| {
            colors.as_ref().map_or(0, |colors| 4 * colors.len())
        };
        match self {
            Content::Node => 0,
            Content::Meshes(meshes) => meshes.bytes(),
            Content::Spheres(spheres) => spheres.positions.bytes() + colors(&spheres.colors),
            Content::Lines(lines) => lines.lines.bytes() + colors(&lines.colors),
            Content::Arrows(arrows) => arrows.origins.bytes() + arrows.tips.bytes(),
            Content::RigidBodies(bodies) => bodies.rb_pos.bytes() + bodies.rb_ori.bytes(),
            Content::Skeletons(skeletons) => {
                skeletons.joint_positions.bytes() + 8 * skeletons.bones.len()
            }
            Content::PointClouds(clouds) => {
                clouds.positions.bytes() + clouds.colors.as_ref().map_or(0, Sequence::bytes)
            }
            Content::Images(images) => images.images.bytes(),
            Content::Body(body) => body.bytes(),
        }
    }

    fn add(&mut self, arguments: &mut Arguments) -> Result<usize, Refused> {
        match self {
            Content::Body(body) => body.add(arguments),
            other => other.frames().map_or(Ok(1), |frames| frames.add(arguments)),
        }
    }

    fn update(&mut self, arguments: &mut Arguments, frames: &Value) -> Result<usize, Refused> {
        match self {
            Content::Body(body) => body.update(arguments, frames),
            other => {
                let sequences = other.frames();
                sequences.map_or(Ok(1), |sequences| sequences.update(arguments, frames))
            }
        }
    }

    fn remove(&mut self, frames: &Value) -> Result<usize, Refused> {
        match self {
            Content::Body(body) => body.remove(frames),
            other => other
                .frames()
                .map_or(Ok(1), |sequences| sequences.remove(frames)),
        }
    }
}
