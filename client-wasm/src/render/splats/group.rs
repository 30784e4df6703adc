//! The splats of one node.

use std::ops::Range;
use std::rc::Weak;

use glam::Mat4;
use scenecast_protocol::Array;

use super::harmonics;
use super::sorter::Run;

/// Words of a splat: position, group, covariance, colour.
pub(super) type Packed = [u32; 8];

/// Splats in a row of the texture, two texels each.
pub(super) const SPLATS_IN_ROW: u32 = 1024;

/// Splats of one node, as long as somebody holds them.
#[derive(Debug)]
pub(crate) struct Splats(pub(super) u32);

/// What the layer knows about them.
pub(super) struct Group {
    pub(super) holder: Weak<Splats>,
    pub(super) packed: Array<Packed>,
    /// As many rows, or none.
    pub(super) harmonics: Array<harmonics::Packed>,
    /// Rows of the textures that are theirs.
    pub(super) rows: Range<u32>,
    pub(super) harmonic_rows: Option<Range<u32>>,
    /// Where they are, if they are shown.
    pub(super) pose: Option<Mat4>,
    /// From which one on they are to be uploaded.
    pub(super) next: u32,
    /// Up to which one something has been uploaded.
    pub(super) there: u32,
    /// Up to which one the order in use has them, and the one that is under way.
    pub(super) sorted: u32,
    pub(super) being_sorted: u32,
    /// Up to which one their middles are known elsewhere.
    pub(super) put: u32,
}

impl Group {
    pub(super) fn len(&self) -> u32 {
        self.packed.len() as u32
    }

    /// The number of the first one among all splats.
    pub(super) fn first(&self) -> u32 {
        self.rows.start * SPLATS_IN_ROW
    }

    /// Middles of some of them.
    pub(super) fn centers(&self, range: Range<u32>) -> impl Iterator<Item = [f32; 3]> + '_ {
        let splats = rows(&self.packed, range.start as usize..range.end as usize);
        splats.map(|[x, y, z, ..]: Packed| [x, y, z].map(f32::from_bits))
    }

    /// Those that the order in use lacks, by their numbers among all splats.
    pub(super) fn unsorted(&self) -> Range<u32> {
        match self.pose {
            Some(_) => self.first() + self.sorted.min(self.there)..self.first() + self.there,
            None => 0..0,
        }
    }

    /// What there is of them to be sorted, seen with that view.
    pub(super) fn run(&self, view_from_world: &Mat4) -> Option<Run> {
        let view_from_splats = *view_from_world * self.pose?;
        Some(Run {
            first: self.first(),
            count: self.there,
            // The camera looks along -z.
            depth: (-view_from_splats.row(2)).to_array(),
        })
    }

    /// The row of the shaders' table about the group.
    pub(super) fn table_row(&self) -> [[f32; 4]; 4] {
        let pose = self.pose.unwrap_or(Mat4::ZERO);
        let [a, b, c] = super::super::pose::rows(&pose);
        let is_shown = f32::from(u8::from(self.pose.is_some()));
        // What to add to a splat's number for that of its harmonics: whole numbers below 2^24.
        let harmonics = self
            .harmonic_rows
            .as_ref()
            .map(|rows| (rows.start * harmonics::SPLATS_IN_ROW) as f32 - self.first() as f32);
        let has_harmonics = f32::from(u8::from(harmonics.is_some()));
        let flags = [is_shown, has_harmonics, harmonics.unwrap_or(0.0), 0.0];
        [a, b, c, flags]
    }

    /// Splats in that range as the texture takes them, in whole rows; their slot is the group's
    /// number.
    pub(super) fn texels(&self, id: u32, range: &Range<u32>) -> Vec<[u32; 4]> {
        let range = range.start as usize..range.end as usize;
        let row = 2 * SPLATS_IN_ROW as usize;
        let mut texels = Vec::with_capacity((2 * range.len()).next_multiple_of(row));
        for splat in rows(&self.packed, range) {
            let [x, y, z, _, a, b, c, rgba] = splat;
            texels.extend([[x, y, z, id], [a, b, c, rgba]]);
        }
        texels.resize(texels.len().next_multiple_of(row), [0; 4]);
        texels
    }
}

/// Some rows of an array, which need not be aligned.
pub(super) fn rows<T: scenecast_protocol::array::Row>(
    array: &Array<T>,
    range: Range<usize>,
) -> impl Iterator<Item = T> + '_ {
    let size = size_of::<T>();
    let bytes = &array.as_bytes()[range.start * size..range.end * size];
    bytes.chunks_exact(size).map(bytemuck::pod_read_unaligned)
}
