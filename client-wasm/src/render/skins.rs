//! Meshes that bones deform, on the GPU.

use std::cell::RefCell;
use std::rc::Rc;

use glam::{Mat4, Vec3};
use scenecast_protocol::Array;
use three_d::core::{CoreError, Program};

use super::instances::{InstanceTable, SingleRow, Slot};
use super::pass::{Pass, casting, opaque};
use super::picking::{Hit, Ray, Triangles, keep_nearest};
use super::pose::{from_rows, is_mirrored, rows, uniform};
use super::surfaces::{Look, Shape, blended_states, culled};

/// A mesh and its bones.
pub(crate) struct Skinned {
    /// With the attributes `bones` and `weights`.
    pub(crate) shape: Rc<Shape>,
    pub(crate) look: Look,
    pub(crate) bones: Rc<Bones>,
    /// What moves each vertex, for the pointer.
    pub(crate) weights: Weights,
}

/// Up to four bones that move each vertex, and how much: `[V, 4]`.
#[derive(Clone)]
pub(crate) struct Weights {
    pub(crate) bones: Array<[u16; 4]>,
    pub(crate) weights: Array<[f32; 4]>,
}

/// The bones of a mesh.
pub(crate) struct Bones {
    /// Where each is at rest, inverted.
    bone_from_mesh: Vec<Mat4>,
    slots: Vec<Slot>,
    /// Rows of `mesh_from_rest`. Uploaded while drawing, which is why it is in a cell.
    table: RefCell<InstanceTable<3>>,
}

impl Bones {
    /// Bones with these inverted poses at rest, in the frame of the mesh.
    pub(crate) fn new(bone_from_mesh: Vec<Mat4>) -> Self {
        let mut table = InstanceTable::new();
        let slots = bone_from_mesh
            .iter()
            .map(|_| table.insert(rows(&Mat4::IDENTITY)));
        Self {
            slots: slots.collect(),
            bone_from_mesh,
            table: RefCell::new(table),
        }
    }

    /// Moves the bones: poses in the frame of the mesh. Those without a pose stay.
    pub(crate) fn set(&self, mesh_from_bone: impl Iterator<Item = Mat4>) {
        let mut table = self.table.borrow_mut();
        let bones = self.slots.iter().zip(&self.bone_from_mesh);
        for ((slot, bone_from_mesh), mesh_from_bone) in bones.zip(mesh_from_bone) {
            let pose = rows(&(mesh_from_bone * *bone_from_mesh));
            if table.row(*slot) != pose {
                table.set(*slot, 0, &pose);
            }
        }
    }

    pub(crate) fn bind(&self, pass: &Pass<'_>, program: &Program) -> Result<(), CoreError> {
        let mut table = self.table.borrow_mut();
        table.bind_as(pass.context, program, "bone_poses")?;
        Ok(())
    }
}

impl Skinned {
    /// What it is sorted by among transparent objects, if it is one.
    pub(crate) fn blended_center(&self) -> Option<Vec3> {
        self.look.opacity.map(|_| self.shape.center())
    }

    /// Where a ray in the node's frame first meets the mesh as its bones have it now, if that is
    /// nearer than `nearest`.
    pub(crate) fn pick(&self, ray: &Ray, nearest: &mut Option<Hit>) {
        let hit = self.moved().hit_directly(ray, self.look.side);
        keep_nearest(nearest, hit, 0);
    }

    /// The mesh as its bones have it now.
    pub(crate) fn moved(&self) -> Triangles {
        moved(&self.shape.triangles(), &self.weights, &self.bones)
    }

    /// Draws it as a light sees it.
    pub(crate) fn cast(
        &self,
        pass: &mut Pass<'_>,
        clip_from_world: &Mat4,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.skinned_caster()?;
        self.bones.bind(pass, program)?;
        program.use_uniform("clip_from_world", uniform(clip_from_world));
        let mut row = SingleRow(self.look.row(world_from_node));
        let states = casting(culled(self.look.side, is_mirrored(world_from_node)));
        self.shape.cast(pass, program, states, &mut row)
    }

    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.skinned()?;
        self.bones.bind(pass, program)?;
        let mut row = SingleRow(self.look.row(world_from_node));
        let cull = culled(self.look.side, is_mirrored(world_from_node));
        if self.look.opacity.is_none() {
            return self.shape.draw(pass, program, opaque(cull), &mut row, None);
        }
        for states in blended_states(&self.shape, cull, true) {
            self.shape.draw(pass, program, states, &mut row, None)?;
        }
        Ok(())
    }
}

/// Triangles as bones have them now.
pub(crate) fn moved(triangles: &Triangles, weights: &Weights, bones: &Bones) -> Triangles {
    let poses: Vec<Mat4> = bones.table.borrow().rows().map(from_rows).collect();
    let moved = |(v, (bones, weights)): (Vec3, ([u16; 4], [f32; 4]))| {
        let parts = bones.iter().zip(weights).filter_map(|(bone, weight)| {
            let pose = poses.get(usize::from(*bone))?;
            Some(pose.transform_point3(v) * weight)
        });
        parts.sum::<Vec3>().to_array()
    };
    let by_vertex = weights.bones.iter().zip(weights.weights.iter());
    triangles.moved_to(triangles.vertices().zip(by_vertex).map(moved).collect())
}
