//! Lit surfaces: solids and meshes. Those with the same geometry and render state are instances
//! of one draw call.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use glam::{Mat4, Vec3};
use scenecast_protocol::Array;
use scenecast_protocol::scene::Side;
use three_d::core::{Context, CoreError, Cull, ElementBuffer, Program, RenderStates};

use crate::ordered::OrderedMap;

use super::geometry::{self, Geometry};
use super::instances::{InstanceTable, Row, Rows, Slot};
use super::pass::{Pass, casting, opaque, transparent};
use super::picking::Triangles;
use super::pose::{depth, is_mirrored, rows, uniform};
use super::shadows::CASTS;
use super::stamp::{Attribute, Primitive, Stamp};

mod look;

pub(crate) use look::{Look, Normals, Shading};

/// Pose, colour and material of an instance.
pub(crate) const COLUMNS: usize = 5;

/// Geometry on the GPU.
pub(crate) struct Shape {
    id: u32,
    stamp: Stamp<[f32; 3]>,
    is_wireframe: bool,
    /// Every face is drawn: none has a vertex that is no place.
    is_whole: bool,
    /// A ball that holds all of it, around the middle of the bounding box.
    ball: Cell<(Vec3, f32)>,
    triangles: RefCell<Triangles>,
    /// Of vertices that move, to be used again.
    normals: RefCell<Vec<[f32; 3]>>,
}

/// What surfaces in one draw call have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BatchKey {
    shape: u32,
    transparent: bool,
    writes_depth: bool,
    side: u8,
    mirrored: bool,
}

struct Batch {
    shape: Rc<Shape>,
    table: InstanceTable<COLUMNS>,
    /// How many instances cast shadows.
    casters: usize,
}

/// An instance that is being drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SurfaceId {
    batch: BatchKey,
    slot: Slot,
}

/// All lit surfaces.
pub(crate) struct SurfaceLayer {
    context: Context,
    batches: OrderedMap<BatchKey, Batch>,
    next_shape: u32,
    /// Transparent instances in the order in which they are drawn.
    sorted: InstanceTable<COLUMNS>,
}

/// A transparent instance and how far away it is.
pub(crate) struct Transparent {
    pub(crate) depth: f32,
    batch: BatchKey,
    row: Row<COLUMNS>,
}

impl SurfaceLayer {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            batches: OrderedMap::default(),
            next_shape: 0,
            sorted: InstanceTable::new(),
        }
    }

    /// Uploads geometry, perhaps with more numbers at each vertex. `triangles` are the same for
    /// the pointer.
    pub(crate) fn shape(
        &mut self,
        geometry: &Geometry,
        wireframe: bool,
        triangles: Triangles,
        attributes: Vec<(&'static str, Attribute)>,
    ) -> Rc<Shape> {
        self.next_shape += 1;
        let stamp = |primitive, indices: &[u32]| {
            let Geometry {
                positions, normals, ..
            } = geometry;
            Stamp::new(&self.context, primitive, positions, normals, indices)
        };
        let stamp = if wireframe {
            stamp(Primitive::Lines, &geometry.edges())
        } else {
            stamp(Primitive::Triangles, &geometry.indices)
        };
        let stamp = match attributes.is_empty() {
            true => stamp,
            false => stamp.with_attributes(attributes),
        };
        let center = geometry.center();
        let faces = triangles.arrays().1.len();
        Rc::new(Shape {
            id: self.next_shape,
            stamp,
            is_wireframe: wireframe,
            is_whole: geometry.indices.len() == 3 * faces,
            ball: Cell::new((center, geometry.radius(center))),
            triangles: RefCell::new(triangles),
            normals: RefCell::default(),
        })
    }

    pub(crate) fn insert(&mut self, shape: &Rc<Shape>, pose: &Mat4, look: &Look) -> SurfaceId {
        let key = BatchKey::new(shape, pose, look);
        self.insert_row(key, shape, look.row(pose))
    }

    fn insert_row(&mut self, key: BatchKey, shape: &Rc<Shape>, row: Row<COLUMNS>) -> SurfaceId {
        let batch = self.batches.get_or_insert_with(key, || Batch {
            shape: shape.clone(),
            table: InstanceTable::new(),
            casters: 0,
        });
        batch.casters += usize::from(casts(&row));
        let slot = batch.table.insert(row);
        SurfaceId { batch: key, slot }
    }

    /// Moves an instance; its id changes if the pose became mirrored.
    pub(crate) fn place(&mut self, id: &mut SurfaceId, pose: &Mat4) {
        let mirrored = is_mirrored(pose);
        if mirrored == id.batch.mirrored {
            if let Some(batch) = self.batches.get_mut(&id.batch) {
                batch.table.set(id.slot, 0, &rows(pose));
            }
        } else if let Some(batch) = self.batches.get(&id.batch) {
            let shape = batch.shape.clone();
            let [.., color, material] = batch.table.row(id.slot);
            self.remove(*id);
            let key = BatchKey {
                mirrored,
                ..id.batch
            };
            let [a, b, c] = rows(pose);
            *id = self.insert_row(key, &shape, [a, b, c, color, material]);
        }
    }

    pub(crate) fn remove(&mut self, id: SurfaceId) {
        if let Some(batch) = self.batches.get_mut(&id.batch) {
            batch.casters -= usize::from(casts(&batch.table.row(id.slot)));
            batch.table.remove(id.slot);
            if batch.table.is_empty() {
                self.batches.remove(&id.batch);
            }
        }
    }

    pub(crate) fn draw_opaque(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        for (key, batch) in self.batches.iter_mut().filter(|(key, _)| !key.transparent) {
            draw_batch(pass, opaque(key.cull()), &batch.shape, &mut batch.table)?;
        }
        Ok(())
    }

    /// Whether anything casts shadows.
    pub(crate) fn has_casters(&self) -> bool {
        self.batches.iter().any(|(_, batch)| batch.casters > 0)
    }

    /// Draws what casts shadows as a light sees it.
    pub(crate) fn cast(
        &mut self,
        pass: &mut Pass<'_>,
        clip_from_world: &Mat4,
    ) -> Result<(), CoreError> {
        for (key, batch) in self.batches.iter_mut().filter(|(_, b)| b.casters > 0) {
            let program = pass.programs.caster()?;
            program.use_uniform("clip_from_world", uniform(clip_from_world));
            let states = casting(key.cull());
            batch.shape.cast(pass, program, states, &mut batch.table)?;
        }
        Ok(())
    }

    /// Every transparent instance.
    pub(crate) fn transparent(&self, clip_from_world: &Mat4) -> Vec<Transparent> {
        let batches = self.batches.iter().filter(|(key, _)| key.transparent);
        batches
            .flat_map(|(key, batch)| {
                batch.table.rows().map(|row| {
                    let center = batch.shape.center().extend(1.0);
                    let world = Vec3::from([0, 1, 2].map(|i| glam::Vec4::from(row[i]).dot(center)));
                    Transparent {
                        depth: depth(clip_from_world, world),
                        batch: *key,
                        row,
                    }
                })
            })
            .collect()
    }

    /// Draws transparent instances in this order: one draw call for each run of the same batch.
    pub(crate) fn draw_transparent(
        &mut self,
        pass: &mut Pass<'_>,
        instances: &[&Transparent],
    ) -> Result<(), CoreError> {
        for run in instances.chunk_by(|a, b| a.batch == b.batch) {
            let key = run[0].batch;
            if let Some(batch) = self.batches.get(&key) {
                self.sorted.replace(run.iter().map(|instance| instance.row));
                for states in blended_states(&batch.shape, key.cull(), key.writes_depth) {
                    draw_batch(pass, states, &batch.shape, &mut self.sorted)?;
                }
            }
        }
        Ok(())
    }
}

impl BatchKey {
    fn new(shape: &Shape, pose: &Mat4, look: &Look) -> Self {
        let side = match look.side {
            Side::Front => 0,
            Side::Back => 1,
            Side::Double => 2,
        };
        Self {
            shape: shape.id,
            transparent: look.opacity.is_some(),
            writes_depth: look.opacity.is_none() || look.shading != Shading::Unlit,
            side,
            mirrored: is_mirrored(pose),
        }
    }

    fn cull(self) -> Cull {
        let sides = [Side::Front, Side::Back, Side::Double];
        culled(sides[usize::from(self.side)], self.mirrored)
    }
}

fn casts(row: &Row<COLUMNS>) -> bool {
    row[4][3] >= CASTS
}

/// What is not drawn of a surface.
pub(crate) fn culled(side: Side, is_mirrored: bool) -> Cull {
    match (side, is_mirrored) {
        (Side::Front, false) | (Side::Back, true) => Cull::Back,
        (Side::Front, true) | (Side::Back, false) => Cull::Front,
        (Side::Double, _) => Cull::None,
    }
}

/// One pass, or two for surfaces with two sides: what faces away is behind what does not.
pub(crate) fn blended_states(
    shape: &Shape,
    cull: Cull,
    writes_depth: bool,
) -> impl Iterator<Item = RenderStates> {
    let culls = match cull {
        Cull::None if !shape.is_wireframe => [Some(Cull::Front), Some(Cull::Back)],
        cull => [Some(cull), None],
    };
    culls
        .into_iter()
        .flatten()
        .map(move |cull| transparent(cull, writes_depth))
}

fn draw_batch(
    pass: &mut Pass<'_>,
    states: RenderStates,
    shape: &Shape,
    table: &mut InstanceTable<COLUMNS>,
) -> Result<(), CoreError> {
    let program = pass.programs.surface()?;
    shape.draw(pass, program, states, table, None)
}

fn are_places(positions: &[[f32; 3]]) -> bool {
    positions.iter().flatten().all(|part| part.is_finite())
}

impl Shape {
    /// Middle of the bounding box.
    pub(crate) fn center(&self) -> Vec3 {
        self.ball.get().0
    }

    /// Of the ball around the middle that holds all of it.
    pub(crate) fn radius(&self) -> f32 {
        self.ball.get().1
    }

    /// The same geometry for the pointer.
    pub(crate) fn triangles(&self) -> Ref<'_, Triangles> {
        self.triangles.borrow()
    }

    /// Its vertices, without normals, and the faces whose vertices are places.
    pub(super) fn geometry(&self) -> Geometry {
        let triangles = self.triangles.borrow();
        let (vertices, faces) = triangles.arrays();
        let positions = vertices.as_slice().to_vec();
        let is_place = |i: &u32| {
            let place = positions.get(*i as usize).copied();
            place.is_some_and(|p| Vec3::from(p).is_finite())
        };
        let faces = faces.as_slice();
        let drawn = faces.iter().filter(|face| face.iter().all(is_place));
        Geometry {
            indices: drawn.copied().flatten().collect(),
            normals: Vec::new(),
            positions,
        }
    }

    /// What connects the vertices of some triangles of it, as it is drawn.
    pub(super) fn connected(&self, geometry: Geometry) -> Vec<u32> {
        match self.is_wireframe {
            true => geometry.edges(),
            false => geometry.indices,
        }
    }

    /// Moves the vertices, `[V, 3]`, in place; without `normals`, `[V, 3]`, those follow from the
    /// faces. `false`, and nothing changes, where that would be another geometry: there are more
    /// or fewer of them, or some are no places.
    pub(crate) fn move_vertices(
        &self,
        vertices: &Array<[f32; 3]>,
        normals: Option<&Array<[f32; 3]>>,
    ) -> bool {
        let mut triangles = self.triangles.borrow_mut();
        let (old, faces) = triangles.arrays();
        let positions = vertices.as_slice();
        if !self.is_whole || old.len() != positions.len() {
            return false;
        }
        let mut buffer = self.normals.borrow_mut();
        let given = normals.map(|normals| normals.as_slice());
        let normals = match &given {
            Some(normals) if normals.len() == positions.len() && are_places(&positions) => {
                &normals[..]
            }
            Some(_) => return false,
            None if geometry::renew_normals(&positions, &faces.as_slice(), &mut buffer) => &buffer,
            None => return false,
        };
        let (low, high) = geometry::bounds(&positions);
        self.ball
            .set((low.midpoint(high), low.distance(high) / 2.0));
        self.stamp.move_vertices(&positions, normals);
        *triangles = Triangles::new(vertices.clone(), faces.clone());
        true
    }

    /// How many triangles' vertices there are, if each has a normal.
    pub(crate) fn smooth_vertices(&self) -> Option<usize> {
        self.stamp.smooth_vertices()
    }

    /// Draws the geometry once, with a program that takes no rows.
    pub(crate) fn draw_once(&self, pass: &mut Pass<'_>, program: &Program, states: RenderStates) {
        self.stamp.draw_once(pass, program, states);
    }

    /// Draws it with any of the programs for lit surfaces, with other indices than its own if there
    /// are any.
    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        program: &Program,
        states: RenderStates,
        rows: &mut dyn Rows,
        elements: Option<&ElementBuffer<u32>>,
    ) -> Result<(), CoreError> {
        program.use_texture_cube("environment_map", &pass.environment.rough);
        pass.bind_shadows(program);
        self.stamp.draw(pass, program, states, rows, elements)
    }

    /// Draws it with any of the programs for what casts shadows.
    pub(crate) fn cast(
        &self,
        pass: &mut Pass<'_>,
        program: &Program,
        states: RenderStates,
        rows: &mut dyn Rows,
    ) -> Result<(), CoreError> {
        self.stamp.draw(pass, program, states, rows, None)
    }
}
