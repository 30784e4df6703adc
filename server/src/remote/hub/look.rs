//! What viewers are shown of a publisher's node: scene nodes, and what of them changes from frame
//! to frame.
//!
//! | a publisher's | becomes |
//! |---|---|
//! | Meshes | a mesh; with copies, instances of it; with colours of vertices or faces, a glTF file |
//! | Spheres, Lines, Arrows | instances of a sphere, a tapering cylinder, an arrow |
//! | RigidBodies | a frame with spheres and axes below it |
//! | Skeletons | a frame with joints and bones below it |
//! | PointClouds | a point cloud |
//! | Images | a frame with an image below it, turned upright |
//! | SMPL | a frame with a mesh, a skeleton and axes of joints below it |
//! | Node | a frame |

mod body;
mod glyphs;
mod mesh;
mod pixels;
mod pose;
mod shapes;
mod tint;

use crate::scene::{Frame, Node, Step};
use mesh::MeshLook;
use pose::Linear;
use scenecast_protocol::{Array, Scale, Wire, value::Value};
use scenecast_remote::{
    Renderable,
    renderable::{Content, Shown},
};

/// How a node is shown; decided when it is created.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    mesh: MeshLook,
    /// The parts that draw something.
    drawn: Vec<Suffix>,
}

/// Where below the publisher's node a part of it is; empty for the node itself.
pub(crate) type Suffix = &'static str;

/// How much of a node is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Extent {
    /// Everything.
    Whole,
    /// What may be different in other frames.
    Varying,
    /// That, and what publishers may overwrite.
    Edited,
    /// What may be different, for viewers that can move the vertices of a glTF file.
    Played,
}

/// A property with its value.
type Prop = (&'static str, Value);

/// Where instances are: `[N, 4]`, `[N, 3]`, and three factors for each.
fn placements(wxyzs: Vec<[f32; 4]>, positions: Vec<[f32; 3]>, scales: Vec<f32>) -> Vec<Prop> {
    vec![
        ("batched_wxyzs", Array::from(wxyzs).to_value()),
        ("batched_positions", Array::from(positions).to_value()),
        ("batched_scales", Array::from(scales).to_value()),
    ]
}

impl Look {
    /// How a node is shown, and the scene nodes that show it, in the order in which they are to
    /// be added: the first is the publisher's node itself. Their contents come with
    /// [`steps`](Self::steps).
    pub(crate) fn new(node: &Renderable) -> (Self, Vec<(Suffix, Node)>) {
        let mesh = match &node.content {
            Content::Meshes(meshes) => MeshLook::of(meshes),
            _ => MeshLook::Plain,
        };
        let mut parts: Vec<(Suffix, Node)> = match &node.content {
            Content::Node => Vec::new(),
            Content::Meshes(meshes) => mesh.parts(node, meshes),
            Content::Spheres(spheres) => vec![("", glyphs::spheres(node, spheres))],
            Content::Lines(lines) => vec![("", glyphs::lines(node, lines))],
            Content::Arrows(arrows) => vec![("", glyphs::arrows(node, arrows))],
            Content::RigidBodies(bodies) => glyphs::rigid_bodies(node, bodies),
            Content::Skeletons(skeletons) => {
                glyphs::skeleton(["/joints", "/bones"], node.color, skeletons.radius)
            }
            Content::PointClouds(clouds) => vec![("", pixels::cloud(clouds))],
            Content::Images(images) => vec![(pixels::IMAGE, pixels::image(images))],
            Content::Body(body) => body::parts(node, body),
        };
        let drawn = parts.iter().map(|(suffix, _)| *suffix).collect();
        if !parts.first().is_some_and(|(suffix, _)| suffix.is_empty()) {
            let group = Frame::default().show_axes(false);
            parts.insert(0, ("", group.into()));
        }
        (Self { mesh, drawn }, parts)
    }

    /// Whether the node's own part is a glTF file.
    pub(crate) fn is_file(&self) -> bool {
        self.mesh == MeshLook::File
    }

    /// Whether a node looks different in some frames of the scene.
    pub(crate) fn varies(node: &Renderable) -> bool {
        node.placement.moves() || node.placement.is_masked() || node.frame_count() != 1
    }

    /// What brings the parts to the scene's frame `frame`.
    pub(crate) fn steps(
        &self,
        node: &Renderable,
        frame: usize,
        extent: Extent,
    ) -> Vec<(Suffix, Step)> {
        let mut root = Step::default();
        let shown = node
            .shown(frame)
            .filter(|shown| pose::is_finite(shown.pose));
        let Some(shown) = shown else {
            root.visible = Some(false);
            return vec![("", root)];
        };
        root.visible = Some(true);
        let whole = extent == Extent::Whole;
        let is_rigid = node.placement.is_rigid();
        let moves = whole || node.placement.moves();
        if moves {
            root.position = Some(shown.pose.position.map(f64::from));
            root.wxyz = is_rigid.then(|| pose::wxyz(shown.pose.rotation));
        }
        let mut steps = vec![("", root)];
        if moves && is_rigid {
            let scale = Scale::Uniform(f64::from(shown.pose.scale)).to_value();
            for suffix in &self.drawn {
                step_of(&mut steps, suffix)
                    .props
                    .push(("scale", scale.clone()));
            }
        }
        if whole && matches!(node.content, Content::Images(_)) {
            step_of(&mut steps, pixels::IMAGE).wxyz = Some(pixels::UPRIGHT);
        }
        // Where the pose is no rotation, the points themselves are moved.
        let linear = (!is_rigid).then(|| Linear::of(shown.pose));
        let is_whole = matches!(extent, Extent::Whole | Extent::Edited);
        if is_whole || node.frame_count() > 1 || (moves && !is_rigid) {
            for (suffix, props) in self.contents(&shown, linear, extent) {
                step_of(&mut steps, suffix).props.extend(props);
            }
        }
        steps
    }

    fn contents(
        &self,
        shown: &Shown,
        linear: Option<Linear>,
        extent: Extent,
    ) -> Vec<(Suffix, Vec<Prop>)> {
        let whole = extent == Extent::Whole;
        let (frame, node) = (shown.frame, shown.node);
        match &node.content {
            Content::Node => Vec::new(),
            Content::Meshes(meshes) => {
                let is_played = extent == Extent::Played;
                let moved = is_played.then(|| self.mesh.moved(shown, meshes, linear));
                let mut contents = match moved.flatten() {
                    Some(moved) => vec![("", moved)],
                    None => self.mesh.contents(node, meshes, frame, linear),
                };
                contents.extend(mesh::lines(meshes, frame, linear));
                contents
            }
            Content::Spheres(spheres) => {
                let centres = pose::points(spheres.positions.at(frame), linear);
                vec![("", glyphs::sphere_props(centres, whole))]
            }
            Content::Lines(lines) => vec![("", glyphs::line_props(lines, frame, linear))],
            Content::Arrows(arrows) => vec![("", glyphs::arrow_props(arrows, frame, linear))],
            Content::RigidBodies(bodies) => {
                glyphs::rigid_body_contents(bodies, frame, linear, whole)
            }
            Content::Skeletons(skeletons) => {
                let joints = pose::points(skeletons.joint_positions.at(frame), linear);
                glyphs::skeleton_contents(["/joints", "/bones"], joints, &skeletons.bones, whole)
            }
            Content::PointClouds(clouds) => {
                vec![("", pixels::cloud_props(node, clouds, frame, linear, whole))]
            }
            Content::Images(images) => vec![(pixels::IMAGE, pixels::image_props(images, frame))],
            Content::Body(body) => body::contents(body, frame, linear, whole),
        }
    }
}

/// The step of a part.
fn step_of(steps: &mut Vec<(Suffix, Step)>, suffix: Suffix) -> &mut Step {
    let at = steps.iter().position(|(known, _)| *known == suffix);
    let at = at.unwrap_or_else(|| {
        steps.push((suffix, Step::default()));
        steps.len() - 1
    });
    &mut steps[at].1
}
