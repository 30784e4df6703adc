//! Where a gizmo's handles are, and which of them a ray meets.

use std::sync::LazyLock;

use glam::{DAffine3, DMat3, DMat4, DVec2, DVec3};
use scenecast_protocol::scene::{Side, TransformControls};

use super::super::view::View;
use crate::render::geometry;
use crate::render::picking::{Ray, Triangles};

/// Segments of an arc.
pub(super) const ARC_SEGMENTS: usize = 32;

/// The cylinders around arrows that react to the pointer.
static CYLINDER: LazyLock<Triangles> = LazyLock::new(|| Triangles::of(&geometry::cylinder(8)));

/// A part of a gizmo, and the axis that it belongs to: of squares and arcs, the one across them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handle {
    /// Moves along its axis.
    Arrow(usize),
    /// Moves in its plane.
    Square(usize),
    /// Turns about its axis.
    Arc(usize),
}

/// The handles of one gizmo, in the renderer's world.
#[derive(Clone, Debug)]
pub(crate) struct Handles {
    pub(crate) origin: DVec3,
    /// Of unit length.
    pub(crate) axes: [DVec3; 3],
    /// Of arrows, from the origin to the tip.
    pub(crate) length: f64,
    /// Radius of the tips of arrows.
    pub(super) tip_radius: f64,
    /// Width of lines, CSS pixels.
    pub(super) line_width: f64,
    shown: Vec<Handle>,
}

impl Handles {
    /// The handles of a gizmo in a view; `None` where its pose or size is no number.
    pub(crate) fn new(
        gizmo: &TransformControls,
        world_from_gizmo: &DAffine3,
        view: &View,
    ) -> Option<Self> {
        let origin = world_from_gizmo.translation;
        let DMat3 {
            x_axis,
            y_axis,
            z_axis,
        } = world_from_gizmo.matrix3;
        let pixel = view.pixel_at(origin);
        let (length, tip_radius) = if gizmo.fixed {
            (gizmo.scale * pixel, 1.6 * gizmo.line_width * pixel)
        } else {
            (gizmo.scale, gizmo.scale / 20.0)
        };
        let is_whole = origin.is_finite() && length.is_finite() && length > 0.0;
        Some(Self {
            origin: Some(origin).filter(|_| is_whole)?,
            axes: [
                x_axis.try_normalize()?,
                y_axis.try_normalize()?,
                z_axis.try_normalize()?,
            ],
            length,
            tip_radius,
            line_width: gizmo.line_width,
            shown: shown(gizmo),
        })
    }

    /// The handles that are not disabled.
    pub(super) fn shown(&self) -> &[Handle] {
        &self.shown
    }

    /// The handle that a ray meets first, and where. Arcs are hit near them on the screen.
    pub(crate) fn hit(&self, ray: &Ray, view: &View) -> Option<(Handle, f64)> {
        let hits = self.shown.iter().filter_map(|handle| {
            let distance = match *handle {
                Handle::Arrow(axis) => self.hit_arrow(ray, axis),
                Handle::Square(axis) => self.hit_square(ray, axis),
                Handle::Arc(axis) => self.hit_arc(ray, axis, view),
            }?;
            Some((*handle, distance))
        });
        hits.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The corners of a square.
    pub(super) fn square(&self, axis: usize) -> [DVec3; 4] {
        let (e1, e2) = (self.axes[(axis + 1) % 3], self.axes[(axis + 2) % 3]);
        let (center, half) = (self.length * 1.7 / 7.0, self.length * 0.225 / 2.0);
        [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)]
            .map(|(a, b)| self.origin + e1 * (center + a * half) + e2 * (center + b * half))
    }

    /// The points of an arc.
    pub(super) fn arc(&self, axis: usize) -> Vec<DVec3> {
        let (e1, e2) = (self.axes[(axis + 1) % 3], self.axes[(axis + 2) % 3]);
        let radius = 0.65 * self.length;
        (0..=ARC_SEGMENTS)
            .map(|i| {
                let angle = std::f64::consts::FRAC_PI_2 * i as f64 / ARC_SEGMENTS as f64;
                let (sin, cos) = angle.sin_cos();
                self.origin + (e1 * cos + e2 * sin) * radius
            })
            .collect()
    }

    fn hit_arrow(&self, ray: &Ray, axis: usize) -> Option<f64> {
        let radius = 1.4 * self.tip_radius;
        let [x, y, z] = self.axes;
        // Their corners are where those of other viewers are, which shows in what they send.
        let frame = match axis {
            0 => DMat3::from_cols(-y, -z, x),
            1 => DMat3::from_cols(x, -z, y),
            _ => DMat3::from_cols(x, y, z),
        };
        let middle = self.origin + frame.z_axis * (self.length / 2.0);
        let size = DMat3::from_diagonal(DVec3::new(radius, radius, self.length));
        let pose = DMat4::from_mat3_translation(frame * size, middle);
        CYLINDER.hit(&ray.within_precisely(&pose), Side::Front, f64::INFINITY)
    }

    fn hit_square(&self, ray: &Ray, axis: usize) -> Option<f64> {
        let normal = self.axes[axis];
        let distance = (self.origin - ray.origin).dot(normal) / ray.direction.dot(normal);
        let [corner, a, _, b] = self.square(axis);
        let inside = |edge: DVec3| {
            let part = (ray.at(distance) - corner).dot(edge) / edge.length_squared();
            (0.0..=1.0).contains(&part)
        };
        (distance > 0.0 && inside(a - corner) && inside(b - corner)).then_some(distance)
    }

    fn hit_arc(&self, ray: &Ray, axis: usize, view: &View) -> Option<f64> {
        let radius = 2.0 * self.line_width;
        let pixels = |point: DVec3| DVec2::from(view.project(point)) * view.size;
        let pointer = pixels(ray.at(1.0));
        let is_ahead = |p: DVec3| (p - ray.origin).dot(view.forward()) > 0.0;
        let arc = self.arc(axis);
        let hits = arc.windows(2).filter_map(|ends| {
            let (a, b) = (ends[0], ends[1]);
            if !is_ahead(a) || !is_ahead(b) {
                return None;
            }
            let (from, way) = (pixels(a), pixels(b) - pixels(a));
            let part = ((pointer - from).dot(way) / way.length_squared()).clamp(0.0, 1.0);
            let is_near = pointer.distance(from + way * part) < radius;
            is_near.then(|| nearest_on_ray(ray, a, b))
        });
        hits.min_by(f64::total_cmp)
    }
}

fn shown(gizmo: &TransformControls) -> Vec<Handle> {
    let active = gizmo.active_axes;
    let in_plane = |axis: usize| active[(axis + 1) % 3] && active[(axis + 2) % 3];
    let axes = 0..3;
    let arrows = axes
        .clone()
        .filter(|axis| !gizmo.disable_axes && active[*axis]);
    let squares = axes
        .clone()
        .filter(|axis| !gizmo.disable_sliders && in_plane(*axis));
    let arcs = axes.filter(|axis| !gizmo.disable_rotations && in_plane(*axis));
    arrows
        .map(Handle::Arrow)
        .chain(squares.map(Handle::Square))
        .chain(arcs.map(Handle::Arc))
        .collect()
}

/// Where a ray of unit direction is nearest to a segment.
fn nearest_on_ray(ray: &Ray, a: DVec3, b: DVec3) -> f64 {
    let (way, to_a) = (b - a, a - ray.origin);
    let (d, w) = (ray.direction, way.length_squared());
    let across = w - way.dot(d).powi(2);
    let part = (way.dot(d) * to_a.dot(d) - to_a.dot(way)) / across;
    let part = if part.is_finite() {
        part.clamp(0.0, 1.0)
    } else {
        0.0
    };
    (to_a + way * part).dot(d).max(0.0)
}
