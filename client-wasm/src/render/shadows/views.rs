//! What lights see: where the maps of their shadows look.

use glam::{Mat3, Mat4, Vec2, Vec3, Vec4};

use crate::render::camera::{Camera, Viewport};

use super::MAP_SIZE;

/// Maps of parallel light, each of them for a part of what the camera sees.
pub(super) const CASCADES: usize = 3;

/// Sides of a cube.
pub(super) const SIDES: usize = 6;

/// From here on, there are no shadows of parallel light; scene units.
const CASCADES_END: f32 = 20.0;

/// How far towards the light things are seen that are not in the picture, scene units.
const MARGIN: f32 = 200.0;

/// Depths of the maps of parallel light, from `MARGIN` before what the camera sees.
const PARALLEL: [f32; 2] = [1e-4, 2000.0];

/// Depths of the maps of light from a point that reaches anywhere.
const NEAR: f32 = 1e-3;
const FAR: f32 = 500.0;

/// A light that casts shadows, in the renderer's world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Caster {
    /// Parallel light from this direction, unit length.
    FromAfar { toward: Vec3 },
    /// From a point to all sides.
    Point { position: Vec3, reach: f32 },
    /// From a point, in a cone with this half angle, radians.
    Spot {
        position: Vec3,
        direction: Vec3,
        angle: f32,
        reach: f32,
    },
}

impl Caster {
    /// How many maps it takes.
    pub(super) fn maps(&self) -> usize {
        match self {
            Self::FromAfar { .. } => CASCADES,
            Self::Point { .. } => SIDES,
            Self::Spot { .. } => 1,
        }
    }

    /// What its maps see: `clip_from_world`.
    pub(super) fn views(&self, camera: &Camera, viewport: Viewport) -> Vec<Mat4> {
        let far = |reach: f32| if reach > NEAR { reach } else { FAR };
        match *self {
            Self::FromAfar { toward } => cascades(camera, viewport, toward).to_vec(),
            Self::Point { position, reach } => {
                // In this order the shader finds them.
                let sides = [Vec3::X, Vec3::Y, Vec3::Z].map(|axis| [axis, -axis]);
                let sides = sides.into_iter().flatten();
                let lens = perspective(std::f32::consts::FRAC_PI_2, far(reach));
                sides
                    .map(|side| lens * view_from_world(-side, position))
                    .collect()
            }
            Self::Spot {
                position,
                direction,
                angle,
                reach,
            } => {
                let lens = perspective(2.0 * angle, far(reach));
                vec![lens * view_from_world(-direction, position)]
            }
        }
    }
}

/// Boxes in the frame of parallel light, around three parts of what the camera sees, which follow
/// it in steps of a map's pixels. The parts end at the mean of equal and of exponential steps (Zhang
/// and others, "Parallel-split shadow maps", 2006).
fn cascades(camera: &Camera, viewport: Viewport, toward: Vec3) -> [Mat4; CASCADES] {
    let near = camera.near;
    let far = camera.far.min(CASCADES_END);
    let half_height = (camera.fov_y / 2.0).tan();
    let half = Vec2::new(half_height * viewport.aspect(), half_height);
    let corners = [[1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [-1.0, 1.0]].map(Vec2::from);
    let at = |depth: f32| corners.map(|corner| (corner * half * depth).extend(-depth));
    let end = |part: usize| {
        if part == CASCADES {
            return far;
        }
        let part = part as f32 / CASCADES as f32;
        let even = near + (far - near) * part;
        let exponential = near * (far / near).powf(part);
        // Shares of the far distance, measured from the near plane on.
        near + (far - near) * (even + exponential) / 2.0 / far
    };
    let world_from_light = world_from_view(toward);
    let light_from_camera =
        Mat4::from_mat3(world_from_light.transpose()) * camera.world_from_camera;
    std::array::from_fn(|part| {
        let begin = if part == 0 { near } else { end(part) };
        let (front, back) = (at(begin), at(end(part + 1)));
        let size = (back[0].distance(back[2])).max(back[0].distance(front[2]));
        let seen = front.into_iter().chain(back);
        let seen = seen.map(|corner| light_from_camera.transform_point3(corner));
        let (low, high) = seen.fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), p| {
            (low.min(p), high.max(p))
        });
        let pixel = size / MAP_SIZE as f32;
        let middle = (low + high) / 2.0;
        let middle = (middle / pixel).floor() * pixel;
        let eye = middle.truncate().extend(high.z + MARGIN);
        let light_from_world =
            Mat4::from_translation(-eye) * Mat4::from_mat3(world_from_light.transpose());
        orthographic(size) * light_from_world
    })
}

/// Axes of an eye that looks along `-backward`, upright.
fn world_from_view(backward: Vec3) -> Mat3 {
    let upright = |z: Vec3| Vec3::Y.cross(z).try_normalize();
    // Straight up and down there is no upright.
    let (z, x) = match upright(backward) {
        Some(x) => (backward, x),
        None => {
            let z = (backward + Vec3::Z * 1e-4).normalize();
            (z, upright(z).unwrap_or(Vec3::X))
        }
    };
    Mat3::from_cols(x, z.cross(x), z)
}

fn view_from_world(backward: Vec3, eye: Vec3) -> Mat4 {
    Mat4::from_mat3(world_from_view(backward).transpose()) * Mat4::from_translation(-eye)
}

fn orthographic(size: f32) -> Mat4 {
    let [near, far] = PARALLEL;
    let depth = 2.0 / (near - far);
    let mut clip = Mat4::from_scale(Vec3::new(2.0 / size, 2.0 / size, depth));
    clip.w_axis = Vec4::new(0.0, 0.0, (far + near) / (near - far), 1.0);
    clip
}

fn perspective(angle: f32, far: f32) -> Mat4 {
    glam::camera::rh::proj::opengl::perspective(angle, 1.0, NEAR, far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> (Camera, Viewport) {
        let eye = Vec3::new(3.0, 3.0, 3.0);
        let camera = Camera::look_at(eye, Vec3::ZERO, Vec3::Y, 1.309);
        let viewport = Viewport {
            width: 800,
            height: 600,
            pixel_ratio: 1.0,
        };
        (camera, viewport)
    }

    fn is_inside(clip_from_world: &Mat4, p: Vec3) -> bool {
        clip_from_world.project_point3(p).abs().max_element() <= 1.0
    }

    #[test]
    fn cascades_hold_what_the_camera_sees_up_to_their_end() {
        let (camera, viewport) = camera();
        for toward in [Vec3::Y, Vec3::new(-0.2, 1.0, -0.2).normalize(), Vec3::X] {
            let views = cascades(&camera, viewport, toward);
            for depth in [0.02, 1.0, 5.0, 19.9] {
                let seen = camera.world_from_camera.transform_point3(-Vec3::Z * depth);
                assert!(is_inside(&views[2], seen) || depth < 7.0, "{depth}");
                assert!(views.iter().any(|view| is_inside(view, seen)), "{depth}");
            }
            let beyond = camera.world_from_camera.transform_point3(-Vec3::Z * 40.0);
            assert!(!is_inside(&views[0], beyond));
        }
    }

    #[test]
    fn small_motions_of_the_camera_move_maps_by_whole_pixels() {
        let (mut camera, viewport) = camera();
        let toward = Vec3::new(-0.2, 1.0, -0.2).normalize();
        let p = Vec3::new(0.3, 0.1, 0.2);
        let before = cascades(&camera, viewport, toward)[2].project_point3(p);
        camera.world_from_camera.w_axis += Vec4::new(0.37, 0.0, 0.11, 0.0);
        let after = cascades(&camera, viewport, toward)[2].project_point3(p);
        let pixels = (after - before).truncate() * MAP_SIZE as f32 / 2.0;
        assert!(pixels.length() > 1.0);
        assert!((pixels - pixels.round()).length() < 0.02, "{pixels}");
    }

    #[test]
    fn the_sides_of_a_cube_see_everything_around_a_point() {
        let (camera, viewport) = camera();
        let position = Vec3::new(1.0, 2.0, 3.0);
        let caster = Caster::Point {
            position,
            reach: 0.0,
        };
        let views = caster.views(&camera, viewport);
        assert_eq!(views.len(), caster.maps());
        for (side, axis) in [(0, Vec3::X), (3, Vec3::NEG_Y), (4, Vec3::Z)] {
            let way = axis * 2.0 + Vec3::new(0.3, -0.2, 0.4);
            let inside = |view: &Mat4| is_inside(view, position + way);
            assert_eq!(views.iter().position(inside), Some(side));
        }
    }

    #[test]
    fn a_cone_is_seen_up_to_its_reach() {
        let (camera, viewport) = camera();
        let caster = Caster::Spot {
            position: Vec3::Y * 4.0,
            direction: Vec3::NEG_Y,
            angle: 0.5,
            reach: 10.0,
        };
        let [view] = caster.views(&camera, viewport)[..] else {
            panic!("one map");
        };
        assert!(is_inside(&view, Vec3::ZERO));
        assert!(is_inside(&view, Vec3::X * 2.0));
        assert!(!is_inside(&view, Vec3::X * 2.3));
        assert!(!is_inside(&view, Vec3::NEG_Y * 7.0));
    }
}
