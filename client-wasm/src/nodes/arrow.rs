//! Arrows.

use glam::{Mat4, Quat, Vec3};
use scenecast_protocol::scene::{Arrow, Side};

use super::{NodeError, NodeView, Solid, Stage, scaled};
use crate::render::{Look, Normals, Part, Shading, Shadowing, color};

/// Sides of shaft and head.
const SEGMENTS: u32 = 16;

impl NodeView for Arrow {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let arrows = self.points.as_slice();
        let colors = self.colors.as_slice();
        if !arrows.is_empty() && colors.is_empty() {
            let expected = format!("1 or {}", arrows.len());
            return Err(NodeError::Rows {
                field: "colors",
                rows: 0,
                expected,
            });
        }
        let scale = scaled(self.scale);
        let (mut shafts, mut heads) = (Vec::new(), Vec::new());
        for (i, ends) in arrows.iter().enumerate() {
            let [start, end] = ends.map(Vec3::from);
            if !(start.is_finite() && end.is_finite()) {
                continue;
            }
            let (shaft, head) = self.poses(start, end);
            // Colours of instances are taken as linear light, which is brighter.
            let color = color::unit(colors[i % colors.len()]);
            let look = Look {
                color,
                opacity: None,
                normals: Normals::Smooth,
                side: Side::Front,
                shading: Shading::Standard,
                shadows: Shadowing::NONE,
            };
            shafts.push((scale * shaft, look));
            heads.push((scale * head, look));
        }
        let cylinder = stage.solid(Solid::Cylinder { segments: SEGMENTS }, false);
        let cone = stage.solid(Solid::Cone { segments: SEGMENTS }, false);
        Ok(vec![
            Part::surfaces(cylinder, shafts),
            Part::surfaces(cone, heads),
        ])
    }
}

/// Places the unit cylinder and cone.
trait Poses {
    fn poses(&self, start: Vec3, end: Vec3) -> (Mat4, Mat4);
}

impl Poses for Arrow {
    fn poses(&self, start: Vec3, end: Vec3) -> (Mat4, Mat4) {
        let head_length = self.head_length as f32;
        let way = end - start;
        let direction = if way.length() < 1e-8 {
            Vec3::Y
        } else {
            way.normalize()
        };
        let rotation = Quat::from_rotation_arc(Vec3::Z, direction);
        let solid = |radius: f64, length: f32, middle: Vec3| {
            let size = Vec3::new(radius as f32, radius as f32, length);
            Mat4::from_scale_rotation_translation(size, rotation, middle)
        };
        let neck = end - direction * head_length;
        let shaft_length = (way.length() - head_length).max(0.0);
        (
            solid(self.shaft_radius, shaft_length, start.midpoint(neck)),
            solid(self.head_radius, head_length, neck.midpoint(end)),
        )
    }
}
