//! What a ray from the camera meets first.
//!
//! Picking runs on the CPU, so that it needs no frame and waits for no graphics card. Triangles
//! are searched through a tree of boxes. It is built when there is time
//! ([`prepare`](super::Renderer::prepare)), or at the latest when a ray first comes near them: nodes
//! that nobody can click cost nothing, and meshes share their arrays with the message that brought
//! them.

mod lines;
mod round;
mod tree;

use std::sync::{Mutex, OnceLock, PoisonError};

use glam::{DMat4, DVec3, Mat4, Vec3};
use scenecast_protocol::Array;
use scenecast_protocol::scene::Side;

use super::aabb::Aabb;
use super::geometry::Geometry;
use tree::{Growth, Tree};

pub use lines::Lens;
pub(crate) use lines::{Segment, segments};
pub(crate) use round::{ball, triad};

/// A half line. Its direction need not be of unit length: distances along it are in units of it,
/// which any affine transform keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it starts.
    pub origin: DVec3,
    /// Where it goes.
    pub direction: DVec3,
}

/// Where a ray meets something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// How far along the ray, in units of its direction.
    pub distance: f64,
    /// Which of several things of one node, counted from 0.
    pub instance: u32,
}

impl Ray {
    /// The point at a distance.
    pub fn at(&self, distance: f64) -> DVec3 {
        self.origin + self.direction * distance
    }

    /// The same ray in another frame, with the same distances along it.
    pub(crate) fn within(&self, world_from_local: &Mat4) -> Self {
        self.within_precisely(&world_from_local.as_dmat4())
    }

    /// The same for a frame that is known more precisely.
    pub(crate) fn within_precisely(&self, world_from_local: &DMat4) -> Self {
        let local_from_world = world_from_local.inverse();
        Self {
            origin: local_from_world.transform_point3(self.origin),
            direction: local_from_world.transform_vector3(self.direction),
        }
    }

    /// Whether the ray could meet a ball that is given in a frame of its own: a quick look.
    pub(crate) fn may_meet(&self, world_from_local: &Mat4, center: Vec3, radius: f32) -> bool {
        let center = world_from_local.transform_point3(center).as_dvec3();
        let axes = [
            world_from_local.x_axis,
            world_from_local.y_axis,
            world_from_local.z_axis,
        ];
        // The largest factor of a matrix is at most the root of the sum of squares.
        let scale: f32 = axes.iter().map(|axis| axis.length_squared()).sum();
        let radius = f64::from(radius * scale.sqrt());
        let to_center = center - self.origin;
        let along = to_center.dot(self.direction) / self.direction.length_squared();
        let beside = to_center - self.direction * along.max(0.0);
        // Where these are no numbers, it takes a closer look.
        let is_beside = beside.length_squared() > radius * radius;
        !is_beside
    }
}

/// Keeps the nearer of two hits.
pub(crate) fn keep_nearest(nearest: &mut Option<Hit>, distance: Option<f64>, instance: usize) {
    let Some(distance) = distance else { return };
    if nearest.is_none_or(|hit| distance < hit.distance) {
        *nearest = Some(Hit {
            distance,
            instance: instance as u32,
        });
    }
}

/// How many triangles are put into a tree without a look at the time: well under a millisecond.
const GROWTH_STEP: usize = 1 << 14;

/// Triangles that a ray can meet.
pub(crate) struct Triangles {
    vertices: Array<[f32; 3]>,
    faces: Array<[u32; 3]>,
    bounds: OnceLock<Aabb>,
    growth: Mutex<Growth>,
    tree: OnceLock<Tree>,
}

impl Triangles {
    /// Arrays as a message brought them; faces with vertices that do not exist are never hit.
    pub(crate) fn new(vertices: Array<[f32; 3]>, faces: Array<[u32; 3]>) -> Self {
        Self {
            vertices: vertices.aligned(),
            faces: faces.aligned(),
            bounds: OnceLock::new(),
            growth: Mutex::default(),
            tree: OnceLock::new(),
        }
    }

    /// A copy of geometry.
    pub(crate) fn of(geometry: &Geometry) -> Self {
        let faces = geometry.indices.as_chunks::<3>().0;
        Self::new(geometry.positions.as_slice().into(), faces.into())
    }

    /// The distance to the nearest triangle whose `side` the ray meets, if that is nearer than
    /// `limit`.
    pub(crate) fn hit(&self, ray: &Ray, side: Side, limit: f64) -> Option<f64> {
        let (origin, direction) = (ray.origin.as_vec3(), ray.direction.as_vec3());
        let vertices = self.vertices.as_slice();
        self.bounds()
            .entry(origin, direction.recip(), limit as f32)?;
        self.prepare(&mut || true);
        let (tree, faces) = (self.tree.get()?, self.faces.as_slice());
        let distance = tree.first_hit(origin, direction, limit as f32, |face| {
            triangle(corners(&vertices, &faces, face)?, origin, direction, side)
        })?;
        Some(f64::from(distance))
    }

    /// Makes ready to be hit while `has_time`. Returns whether nothing is left to do.
    pub(crate) fn prepare(&self, has_time: &mut dyn FnMut() -> bool) -> bool {
        let is_ready = || self.tree.get().is_some();
        if is_ready() {
            return true;
        }
        let mut growth = self.growth.lock().unwrap_or_else(PoisonError::into_inner);
        let (vertices, faces) = (self.vertices.as_slice(), self.faces.as_slice());
        while !is_ready() && has_time() {
            if growth.grow(self.bounds(), &vertices, &faces, GROWTH_STEP) {
                let grown = std::mem::take(&mut *growth);
                self.tree.get_or_init(|| grown.into_tree());
            }
        }
        is_ready()
    }

    /// A box around all corners.
    pub(crate) fn bounds(&self) -> &Aabb {
        let vertices = || self.vertices.as_slice();
        self.bounds.get_or_init(|| Aabb::of(&vertices()))
    }

    /// The corners, `[V, 3]`, and the faces, `[F, 3]`.
    pub(crate) fn arrays(&self) -> (&Array<[f32; 3]>, &Array<[u32; 3]>) {
        (&self.vertices, &self.faces)
    }

    /// The corners, `[V, 3]`.
    pub(crate) fn vertices(&self) -> impl Iterator<Item = Vec3> {
        self.vertices.iter().map(Vec3::from)
    }

    /// The same faces over other corners.
    pub(crate) fn moved_to(&self, vertices: Vec<[f32; 3]>) -> Self {
        Self::new(vertices.into(), self.faces.clone())
    }

    /// As [`hit`](Self::hit), for triangles that are looked at once: without a tree.
    pub(crate) fn hit_directly(&self, ray: &Ray, side: Side) -> Option<f64> {
        let (origin, direction) = (ray.origin.as_vec3(), ray.direction.as_vec3());
        let (vertices, faces) = (self.vertices.as_slice(), self.faces.as_slice());
        let hits = (0..faces.len() as u32).filter_map(|face| {
            triangle(corners(&vertices, &faces, face)?, origin, direction, side)
        });
        hits.min_by(f32::total_cmp).map(f64::from)
    }

    /// Whether a ray could meet an instance of these triangles at all: a quick look.
    pub(crate) fn may_hit(&self, ray: &Ray, world_from_local: &Mat4) -> bool {
        let bounds = self.bounds();
        ray.may_meet(world_from_local, bounds.center(), bounds.radius())
    }
}

/// Where a ray meets the unit square around the origin in the plane z = 0.
pub(crate) fn unit_square(ray: &Ray) -> Option<f64> {
    let distance = -ray.origin.z / ray.direction.z;
    let at = ray.at(distance).abs();
    (distance > 0.0 && at.x <= 0.5 && at.y <= 0.5).then_some(distance)
}

fn corners(vertices: &[[f32; 3]], faces: &[[u32; 3]], face: u32) -> Option<[Vec3; 3]> {
    let [a, b, c] = *faces.get(face as usize)?;
    let corner = |i: u32| vertices.get(i as usize).map(|v| Vec3::from(*v));
    Some([corner(a)?, corner(b)?, corner(c)?])
}

/// Where a ray meets a triangle (Möller and Trumbore, 1997).
fn triangle([a, b, c]: [Vec3; 3], origin: Vec3, direction: Vec3, side: Side) -> Option<f32> {
    let (ab, ac) = (b - a, c - a);
    let p = direction.cross(ac);
    // Positive where the ray meets the front.
    let determinant = ab.dot(p);
    let is_met = match side {
        Side::Front => determinant > 0.0,
        Side::Back => determinant < 0.0,
        Side::Double => determinant != 0.0,
    };
    if !is_met {
        return None;
    }
    let from_a = origin - a;
    let u = from_a.dot(p) / determinant;
    let q = from_a.cross(ab);
    let v = direction.dot(q) / determinant;
    let distance = ac.dot(q) / determinant;
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance > 0.0).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::geometry;

    fn ray(origin: [f64; 3], direction: [f64; 3]) -> Ray {
        Ray {
            origin: origin.into(),
            direction: direction.into(),
        }
    }

    #[test]
    fn distances_are_those_of_the_ray_whatever_its_frame() {
        let body = Triangles::of(&geometry::cuboid());
        let world_from_box = Mat4::from_scale_rotation_translation(
            Vec3::new(2.0, 4.0, 6.0),
            glam::Quat::from_rotation_z(1.0),
            Vec3::new(1.0, 2.0, 3.0),
        );
        let ray = ray([1.0, 2.0, 13.0], [0.0, 0.0, -2.0]);
        assert!(body.may_hit(&ray, &world_from_box));
        let local = ray.within(&world_from_box);
        let distance = body.hit(&local, Side::Front, f64::INFINITY).unwrap();
        assert!(
            ray.at(distance)
                .abs_diff_eq(DVec3::new(1.0, 2.0, 6.0), 1e-5)
        );
    }

    #[test]
    fn sides_count() {
        let body = Triangles::of(&geometry::icosphere(3));
        let from_within = ray([0.0; 3], [0.0, 0.0, 1.0]);
        let hit = |side| body.hit(&from_within, side, f64::INFINITY).is_some();
        assert_eq!(
            [hit(Side::Front), hit(Side::Back), hit(Side::Double)],
            [false, true, true]
        );
        let away = ray([0.0, 0.0, 5.0], [0.0, 0.0, 1.0]);
        assert_eq!(body.hit(&away, Side::Double, f64::INFINITY), None);
    }

    #[test]
    fn what_is_beyond_the_limit_is_not_hit() {
        let body = Triangles::of(&geometry::cuboid());
        let ray = ray([0.1, 0.2, 2.5], [0.0, 0.0, -1.0]);
        assert_eq!(body.hit(&ray, Side::Front, 1.9), None);
        assert!(body.hit(&ray, Side::Front, 2.1).is_some());
    }

    #[test]
    fn triangles_are_made_ready_a_little_at_a_time() {
        let body = Triangles::of(&geometry::icosphere(40));
        assert!(!body.prepare(&mut || false));
        let mut steps = 0;
        while !body.prepare(&mut {
            let mut first = true;
            move || std::mem::take(&mut first)
        }) {
            steps += 1;
        }
        assert!(
            steps > 4,
            "{steps} steps for {} triangles",
            body.faces.len()
        );
        assert!(body.prepare(&mut || false), "ready for good");
        let ray = ray([0.1, 0.2, 5.0], [0.0, 0.0, -1.0]);
        let hit = body.hit(&ray, Side::Front, f64::INFINITY).unwrap();
        assert_eq!(Some(hit), body.hit_directly(&ray, Side::Front));
    }

    #[test]
    fn broken_meshes_are_hit_where_they_are_whole() {
        let vertices = vec![
            [0.0; 3],
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [f32::NAN, 0.0, 0.0],
        ];
        let faces = vec![[0, 1, 3], [0, 1, 9], [0, 1, 2]];
        let body = Triangles::new(vertices.into(), faces.into());
        let ray = ray([0.2, 0.2, 1.0], [0.0, 0.0, -1.0]);
        assert_eq!(body.hit(&ray, Side::Front, f64::INFINITY), Some(1.0));
        let nothing = Triangles::new(Array::default(), Array::default());
        assert_eq!(nothing.hit(&ray, Side::Double, f64::INFINITY), None);
    }

    #[test]
    fn squares_are_hit_from_both_sides() {
        let from = |z: f64| unit_square(&ray([0.4, -0.4, z], [0.0, 0.0, -z]));
        assert_eq!([from(2.0), from(-2.0)], [Some(1.0); 2]);
        assert_eq!(unit_square(&ray([0.6, 0.0, 1.0], [0.0, 0.0, -1.0])), None);
        assert_eq!(unit_square(&ray([0.0, 0.0, 0.0], [1.0, 0.0, 0.0])), None);
    }

    #[test]
    fn rays_near_a_box_are_looked_at() {
        let body = Triangles::of(&geometry::cuboid());
        let at = |x: f64| ray([x, 0.0, 5.0], [0.0, 0.0, -1.0]);
        assert!(body.may_hit(&at(0.49), &Mat4::IDENTITY));
        assert!(!body.may_hit(&at(2.0), &Mat4::IDENTITY));
        assert!(body.may_hit(&at(2.0), &Mat4::from_scale(Vec3::new(5.0, 1.0, 1.0))));
        let behind = ray([0.0, 0.0, -5.0], [0.0, 0.0, -1.0]);
        assert!(!body.may_hit(&behind, &Mat4::IDENTITY));
    }
}
