//! Tables of per-instance data that live on both sides: flat arrays here, buffers on the GPU.

use std::ops::Range;

use three_d::core::{Context, InstanceBuffer, Program};

/// Where an instance is in its table. Stays valid while others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

/// The data of one instance: `COLUMNS` vectors, which the shader sees as attributes.
pub(crate) type Row<const COLUMNS: usize> = [[f32; 4]; COLUMNS];

/// Instances without gaps, in no particular order. Only what changed is uploaded.
pub(crate) struct InstanceTable<const COLUMNS: usize> {
    columns: [Column; COLUMNS],
    /// Dense position of each slot; of free slots, anything.
    dense_of_slot: Vec<u32>,
    slot_of_dense: Vec<Slot>,
    free: Vec<Slot>,
}

/// One attribute of all instances.
#[derive(Default)]
struct Column {
    values: Vec<[f32; 4]>,
    dirty: Range<usize>,
    buffer: Option<InstanceBuffer<[f32; 4]>>,
    /// How many values the buffer has room for.
    capacity: usize,
}

impl<const COLUMNS: usize> InstanceTable<COLUMNS> {
    pub(crate) fn new() -> Self {
        Self {
            columns: std::array::from_fn(|_| Column::default()),
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
        let dense = self.len() as u32;
        let slot = self.free.pop().unwrap_or_else(|| {
            self.dense_of_slot.push(0);
            Slot(self.dense_of_slot.len() as u32 - 1)
        });
        self.dense_of_slot[slot.0 as usize] = dense;
        self.slot_of_dense.push(slot);
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.values.push(value);
            column.touch(dense as usize);
        }
        slot
    }

    /// Removes an instance; the last one takes its place.
    pub(crate) fn remove(&mut self, slot: Slot) {
        let dense = self.dense(slot);
        self.slot_of_dense.swap_remove(dense);
        for column in &mut self.columns {
            column.values.swap_remove(dense);
        }
        if let Some(&moved) = self.slot_of_dense.get(dense) {
            self.dense_of_slot[moved.0 as usize] = dense as u32;
            for column in &mut self.columns {
                column.touch(dense);
            }
        }
        self.free.push(slot);
    }

    /// Overwrites the columns from `first` on.
    pub(crate) fn set(&mut self, slot: Slot, first: usize, values: &[[f32; 4]]) {
        let dense = self.dense(slot);
        for (column, value) in self.columns[first..].iter_mut().zip(values) {
            column.values[dense] = *value;
            column.touch(dense);
        }
    }

    /// The data of an instance.
    pub(crate) fn row(&self, slot: Slot) -> Row<COLUMNS> {
        let dense = self.dense(slot);
        std::array::from_fn(|column| self.columns[column].values[dense])
    }

    /// The data of every instance.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<COLUMNS>> {
        (0..self.len())
            .map(|dense| std::array::from_fn(|column| self.columns[column].values[dense]))
    }

    /// Replaces all instances; slots given before are void.
    pub(crate) fn replace(&mut self, rows: impl Iterator<Item = Row<COLUMNS>>) {
        self.dense_of_slot.clear();
        self.slot_of_dense.clear();
        self.free.clear();
        for column in &mut self.columns {
            column.values.clear();
        }
        for row in rows {
            self.insert(row);
        }
    }

    /// Uploads what changed and gives the columns to `program` as `names`.
    pub(crate) fn bind(&mut self, context: &Context, program: &Program, names: [&str; COLUMNS]) {
        self.bind_first(context, program, &names);
    }

    /// The same for the first columns only.
    pub(crate) fn bind_first(&mut self, context: &Context, program: &Program, names: &[&str]) {
        for (column, name) in self.columns.iter_mut().zip(names) {
            program.use_instance_attribute(name, column.upload(context));
        }
    }

    fn dense(&self, slot: Slot) -> usize {
        self.dense_of_slot[slot.0 as usize] as usize
    }
}

impl Column {
    fn touch(&mut self, dense: usize) {
        self.dirty = if self.dirty.is_empty() {
            dense..dense + 1
        } else {
            self.dirty.start.min(dense)..self.dirty.end.max(dense + 1)
        };
    }

    fn upload(&mut self, context: &Context) -> &InstanceBuffer<[f32; 4]> {
        let dirty = std::mem::take(&mut self.dirty);
        let dirty = dirty.start..dirty.end.min(self.values.len());
        let buffer = self
            .buffer
            .get_or_insert_with(|| InstanceBuffer::new(context));
        let len = self.values.len();
        if len > self.capacity {
            // Room for growth, so that adding nodes one by one uploads each about twice.
            self.capacity = len.next_power_of_two();
            self.values.resize(self.capacity, [0.0; 4]);
            buffer.fill(&self.values);
            self.values.truncate(len);
        } else if !dirty.is_empty() {
            // three-d takes this offset in bytes.
            let offset = dirty.start * size_of::<[f32; 4]>();
            buffer.fill_subset(offset as u32, &self.values[dirty]);
        }
        buffer
    }
}
