//! Shapes at points: spheres, lines, arrows, axes, skeletons.

use std::sync::Arc;

use super::frames::Frames;
use crate::arguments::Arguments;
use crate::refused::Refused;
use crate::sequence::Sequence;
use crate::{NdArray, Value};

// The order of arguments by position.
pub(super) const SPHERES: [&str; 7] = [
    "positions",
    "radius",
    "color",
    "rings",
    "sectors",
    "icon",
    "cast_shadow",
];
pub(super) const LINES: [&str; 6] = ["lines", "r_base", "r_tip", "color", "mode", "cast_shadow"];
pub(super) const ARROWS: [&str; 6] = ["origins", "tips", "r_base", "r_head", "p", "color"];
pub(super) const RIGID_BODIES: [&str; 7] = [
    "rb_pos",
    "rb_ori",
    "radius",
    "length",
    "radius_cylinder",
    "color",
    "icon",
];
pub(super) const SKELETONS: [&str; 5] = [
    "joint_positions",
    "joint_connections",
    "radius",
    "color",
    "icon",
];

const POINTS: [Option<usize>; 2] = [None, Some(3)];

/// Spheres of one radius.
#[derive(Clone, Debug)]
pub struct Spheres {
    /// `[N, 3]` centres in each frame.
    pub positions: Sequence,
    /// Default 0.01.
    pub radius: f32,
    /// `[N, 4]` RGBA, if each has its own.
    pub colors: Option<Arc<[f32]>>,
    /// How finely they are cut from pole to pole. Default 16.
    pub rings: usize,
    /// How finely they are cut around. Default 32.
    pub sectors: usize,
    /// Whether they cast shadows. Default false.
    pub cast_shadow: bool,
}

impl Spheres {
    pub(super) fn new(arguments: &mut Arguments, colors: Option<NdArray>) -> Result<Self, Refused> {
        let positions = Sequence::new("positions", &*arguments.array("positions")?, 2)?;
        let positions = positions.expect(&POINTS)?;
        Ok(Self {
            colors: item_colors(colors, positions.shape()[0])?,
            positions,
            radius: arguments.number("radius", 0.01)?,
            rings: count(arguments, "rings", 16)?,
            sectors: count(arguments, "sectors", 32)?,
            cast_shadow: arguments.bool("cast_shadow", false)?,
        })
    }
}

impl Frames for Spheres {
    fn names(&self) -> &'static [&'static str] {
        &["positions"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.positions]
    }
}

/// How points make lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineMode {
    /// Each two points are one: 0-1, 2-3, …
    Lines,
    /// Each point continues the line: 0-1, 1-2, …
    LineStrip,
}

/// Tapering cylinders between points.
#[derive(Clone, Debug)]
pub struct Lines {
    /// `[L, 3]` points in each frame.
    pub lines: Sequence,
    /// How they are connected. Default [`LineMode::LineStrip`].
    pub mode: LineMode,
    /// Radius at the first point of a line. Default 0.01.
    pub r_base: f32,
    /// Radius at the second. Default `r_base`.
    pub r_tip: f32,
    /// `[n, 4]` RGBA, if each line has its own.
    pub colors: Option<Arc<[f32]>>,
    /// Whether they cast shadows. Default true.
    pub cast_shadow: bool,
}

impl Lines {
    pub(super) fn new(arguments: &mut Arguments, colors: Option<NdArray>) -> Result<Self, Refused> {
        let lines = Sequence::new("lines", &*arguments.array("lines")?, 2)?.expect(&POINTS)?;
        let points = lines.shape()[0];
        let mode = match arguments.text("mode")?.as_deref() {
            None | Some("line_strip") => LineMode::LineStrip,
            Some("lines") if points.is_multiple_of(2) => LineMode::Lines,
            Some("lines") => {
                return Err(Refused::new(format!(
                    "lines of two points each need an even number of points, not {points}"
                )));
            }
            Some(other) => {
                return Err(Refused::new(format!(
                    "the mode of lines is \"line_strip\" or \"lines\", not {other:?}"
                )));
            }
        };
        let count = match mode {
            LineMode::Lines => points / 2,
            LineMode::LineStrip => points.saturating_sub(1),
        };
        let r_base = arguments.number("r_base", 0.01)?;
        Ok(Self {
            colors: item_colors(colors, count)?,
            lines,
            mode,
            r_base,
            r_tip: arguments.number("r_tip", r_base)?,
            cast_shadow: arguments.bool("cast_shadow", true)?,
        })
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        let points = self.lines.shape()[0];
        match self.mode {
            LineMode::Lines => points / 2,
            LineMode::LineStrip => points.saturating_sub(1),
        }
    }
}

impl Frames for Lines {
    fn names(&self) -> &'static [&'static str] {
        &["lines"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.lines]
    }
}

/// Arrows from origins to tips.
#[derive(Clone, Debug)]
pub struct Arrows {
    /// `[N, 3]` in each frame.
    pub origins: Sequence,
    /// `[N, 3]` in each frame.
    pub tips: Sequence,
    /// Radius of the shaft. Default 0.01.
    pub r_base: f32,
    /// Radius of the head at its broad end. Default 0.02.
    pub r_head: f32,
    /// The head's part of the length. Default 0.1.
    pub p: f32,
}

impl Arrows {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let origins = Sequence::new("origins", &*arguments.array("origins")?, 2)?;
        let tips = Sequence::new("tips", &*arguments.array("tips")?, 2)?;
        let (origins, tips) = (origins.expect(&POINTS)?, tips.expect(&POINTS)?);
        if origins.shape() != tips.shape() || origins.len() != tips.len() {
            return Err(Refused::new(
                "`origins` and `tips` must have the same shape",
            ));
        }
        Ok(Self {
            origins,
            tips,
            r_base: arguments.number("r_base", 0.01)?,
            r_head: arguments.number("r_head", 0.02)?,
            p: arguments.number("p", 0.1)?,
        })
    }
}

impl Frames for Arrows {
    fn names(&self) -> &'static [&'static str] {
        &["origins", "tips"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.origins, &mut self.tips]
    }
}

/// Positions with three axes each.
#[derive(Clone, Debug)]
pub struct RigidBodies {
    /// `[N, 3]` in each frame.
    pub rb_pos: Sequence,
    /// `[N, 3, 3]` in each frame: the axes are the columns.
    pub rb_ori: Sequence,
    /// Radius of the sphere at each position. Default 0.02.
    pub radius: f32,
    /// Length of each axis. Default 0.2.
    pub length: f32,
    /// Radius of an axis. Default `length / 50`.
    pub radius_cylinder: f32,
}

impl RigidBodies {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let rb_pos = Sequence::new("rb_pos", &*arguments.array("rb_pos")?, 2)?;
        let rb_ori = Sequence::new("rb_ori", &*arguments.array("rb_ori")?, 3)?;
        let mut rb_pos = rb_pos.expect(&POINTS)?;
        let mut rb_ori = rb_ori.expect(&[Some(rb_pos.shape()[0]), Some(3), Some(3)])?;
        if rb_pos.len() != rb_ori.len() && rb_pos.len() != 1 && rb_ori.len() != 1 {
            return Err(Refused::new(
                "`rb_pos` and `rb_ori` must have as many frames as each other, or one",
            ));
        }
        rb_ori.repeat(rb_pos.len());
        rb_pos.repeat(rb_ori.len());
        let length = arguments.number("length", 0.2)?;
        let given = arguments.optional_number("radius_cylinder")?;
        Ok(Self {
            rb_pos,
            rb_ori,
            radius: arguments.number("radius", 0.02)?,
            length,
            radius_cylinder: given
                .filter(|radius| *radius != 0.0)
                .unwrap_or(length / 50.0),
        })
    }

    /// Where the axes end in a frame: for x, y and z `[N, 3]`. An axis without a direction has
    /// no length.
    pub fn axis_tips(&self, frame: usize) -> [Vec<f32>; 3] {
        let (Some(positions), Some(matrices)) = (self.rb_pos.at(frame), self.rb_ori.at(frame))
        else {
            return Default::default();
        };
        let bodies = positions.as_chunks::<3>().0.iter();
        let bodies = bodies.zip(matrices.as_chunks::<9>().0);
        std::array::from_fn(|axis| {
            let tip = |(position, matrix): (&[f32; 3], &[f32; 9])| {
                let column = [matrix[axis], matrix[3 + axis], matrix[6 + axis]];
                let norm = column.iter().map(|part| part * part).sum::<f32>().sqrt();
                let scale = if norm > 0.0 { self.length / norm } else { 0.0 };
                std::array::from_fn::<f32, 3, _>(|row| position[row] + scale * column[row])
            };
            bodies.clone().flat_map(tip).collect()
        })
    }
}

impl Frames for RigidBodies {
    fn names(&self) -> &'static [&'static str] {
        &["rb_pos", "rb_ori"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.rb_pos, &mut self.rb_ori]
    }
}

/// Joints, with bones from parents to children.
#[derive(Clone, Debug)]
pub struct Skeletons {
    /// `[J, 3]` in each frame.
    pub joint_positions: Sequence,
    /// Parent and child of each bone.
    pub bones: Arc<[[u32; 2]]>,
    /// Radius of a joint, and of a bone where it begins. Default 0.01.
    pub radius: f32,
}

impl Skeletons {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let joints = arguments.array("joint_positions")?;
        if joints.shape().len() != 3 {
            return Err(Refused::new(format!(
                "`joint_positions` must have the shape [F, J, 3], not {:?}",
                joints.shape()
            )));
        }
        let joint_positions = Sequence::new("joint_positions", &joints, 2)?.expect(&POINTS)?;
        let connections = arguments.optional_numbers("joint_connections")?;
        let connections =
            connections.ok_or_else(|| Refused::new("Skeletons needs `joint_connections`"))?;
        Ok(Self {
            bones: bones(&connections, joint_positions.shape()[0])?,
            joint_positions,
            radius: arguments.number("radius", 0.01)?,
        })
    }
}

impl Frames for Skeletons {
    fn names(&self) -> &'static [&'static str] {
        &["joint_positions"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.joint_positions]
    }
}

/// The bones of `[K, 2]` connections; one with a -1 connects nothing.
fn bones(connections: &NdArray, joints: usize) -> Result<Arc<[[u32; 2]]>, Refused> {
    if !(connections.is_empty() || matches!(connections.shape(), [_, 2])) {
        return Err(Refused::new(format!(
            "`joint_connections` must have the shape [K, 2], not {:?}",
            connections.shape()
        )));
    }
    let mut bones = Vec::new();
    for &[parent, child] in connections.to_f64().as_chunks::<2>().0 {
        let joint = |joint: f64| {
            let inside = joint >= 0.0 && joint < joints as f64;
            inside.then_some(joint as u32).ok_or_else(|| {
                Refused::new(format!(
                    "`joint_connections` refers to joint {joint}, but there are {joints}"
                ))
            })
        };
        if parent != -1.0 && child != -1.0 {
            bones.push([joint(parent)?, joint(child)?]);
        }
    }
    Ok(bones.into())
}

fn item_colors(colors: Option<NdArray>, items: usize) -> Result<Option<Arc<[f32]>>, Refused> {
    let Some(colors) = colors else {
        return Ok(None);
    };
    let rows = colors.shape().first().copied().unwrap_or(0);
    if rows != items {
        return Err(Refused::new(format!(
            "`color` has {rows} rows, but there are {items} items"
        )));
    }
    Ok(Some(colors.to_f32().into()))
}

/// How finely something is cut: enough to be seen, and no more than can be drawn.
fn count(arguments: &mut Arguments, name: &str, default: usize) -> Result<usize, Refused> {
    match arguments
        .optional(name)
        .map(|value| (value.as_i64(), value))
    {
        None => Ok(default),
        Some((Some(count), _)) => Ok(count.clamp(2, 256) as usize),
        Some((None, value)) => Err(Refused::new(format!(
            "`{name}` must be an integer, not a {}",
            Value::type_name(&value)
        ))),
    }
}
