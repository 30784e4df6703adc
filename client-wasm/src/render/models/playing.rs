//! A model in a node: its tree of nodes, its animations, and where its triangles are.

use std::rc::Rc;

use glam::Mat4;
use scenecast_protocol::state::MovedVertices;

use super::Primitive;
use crate::gltf::{Asset, Transform};
use crate::render::geometry::Geometry;
use crate::render::layers::Layers;
use crate::render::parts::Single;
use crate::render::picking::{Hit, Ray, keep_nearest};
use crate::render::shadows::Shadowing;
use crate::render::surfaces::Shape;

/// A model with its poses at some time.
pub(crate) struct PlayingModel {
    /// Without its primitives, which are on the GPU.
    asset: Rc<Asset>,
    /// As [`Asset::drawables`].
    primitives: Vec<Rc<Primitive>>,
    /// The node's scale.
    node_from_model: Mat4,
    /// The poses of the model's nodes in its own frame.
    poses: Vec<Mat4>,
    /// When its animations began.
    began_secs: Option<f64>,
    /// While it is visible.
    shown: Vec<u32>,
}

impl PlayingModel {
    /// A model at rest. `primitives` are as [`Asset::drawables`], with bones of their own.
    pub(crate) fn new(
        asset: Rc<Asset>,
        primitives: Vec<Rc<Primitive>>,
        node_from_model: Mat4,
    ) -> Self {
        let poses = asset.poses_at_rest();
        let model = Self {
            asset,
            primitives,
            node_from_model,
            poses,
            began_secs: None,
            shown: Vec::new(),
        };
        model.move_bones();
        model
    }

    /// The same model with another scale and other shadows, at the same time of its animations.
    pub(crate) fn changed(&self, node_from_model: Mat4, shadows: Shadowing) -> Self {
        let primitives = self.primitives.iter().map(|primitive| {
            Rc::new(Primitive {
                shadows,
                ..(**primitive).clone()
            })
        });
        Self {
            asset: self.asset.clone(),
            primitives: primitives.collect(),
            node_from_model,
            poses: self.poses.clone(),
            began_secs: self.began_secs,
            shown: Vec::new(),
        }
    }

    /// Whether it casts shadows.
    pub(crate) fn casts(&self) -> bool {
        self.primitives.iter().any(|p| p.shadows.casts)
    }

    pub(crate) fn is_animated(&self) -> bool {
        !self.asset.animations.is_empty()
    }

    /// Moves on to a time.
    pub(crate) fn advance(&mut self, now_secs: f64) {
        let began = *self.began_secs.get_or_insert(now_secs);
        let mut locals: Vec<Transform> = self.asset.nodes.iter().map(|node| node.rest).collect();
        let mut count = vec![[0; 3]; locals.len()];
        for animation in &self.asset.animations {
            animation.apply(now_secs - began, &mut locals, &mut count);
        }
        self.poses = self.asset.poses(&locals);
        self.move_bones();
    }

    fn move_bones(&self) {
        for (drawable, primitive) in self.asset.drawables.iter().zip(&self.primitives) {
            if let (Some(skin), Some(bones)) = (drawable.skin, &primitive.bones) {
                let joints = self.asset.skins[skin].joints.iter();
                bones.set(joints.map(|joint| self.poses[*joint]));
            }
        }
    }

    /// Moves the vertices of its only primitive. `false`, and nothing changes, where it has others.
    pub(crate) fn move_vertices(&self, moved: &MovedVertices) -> bool {
        match &self.primitives[..] {
            [primitive] if primitive.bones.is_none() => {
                // Without them they follow from the faces.
                let normals = (!moved.normals.is_empty()).then_some(&moved.normals);
                primitive.shape.move_vertices(&moved.vertices, normals)
            }
            _ => false,
        }
    }

    /// The primitives and their poses in the node's frame.
    fn posed(&self) -> impl Iterator<Item = (&Rc<Primitive>, Mat4)> {
        let drawables = self.asset.drawables.iter().zip(&self.primitives);
        drawables.map(|(drawable, primitive)| {
            let pose = match &primitive.bones {
                // Bones place the vertices.
                Some(_) => self.node_from_model,
                None => self.node_from_model * self.poses[drawable.node],
            };
            (primitive, pose)
        })
    }

    /// What it is made of, and the poses of that in the node's frame: shapes, or geometry where
    /// bones have moved them.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (Result<Geometry, &Rc<Shape>>, Mat4)> {
        self.posed().map(|(primitive, pose)| {
            let moved = primitive.moved().map(|moved| moved.geometry());
            (moved.ok_or(&primitive.shape), pose)
        })
    }

    /// Where a ray in the node's frame first meets the model.
    pub(crate) fn pick(&self, ray: &Ray, nearest: &mut Option<Hit>) {
        for (primitive, pose) in self.posed() {
            let (triangles, side) = (primitive.shape.triangles(), primitive.surface.side());
            if let Some(moved) = primitive.moved() {
                keep_nearest(nearest, moved.hit_directly(&ray.within(&pose), side), 0);
            } else if triangles.may_hit(ray, &pose) {
                let limit = nearest.map_or(f64::INFINITY, |hit| hit.distance);
                keep_nearest(nearest, triangles.hit(&ray.within(&pose), side, limit), 0);
            }
        }
    }

    /// Makes it ready for [`pick`](Self::pick) while `has_time`. Returns whether nothing is left.
    pub(crate) fn prepare(&self, has_time: &mut dyn FnMut() -> bool) -> bool {
        let mut still = self
            .posed()
            .filter(|(primitive, _)| primitive.moved().is_none());
        still.all(|(primitive, _)| primitive.shape.triangles().prepare(has_time))
    }

    /// Shows the model with its node at this pose, or hides it.
    pub(crate) fn place(&mut self, layers: &mut Layers, world_from_node: Option<&Mat4>) {
        let Some(world_from_node) = world_from_node else {
            self.shown
                .drain(..)
                .for_each(|at| layers.singles.remove(at));
            return;
        };
        let mut shown = std::mem::take(&mut self.shown);
        let is_new = shown.is_empty();
        for (i, (primitive, pose)) in self.posed().enumerate() {
            let pose = *world_from_node * pose;
            if is_new {
                let single = Single::Primitive(primitive.clone(), Mat4::IDENTITY);
                shown.push(layers.singles.insert(single, pose));
            } else {
                layers.singles.place(shown[i], pose);
            }
        }
        self.shown = shown;
    }
}
