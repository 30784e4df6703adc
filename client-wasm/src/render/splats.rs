//! Gaussian splats: those of all nodes in one draw call, sorted together from far to near.
//!
//! They lie in a texture as they came. Another one says in which order they are drawn; where
//! there are many, it is made elsewhere while pictures are drawn with the last one.

use std::ops::Range;
use std::rc::Rc;

use glam::Mat4;
use scenecast_gl::NumberTexture;
use scenecast_protocol::Array;
use three_d::core::{Context, CoreError, Cull, ElementBuffer, VertexBuffer};

use super::instances::{InstanceTable, Slot};
use super::pass::{Pass, transparent};

mod group;
mod harmonics;
mod order;
mod order_texture;
mod rows;
mod sorter;
#[cfg(target_arch = "wasm32")]
mod worker;

use group::{Group, Packed, SPLATS_IN_ROW};
use order::{ExactOrder, LiveOrder};
use rows::RowMap;

pub(crate) use group::Splats;
pub use order::Outcome;
pub use sorter::{Run, Sorter};
#[cfg(target_arch = "wasm32")]
pub use worker::BrowserSorter;

/// The most splats that are drawn: half a gigabyte on the GPU, where it can do as many.
pub const MAX_SPLATS: u32 = 1 << 24;

/// Rows that are uploaded before one picture: 131,072 splats in 4 MB.
const ROWS_AT_ONCE: u32 = 128;

/// Up to this many are sorted before the picture is drawn; that takes a millisecond.
const FEW: u32 = 1 << 15;

/// Quads of an instance of the draw call; see stamp.rs.
const COPIES: u32 = 128;

/// Sorts splats while pictures are drawn.
pub trait SplatSorter {
    /// Takes the middles of splats from this number on.
    fn put(&mut self, first: u32, centers: &[[f32; 3]]);

    /// Begins to sort.
    fn sort(&mut self, runs: &[Run]);

    /// Whether the order that has been asked for is there.
    fn poll(&mut self) -> Outcome;

    /// A part of the order that is there, from that place on; until `sort` is called again.
    fn read(&mut self, first: usize, part: &mut [u32]);
}

/// All splats of the scene.
pub(crate) struct SplatLayer {
    context: Context,
    groups: Vec<Option<Group>>,
    table: InstanceTable<4>,
    slots: Vec<Slot>,
    rows: RowMap,
    harmonic_rows: RowMap,
    texture: Option<NumberTexture<[u32; 4]>>,
    harmonics: Option<NumberTexture<[u32; 4]>>,
    /// Nothing where splats are sorted before each picture.
    elsewhere: Option<Box<dyn SplatSorter>>,
    /// Pictures show everything, in its order.
    pub(crate) is_exact: bool,
    exact: ExactOrder,
    live: LiveOrder,
    quads: Option<Quads>,
}

impl SplatLayer {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            groups: Vec::new(),
            table: InstanceTable::new(),
            slots: Vec::new(),
            rows: RowMap::default(),
            harmonic_rows: RowMap::default(),
            texture: None,
            harmonics: None,
            elsewhere: None,
            is_exact: false,
            exact: ExactOrder::default(),
            live: LiveOrder::default(),
            quads: None,
        }
    }

    /// Lets many splats be sorted while pictures are drawn.
    pub(crate) fn sort_with(&mut self, elsewhere: Box<dyn SplatSorter>) {
        self.elsewhere = Some(elsewhere);
    }

    /// Takes splats in, hidden at first; `None` if there is no room for them. `harmonics` are as
    /// many, or none. Returns whether there was room for those.
    pub(crate) fn insert(
        &mut self,
        packed: &Array<Packed>,
        harmonics: &Array<harmonics::Packed>,
    ) -> Option<(Rc<Splats>, bool)> {
        self.sweep();
        let limit = self.limit();
        let rows_of = |in_row| (packed.len() as u64).div_ceil(in_row) as u32;
        let rows = self.rows.take(rows_of(SPLATS_IN_ROW.into()), limit)?;
        let harmonic_rows = match harmonics.is_empty() {
            true => None,
            false => {
                let rows = rows_of(harmonics::SPLATS_IN_ROW.into());
                self.harmonic_rows.take(rows, limit)
            }
        };
        let is_whole = harmonics.is_empty() || harmonic_rows.is_some();
        let free = self.groups.iter().position(Option::is_none);
        let id = free.unwrap_or_else(|| {
            self.groups.push(None);
            self.slots.push(self.table.insert([[0.0; 4]; 4]));
            self.groups.len() - 1
        });
        let holder = Rc::new(Splats(id as u32));
        self.groups[id] = Some(Group {
            holder: Rc::downgrade(&holder),
            packed: packed.clone(),
            harmonics: harmonics.clone(),
            rows,
            harmonic_rows,
            pose: None,
            next: 0,
            there: 0,
            sorted: 0,
            being_sorted: 0,
            put: 0,
        });
        Some((holder, is_whole))
    }

    /// Replaces splats by as many others; returns whether they are as many, with harmonics or
    /// without as before.
    pub(crate) fn replace(
        &mut self,
        splats: &Splats,
        packed: &Array<Packed>,
        harmonics: &Array<harmonics::Packed>,
    ) -> bool {
        let Some(Some(group)) = self.groups.get_mut(splats.0 as usize) else {
            return false;
        };
        let fits = group.packed.len() == packed.len()
            && group.harmonic_rows.is_some() != harmonics.is_empty();
        if fits {
            group.packed = packed.clone();
            group.harmonics = harmonics.clone();
            group.next = 0;
        }
        fits
    }

    /// Shows splats there, or hides them.
    pub(crate) fn place(&mut self, splats: &Splats, pose: Option<Mat4>) {
        if let Some(Some(group)) = self.groups.get_mut(splats.0 as usize)
            && group.pose != pose
        {
            group.pose = pose;
            self.table
                .set(self.slots[splats.0 as usize], 0, &group.table_row());
        }
    }

    /// Whether there is more to draw as soon as it is uploaded.
    pub(crate) fn is_uploading(&self) -> bool {
        let mut groups = self.groups.iter().flatten();
        groups.any(|group| group.pose.is_some() && group.next < group.len())
    }

    /// Whether there will be a better picture soon, even if nothing changes.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.is_uploading() || self.elsewhere.is_some() && self.live.is_behind(false)
    }

    /// Takes in what has been sorted elsewhere by now, in seconds of any clock; returns whether
    /// there is a better picture.
    pub(crate) fn receive(&mut self, now_secs: f64) -> bool {
        let Some(elsewhere) = &mut self.elsewhere else {
            return false;
        };
        let outcome = self.live.receive(&mut **elsewhere, now_secs);
        if outcome == Outcome::Failed {
            self.elsewhere = None;
        }
        outcome != Outcome::UnderWay || self.live.is_behind(true)
    }

    /// Draws all that are shown.
    pub(crate) fn draw(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        self.sweep();
        if self
            .groups
            .iter()
            .flatten()
            .all(|group| group.pose.is_none())
        {
            return Ok(());
        }
        let is_exact = self.is_exact || self.elsewhere.is_none();
        self.upload(if is_exact { u32::MAX } else { ROWS_AT_ONCE })?;
        let view_from_world = pass.camera.view_from_world();
        let run = |group: &Option<Group>| group.as_ref()?.run(&view_from_world);
        let runs: Vec<Run> = self.groups.iter().filter_map(run).collect();
        let (context, groups) = (&self.context, &mut self.groups);
        let order = match &mut self.elsewhere {
            Some(elsewhere) if !is_exact && runs.iter().map(|run| run.count).sum::<u32>() > FEW => {
                self.live.ask(context, &mut **elsewhere, groups, &runs)?;
                &self.live.on_gpu
            }
            _ => {
                self.exact.sort(context, groups, &runs)?;
                &self.exact.on_gpu
            }
        };
        let (Some(splats), Some(numbers)) = (&self.texture, &order.texture) else {
            return Ok(());
        };
        let program = match &self.harmonics {
            None => pass.programs.splats()?,
            Some(harmonics) => {
                let program = pass.programs.splats_with_harmonics()?;
                harmonics.bind(program, "harmonics");
                program
            }
        };
        pass.frame.bind(program);
        splats.bind(program, "splats");
        numbers.bind(program, "order");
        self.table.bind_as(context, program, "groups")?;
        program.use_uniform("count", order.count as i32);
        pass.count(order.count as usize);
        let quads = self.quads.get_or_insert_with(|| Quads::new(context));
        program.use_vertex_attribute("corner", &quads.corners);
        let (states, triangles) = (transparent(Cull::None, false), &quads.triangles);
        let instances = order.count.div_ceil(COPIES);
        program.draw_elements_instanced(states, pass.area(), triangles, instances);
        Ok(())
    }

    /// The most rows of a texture.
    fn limit(&self) -> u32 {
        let rows = NumberTexture::<[u32; 4]>::max_rows(&self.context);
        rows.min(MAX_SPLATS / SPLATS_IN_ROW)
    }

    /// Forgets splats that nobody holds.
    fn sweep(&mut self) {
        for group in &mut self.groups {
            let Some(gone) = group.take_if(|group| group.holder.strong_count() == 0) else {
                continue;
            };
            self.rows.free(&gone.rows);
            if let Some(rows) = &gone.harmonic_rows {
                self.harmonic_rows.free(rows);
            }
            self.live.remove(&(gone.first()..gone.first() + gone.len()));
            self.exact.expire();
        }
        if self.rows.height() == 0 {
            self.texture = None;
        }
        if self.harmonic_rows.height() == 0 {
            self.harmonics = None;
        }
    }

    /// Uploads splats that are shown, as many rows as that.
    fn upload(&mut self, rows: u32) -> Result<(), CoreError> {
        let grown = grow(&self.context, &mut self.texture, self.rows.height())?;
        let height = self.harmonic_rows.height();
        let grown = grow(&self.context, &mut self.harmonics, height)? || grown;
        let mut budget = rows.saturating_mul(SPLATS_IN_ROW);
        for (id, group) in self.groups.iter_mut().enumerate() {
            let Some(group) = group else { continue };
            if grown {
                // What was on the old texture does not vanish for a moment.
                let there = 0..group.there;
                write(&self.texture, &self.harmonics, group, id as u32, &there);
            }
            if group.pose.is_none() || group.next == group.len() || budget == 0 {
                continue;
            }
            let range = group.next..group.next.saturating_add(budget).min(group.len());
            let whole_rows = (range.len() as u32).next_multiple_of(SPLATS_IN_ROW);
            budget = budget.saturating_sub(whole_rows);
            write(&self.texture, &self.harmonics, group, id as u32, &range);
            group.put = group.put.min(range.start);
            group.next = range.end;
            group.there = group.there.max(range.end);
            self.live.expire();
            self.exact.expire();
        }
        Ok(())
    }
}

/// Makes room for that many rows. Returns whether there is a new texture.
fn grow<T: scenecast_gl::Texel>(
    context: &Context,
    texture: &mut Option<NumberTexture<T>>,
    rows: u32,
) -> Result<bool, CoreError> {
    if texture.as_ref().map_or(0, NumberTexture::rows) >= rows {
        return Ok(false);
    }
    // The old one makes room for the new one.
    *texture = None;
    let max_rows = NumberTexture::<T>::max_rows(context);
    let rows = rows.next_power_of_two().min(max_rows);
    *texture = Some(NumberTexture::new(context, rows)?);
    Ok(true)
}

/// Uploads some splats of a group, from the start of a row on.
fn write(
    splats: &Option<NumberTexture<[u32; 4]>>,
    harmonics: &Option<NumberTexture<[u32; 4]>>,
    group: &Group,
    id: u32,
    range: &Range<u32>,
) {
    // In pieces, so that the copy is small.
    for start in range
        .clone()
        .step_by((ROWS_AT_ONCE * SPLATS_IN_ROW) as usize)
    {
        let piece = start..range.end.min(start + ROWS_AT_ONCE * SPLATS_IN_ROW);
        if let Some(texture) = splats {
            let row = group.rows.start + start / SPLATS_IN_ROW;
            texture.write_rows(row, &group.texels(id, &piece));
        }
        if let (Some(texture), Some(rows)) = (harmonics, &group.harmonic_rows) {
            let row = rows.start + start / harmonics::SPLATS_IN_ROW;
            texture.write_rows(row, &harmonics::texels(&group.harmonics, &piece));
        }
    }
}

/// Quads that splats are drawn on.
struct Quads {
    corners: VertexBuffer<[f32; 3]>,
    triangles: ElementBuffer<u32>,
}

impl Quads {
    fn new(context: &Context) -> Self {
        let corners = [[-2.0, -2.0], [2.0, -2.0], [-2.0, 2.0], [2.0, 2.0]];
        let corners = |quad: u32| corners.map(|[x, y]| [x, y, quad as f32]);
        let corners: Vec<[f32; 3]> = (0..COPIES).flat_map(corners).collect();
        let triangles = |quad: u32| [0, 1, 2, 2, 1, 3].map(|corner| 4 * quad + corner);
        let triangles: Vec<u32> = (0..COPIES).flat_map(triangles).collect();
        Self {
            corners: VertexBuffer::new_with_data(context, &corners),
            triangles: ElementBuffer::new_with_data(context, &triangles),
        }
    }
}
