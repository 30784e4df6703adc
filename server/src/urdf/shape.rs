//! Shapes of links, as nodes.

use super::mesh::{Meshes, Part};
use crate::{
    Result,
    scene::{Box, Cylinder, Glb, Icosphere, Mesh, Place, Scene, SceneNode},
    transforms::SE3,
};
use scenecast_protocol::{Rgb, Scale};
use std::f64::consts::{FRAC_PI_2, TAU};
use urdf_rs::Geometry;

/// The colour of shapes that nothing else gives one.
pub(super) const DEFAULT_COLOR: Rgb = Rgb([178, 186, 196]);

/// Rings of each end of a capsule.
const RINGS: u32 = 8;

/// Corners of a ring.
const CORNERS: u32 = 32;

/// A colour, and an opacity from 0 to 1; `None` is opaque.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paint {
    pub(super) color: Rgb,
    pub(super) opacity: Option<f64>,
}

/// A shape to be added.
pub(super) struct Shape {
    pub(super) geometry: Geometry,
    /// Where it stands, seen from its link.
    pub(super) link_from_shape: SE3,
    /// What it is painted with, whatever a mesh's own colours.
    pub(super) paint: Option<Paint>,
}

impl Shape {
    /// What it is called if it has no name: its mesh's file, or its kind.
    pub(super) fn name(&self) -> &str {
        match &self.geometry {
            Geometry::Box { .. } => "box",
            Geometry::Cylinder { .. } => "cylinder",
            Geometry::Capsule { .. } => "capsule",
            Geometry::Sphere { .. } => "sphere",
            Geometry::Mesh { filename, .. } => filename.rsplit('/').next().unwrap_or("mesh"),
        }
    }

    /// Looks for sizes that nothing can have.
    ///
    /// # Errors
    /// The offending size.
    pub(super) fn check(&self) -> std::result::Result<(), String> {
        let sizes = match &self.geometry {
            Geometry::Box { size } => **size,
            Geometry::Cylinder { radius, length } | Geometry::Capsule { radius, length } => {
                [*radius, *length, 0.0]
            }
            Geometry::Sphere { radius } => [*radius, 0.0, 0.0],
            // Negative ones mirror.
            Geometry::Mesh { scale, .. } => scale.map_or([1.0; 3], |scale| scale.map(f64::abs)),
        };
        let bad = sizes
            .iter()
            .find(|size| !(size.is_finite() && **size >= 0.0));
        bad.map_or(Ok(()), |bad| Err(format!("{bad} is no size")))
    }

    /// Adds it to the scene under this name. Of a mesh of several parts, all but the first get
    /// numbers behind it.
    pub(super) fn add(
        &self,
        scene: &Scene,
        name: &str,
        scale: f64,
        meshes: &mut Meshes,
    ) -> Result<()> {
        let site = Site {
            scene,
            scale,
            link_from_shape: self.link_from_shape,
        };
        let Paint { color, opacity } = self.paint.unwrap_or(Paint {
            color: DEFAULT_COLOR,
            opacity: None,
        });
        match &self.geometry {
            Geometry::Box { size } => {
                let node = Box::new(size.map(|edge| edge * scale)).color(color);
                site.place(name, node.opacity(opacity))
            }
            Geometry::Cylinder { radius, length } => {
                let node = Cylinder::new(radius * scale, length * scale).color(color);
                site.place(name, node.opacity(opacity))
            }
            Geometry::Sphere { radius } => {
                let node = Icosphere::new(radius * scale).color(color);
                site.place(name, node.opacity(opacity))
            }
            Geometry::Capsule { radius, length } => {
                let (vertices, faces) = capsule(radius * scale, length * scale);
                let node = Mesh::new(vertices, faces).color(color);
                site.place(name, node.opacity(opacity))
            }
            Geometry::Mesh {
                filename,
                scale: own,
            } => {
                let own = own.map_or([1.0; 3], |own| *own).map(|axis| axis * scale);
                let Some(parts) = meshes.get(filename, self.paint.is_none()) else {
                    return Ok(());
                };
                add_mesh(&site, name, parts, Scale::PerAxis(own), self.paint)
            }
        }
    }
}

/// Where shapes of a link are added.
struct Site<'a> {
    scene: &'a Scene,
    scale: f64,
    link_from_shape: SE3,
}

impl Site<'_> {
    fn place<N: SceneNode>(&self, name: &str, node: N) -> Result<()> {
        let at = self.link_from_shape.translation() * self.scale;
        let node = node.at(at).turned(self.link_from_shape.rotation());
        self.scene.add(name, node).map(drop)
    }
}

fn add_mesh(
    site: &Site,
    name: &str,
    parts: &[Part],
    scale: Scale,
    paint: Option<Paint>,
) -> Result<()> {
    for (number, part) in parts.iter().enumerate() {
        let name = match number {
            0 => name.to_owned(),
            _ => format!("{name} {}", number + 1),
        };
        match part {
            Part::Glb(data) => site.place(&name, Glb::new(data.clone()).scale(scale))?,
            Part::Mesh(mesh) => {
                let mut node = mesh.clone().scale(scale);
                if let Some(Paint { color, opacity }) = paint {
                    node = node.color(color).opacity(opacity);
                }
                site.place(&name, node)?;
            }
        }
    }
    Ok(())
}

/// A cylinder along z with half a ball at each end; `length` is the cylinder's.
fn capsule(radius: f64, length: f64) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
    let ring = |number: u32| {
        // The rings of the lower end, then those of the upper one.
        let (height, step) = match number.checked_sub(RINGS + 1) {
            None => (-length / 2.0, f64::from(number) - f64::from(RINGS)),
            Some(step) => (length / 2.0, f64::from(step)),
        };
        let (sin, cos) = (step / f64::from(RINGS) * FRAC_PI_2).sin_cos();
        (0..CORNERS).map(move |corner| {
            let (y, x) = (f64::from(corner) / f64::from(CORNERS) * TAU).sin_cos();
            [radius * cos * x, radius * cos * y, height + radius * sin].map(|c| c as f32)
        })
    };
    let vertices = (0..2 * RINGS + 2).flat_map(ring).collect();
    let faces = (0..(2 * RINGS + 1) * CORNERS).flat_map(|lower| {
        let (start, corner) = (lower - lower % CORNERS, lower % CORNERS);
        let next = start + (corner + 1) % CORNERS;
        let (above, next_above) = (lower + CORNERS, next + CORNERS);
        [[lower, next, next_above], [lower, next_above, above]]
    });
    (vertices, faces.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    #[test]
    fn a_capsule_is_closed_and_faces_outwards() {
        let (vertices, faces) = capsule(0.5, 2.0);
        let corner = |index: u32| Vec3::from_array(vertices[index as usize]);
        // The sum of the cones from the origin to each triangle.
        let volume: f32 = faces
            .iter()
            .map(|face| {
                let [a, b, c] = face.map(corner);
                a.dot(b.cross(c)) / 6.0
            })
            .sum();
        let expected = std::f32::consts::PI * (0.25 * 2.0 + 0.125 * 4.0 / 3.0);
        assert!(
            (volume / expected - 1.0).abs() < 0.02,
            "{volume} {expected}"
        );
        let highest = vertices.iter().map(|v| v[2]).fold(0.0, f32::max);
        assert!((highest - 1.5).abs() < 1e-6);
    }
}
