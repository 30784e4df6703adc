//! Boxes, cylinders and cones of unit size, centred at the origin.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3};

use super::Geometry;

/// A cube with edges of length 1.
pub fn cuboid() -> Geometry {
    const X: Vec3 = Vec3::X;
    const Y: Vec3 = Vec3::Y;
    const Z: Vec3 = Vec3::Z;
    // Normal, then the directions along columns and rows. They decide which way the diagonals
    // of a wireframe run.
    let faces = [
        (X, -Z, -Y),
        (-X, Z, -Y),
        (Y, X, Z),
        (-Y, X, -Z),
        (Z, X, -Y),
        (-Z, -X, -Y),
    ];
    let mut geometry = Geometry::default();
    for (normal, column, row) in faces {
        let first = geometry.vertex_count();
        for (x, y) in [(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5)] {
            geometry.push_vertex(normal * 0.5 + column * x + row * y, normal);
        }
        geometry
            .indices
            .extend([0, 1, 3, 1, 2, 3].map(|i| first + i));
    }
    geometry
}

/// A capped cylinder along z: radius 1, height 1, `segments` sides (at least 3).
pub fn cylinder(segments: u32) -> Geometry {
    let mut geometry = Geometry::default();
    side(&mut geometry, segments, 1.0);
    cap(&mut geometry, segments, -0.5);
    cap(&mut geometry, segments, 0.5);
    geometry
}

/// A cone along z with its tip at +0.5: base radius 1, height 1, `segments` sides (at least 3).
pub fn cone(segments: u32) -> Geometry {
    let mut geometry = Geometry::default();
    side(&mut geometry, segments, 0.0);
    cap(&mut geometry, segments, -0.5);
    geometry
}

/// The view of a camera at the origin, up to the rectangle from (-1, -1, 1) to (1, 1, 1). Its
/// triangles face inwards; it is for drawing from both sides and without light.
pub fn frustum() -> Geometry {
    let mut geometry = Geometry::default();
    for [x, y, z] in [[0, 0, 0], [-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]] {
        geometry.push_vertex(Vec3::new(x as f32, y as f32, z as f32), Vec3::Z);
    }
    let faces = [
        [0, 1, 2],
        [0, 2, 3],
        [0, 3, 4],
        [0, 4, 1],
        [1, 4, 3],
        [1, 3, 2],
    ];
    geometry.indices.extend(faces.as_flattened());
    geometry
}

/// Unit vectors once around, the first repeated at the end.
fn directions(segments: u32) -> impl Iterator<Item = Vec2> {
    (0..=segments).map(move |i| {
        let (sin, cos) = (TAU * i as f32 / segments as f32).sin_cos();
        Vec2::new(sin, -cos)
    })
}

/// The side of a cylinder (`top` 1) or a cone (`top` 0), from z = -0.5 to 0.5.
fn side(geometry: &mut Geometry, segments: u32, top: f32) {
    let first = geometry.vertex_count();
    for around in directions(segments) {
        let normal = around.extend(1.0 - top).normalize();
        geometry.push_vertex(around.extend(-0.5), normal);
        geometry.push_vertex((around * top).extend(0.5), normal);
    }
    for segment in 0..segments {
        let a = first + 2 * segment;
        // The diagonal of a wireframe rises to the next corner.
        geometry.indices.extend([a, a + 2, a + 3]);
        if top > 0.0 {
            geometry.indices.extend([a, a + 3, a + 1]);
        }
    }
}

/// A disc at height `z`, facing away from the origin.
fn cap(geometry: &mut Geometry, segments: u32, z: f32) {
    let normal = Vec3::Z * z.signum();
    let center = geometry.vertex_count();
    geometry.push_vertex(Vec3::Z * z, normal);
    for around in directions(segments) {
        geometry.push_vertex(around.extend(z), normal);
    }
    for segment in 1..=segments {
        let (a, b) = (center + segment, center + segment + 1);
        geometry.indices.extend(if z > 0.0 {
            [center, a, b]
        } else {
            [center, b, a]
        });
    }
}
