//! Many instances of one mesh in one node: one draw call for those that are in sight.

use std::cell::RefCell;
use std::rc::Rc;

use glam::{Mat4, Vec3, Vec4};
use scenecast_protocol::scene::Side;
use three_d::core::CoreError;

use super::instances::{InstanceTable, Order, Ordered};
use super::levels::Levels;
use super::models::{ModelLayer, Primitive};
use super::pass::{Pass, casting, opaque};
use super::picking::{Hit, Ray, keep_nearest};
use super::pose::{from_rows, is_mirrored, uniform};
use super::programs::Programs;
use super::shadows::Shadowing;
use super::surfaces::{COLUMNS, Look, Shape, blended_states, culled};

/// Instances of a mesh.
pub(crate) struct Batch {
    body: Body,
    levels: Rc<Levels>,
    side: Side,
    is_transparent: bool,
    /// Whether its instances cast shadows.
    pub(crate) casts: bool,
    /// Middle of the instances, in the node's frame.
    center: Vec3,
    /// Sorted and uploaded while drawing, which is why they are in a cell.
    instances: RefCell<Instances>,
}

/// What there are instances of.
enum Body {
    /// A mesh, each instance with a look of its own.
    Mesh(Rc<Shape>),
    /// A part of a model, and its pose in the model.
    Model(Rc<Primitive>, Mat4),
}

struct Instances {
    table: InstanceTable<COLUMNS>,
    /// Those in sight, by their level of detail.
    orders: Vec<Order>,
    /// Balls around the instances in the node's frame: centre and radius.
    balls: Vec<Vec4>,
    /// The view that `orders` are for: the projection, and where the camera is.
    ordered_for: Option<(Mat4, Vec3)>,
}

impl Batch {
    /// Instances of a mesh with their poses in the node's frame. Takes over what `old` has on the
    /// GPU.
    pub(crate) fn new(
        shape: Rc<Shape>,
        levels: Rc<Levels>,
        side: Side,
        is_transparent: bool,
        instances: &[(Mat4, Look)],
        old: Option<&Self>,
    ) -> Self {
        let body = Body::Mesh(shape);
        Self::of(body, levels, side, is_transparent, instances, old)
    }

    /// Instances of a part of a model, which has a pose in the model. Takes over what `old` has on
    /// the GPU.
    pub(crate) fn of_models(
        primitive: Rc<Primitive>,
        model_from_primitive: Mat4,
        levels: Rc<Levels>,
        poses: &[Mat4],
        shadows: Shadowing,
        old: Option<&Self>,
    ) -> Self {
        let surface = &primitive.surface;
        let (side, is_blended) = (surface.side(), surface.is_blended());
        let look = Look::plain(side, shadows);
        let instances: Vec<(Mat4, Look)> = poses
            .iter()
            .map(|pose| (*pose * model_from_primitive, look))
            .collect();
        let body = Body::Model(primitive, model_from_primitive);
        Self::of(body, levels, side, is_blended, &instances, old)
    }

    fn of(
        body: Body,
        levels: Rc<Levels>,
        side: Side,
        is_transparent: bool,
        instances: &[(Mat4, Look)],
        old: Option<&Self>,
    ) -> Self {
        let shape = body.shape();
        let mut kept = old.map(|old| old.instances.replace(Instances::new()));
        let mut own = kept.take().unwrap_or_else(Instances::new);
        own.table
            .replace(instances.iter().map(|(pose, look)| look.row(pose)));
        own.balls.clear();
        own.balls.extend(instances.iter().map(|(pose, _)| {
            let center = pose.transform_point3(shape.center());
            center.extend(shape.radius() * largest_scale(pose))
        }));
        own.ordered_for = None;
        let centers = || own.balls.iter().map(|ball| ball.truncate());
        let low = centers().fold(Vec3::INFINITY, Vec3::min);
        let high = centers().fold(Vec3::NEG_INFINITY, Vec3::max);
        let center = low.midpoint(high);
        Self {
            body,
            levels,
            side,
            is_transparent,
            casts: instances.iter().any(|(_, look)| look.shadows.casts),
            center: if center.is_finite() {
                center
            } else {
                Vec3::ZERO
            },
            instances: RefCell::new(own),
        }
    }

    pub(crate) fn shape(&self) -> &Rc<Shape> {
        self.body.shape()
    }

    /// The coarser forms that instances have far away.
    pub(crate) fn levels(&self) -> &Rc<Levels> {
        &self.levels
    }

    /// The part of a model that there are instances of, and its pose in the model.
    pub(crate) fn primitive(&self) -> Option<(&Rc<Primitive>, Mat4)> {
        match &self.body {
            Body::Mesh(_) => None,
            Body::Model(primitive, pose) => Some((primitive, *pose)),
        }
    }

    /// The pose of an instance in the node's frame.
    pub(crate) fn pose(&self, instance: usize) -> Option<Mat4> {
        let [a, b, c, ..] = self.instances.borrow().table.rows().nth(instance)?;
        Some(from_rows([a, b, c]))
    }

    /// The poses of all instances in the node's frame.
    pub(crate) fn poses(&self) -> Vec<Mat4> {
        let instances = self.instances.borrow();
        let rows = instances.table.rows();
        rows.map(|[a, b, c, ..]| from_rows([a, b, c])).collect()
    }

    /// What it is sorted by among transparent objects, if it is one.
    pub(crate) fn blended_center(&self) -> Option<Vec3> {
        self.is_transparent.then_some(self.center)
    }

    /// Where a ray in the node's frame first meets an instance, if that is nearer than `nearest`.
    pub(crate) fn pick(&self, ray: &Ray, nearest: &mut Option<Hit>) {
        let triangles = self.shape().triangles();
        for (i, [a, b, c, ..]) in self.instances.borrow().table.rows().enumerate() {
            let pose = from_rows([a, b, c]);
            if triangles.may_hit(ray, &pose) {
                let limit = nearest.map_or(f64::INFINITY, |hit| hit.distance);
                keep_nearest(
                    nearest,
                    triangles.hit(&ray.within(&pose), self.side, limit),
                    i,
                );
            }
        }
    }

    /// Draws all instances as a light sees them.
    pub(crate) fn cast(
        &self,
        pass: &mut Pass<'_>,
        models: &ModelLayer,
        clip_from_world: &Mat4,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let instances = &mut *self.instances.borrow_mut();
        let program = match &self.body {
            Body::Mesh(_) => pass.programs.batch_caster()?,
            Body::Model(primitive, _) => {
                let masked = Programs::batch_masked_caster;
                match models.caster(pass, primitive, Programs::batch_caster, masked)? {
                    Some(program) => program,
                    None => return Ok(()),
                }
            }
        };
        program.use_uniform("world_from_node", uniform(world_from_node));
        program.use_uniform("clip_from_world", uniform(clip_from_world));
        let states = casting(culled(self.side, is_mirrored(world_from_node)));
        self.shape()
            .cast(pass, program, states, &mut instances.table)
    }

    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        models: &ModelLayer,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let instances = &mut *self.instances.borrow_mut();
        let node_from_world = world_from_node.inverse();
        let eye = node_from_world.transform_point3(pass.camera.position());
        let view = (pass.clip_from_world * *world_from_node, eye);
        instances.look_from(view, &self.levels, self.is_transparent);
        let is_mirrored = is_mirrored(world_from_node);
        // Far ones first, for those that are blended.
        for (level, order) in instances.orders.iter_mut().enumerate().rev() {
            if order.rows().is_empty() {
                continue;
            }
            let elements = self.levels.elements(level, self.shape(), pass.context);
            let mut rows = Ordered {
                table: &mut instances.table,
                order,
            };
            match &self.body {
                Body::Model(primitive, _) => {
                    let program = pass.programs.model_batch()?;
                    program.use_uniform("world_from_node", uniform(world_from_node));
                    models.draw_rows(pass, program, primitive, is_mirrored, &mut rows, elements)?;
                }
                Body::Mesh(shape) => {
                    let program = pass.programs.batch()?;
                    program.use_uniform("world_from_node", uniform(world_from_node));
                    let cull = culled(self.side, is_mirrored);
                    let all_states = match self.is_transparent {
                        false => vec![opaque(cull)],
                        true => blended_states(shape, cull, true).collect(),
                    };
                    for states in all_states {
                        shape.draw(pass, program, states, &mut rows, elements)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Body {
    fn shape(&self) -> &Rc<Shape> {
        match self {
            Self::Mesh(shape) => shape,
            Self::Model(primitive, _) => &primitive.shape,
        }
    }
}

impl Instances {
    fn new() -> Self {
        Self {
            table: InstanceTable::new(),
            orders: Vec::new(),
            balls: Vec::new(),
            ordered_for: None,
        }
    }

    /// Finds the instances in sight of a camera, and their levels; from back to front where they
    /// are blended.
    fn look_from(&mut self, view: (Mat4, Vec3), levels: &Levels, is_sorted: bool) {
        if self.ordered_for == Some(view) {
            return;
        }
        self.ordered_for = Some(view);
        let (clip_from_node, eye) = view;
        let planes = side_planes(&clip_from_node);
        let in_sight = |ball: &Vec4| {
            let center = ball.truncate().extend(1.0);
            // A ball that is not finite is in sight: comparisons with NaN are false.
            !planes.iter().any(|plane| plane.dot(center) < -ball.w)
        };
        let rows = (0u32..).zip(&self.balls);
        let rows = rows.filter(|(_, ball)| in_sight(ball));
        let order: Vec<u32> = if is_sorted {
            let depth = clip_from_node.row(3);
            let depth = |ball: &Vec4| depth.dot(ball.truncate().extend(1.0));
            let mut keys: Vec<u64> = rows
                .map(|(row, ball)| u64::from(!sortable(depth(ball))) << 32 | u64::from(row))
                .collect();
            keys.sort_unstable();
            keys.into_iter().map(|key| key as u32).collect()
        } else {
            rows.map(|(row, _)| row).collect()
        };
        self.orders.resize_with(levels.len() + 1, Order::new);
        let level = |row: &u32| levels.at(self.balls[*row as usize].truncate().distance(eye));
        if levels.len() == 0 {
            return self.orders[0].set(order);
        }
        let mut by_level = vec![Vec::new(); self.orders.len()];
        for row in order {
            by_level[level(&row)].push(row);
        }
        for (order, rows) in self.orders.iter_mut().zip(by_level) {
            order.set(rows);
        }
    }
}

/// Planes on the left, right, lower and upper side of what is in sight, and the one through the
/// camera: a point `(x, y, z, 1)` is inside where the product is positive, at that distance.
fn side_planes(clip_from_node: &Mat4) -> [Vec4; 5] {
    let [x, y, w] = [0, 1, 3].map(|i| clip_from_node.row(i));
    [w + x, w - x, w + y, w - y, w].map(|plane| plane / plane.truncate().length().max(1e-30))
}

/// A whole number that is as large among others as `x` among numbers.
fn sortable(x: f32) -> u32 {
    let bits = x.to_bits();
    match bits >> 31 {
        0 => bits | 1 << 31,
        _ => !bits,
    }
}

fn largest_scale(pose: &Mat4) -> f32 {
    let axes = [pose.x_axis, pose.y_axis, pose.z_axis];
    let lengths = axes.map(|axis| axis.truncate().length());
    lengths.into_iter().fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::vec4;
    use scenecast_protocol::scene::Lod;

    #[test]
    fn what_is_out_of_sight_is_left_out_and_the_rest_sorted() {
        let clip_from_node = glam::camera::rh::proj::opengl::perspective(1.0, 1.0, 0.1, 100.0);
        let mut instances = Instances::new();
        instances.balls = vec![
            vec4(0.0, 0.0, -2.0, 0.5),
            vec4(0.0, 0.0, 5.0, 0.5),
            vec4(50.0, 0.0, -5.0, 0.5),
            vec4(0.5, 0.0, -9.0, 0.5),
            // Its middle is out of sight, but not all of it.
            vec4(0.0, 3.2, -5.0, 1.0),
        ];
        let view = (clip_from_node, Vec3::ZERO);
        let order = |instances: &Instances, level: usize| instances.orders[level].rows().to_vec();
        let whole = Levels::new(&Lod::Off, 0, 1.0);
        instances.look_from(view, &whole, true);
        assert_eq!(order(&instances, 0), [3, 4, 0]);
        instances.ordered_for = None;
        instances.look_from(view, &whole, false);
        assert_eq!(order(&instances, 0), [0, 3, 4]);
        instances.ordered_for = None;
        let levels = Levels::new(&Lod::Levels(vec![(4.0, 0.5), (8.0, 0.1)]), 0, 1.0);
        instances.look_from(view, &levels, true);
        assert_eq!(
            [0, 1, 2].map(|level| order(&instances, level)),
            [[0], [4], [3]]
        );
        // The same projection from elsewhere.
        instances.look_from((clip_from_node, Vec3::Z * 2.5), &levels, true);
        assert_eq!(order(&instances, 1), [0]);
        assert_eq!(order(&instances, 2), [3, 4]);
    }
}
