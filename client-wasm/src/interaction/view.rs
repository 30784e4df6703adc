//! Between pixels of the view and places in the scene.

use glam::{DAffine3, DMat4, DVec2, DVec3};

use crate::render::picking::{Lens, Ray};

/// What the viewer looks through. Pixels are CSS pixels from the top left of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Pose in the renderer's world; the camera looks along its -z with y up.
    pub render_from_camera: DMat4,
    /// Vertical field of view, radians.
    pub fov: f64,
    /// Width and height, pixels.
    pub size: DVec2,
    /// Turns the scene's world to the renderer's.
    pub render_from_scene: DAffine3,
}

impl View {
    /// Normalised device coordinates of a pixel's corner: -1 to 1, y up.
    pub fn corner(&self, at: DVec2) -> DVec2 {
        let unit = at / self.size.max(DVec2::ONE);
        DVec2::new(2.0 * unit.x - 1.0, 1.0 - 2.0 * unit.y)
    }

    /// Normalised device coordinates of a pixel's middle.
    pub fn middle(&self, at: DVec2) -> DVec2 {
        self.corner(at + 0.5)
    }

    /// A pixel's middle as messages give it: 0 to 1 from the top left.
    pub fn screen_pos(&self, at: DVec2) -> [f64; 2] {
        ((at + 0.5) / self.size.max(DVec2::ONE)).into()
    }

    /// Whether a pixel is in the view.
    pub fn contains(&self, at: DVec2) -> bool {
        let ndc = self.middle(at).abs();
        ndc.x < 1.0 && ndc.y < 1.0
    }

    /// The ray through a point of the view, in the renderer's world, with a direction of unit
    /// length.
    pub fn ray(&self, ndc: DVec2) -> Ray {
        let up = (self.fov / 2.0).tan();
        let right = up * self.size.x / self.size.y.max(1.0);
        let direction = DVec3::new(ndc.x * right, ndc.y * up, -1.0);
        Ray {
            origin: self.render_from_camera.w_axis.truncate(),
            direction: self
                .render_from_camera
                .transform_vector3(direction)
                .normalize(),
        }
    }

    /// What directions are in pixels.
    pub fn lens(&self) -> Lens {
        Lens {
            forward: self.forward(),
            pixels_per_unit: self.size.y / 2.0 / (self.fov / 2.0).tan(),
        }
    }

    /// Where a point of the renderer's world is seen: 0 to 1 from the top left. Points beside the
    /// camera are nowhere: infinite or not a number.
    pub fn project(&self, point: DVec3) -> [f64; 2] {
        let p = self.render_from_camera.inverse().transform_point3(point);
        let up = (self.fov / 2.0).tan();
        let right = up * self.size.x / self.size.y.max(1.0);
        [
            0.5 + 0.5 * p.x / (-p.z * right),
            0.5 - 0.5 * p.y / (-p.z * up),
        ]
    }

    /// The direction in which the camera looks, in the renderer's world.
    pub fn forward(&self) -> DVec3 {
        -self.render_from_camera.z_axis.truncate()
    }

    /// Size of a pixel at a point of the renderer's world, scene units.
    pub fn pixel_at(&self, point: DVec3) -> f64 {
        let eye = self.render_from_camera.w_axis.truncate();
        let depth = (point - eye).dot(self.forward());
        2.0 * depth * (self.fov / 2.0).tan() / self.size.y.max(1.0)
    }

    /// A point of the renderer's world in the scene's.
    pub fn to_scene(&self, point: DVec3) -> [f64; 3] {
        self.render_from_scene
            .inverse()
            .transform_point3(point)
            .into()
    }

    /// A ray of the renderer's world in the scene's: where it starts and where it goes.
    pub fn ray_to_scene(&self, ray: &Ray) -> ([f64; 3], [f64; 3]) {
        let direction = self
            .render_from_scene
            .inverse()
            .transform_vector3(ray.direction);
        (self.to_scene(ray.origin), direction.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::default_render_from_scene;

    fn view() -> View {
        let eye = DVec3::new(1.0, 2.0, 5.0);
        View {
            render_from_camera: DMat4::from_rotation_translation(
                glam::DQuat::from_rotation_y(0.3),
                eye,
            ),
            fov: 1.2,
            size: DVec2::new(800.0, 600.0),
            render_from_scene: default_render_from_scene(),
        }
    }

    #[test]
    fn rays_and_projections_are_inverse() {
        let view = view();
        for at in [
            DVec2::ZERO,
            DVec2::new(400.0, 300.0),
            DVec2::new(733.0, 12.0),
        ] {
            let point = view.ray(view.middle(at)).at(3.7);
            let [x, y] = view.project(point);
            assert!(DVec2::new(x, y).abs_diff_eq(view.screen_pos(at).into(), 1e-12));
        }
        assert!(
            view.ray(DVec2::ZERO)
                .direction
                .abs_diff_eq(view.forward(), 1e-12)
        );
    }

    #[test]
    fn the_view_ends_at_its_edges() {
        let view = view();
        assert!(view.contains(DVec2::ZERO) && view.contains(DVec2::new(799.0, 599.0)));
        assert!(!view.contains(DVec2::new(-1.0, 5.0)) && !view.contains(DVec2::new(5.0, 600.0)));
    }

    #[test]
    fn a_pixel_is_as_large_as_two_rays_are_apart() {
        let view = view();
        let ray = |x| view.ray(view.corner(DVec2::new(x, 300.0)));
        let point = ray(400.0).at(4.0);
        // Both at the same depth.
        let beside = ray(401.0);
        let depth = (point - beside.origin).dot(view.forward());
        let other = beside.at(depth / beside.direction.dot(view.forward()));
        assert!((point.distance(other) - view.pixel_at(point)).abs() < 1e-9);
    }

    #[test]
    fn the_scene_has_its_own_axes() {
        let view = view();
        let up = view.to_scene(DVec3::Y);
        assert!(DVec3::from(up).abs_diff_eq(DVec3::Z, 1e-12));
    }
}
