//! Tables of per-instance data that live on both sides: a flat array here, a texture on the GPU.

use std::ops::Range;

use scenecast_gl::DataTexture;
use three_d::core::{Context, CoreError, Program};

/// Where an instance is in its table. Stays valid while others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

/// The data of one instance.
pub(crate) type Row<const COLUMNS: usize> = [[f32; 4]; COLUMNS];

/// What `shaders/instance.glsl` reads.
pub(crate) trait Rows {
    /// Uploads what changed and gives the rows to `program`. Returns how many there are.
    fn bind(&mut self, context: &Context, program: &Program) -> Result<usize, CoreError>;
}

/// One row, for programs with `SINGLE`.
pub(crate) struct SingleRow<const COLUMNS: usize>(pub(crate) Row<COLUMNS>);

/// Some rows of a table in an order of their own, for programs with `ORDERED`.
pub(crate) struct Ordered<'a, const COLUMNS: usize> {
    pub(crate) table: &'a mut InstanceTable<COLUMNS>,
    pub(crate) order: &'a mut Order,
}

/// Numbers of rows, in the order in which they are drawn.
pub(crate) struct Order {
    rows: Vec<u32>,
    /// Four numbers in a row, which floats hold exactly.
    table: InstanceTable<1>,
}

impl<const COLUMNS: usize> Rows for InstanceTable<COLUMNS> {
    fn bind(&mut self, context: &Context, program: &Program) -> Result<usize, CoreError> {
        self.bind_as(context, program, "instances")
    }
}

impl<const COLUMNS: usize> Rows for SingleRow<COLUMNS> {
    fn bind(&mut self, _: &Context, program: &Program) -> Result<usize, CoreError> {
        program.use_uniform_array("columns", &self.0.map(three_d::core::Vec4::from));
        Ok(1)
    }
}

impl<const COLUMNS: usize> Rows for Ordered<'_, COLUMNS> {
    fn bind(&mut self, context: &Context, program: &Program) -> Result<usize, CoreError> {
        self.table.bind_as(context, program, "instances")?;
        let room = 4 * self.order.table.bind_as(context, program, "order")?;
        Ok(self.order.rows.len().min(room))
    }
}

impl Order {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            table: InstanceTable::new(),
        }
    }

    pub(crate) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Sets the order; nothing is uploaded where it is the same.
    pub(crate) fn set(&mut self, rows: Vec<u32>) {
        if rows != self.rows {
            let texels = rows.chunks(4).map(|four| {
                let number = |i: usize| four.get(i).map_or(0.0, |row| *row as f32);
                [std::array::from_fn(number)]
            });
            self.table.replace(texels);
            self.rows = rows;
        }
    }
}

/// Instances without gaps, in no particular order. Only what changed is uploaded.
pub(crate) struct InstanceTable<const COLUMNS: usize> {
    /// The columns of one instance after the other, then zeros up to a full row of the texture.
    texels: Vec<[f32; 4]>,
    /// Which texels the GPU does not know yet.
    dirty: Range<usize>,
    texture: Option<DataTexture>,
    /// Dense position of each slot; of free slots, anything.
    dense_of_slot: Vec<u32>,
    slot_of_dense: Vec<Slot>,
    free: Vec<Slot>,
}

impl<const COLUMNS: usize> InstanceTable<COLUMNS> {
    pub(crate) fn new() -> Self {
        Self {
            texels: Vec::new(),
            dirty: 0..0,
            texture: None,
            dense_of_slot: Vec::new(),
            slot_of_dense: Vec::new(),
            free: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.slot_of_dense.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slot_of_dense.is_empty()
    }

    /// Adds an instance.
    pub(crate) fn insert(&mut self, row: Row<COLUMNS>) -> Slot {
        let dense = self.len();
        let slot = self.free.pop().unwrap_or_else(|| {
            self.dense_of_slot.push(0);
            Slot(self.dense_of_slot.len() as u32 - 1)
        });
        self.dense_of_slot[slot.0 as usize] = dense as u32;
        self.slot_of_dense.push(slot);
        let needed = (dense + 1) * COLUMNS;
        if needed > self.texels.len() {
            self.texels
                .resize(needed.next_multiple_of(DataTexture::WIDTH), [0.0; 4]);
        }
        self.write(dense, 0, &row);
        slot
    }

    /// Removes an instance; the last one takes its place.
    pub(crate) fn remove(&mut self, slot: Slot) {
        let dense = self.dense(slot);
        self.slot_of_dense.swap_remove(dense);
        if let Some(&moved) = self.slot_of_dense.get(dense) {
            self.dense_of_slot[moved.0 as usize] = dense as u32;
            let row = self.dense_row(self.len());
            self.write(dense, 0, &row);
        }
        self.free.push(slot);
    }

    /// Overwrites the columns from `first` on.
    pub(crate) fn set(&mut self, slot: Slot, first: usize, values: &[[f32; 4]]) {
        self.write(self.dense(slot), first, values);
    }

    /// The data of an instance.
    pub(crate) fn row(&self, slot: Slot) -> Row<COLUMNS> {
        self.dense_row(self.dense(slot))
    }

    /// The data of every instance.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<COLUMNS>> {
        (0..self.len()).map(|dense| self.dense_row(dense))
    }

    /// Replaces all instances; slots given before are void.
    pub(crate) fn replace(&mut self, rows: impl Iterator<Item = Row<COLUMNS>>) {
        self.dense_of_slot.clear();
        self.slot_of_dense.clear();
        self.free.clear();
        for row in rows {
            self.insert(row);
        }
    }

    /// Uploads what changed and gives the table to `program` as the sampler `name`. Returns how
    /// many instances there was room for.
    pub(crate) fn bind_as(
        &mut self,
        context: &Context,
        program: &Program,
        name: &str,
    ) -> Result<usize, CoreError> {
        let rows = self.texels.len() / DataTexture::WIDTH;
        let texture = match self.texture.take() {
            Some(texture) if texture.rows() as usize >= rows => texture,
            old => {
                drop(old);
                // Room for growth, so that adding nodes one by one uploads each about twice.
                let rows = (rows as u32)
                    .next_power_of_two()
                    .min(DataTexture::max_rows(context));
                self.dirty = 0..self.texels.len();
                DataTexture::new(context, rows)?
            }
        };
        if !self.dirty.is_empty() {
            let first = self.dirty.start / DataTexture::WIDTH;
            let end = self
                .dirty
                .end
                .next_multiple_of(DataTexture::WIDTH)
                .min(self.texels.len());
            texture.write_rows(first as u32, &self.texels[first * DataTexture::WIDTH..end]);
            self.dirty = 0..0;
        }
        texture.bind(program, name);
        let room = texture.rows() as usize * DataTexture::WIDTH / COLUMNS;
        self.texture = Some(texture);
        Ok(self.len().min(room))
    }

    fn dense(&self, slot: Slot) -> usize {
        self.dense_of_slot[slot.0 as usize] as usize
    }

    fn dense_row(&self, dense: usize) -> Row<COLUMNS> {
        std::array::from_fn(|column| self.texels[dense * COLUMNS + column])
    }

    fn write(&mut self, dense: usize, first: usize, values: &[[f32; 4]]) {
        let at = dense * COLUMNS + first;
        let end = at + values.len();
        self.texels[at..end].copy_from_slice(values);
        self.dirty = if self.dirty.is_empty() {
            at..end
        } else {
            self.dirty.start.min(at)..self.dirty.end.max(end)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: f32) -> Row<2> {
        [[value; 4], [-value; 4]]
    }

    #[test]
    fn slots_stay_valid_while_others_come_and_go() {
        let mut table = InstanceTable::new();
        let slots: Vec<Slot> = (0..5).map(|i| table.insert(row(i as f32))).collect();
        table.remove(slots[1]);
        table.remove(slots[4]);
        let new = table.insert(row(7.0));
        assert_eq!(table.len(), 4);
        for (slot, value) in [
            (slots[0], 0.0),
            (slots[2], 2.0),
            (slots[3], 3.0),
            (new, 7.0),
        ] {
            assert_eq!(table.row(slot), row(value));
        }
        table.set(slots[3], 1, &[[9.0; 4]]);
        assert_eq!(table.row(slots[3]), [[3.0; 4], [9.0; 4]]);
        assert_eq!(table.rows().count(), 4);
    }

    #[test]
    fn only_what_changed_is_dirty() {
        let mut table = InstanceTable::new();
        let slots: Vec<Slot> = (0..100).map(|i| table.insert(row(i as f32))).collect();
        table.dirty = 0..0;
        table.set(slots[40], 0, &[[1.0; 4]]);
        assert_eq!(table.dirty, 80..81);
        table.remove(slots[99]);
        assert_eq!(table.dirty, 80..81);
        table.remove(slots[50]);
        assert_eq!(table.dirty, 80..102);
    }
}
