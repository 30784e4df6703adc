//! Shapes at points: spheres, lines, arrows, axes, skeletons.

use super::{
    Prop, Suffix, placements,
    pose::{self, Linear},
    shapes::Shape,
    tint,
};
use crate::scene::{BatchedMeshes, Lod, Node, Side};
use glam::{Quat, Vec3};
use scenecast_protocol::{Array, Wire};
use scenecast_remote::{
    Renderable,
    renderable::{Arrows, Color, LineMode, Lines, RigidBodies, Spheres},
};

/// Instances of a shape in one colour. Publishers say how finely their shapes are made.
fn instances(shape: &Shape, color: Color) -> BatchedMeshes {
    BatchedMeshes::default()
        .vertices(shape.vertices())
        .faces(shape.faces())
        .batched_colors([tint::linear_rgb(color)])
        .opacity(tint::opacity(color))
        .side(Side::Double)
        .lod(Lod::Off)
}

/// With a colour for each instance.
fn colored(mut instances: BatchedMeshes, colors: Option<&[f32]>) -> BatchedMeshes {
    let Some(colors) = colors else {
        return instances;
    };
    let colors = colors.as_chunks::<4>().0;
    let rows: Vec<[u8; 3]> = colors
        .iter()
        .map(|color| tint::linear_rgb(*color))
        .collect();
    instances.batched_colors = rows.into();
    if colors.iter().any(|color| tint::opacity(*color).is_some()) {
        let opacities: Vec<f32> = colors
            .iter()
            .map(|[.., alpha]| alpha.clamp(0.0, 1.0))
            .collect();
        instances.batched_opacities = Some(opacities.into());
    }
    instances
}

pub(super) fn spheres(node: &Renderable, spheres: &Spheres) -> Node {
    let shape = Shape::sphere(spheres.radius, spheres.rings, spheres.sectors);
    let instances = instances(&shape, node.color).cast_shadow(spheres.cast_shadow);
    colored(instances, spheres.colors.as_deref()).into()
}

/// Where the spheres are. How they are turned does not change.
pub(super) fn sphere_props(centres: Array<[f32; 3]>, whole: bool) -> Vec<Prop> {
    let mut props = vec![("batched_positions", centres.to_value())];
    if whole {
        let turned = vec![[1.0_f32, 0.0, 0.0, 0.0]; centres.len()];
        props.push(("batched_wxyzs", Array::from(turned).to_value()));
    }
    props
}

pub(super) fn lines(node: &Renderable, lines: &Lines) -> Node {
    let shape = Shape::line(lines.r_base, lines.r_tip);
    let instances = instances(&shape, node.color).cast_shadow(lines.cast_shadow);
    colored(instances, lines.colors.as_deref()).into()
}

pub(super) fn line_props(lines: &Lines, frame: usize, linear: Option<Linear>) -> Vec<Prop> {
    let points = pose::points(lines.lines.at(frame), linear);
    let points = points.as_slice();
    match lines.mode {
        LineMode::LineStrip => between(points.windows(2).map(|pair| [pair[0], pair[1]])),
        LineMode::Lines => between(points.as_chunks::<2>().0.iter().copied()),
    }
}

pub(super) fn arrows(node: &Renderable, arrows: &Arrows) -> Node {
    let shape = Shape::arrow(arrows.r_base, arrows.r_head, arrows.p);
    instances(&shape, node.color).cast_shadow(false).into()
}

pub(super) fn arrow_props(arrows: &Arrows, frame: usize, linear: Option<Linear>) -> Vec<Prop> {
    let origins = pose::points(arrows.origins.at(frame), linear);
    let tips = pose::points(arrows.tips.at(frame), linear);
    between(
        origins
            .iter()
            .zip(tips.iter())
            .map(|(origin, tip)| [origin, tip]),
    )
}

pub(super) fn rigid_bodies(node: &Renderable, bodies: &RigidBodies) -> Vec<(Suffix, Node)> {
    let count = bodies.rb_pos.shape().first().copied().unwrap_or(0);
    let radius = bodies.radius_cylinder;
    axes(
        ["/positions", "/axes"],
        node.color,
        bodies.radius,
        radius,
        count,
    )
}

/// Spheres at positions, and three arrows at each: red, green and blue.
pub(super) fn axes(
    [positions, axes]: [Suffix; 2],
    color: Color,
    radius: f32,
    radius_cylinder: f32,
    count: usize,
) -> Vec<(Suffix, Node)> {
    let sphere = Shape::sphere(radius, 16, 32);
    let spheres = instances(&sphere, color).cast_shadow(false);
    let arrow = Shape::arrow(radius_cylinder, 2.0 * radius_cylinder, 0.1);
    let colors = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(|color| vec![color; count]);
    let mut arrows = instances(&arrow, color).cast_shadow(false);
    arrows.batched_colors = colors.concat().into();
    vec![(positions, spheres.into()), (axes, arrows.into())]
}

pub(super) fn rigid_body_contents(
    bodies: &RigidBodies,
    frame: usize,
    linear: Option<Linear>,
    whole: bool,
) -> Vec<(Suffix, Vec<Prop>)> {
    let positions = pose::points(bodies.rb_pos.at(frame), linear);
    let tips = bodies
        .axis_tips(frame)
        .map(|tips| pose::points(Some(&tips.into()), linear));
    axes_contents(["/positions", "/axes"], &positions, tips, whole)
}

pub(super) fn axes_contents(
    [at, axes]: [Suffix; 2],
    positions: &Array<[f32; 3]>,
    tips: [Array<[f32; 3]>; 3],
    whole: bool,
) -> Vec<(Suffix, Vec<Prop>)> {
    let arrows = tips.iter().flat_map(|tips| {
        let pairs = positions.iter().zip(tips.iter());
        pairs
            .map(|(position, tip)| [position, tip])
            .collect::<Vec<_>>()
    });
    vec![
        (at, sphere_props(positions.clone(), whole)),
        (axes, between(arrows)),
    ]
}

/// Joints, and bones that taper to a tenth.
pub(super) fn skeleton(
    [joints, bones]: [Suffix; 2],
    color: Color,
    radius: f32,
) -> Vec<(Suffix, Node)> {
    let sphere = instances(&Shape::sphere(radius, 16, 32), color).cast_shadow(false);
    let bone = instances(&Shape::line(radius, radius / 10.0), color);
    vec![(joints, sphere.into()), (bones, bone.into())]
}

pub(super) fn skeleton_contents(
    [joints, bones]: [Suffix; 2],
    positions: Array<[f32; 3]>,
    connections: &[[u32; 2]],
    whole: bool,
) -> Vec<(Suffix, Vec<Prop>)> {
    let ends = {
        let rows = positions.as_slice();
        let joint = |index: &u32| rows.get(*index as usize).copied().unwrap_or_default();
        between(connections.iter().map(|bone| bone.each_ref().map(joint)))
    };
    vec![(joints, sphere_props(positions, whole)), (bones, ends)]
}

/// Shapes that point along +z and are one unit long, each from one point to another.
fn between(ends: impl Iterator<Item = [[f32; 3]; 2]>) -> Vec<Prop> {
    let (mut positions, mut wxyzs, mut scales) = (Vec::new(), Vec::new(), Vec::new());
    for [from, to] in ends {
        let along = Vec3::from(to) - Vec3::from(from);
        let length = along.length();
        // What has no length, or is nowhere, is not seen.
        let (turned, scale) = match length > 0.0 && length.is_finite() {
            true => (
                Quat::from_rotation_arc(Vec3::Z, along / length),
                [1.0, 1.0, length],
            ),
            false => (Quat::IDENTITY, [0.0; 3]),
        };
        positions.push(from.map(|part| if part.is_finite() { part } else { 0.0 }));
        wxyzs.push([turned.w, turned.x, turned.y, turned.z]);
        scales.extend(scale);
    }
    placements(wxyzs, positions, scales)
}
