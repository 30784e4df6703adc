//! Instances in two levels of detail: fine while they are large on the screen, coarse else.

use glam::Vec3;
use three_d::core::{BufferDataType, CoreError, Program, RenderStates};

use super::instances::{InstanceTable, Row, Slot};
use super::pass::Pass;
use super::stamp::Stamp;

/// The pose of an instance in the first columns, anything in the last.
const COLUMNS: usize = 4;

/// Instances keep their level until they are larger or smaller than the limit by this factor.
const HYSTERESIS: f32 = 1.2;

/// Where an instance is. Stays valid while others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DetailId(u32);

/// Instances of the same geometry in two levels of detail.
pub(crate) struct Detailed<P: BufferDataType> {
    fine: Level<P>,
    coarse: Level<P>,
    /// Radius on the screen from which on an instance is fine, pixels.
    limit: f32,
    items: Vec<Option<Item>>,
    free: Vec<DetailId>,
}

struct Level<P: BufferDataType> {
    stamp: Stamp<P>,
    table: InstanceTable<COLUMNS>,
}

/// What decides an instance's level.
#[derive(Clone, Copy)]
struct Item {
    slot: Slot,
    is_fine: bool,
    center: Vec3,
    /// In scene units, for a radius of 1 in its own frame.
    scale: f32,
    /// In its own frame.
    radius: f32,
}

impl<P: BufferDataType + Copy> Detailed<P> {
    pub(crate) fn new(fine: Stamp<P>, coarse: Stamp<P>, limit: f32) -> Self {
        let level = |stamp| Level {
            stamp,
            table: InstanceTable::new(),
        };
        Self {
            fine: level(fine),
            coarse: level(coarse),
            limit,
            items: Vec::new(),
            free: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fine.table.is_empty() && self.coarse.table.is_empty()
    }

    /// Adds an instance that is round with this radius in its own frame.
    pub(crate) fn insert(&mut self, row: Row<COLUMNS>, radius: f32) -> DetailId {
        let slot = self.coarse.table.insert(row);
        let (center, scale) = center_and_scale([row[0], row[1], row[2]]);
        let item = Some(Item {
            slot,
            is_fine: false,
            center,
            scale,
            radius,
        });
        match self.free.pop() {
            Some(id) => {
                self.items[id.0 as usize] = item;
                id
            }
            None => {
                self.items.push(item);
                DetailId(self.items.len() as u32 - 1)
            }
        }
    }

    /// Changes an instance's pose.
    pub(crate) fn place(&mut self, id: DetailId, pose: [[f32; 4]; 3]) {
        if let Some(item) = &mut self.items[id.0 as usize] {
            (item.center, item.scale) = center_and_scale(pose);
            let level = if item.is_fine {
                &mut self.fine
            } else {
                &mut self.coarse
            };
            level.table.set(item.slot, 0, &pose);
        }
    }

    pub(crate) fn remove(&mut self, id: DetailId) {
        if let Some(item) = self.items[id.0 as usize].take() {
            let level = if item.is_fine {
                &mut self.fine
            } else {
                &mut self.coarse
            };
            level.table.remove(item.slot);
            self.free.push(id);
        }
    }

    pub(crate) fn draw(
        &mut self,
        pass: &mut Pass<'_>,
        program: &Program,
        states: RenderStates,
    ) -> Result<(), CoreError> {
        self.choose_levels(pass);
        for level in [&mut self.fine, &mut self.coarse] {
            level
                .stamp
                .draw(pass, program, states, &mut level.table, None)?;
        }
        Ok(())
    }

    fn choose_levels(&mut self, pass: &Pass<'_>) {
        let camera = pass.camera.position();
        let pixels = pass.viewport.height as f32 / 2.0 / (pass.camera.fov_y / 2.0).tan();
        for item in self.items.iter_mut().flatten() {
            let size = item.radius * item.scale * pixels;
            let limit = self.limit * item.center.distance(camera);
            let (from, to) = if item.is_fine && size * HYSTERESIS < limit {
                (&mut self.fine, &mut self.coarse)
            } else if !item.is_fine && size > limit * HYSTERESIS {
                (&mut self.coarse, &mut self.fine)
            } else {
                continue;
            };
            let row = from.table.row(item.slot);
            from.table.remove(item.slot);
            item.slot = to.table.insert(row);
            item.is_fine = !item.is_fine;
        }
    }
}

/// Position, and the largest factor along any axis of the world.
fn center_and_scale(pose: [[f32; 4]; 3]) -> (Vec3, f32) {
    let scale = pose.map(|[x, y, z, _]| Vec3::new(x, y, z).length_squared());
    (
        Vec3::from(pose.map(|row| row[3])),
        Vec3::from(scale).max_element().sqrt(),
    )
}
