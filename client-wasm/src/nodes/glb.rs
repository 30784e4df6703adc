//! glTF scenes, one or many of them.

use std::rc::Rc;

use glam::Mat4;
use scenecast_gl::Sampling;
use scenecast_protocol::scene::{BatchedGlb, Glb};
use three_d::core::VertexBuffer;

use super::instances::{self, Placement};
use super::surface::shadowing;
use super::{NodeError, NodeView, Stage, scaled};
use crate::gltf::{self, Asset, Influences, Material, TextureUse};
use crate::render::geometry::Geometry;
use crate::render::{
    Attribute, Awaited, Batch, Bones, Levels, ModelSurface, Part, Picture, PlayingModel, Primitive,
    Shadowing, Shape, Single, Triangles, Weights,
};

/// From this roughness on, surfaces mirror nothing that could be made out.
const ROUGH: f32 = 0.9;

impl NodeView for Glb {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let shadows = shadowing(self.cast_shadow, self.receive_shadow);
        let (asset, primitives) = upload(Asset::parse(&self.glb_data)?, shadows, stage);
        let model = PlayingModel::new(Rc::new(asset), primitives, scaled(self.scale));
        Ok(vec![Part::Model(model)])
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        match old {
            [Part::Model(model)] if !changed.contains(&"glb_data") => {
                let shadows = shadowing(self.cast_shadow, self.receive_shadow);
                Ok(vec![Part::Model(
                    model.changed(scaled(self.scale), shadows),
                )])
            }
            _ => self.parts(stage),
        }
    }
}

impl NodeView for BatchedGlb {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let asset = Asset::parse_unmorphed(&self.glb_data)?;
        let poses = asset.poses_at_rest();
        let (asset, primitives) = upload(asset, Shadowing::NONE, stage);
        let drawables = asset.drawables.iter();
        let poses = drawables.map(|drawable| poses[drawable.node]);
        let placed: Vec<(Rc<Primitive>, Mat4)> = primitives.into_iter().zip(poses).collect();
        // Of all that is in it.
        let whole = Geometry {
            positions: placed.iter().flat_map(positions).collect(),
            ..Geometry::default()
        };
        let (vertices, radius) = (whole.positions.len(), whole.radius(whole.center()));
        let levels = || Rc::new(Levels::new(&self.lod, vertices, radius));
        let placed = placed.into_iter();
        self.batches(placed.map(|(primitive, pose)| (primitive, pose, levels(), None)))
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let is_other = |name: &&str| ["glb_data", "lod"].contains(name);
        if old.is_empty() || changed.iter().any(is_other) {
            return self.parts(stage);
        }
        let placed = old.iter().filter_map(|part| match part {
            Part::Single(Single::Batch(batch, _), _) => {
                let (primitive, pose) = batch.primitive()?;
                let levels = batch.levels().clone();
                Some((primitive.clone(), pose, levels, Some(&**batch)))
            }
            _ => None,
        });
        self.batches(placed)
    }
}

/// A primitive, its pose in the model, its coarser forms, and its batch so far.
type Placed<'a> = (Rc<Primitive>, Mat4, Rc<Levels>, Option<&'a Batch>);

/// Batches, one for each primitive.
trait Batched {
    fn batches<'a>(&self, placed: impl Iterator<Item = Placed<'a>>)
    -> Result<Vec<Part>, NodeError>;
}

impl Batched for BatchedGlb {
    fn batches<'a>(
        &self,
        placed: impl Iterator<Item = Placed<'a>>,
    ) -> Result<Vec<Part>, NodeError> {
        let placement = Placement {
            wxyzs: &self.batched_wxyzs,
            positions: &self.batched_positions,
            scales: self.batched_scales.as_ref(),
        };
        let poses = instances::poses(self.batched_positions.len(), &placement)?;
        let scale = scaled(self.scale);
        let shadows = shadowing(self.cast_shadow, self.receive_shadow);
        let parts = placed.map(|(primitive, pose, levels, old)| {
            let batch = Batch::of_models(primitive, pose, levels, &poses, shadows, old);
            Part::single(Single::Batch(Rc::new(batch), scale))
        });
        Ok(parts.collect())
    }
}

/// Where the vertices of a primitive are in the model.
fn positions((primitive, pose): &(Rc<Primitive>, Mat4)) -> Vec<[f32; 3]> {
    let triangles = primitive.shape.triangles();
    let vertices = triangles.arrays().0.as_slice();
    let placed = |p: &[f32; 3]| pose.transform_point3((*p).into()).to_array();
    vertices.iter().map(placed).collect()
}

/// Brings a model's geometry and images to the GPU. Returns the rest of it, and what its drawables
/// are drawn with, each with bones of its own.
fn upload(
    mut asset: Asset,
    shadows: Shadowing,
    stage: &mut Stage<'_>,
) -> (Asset, Vec<Rc<Primitive>>) {
    if asset.left_out > 0 {
        stage.complain(NodeError::PointsAndLines(asset.left_out));
    }
    let primitives = std::mem::take(&mut asset.primitives);
    let surfaces = surfaces(&asset, &primitives, stage);
    let is_smooth = |surface: &Rc<ModelSurface>| {
        let material = &surface.material;
        let has_map = material.textures[TextureUse::MetallicRoughness as usize].is_some();
        material.roughness < ROUGH || has_map
    };
    if surfaces.iter().any(is_smooth) {
        stage.mirror();
    }
    let shapes: Vec<(Rc<Shape>, Option<Weights>)> = primitives
        .iter()
        .map(|primitive| shape(primitive, stage))
        .collect();
    let drawables = asset.drawables.iter().map(|drawable| {
        let primitive = &primitives[drawable.primitive];
        let (shape, weights) = &shapes[drawable.primitive];
        let skin = drawable.skin.map(|skin| &asset.skins[skin]);
        Rc::new(Primitive {
            shape: shape.clone(),
            is_flat: primitive.is_flat,
            has_colors: primitive.colors.is_some(),
            // The last one is for primitives without a material.
            surface: surfaces[primitive.material.unwrap_or(surfaces.len() - 1)].clone(),
            bones: skin.map(|skin| Rc::new(Bones::new(skin.joint_from_mesh.clone()))),
            weights: weights.clone(),
            shadows,
        })
    });
    let drawables = drawables.collect();
    // They hold on to the whole file.
    asset.images.clear();
    (asset, drawables)
}

/// The materials, and one more: what the specification says for primitives without any.
fn surfaces(
    asset: &Asset,
    primitives: &[gltf::Primitive],
    stage: &mut Stage<'_>,
) -> Vec<Rc<ModelSurface>> {
    // Models have few textures: a list is as fast as a map, and less to download.
    let mut known: Vec<((usize, Sampling), Rc<Picture>)> = Vec::new();
    let is_used = |i: usize| primitives.iter().any(|p| p.material == Some(i));
    let materials = asset.materials.iter().enumerate();
    let materials = materials.map(|(i, material)| match is_used(i) {
        true => material.clone(),
        false => Material::default(),
    });
    let materials: Vec<(Material, [Option<Rc<Picture>>; 5])> = materials
        .chain([Material::default()])
        .map(|material| {
            let pictures = std::array::from_fn(|i| {
                let texture = material.textures[i]?;
                let is_color = [
                    TextureUse::BaseColor as usize,
                    TextureUse::Emissive as usize,
                ]
                .contains(&i);
                let sampling = Sampling {
                    is_srgb: is_color,
                    filter: texture.filter,
                    wrap_s: texture.wrap_s,
                    wrap_t: texture.wrap_t,
                };
                let key = (texture.image, sampling);
                if let Some((_, picture)) = known.iter().find(|(known, _)| *known == key) {
                    return Some(picture.clone());
                }
                let picture = stage.picture(&asset.images[texture.image], sampling);
                known.push((key, picture.clone()));
                Some(picture)
            });
            (material, pictures)
        })
        .collect();
    let pictures = known.into_iter().map(|(_, picture)| picture);
    let awaited = Rc::new(Awaited::new(pictures.collect()));
    let surfaces = materials.into_iter().map(|(material, pictures)| {
        Rc::new(ModelSurface {
            material,
            pictures,
            awaited: awaited.clone(),
        })
    });
    surfaces.collect()
}

fn shape(primitive: &gltf::Primitive, stage: &mut Stage<'_>) -> (Rc<Shape>, Option<Weights>) {
    let context = stage.context();
    let mut attributes = Vec::new();
    for (name, uvs) in ["uv0", "uv1"].into_iter().zip(&primitive.uvs) {
        if let Some(uvs) = uvs {
            let buffer = VertexBuffer::new_with_data(context, uvs);
            attributes.push((name, Attribute::Vec2(buffer)));
        }
    }
    if let Some(colors) = &primitive.colors {
        let buffer = VertexBuffer::new_with_data(context, colors);
        attributes.push(("color", Attribute::Vec4(buffer)));
    }
    let mut kept = None;
    if let Some(Influences { joints, weights }) = &primitive.skin {
        let buffer = VertexBuffer::new_with_data(context, joints);
        attributes.push(("bones", Attribute::U16(buffer)));
        let buffer = VertexBuffer::new_with_data(context, weights);
        attributes.push(("weights", Attribute::Vec4(buffer)));
        kept = Some(Weights {
            bones: joints.into(),
            weights: weights.into(),
        });
    }
    let geometry = &primitive.geometry;
    let shape = stage.shape_of(geometry, false, Triangles::of(geometry), attributes);
    (shape, kept)
}
