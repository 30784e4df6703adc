//! Colours that depend on the direction of view, on their way to the GPU.

use std::ops::Range;

use scenecast_protocol::Array;

use super::group::rows;

/// Words of a splat's harmonics; see `GaussianSplats::harmonics`.
pub(super) type Packed = [u32; 14];

/// Splats in a row of the texture, four texels each.
pub(super) const SPLATS_IN_ROW: u32 = 512;

/// The harmonics of splats in that range as the texture takes them, in whole rows.
pub(super) fn texels(harmonics: &Array<Packed>, range: &Range<u32>) -> Vec<[u32; 4]> {
    let range = range.start as usize..range.end as usize;
    let row = 4 * SPLATS_IN_ROW as usize;
    let mut texels = Vec::with_capacity((4 * range.len()).next_multiple_of(row));
    for splat in rows(harmonics, range) {
        let mut words = [0; 16];
        words[..14].copy_from_slice(&splat);
        texels.extend_from_slice(words.as_chunks().0);
    }
    texels.resize(texels.len().next_multiple_of(row), [0; 4]);
    texels
}
