//! `.splat`: rows of 32 bytes, without a header, as antimatter15's viewer introduced them.

use super::{Splat, Splats};
use crate::loaders::{Geometry, Item, LoadError, input::Input};

/// Position and scales in single precision, then colour with opacity and the rotation in bytes.
const ROW_BYTES: usize = 32;

/// Reads all rows.
pub(in crate::loaders) fn read(input: &mut Input) -> Result<Item, LoadError> {
    let size = input.size();
    if !size.is_multiple_of(ROW_BYTES as u64) {
        return Err(input.bad_byte(format!(
            "splats take {ROW_BYTES} bytes each, the file's {size} bytes are no multiple"
        )));
    }
    let count = usize::try_from(size).unwrap_or(0) / ROW_BYTES;
    let mut splats = Splats::with_capacity(count, 0);
    for _ in 0..count {
        splats.push(splat(input.take(ROW_BYTES, "a splat")?));
    }
    Ok(Item {
        name: String::new(),
        geometry: Geometry::Splats(splats),
    })
}

fn splat(row: &[u8]) -> Splat {
    let mut floats = row
        .chunks_exact(4)
        .filter_map(|bytes| bytes.first_chunk())
        .map(|bytes| f32::from_le_bytes(*bytes));
    let mut vector = || std::array::from_fn(|_| floats.next().unwrap_or(f32::NAN));
    let (center, scale) = (vector(), vector());
    let unit = |at: usize| f32::from(row[at]) / 255.0;
    Splat {
        center,
        scale,
        color: [unit(24), unit(25), unit(26)],
        opacity: unit(27),
        // -1 to 1, w first.
        wxyz: [28, 29, 30, 31].map(|at| 2.0 * unit(at) - 1.0),
    }
}
