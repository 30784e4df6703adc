//! What publishers create: a node with its pose, colour and frames.

mod body;
mod frames;
mod glyphs;
mod mesh;
mod pixels;
mod placement;
mod shown;

pub use body::{Body, BodyFrame};
pub use glyphs::{Arrows, LineMode, Lines, RigidBodies, Skeletons, Spheres};
pub use mesh::{Meshes, TextureFile};
pub use pixels::{Images, PointClouds};
pub use placement::{Placement, Pose};
pub use shown::Shown;

use std::sync::Arc;

use crate::arguments::Arguments;
use crate::message::Kind;
use crate::refused::Refused;
use crate::smpl::ModelFolder;
use crate::value::Material;
use crate::{NdArray, Value};

/// The order of arguments by position, of a node that is nothing else.
const NODE_ARGUMENTS: [&str; 12] = [
    "name",
    "icon",
    "position",
    "rotation",
    "scale",
    "color",
    "material",
    "is_selectable",
    "gui_affine",
    "gui_material",
    "enabled_frames",
    "n_frames",
];

/// RGBA, each 0 to 1.
pub type Color = [f32; 4];

/// A node that a publisher created.
#[derive(Clone, Debug)]
pub struct Renderable {
    /// What it is called; its class if the publisher gave no name.
    pub name: Arc<str>,
    /// Where it is, and in which frames it is there at all.
    pub placement: Placement,
    /// The one colour of it all, where parts have none of their own.
    pub color: Color,
    /// How much light it takes. The colour is in `color`.
    pub material: Material,
    /// What it consists of.
    pub content: Content,
}

/// What a node consists of.
#[derive(Clone, Debug)]
pub enum Content {
    /// Nothing.
    Node,
    /// Triangles.
    Meshes(Box<Meshes>),
    /// Spheres of one size.
    Spheres(Spheres),
    /// Tapering cylinders.
    Lines(Lines),
    /// Cylinders with a cone at their end.
    Arrows(Arrows),
    /// Positions with axes.
    RigidBodies(RigidBodies),
    /// Joints with bones.
    Skeletons(Skeletons),
    /// Points.
    PointClouds(PointClouds),
    /// Pictures.
    Images(Images),
    /// A body of the SMPL family.
    Body(Box<Body>),
}

impl Renderable {
    /// The node that a message of `kind` creates; `None` if such messages create none.
    ///
    /// # Errors
    /// If an argument is missing, unknown, of the wrong type or shape, or a body model is not
    /// in `models`.
    pub fn create(
        kind: Kind,
        args: Vec<Value>,
        kwargs: Vec<(Arc<str>, Value)>,
        models: &ModelFolder,
    ) -> Option<Result<Self, Refused>> {
        let (class, order): (_, &[&str]) = match kind {
            Kind::Node => ("Node", &NODE_ARGUMENTS),
            Kind::Meshes => ("Meshes", &mesh::ARGUMENTS),
            Kind::Spheres => ("Spheres", &glyphs::SPHERES),
            Kind::Lines => ("Lines", &glyphs::LINES),
            Kind::Arrows => ("Arrows", &glyphs::ARROWS),
            Kind::RigidBodies => ("RigidBodies", &glyphs::RIGID_BODIES),
            Kind::Skeletons => ("Skeletons", &glyphs::SKELETONS),
            Kind::PointClouds => ("PointClouds", &["positions", "colors", "point_size"]),
            Kind::Images => ("Images", &["images", "width", "height"]),
            Kind::Smpl => ("SMPLSequence", &["poses_body"]),
            Kind::Delete
            | Kind::AddFrames
            | Kind::UpdateFrames
            | Kind::RemoveFrames
            | Kind::SetFrame
            | Kind::NextFrame
            | Kind::PreviousFrame
            | Kind::UserMessage => return None,
        };
        let bound = Arguments::bind(class, order, args, kwargs);
        Some(bound.and_then(|arguments| Self::from_arguments(kind, class, arguments, models)))
    }

    fn from_arguments(
        kind: Kind,
        class: &'static str,
        mut arguments: Arguments,
        models: &ModelFolder,
    ) -> Result<Self, Refused> {
        let name = arguments.text("name")?;
        let material = match arguments.optional("material") {
            None => None,
            Some(Value::Material(material)) => Some(*material),
            Some(_) => return Err(Refused::new("`material` must be a Material")),
        };
        let z_up = match kind {
            Kind::Meshes | Kind::Smpl => arguments.bool("z_up", false)?,
            _ => false,
        };
        // What only concerns aitviewer's own window.
        arguments.ignore(&[
            "is_selectable",
            "gui_affine",
            "gui_material",
            "gui_elements",
            "icon",
        ]);
        let default_color: Color = match kind {
            Kind::Spheres | Kind::Lines => [0.0, 0.0, 1.0, 1.0],
            Kind::Arrows => [0.0, 0.0, 0.5, 1.0],
            Kind::RigidBodies => [0.0, 1.0, 0.5, 1.0],
            Kind::Skeletons => [1.0, 177.0 / 255.0, 1.0 / 255.0, 1.0],
            Kind::Smpl => [160.0 / 255.0, 160.0 / 255.0, 160.0 / 255.0, 1.0],
            _ => [0.5, 0.5, 0.5, 1.0],
        };
        let rule = match kind {
            Kind::Spheres | Kind::Lines => ColorRule::PerItem,
            _ => ColorRule::One,
        };
        let (color, item_colors) = colors(&mut arguments, rule)?;
        let default_color = match item_colors {
            Some(_) => [0.5, 0.5, 0.5, 1.0],
            None => default_color,
        };
        let content = match kind {
            Kind::Meshes => Content::Meshes(Box::new(Meshes::new(&mut arguments)?)),
            Kind::Spheres => Content::Spheres(Spheres::new(&mut arguments, item_colors)?),
            Kind::Lines => Content::Lines(Lines::new(&mut arguments, item_colors)?),
            Kind::Arrows => Content::Arrows(Arrows::new(&mut arguments)?),
            Kind::RigidBodies => Content::RigidBodies(RigidBodies::new(&mut arguments)?),
            Kind::Skeletons => Content::Skeletons(Skeletons::new(&mut arguments)?),
            Kind::PointClouds => Content::PointClouds(PointClouds::new(&mut arguments)?),
            Kind::Images => Content::Images(Images::new(&mut arguments)?),
            Kind::Smpl => Content::Body(Box::new(Body::new(&mut arguments, models)?)),
            _ => Content::Node,
        };
        let frames = match content.frame_count() {
            Some(frames) if kind != Kind::Spheres || frames != 1 => {
                if kind == Kind::Spheres {
                    arguments.ignore(&["n_frames"]);
                }
                frames
            }
            Some(_) | None => match arguments.optional("n_frames") {
                None => 1,
                Some(value) => value
                    .as_i64()
                    .and_then(|frames| usize::try_from(frames).ok())
                    .filter(|frames| *frames <= crate::sequence::MAX_FRAMES)
                    .ok_or_else(|| Refused::new("`n_frames` must be a number of frames"))?,
            },
        };
        let placement = Placement::new(&mut arguments, frames, z_up)?;
        arguments.finish()?;
        // A given material also gives the colour, but not to arrows and bodies.
        let from_material = match kind {
            Kind::Arrows | Kind::Smpl => None,
            _ => material.map(|material| material.color.map(|part| part as f32)),
        };
        let ambient = match kind {
            Kind::Spheres | Kind::Lines => 0.2,
            _ => 0.5,
        };
        Ok(Self {
            name: name.unwrap_or_else(|| class.into()),
            placement,
            color: from_material.or(color).unwrap_or(default_color),
            material: material.unwrap_or(Material {
                ambient,
                ..Material::default()
            }),
            content,
        })
    }

    /// How many frames it has; 0 once all are removed.
    pub fn frame_count(&self) -> usize {
        self.placement.frame_count()
    }

    /// Bytes that its frames take.
    pub fn bytes(&self) -> usize {
        self.placement.bytes() + self.content.bytes()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum ColorRule {
    /// One colour, as a tuple, list or array.
    One,
    /// One as a tuple or array, or an array with one for each item.
    PerItem,
}

/// The argument `color`: one for all, or one for each item.
fn colors(
    arguments: &mut Arguments,
    rule: ColorRule,
) -> Result<(Option<Color>, Option<NdArray>), Refused> {
    let Some(value) = arguments.optional("color") else {
        return Ok((None, None));
    };
    let wrong = |shape: String| {
        Refused::new(format!(
            "a colour must have four numbers from 0 to 1 (red, green, blue, opacity), not {shape}"
        ))
    };
    if rule == ColorRule::PerItem && matches!(value, Value::List(_)) {
        return Err(wrong("a list; give a tuple or an array".to_owned()));
    }
    let numbers = crate::arguments::as_numbers(&value);
    let numbers = numbers.ok_or_else(|| wrong(format!("a {}", value.type_name())))?;
    match numbers.shape() {
        [4] => {
            let one = numbers.to_f32().try_into();
            Ok((one.ok(), None))
        }
        [_, 4] if rule == ColorRule::PerItem => Ok((None, Some(numbers))),
        shape => Err(wrong(format!("the shape {shape:?}"))),
    }
}
