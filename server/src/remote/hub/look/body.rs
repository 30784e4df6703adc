//! Bodies of the SMPL family: a mesh, a skeleton, and axes at joints.

use super::{
    Prop, Suffix, glyphs,
    pose::{self, Linear},
    tint,
};
use crate::scene::{Mesh, Node, Side};
use scenecast_protocol::{Array, Wire};
use scenecast_remote::{
    Renderable,
    renderable::{Body, Color},
};
use std::sync::Arc;

const MESH: Suffix = "/Mesh";
const SKELETON: [Suffix; 2] = ["/Skeleton/joints", "/Skeleton/bones"];
const AXES: [Suffix; 2] = ["/Joint Angles/positions", "/Joint Angles/axes"];

/// What aitviewer gives the skeleton and the axes of a body.
const BONE_COLOR: Color = [1.0, 177.0 / 255.0, 1.0 / 255.0, 1.0];
const AXES_COLOR: Color = [0.0, 1.0, 0.5, 1.0];

pub(super) fn parts(node: &Renderable, body: &Body) -> Vec<(Suffix, Node)> {
    let mesh = Mesh::default()
        .faces(Array::from_shared(Arc::clone(body.model().faces())))
        .color(tint::rgb(node.color))
        .opacity(tint::opacity(node.color))
        .side(Side::Double);
    let mut parts = vec![(MESH, mesh.into())];
    if body.is_rigged {
        parts.extend(glyphs::skeleton(SKELETON, BONE_COLOR, body.skeleton_radius));
    }
    if body.show_joint_angles {
        let radius = body.rb_length / 50.0;
        let joints = body.shown_joints();
        parts.extend(glyphs::axes(
            AXES,
            AXES_COLOR,
            body.rb_radius,
            radius,
            joints,
        ));
    }
    parts
}

/// Poses the body: a millisecond or two of work.
pub(super) fn contents(
    body: &Body,
    frame: usize,
    linear: Option<Linear>,
    whole: bool,
) -> Vec<(Suffix, Vec<Prop>)> {
    let Some(frame) = body.frame(frame) else {
        return Vec::new();
    };
    let posed = frame.posed();
    let vertices = pose::points(Some(&posed.vertices.into()), linear);
    let mut contents = vec![(MESH, vec![("vertices", vertices.to_value())])];
    let joints = &posed.joints[..body.shown_joints().min(posed.joints.len())];
    let placed = |point: [f32; 3]| linear.map_or(point, |linear| linear.apply(point));
    let positions: Array<[f32; 3]> = joints
        .iter()
        .map(|joint| placed(*joint))
        .collect::<Vec<_>>()
        .into();
    if body.is_rigged {
        let parents = body.model().parents().iter().take(joints.len()).enumerate();
        let bones: Vec<[u32; 2]> = parents
            .filter_map(|(child, parent)| Some([(*parent)? as u32, child as u32]))
            .collect();
        contents.extend(glyphs::skeleton_contents(
            SKELETON,
            positions.clone(),
            &bones,
            whole,
        ));
    }
    if body.show_joint_angles {
        let tips = std::array::from_fn(|axis| {
            let joints = joints.iter().zip(&posed.rotations);
            let tips = joints.map(|(joint, rotation)| {
                let tip = |row: usize| joint[row] + body.rb_length * rotation[row][axis];
                placed(std::array::from_fn(tip))
            });
            tips.collect::<Vec<_>>().into()
        });
        contents.extend(glyphs::axes_contents(AXES, &positions, tips, whole));
    }
    contents
}
