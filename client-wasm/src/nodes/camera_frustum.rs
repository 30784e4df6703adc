//! Camera frustums: their edges, their faces, and what the camera saw.

use std::rc::Rc;

use glam::{Mat4, Vec3, vec3};
use scenecast_protocol::scene::{CameraFrustum, FrustumVariant, Side};

use super::{NodeError, NodeView, Solid, Stage, vector};
use crate::render::{
    COLORS, LineColors, Lines, Look, Normals, Part, Picture, Quad, Segments, Shading, Shadowing,
    Single, color,
};

/// How opaque the faces are.
const FACE_OPACITY: f32 = 0.3;

impl NodeView for CameraFrustum {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let picture = self
            .image_data
            .as_ref()
            .map(|image| stage.picture(image, COLORS));
        Ok(self.with_picture(picture, stage))
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let old = old.iter().find_map(|part| match part {
            Part::Single(Single::Quad(quad, _), _) => Some(quad.picture.clone()),
            _ => None,
        });
        let (Some(picture), Some(image)) = (old, &self.image_data) else {
            return self.parts(stage);
        };
        if changed.contains(&"_image_data") {
            stage.show(&picture, image);
        }
        Ok(self.with_picture(Some(picture), stage))
    }
}

/// Geometry of a frustum.
trait Geometry {
    fn corner(&self) -> Vec3;
    fn lines(&self) -> Lines;
    fn with_picture(&self, picture: Option<Rc<Picture>>, stage: &mut Stage<'_>) -> Vec<Part>;
}

impl Geometry for CameraFrustum {
    /// The far corner at positive x and y. Whatever its angles, a frustum of scale 1 has the same
    /// volume.
    fn corner(&self) -> Vec3 {
        let y = (self.fov / 2.0).tan() as f32;
        let x = y * self.aspect as f32;
        vec3(x, y, 1.0) / (x * y / 3.0).cbrt() * vector(self.scale.xyz())
    }

    fn lines(&self) -> Lines {
        let [a, b, c, d] = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
            .map(|[x, y]| vec3(x, y, 1.0) * self.corner());
        // Which way is up; not over the image.
        let from_y = if self.image_data.is_some() {
            -1.0
        } else {
            -0.9
        };
        let tick = [-1.2, from_y].map(|y| vec3(0.0, y, 1.0) * self.corner());
        let apex = Vec3::ZERO;
        let edges = [
            [a, b],
            [b, c],
            [c, d],
            [d, a],
            [a, apex],
            [b, apex],
            [c, apex],
            [d, apex],
            tick,
        ];
        Lines::new(&Segments {
            ends: &edges.map(|ends| ends.map(|end| end.to_array())),
            colors: LineColors::Uniform(self.color.0),
            thickness: self.thickness as f32,
            units: self.thickness_units,
        })
    }

    fn with_picture(&self, picture: Option<Rc<Picture>>, stage: &mut Stage<'_>) -> Vec<Part> {
        let corner = self.corner();
        let mut parts = vec![Part::lines(self.lines(), Mat4::IDENTITY)];
        if self.variant == FrustumVariant::Filled {
            let look = Look {
                // Taken as linear light, which is brighter than the edges.
                color: color::unit(self.color.0),
                opacity: Some(FACE_OPACITY),
                normals: Normals::Smooth,
                side: Side::Double,
                shading: Shading::Unlit,
                shadows: Shadowing::NONE,
            };
            let pyramid = stage.solid(Solid::Frustum, false);
            parts.push(Part::surfaces(
                pyramid,
                vec![(Mat4::from_scale(corner), look)],
            ));
        }
        if let Some(picture) = picture {
            // Its width goes by the aspect alone, as elsewhere, whatever the scale along x.
            let height = 2.0 * corner.y;
            let size = vec3(height * self.aspect as f32, height, 1.0);
            let pose = Mat4::from_translation(Vec3::Z * corner.z) * Mat4::from_scale(size);
            let quad = Quad {
                picture,
                is_outside: true,
                casts: self.cast_shadow,
            };
            parts.push(Part::single(Single::Quad(Rc::new(quad), pose)));
        }
        parts
    }
}
