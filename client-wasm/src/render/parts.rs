//! What a scene node is drawn with: a few parts, each in one of the layers.

use std::rc::Rc;

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::Grid;

use super::axes::AxesSize;
use super::batches::Batch;
use super::detail::DetailId;
use super::layers::Layers;
use super::lights::Light;
use super::lines::{LineSlots, Lines, OwnLines, SharedLines};
use super::models::{PlayingModel, Primitive};
use super::picking::{self, Hit, Lens, Ray, keep_nearest};
use super::points::Points;
use super::quads::Quad;
use super::skins::Skinned;
use super::splats::Splats;
use super::surfaces::{Look, Shape, SurfaceId};
use super::text::{LabelQuads, LabelSlots};

/// A part of a node, and where it is while it is shown.
pub(crate) enum Part {
    /// Axes of coordinate frames.
    Triads {
        node_from_triads: Vec<Mat4>,
        size: AxesSize,
        shown: Vec<DetailId>,
    },
    /// The origin of a coordinate frame.
    Origin {
        node_from_origin: Mat4,
        color: [f32; 3],
        shown: Option<DetailId>,
    },
    /// Instances of a lit surface.
    Surfaces {
        shape: Rc<Shape>,
        instances: Vec<(Mat4, Look)>,
        shown: Vec<SurfaceId>,
    },
    /// Few lines.
    Lines {
        lines: SharedLines,
        node_from_lines: Mat4,
        shown: Option<LineSlots>,
    },
    /// A label.
    Label {
        label: LabelQuads,
        shown: Option<LabelSlots>,
    },
    /// A light.
    Light { light: Light, shown: Option<u32> },
    /// A glTF scene.
    Model(PlayingModel),
    /// Gaussian splats.
    Splats {
        splats: Rc<Splats>,
        node_from_splats: Mat4,
    },
    /// A thing with a draw call of its own.
    Single(Single, Option<u32>),
}

/// A thing with a draw call of its own, and its pose in the node's frame.
#[derive(Clone)]
pub(crate) enum Single {
    Points(Rc<Points>, Mat4),
    Lines(Rc<OwnLines>, Mat4),
    Grid(Rc<Grid>, Mat4),
    Quad(Rc<Quad>, Mat4),
    Batch(Rc<Batch>, Mat4),
    Skinned(Rc<Skinned>, Mat4),
    Primitive(Rc<Primitive>, Mat4),
}

impl Part {
    pub(crate) fn triads(node_from_triads: Vec<Mat4>, size: AxesSize) -> Self {
        Part::Triads {
            node_from_triads,
            size,
            shown: Vec::new(),
        }
    }

    pub(crate) fn origin(node_from_origin: Mat4, color: [f32; 3]) -> Self {
        Part::Origin {
            node_from_origin,
            color,
            shown: None,
        }
    }

    pub(crate) fn surfaces(shape: Rc<Shape>, instances: Vec<(Mat4, Look)>) -> Self {
        Part::Surfaces {
            shape,
            instances,
            shown: Vec::new(),
        }
    }

    pub(crate) fn lines(lines: Lines, node_from_lines: Mat4) -> Self {
        match lines {
            Lines::Shared(lines) => Part::Lines {
                lines,
                node_from_lines,
                shown: None,
            },
            Lines::Own(lines) => Self::single(Single::Lines(Rc::new(lines), node_from_lines)),
        }
    }

    pub(crate) fn label(label: LabelQuads) -> Self {
        Part::Label { label, shown: None }
    }

    pub(crate) fn light(light: Light) -> Self {
        Part::Light { light, shown: None }
    }

    pub(crate) fn single(single: Single) -> Self {
        Part::Single(single, None)
    }

    /// Makes it ready for [`pick`](Self::pick) while `has_time`. Returns whether nothing is left.
    pub(crate) fn prepare(&self, has_time: &mut dyn FnMut() -> bool) -> bool {
        match self {
            Part::Surfaces { shape, .. } => shape.triangles().prepare(has_time),
            Part::Model(model) => model.prepare(has_time),
            Part::Single(Single::Batch(batch, _), _) => batch.shape().triangles().prepare(has_time),
            Part::Triads { .. }
            | Part::Origin { .. }
            | Part::Lines { .. }
            | Part::Label { .. }
            | Part::Light { .. }
            | Part::Splats { .. }
            | Part::Single(..) => true,
        }
    }

    /// Whether it may cast shadows: pictures may still be on their way.
    pub(crate) fn may_cast(&self) -> bool {
        match self {
            Part::Surfaces { instances, .. } => {
                instances.iter().any(|(_, look)| look.shadows.casts)
            }
            Part::Model(model) => model.casts(),
            Part::Single(Single::Quad(quad, _), _) => quad.casts,
            Part::Single(single, _) => single.casts(),
            Part::Triads { .. }
            | Part::Origin { .. }
            | Part::Lines { .. }
            | Part::Label { .. }
            | Part::Light { .. }
            | Part::Splats { .. } => false,
        }
    }

    /// Whether it is somewhere. Instances of a batch need not all be.
    pub(crate) fn is_finite(&self) -> bool {
        match self {
            Part::Origin {
                node_from_origin, ..
            } => node_from_origin.is_finite(),
            Part::Surfaces { instances, .. } => instances.iter().all(|(pose, _)| pose.is_finite()),
            Part::Lines {
                node_from_lines, ..
            } => node_from_lines.is_finite(),
            Part::Splats {
                node_from_splats, ..
            } => node_from_splats.is_finite(),
            Part::Single(single, _) => single.node_from_self().is_finite(),
            Part::Triads { .. } | Part::Label { .. } | Part::Light { .. } | Part::Model(_) => true,
        }
    }

    /// Where a ray in the node's frame, which the lens is in too, meets the part first, if that is
    /// nearer than `nearest`. Instances are counted in the order in which the part was made of them.
    pub(crate) fn pick(&self, ray: &Ray, lens: &Lens, nearest: &mut Option<Hit>) {
        match self {
            Part::Triads {
                node_from_triads,
                size,
                ..
            } => {
                let reach = size.length.hypot(size.radius);
                for (i, pose) in node_from_triads.iter().enumerate() {
                    if ray.may_meet(pose, Vec3::ZERO, reach) {
                        keep_nearest(nearest, picking::triad(&ray.within(pose), *size), i);
                    }
                }
            }
            Part::Origin {
                node_from_origin, ..
            } => keep_nearest(nearest, picking::ball(&ray.within(node_from_origin)), 0),
            Part::Surfaces {
                shape, instances, ..
            } => {
                for (i, (pose, look)) in instances.iter().enumerate() {
                    if shape.triangles().may_hit(ray, pose) {
                        let limit = nearest.map_or(f64::INFINITY, |hit| hit.distance);
                        let hit = shape.triangles().hit(&ray.within(pose), look.side, limit);
                        keep_nearest(nearest, hit, i);
                    }
                }
            }
            Part::Model(model) => model.pick(ray, nearest),
            Part::Lines {
                lines,
                node_from_lines,
                ..
            } => lines.pick(ray, lens, node_from_lines, nearest),
            Part::Label { .. } | Part::Light { .. } | Part::Splats { .. } => {}
            Part::Single(single, _) => match single {
                // Points are too many to look at each.
                Single::Points(..) | Single::Primitive(..) => {}
                Single::Lines(lines, pose) => lines.pick(ray, lens, pose, nearest),
                Single::Grid(grid, pose) => {
                    let to_square = Mat4::from_rotation_x(std::f32::consts::FRAC_PI_2);
                    let size = Vec3::new(grid.width as f32, grid.height as f32, 1.0);
                    let pose = *pose * to_square * Mat4::from_scale(size);
                    keep_nearest(nearest, picking::unit_square(&ray.within(&pose)), 0);
                }
                Single::Quad(_, pose) => {
                    keep_nearest(nearest, picking::unit_square(&ray.within(pose)), 0);
                }
                Single::Batch(batch, pose) => batch.pick(&ray.within(pose), nearest),
                Single::Skinned(skinned, _) => skinned.pick(ray, nearest),
            },
        }
    }

    /// Shows the part with its node at this pose, or hides it.
    pub(crate) fn place(&mut self, layers: &mut Layers, world_from_node: Option<&Mat4>) {
        match (self, world_from_node) {
            (
                Part::Triads {
                    node_from_triads,
                    size,
                    shown,
                },
                Some(world),
            ) => {
                let poses = node_from_triads.iter().map(|local| *world * *local);
                if shown.is_empty() {
                    *shown = poses
                        .map(|pose| layers.axes.insert_triad(&pose, *size))
                        .collect();
                } else {
                    for (slot, pose) in shown.iter().zip(poses) {
                        layers.axes.place_triad(*slot, &pose);
                    }
                }
            }
            (Part::Triads { shown, .. }, None) => {
                shown
                    .drain(..)
                    .for_each(|slot| layers.axes.remove_triad(slot));
            }
            (
                Part::Origin {
                    node_from_origin,
                    color,
                    shown,
                },
                Some(world),
            ) => {
                let pose = *world * *node_from_origin;
                match shown {
                    Some(slot) => layers.axes.place_origin(*slot, &pose),
                    None => *shown = Some(layers.axes.insert_origin(&pose, *color)),
                }
            }
            (Part::Origin { shown, .. }, None) => {
                if let Some(slot) = shown.take() {
                    layers.axes.remove_origin(slot);
                }
            }
            (
                Part::Surfaces {
                    shape,
                    instances,
                    shown,
                },
                Some(world),
            ) => {
                if shown.is_empty() {
                    *shown = instances
                        .iter()
                        .map(|(local, look)| {
                            layers.surfaces.insert(shape, &(*world * *local), look)
                        })
                        .collect();
                } else {
                    for (id, (local, _)) in shown.iter_mut().zip(instances) {
                        layers.surfaces.place(id, &(*world * *local));
                    }
                }
            }
            (Part::Surfaces { shown, .. }, None) => {
                shown.drain(..).for_each(|id| layers.surfaces.remove(id));
            }
            (
                Part::Lines {
                    lines,
                    node_from_lines,
                    shown,
                },
                Some(world),
            ) => {
                let pose = *world * *node_from_lines;
                match shown {
                    Some(slots) => layers.lines.place(slots, lines, &pose),
                    None => *shown = Some(layers.lines.insert(lines, &pose)),
                }
            }
            (Part::Lines { shown, .. }, None) => {
                if let Some(slots) = shown.take() {
                    layers.lines.remove(slots);
                }
            }
            (Part::Label { label, shown }, Some(world)) => {
                let position = world.w_axis.truncate();
                match shown {
                    Some(slots) => layers.text.place(slots, label.size, position),
                    None => *shown = Some(layers.text.insert(label, position)),
                }
            }
            (Part::Label { shown, .. }, None) => {
                if let Some(slots) = shown.take() {
                    layers.text.remove(slots);
                }
            }
            (Part::Light { light, shown }, Some(world)) => match shown {
                Some(at) => layers.lights.place(*at, *world),
                None => *shown = Some(layers.lights.insert(*light, *world)),
            },
            (Part::Light { shown, .. }, None) => {
                if let Some(at) = shown.take() {
                    layers.lights.remove(at);
                }
            }
            (Part::Model(model), world) => model.place(layers, world),
            (
                Part::Splats {
                    splats,
                    node_from_splats,
                },
                world,
            ) => {
                let pose = world.map(|world| *world * *node_from_splats);
                layers.splats.place(splats, pose);
            }
            (Part::Single(single, shown), Some(world)) => {
                let pose = *world * single.node_from_self();
                match shown {
                    Some(at) => layers.singles.place(*at, pose),
                    None => *shown = Some(layers.singles.insert(single.clone(), pose)),
                }
            }
            (Part::Single(_, shown), None) => {
                if let Some(at) = shown.take() {
                    layers.singles.remove(at);
                }
            }
        }
    }
}

impl Single {
    fn node_from_self(&self) -> Mat4 {
        match self {
            Single::Points(_, pose)
            | Single::Lines(_, pose)
            | Single::Grid(_, pose)
            | Single::Quad(_, pose)
            | Single::Batch(_, pose)
            | Single::Skinned(_, pose)
            | Single::Primitive(_, pose) => *pose,
        }
    }
}
